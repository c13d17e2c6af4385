#pragma once

#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>

#include "tests/emulator/service.h"

namespace emulator {

/// A request to a cloud, without headers and secrets.
struct JournalEntry {
  UtcTime at;
  Cloud cloud{};
  Description description;
  std::string method;
  std::string path;
  std::string query;  ///< redacted, as is the body
  std::string body;
  int status = 0;  ///< 0 if no response was sent
  std::string code;
  std::string request_id;
  std::string fault;  ///< effect of the fault that applied to it; empty: none
};

/// All requests in order, including rejected ones. The log keeps the last hundred thousand; the counts
/// include all.
class Journal {
 public:
  void record(JournalEntry entry);
  void clear();

  /// `{"counts":[…],"log":[…]}`, as in the control API.
  [[nodiscard]] nlohmann::json to_json() const;

  /// Only the list of counts, which stays short.
  [[nodiscard]] nlohmann::json counts() const;

 private:
  std::map<std::tuple<Cloud, std::string, std::string>, int> counts_;
  std::deque<JournalEntry> log_;
};

}  // namespace emulator
