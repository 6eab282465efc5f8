#pragma once
#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
