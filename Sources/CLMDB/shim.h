// LMDB as the system ships it: nothing is vendored and nothing is added.
#include <lmdb.h>
