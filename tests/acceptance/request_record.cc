#include "tests/acceptance/request_record.h"

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>

namespace acceptance {

using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxName = 200;

/// The file name for the running program and test case, which `tests/support/catch_main.cc` provides.
std::string file_name() {
  const char* test = std::getenv("IMAGE_TEST_CASE");
  const std::string title =
      std::string(program_invocation_short_name) + "-" + (test == nullptr ? "no case" : test);
  std::string name;
  for (const char letter : title) {
    const bool safe = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9') || letter == '_';
    if (safe) {
      name += letter;
    } else if (!name.ends_with('-')) {
      name += '-';
    }
  }
  return name.substr(0, kMaxName);
}

}  // namespace

RequestRecord::RequestRecord() {
  const char* folder = std::getenv("IMAGE_TEST_REQUESTS");
  if (folder == nullptr || *folder == '\0') return;
  folder_ = folder;
  if (!folder_.is_absolute()) throw std::runtime_error("IMAGE_TEST_REQUESTS must be an absolute path");
}

void RequestRecord::add(const json& log) {
  log_.insert(log_.end(), log.begin(), log.end());
}

void RequestRecord::save() const {
  fs::create_directories(folder_);
  const std::string name = file_name();
  fs::path file = folder_ / (name + ".json");
  for (int n = 2; fs::exists(file); ++n) file = folder_ / (name + "-" + std::to_string(n) + ".json");
  std::ofstream stream(file);
  stream << json{{"log", log_}}.dump() << "\n";
  if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

}  // namespace acceptance
