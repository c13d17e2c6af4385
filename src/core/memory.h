#pragma once

namespace core {

/// Gives memory that was allocated and freed back to the machine, before a long wait.
void give_back_memory();

}  // namespace core
