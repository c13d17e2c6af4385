#include "tests/bench/memory.h"

#include <fstream>
#include <stdexcept>
#include <string>

namespace bench {

Memory memory_of(pid_t process) {
  constexpr double kKibPerMib = 1024;
  Memory memory;
  std::ifstream file("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmRSS:")) memory.resident = std::stod(line.substr(6)) / kKibPerMib;
    if (line.starts_with("VmHWM:")) memory.peak = std::stod(line.substr(6)) / kKibPerMib;
  }
  if (memory.resident == 0) {
    throw std::runtime_error("process " + std::to_string(process) + " reports no memory; has it ended?");
  }
  return memory;
}

}  // namespace bench
