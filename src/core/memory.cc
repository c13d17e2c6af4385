#include "src/core/memory.h"

#include <malloc.h>

namespace core {

void give_back_memory() {
  malloc_trim(0);
}

}  // namespace core
