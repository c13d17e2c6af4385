#pragma once

#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>

#include "tests/emulator/service.h"

namespace emulator {

/// One request to a cloud. Holds no header and nothing secret.
struct JournalEntry {
  UtcTime at;
  Cloud cloud = Cloud::alicloud;
  Description description;
  std::string method;
  std::string path;
  std::string query;  ///< redacted, as is the body
  std::string body;
  int status = 0;  ///< 0 when no answer was sent
  std::string code;
  std::string request_id;
  std::string fault;  ///< effect of the fault that hit it, if one did
};

/// Every request in order, refused ones too. The log keeps the last hundred thousand, the counts know all.
class Journal {
 public:
  void record(JournalEntry entry);
  void clear();

  /// `{"counts":[…],"log":[…]}` of the control API.
  [[nodiscard]] nlohmann::json to_json() const;

  /// The list of counts alone, which stays short.
  [[nodiscard]] nlohmann::json counts() const;

 private:
  std::map<std::tuple<Cloud, std::string, std::string>, int> counts_;
  std::deque<JournalEntry> log_;
};

}  // namespace emulator
