#define CATCH_CONFIG_MAIN
#include <cstdlib>

#include "tests/support/catch.h"

#if defined(CATCH_VERSION_MAJOR) && CATCH_VERSION_MAJOR >= 3
using Listener = Catch::EventListenerBase;
#else
using Listener = Catch::TestEventListenerBase;
#endif

/// Sets IMAGE_TEST_CASE to the name of the running case, for the tests' helpers. They cannot call Catch2,
/// because the benchmarks, which have their own `main`, link them too.
class RunningCase final : public Listener {
 public:
  using Listener::Listener;
  void testCaseStarting(const Catch::TestCaseInfo& info) override {
    setenv("IMAGE_TEST_CASE", info.name.c_str(), 1);
  }
};

CATCH_REGISTER_LISTENER(RunningCase)

#if defined(__SANITIZE_THREAD__)
/// The packaged library is not built for the thread sanitizer, which therefore does not see how it guards
/// what it initializes once.
extern "C" const char* __tsan_default_suppressions() {
  return "called_from_lib:libcpp-httplib\n";
}
#endif
