#include "tests/support/processes.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "tests/support/test_timeout.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

/// A zombie does not count as running.
bool is_running(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  std::getline(file, text);
  const std::size_t name_end = text.rfind(')');
  return name_end != std::string::npos && text.size() > name_end + 2 && text[name_end + 2] != 'Z';
}

}  // namespace

std::vector<pid_t> children_of(pid_t parent) {
  std::vector<pid_t> children;
  std::error_code gone;
  // Each thread lists those that it has started itself.
  for (const auto& thread : fs::directory_iterator("/proc/" + std::to_string(parent) + "/task", gone)) {
    std::ifstream file(thread.path() / "children");
    for (pid_t child = 0; file >> child;) children.push_back(child);
  }
  return children;
}

bool wait_until_gone(const std::vector<pid_t>& processes) {
  const auto deadline = std::chrono::steady_clock::now() + kTestTimeout;
  for (const pid_t process : processes) {
    while (is_running(process)) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
  }
  return true;
}

}  // namespace harness
