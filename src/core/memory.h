#pragma once

namespace core {

/// Lets all threads allocate from one heap: of a thousand that wait each would else leave gaps in others. To
/// be called before there are any.
void keep_memory_together();

/// Gives memory that was allocated and freed back to the machine, before a long wait.
void give_back_memory();

/// Gives back what this thread's stack once took below the caller, before a long wait.
void give_back_stack();

}  // namespace core
