#include "src/core/memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <thread>
#include <vector>

#include "tests/support/catch.h"

namespace {

constexpr std::size_t kDepth = std::size_t{256} * 1024;

/// The number of resident pages in the `kDepth` bytes below the caller.
[[gnu::noinline]] long resident_pages_below(char* top) {
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  char* begin = top - kDepth - reinterpret_cast<std::uintptr_t>(top) % page;
  std::vector<unsigned char> pages(kDepth / page);
  REQUIRE(mincore(begin, kDepth, pages.data()) == 0);
  return std::ranges::count_if(pages, [](unsigned char is_there) { return (is_there & 1U) != 0; });
}

[[gnu::noinline]] long use_the_stack() {
  std::array<volatile char, kDepth> taken;
  for (std::size_t i = 0; i < kDepth; i += 1024) taken[i] = 1;
  return taken[0];
}

}  // namespace

TEST_CASE("a thread gives back the stack that it no longer uses, and continues") {
  long before = 0;
  long after = 0;
  long used = 0;
  std::thread([&] {
    char here = 1;
    used = use_the_stack();
    before = resident_pages_below(&here);
    core::give_back_stack();
    after = resident_pages_below(&here);
    used += use_the_stack();
  }).join();
  CHECK(used == 2);
  CHECK(before > 60);
  CHECK(after < 20);
}
