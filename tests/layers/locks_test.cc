#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/support/catch.h"

// Checks how the sources use mutexes: each says what it guards, and locks are RAII, also where they are given
// up for a while.

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = IMAGE_SOURCE_DIR;

/// Where a naked unlock() is the purpose.
const std::set<std::string> kUnlocks = {
    "src/core/unlocked.h",     // is the RAII type
    "src/http/curl_share.cc",  // is called back by libcurl
};

bool lacks_what_it_guards(const std::string& line) {
  static const std::regex kMutex(
      R"(^\s*(mutable )?std::(\w+_)?mutex \w+;.*|^\s*std::array<std::(\w+_)?mutex.*;.*)");
  return std::regex_match(line, kMutex) && line.find("guard") == std::string::npos;
}

bool unlocks(const std::string& line) {
  static const std::regex kUnlock(R"(.*(\.|->)unlock\(.*)");
  return std::regex_match(line, kUnlock);
}

struct Findings {
  int files = 0;
  std::vector<std::string> lines;
};

Findings find_misuse() {
  Findings findings;
  for (const char* folder : {"plugin", "schema", "src", "tests", "examples"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const std::string extension = entry.path().extension().string();
      const std::string name = fs::relative(entry.path(), kRoot).string();
      if ((extension != ".h" && extension != ".cc") || name == "tests/layers/locks_test.cc") continue;
      ++findings.files;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        const bool is_misuse = lacks_what_it_guards(line) || (unlocks(line) && !kUnlocks.contains(name));
        if (is_misuse) findings.lines.push_back(name + ": " + line);
      }
    }
  }
  return findings;
}

}  // namespace

TEST_CASE("every mutex says what it guards, and no lock is released without RAII") {
  const Findings findings = find_misuse();
  CHECK(findings.lines == std::vector<std::string>());
  CHECK(findings.files > 300);
}

TEST_CASE("the rules on mutexes catch what they are for") {
  CHECK(lacks_what_it_guards("  std::mutex mutex_;"));
  CHECK(lacks_what_it_guards("  mutable std::shared_mutex mutex_;  // see above"));
  CHECK(lacks_what_it_guards("  std::array<std::mutex, 3> mutexes_;"));
  CHECK_FALSE(lacks_what_it_guards("  std::mutex mutex_;  // guards `count_`"));
  CHECK(unlocks("    lock.unlock();"));
  CHECK(unlocks("    lock_->unlock();"));
  CHECK_FALSE(unlocks("  unlock_later();"));
}
