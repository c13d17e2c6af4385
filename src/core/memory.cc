#include "src/core/memory.h"

#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace core {

void keep_memory_together() {
  mallopt(M_ARENA_MAX, 1);
}

void give_back_memory() {
  malloc_trim(0);
}

void give_back_stack() {
  // The memory below the first thread's stack may belong to other mappings.
  if (gettid() == getpid()) return;
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
  void* lowest = nullptr;
  std::size_t size = 0;
  const bool is_known = pthread_attr_getstack(&attributes, &lowest, &size) == 0;
  pthread_attr_destroy(&attributes);
  if (!is_known) return;
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto low = reinterpret_cast<std::uintptr_t>(lowest);
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  // The stack grows downwards. One page stays, for this frame and that of the call below.
  const std::uintptr_t end = (here / page - 1) * page;
  if (low < end && end < low + size) madvise(lowest, end - low, MADV_DONTNEED);
}

}  // namespace core
