#include "src/core/memory.h"

#include <malloc.h>

namespace core {

void keep_memory_together() {
  mallopt(M_ARENA_MAX, 1);
}

void give_back_memory() {
  malloc_trim(0);
}

}  // namespace core
