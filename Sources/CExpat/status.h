#pragma once
// What expat's errors are called here; shared by both faces.

#include <expat.h>

#include "xml_tape.h"

/// The status of a parse that failed. Bytes that are no UTF-8 are told from other mistakes, because
/// who mends them has to look elsewhere.
cxml_status cxml_status_of(XML_Parser parser);
