#define CATCH_CONFIG_MAIN
#include "tests/support/catch.h"

#if defined(__SANITIZE_THREAD__)
/// The packaged library is not built for the thread sanitizer, which therefore does not see how it guards
/// what it initialises once.
extern "C" const char* __tsan_default_suppressions() {
  return "called_from_lib:libcpp-httplib\n";
}
#endif
