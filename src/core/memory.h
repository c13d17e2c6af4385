#pragma once

namespace core {

/// Lets all threads allocate from one heap, because a thousand waiting threads would leave gaps in many. Must
/// be called before the first thread starts.
void keep_memory_together();

/// Returns freed memory to the operating system. For use before a long wait.
void give_back_memory();

/// Returns the unused part of this thread's stack to the operating system. For use before a long wait.
void give_back_stack();

}  // namespace core
