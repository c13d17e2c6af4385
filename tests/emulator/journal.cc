#include "tests/emulator/journal.h"

#include "tests/emulator/durations.h"

namespace emulator {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxLogEntries = 100'000;

json entry_json(const JournalEntry& entry) {
  return {{"at", format_milliseconds(entry.at)},
          {"cloud", name_of(entry.cloud)},
          {"region", entry.description.region},
          {"action", entry.description.action},
          {"method", entry.method},
          {"path", entry.path},
          {"query", entry.query},
          {"body", entry.body},
          {"status", entry.status},
          {"code", entry.code},
          {"image_id", entry.description.image_id},
          {"request_id", entry.request_id},
          {"access_key", entry.description.access_key},
          {"fault", entry.fault}};
}

}  // namespace

void Journal::record(JournalEntry entry) {
  ++counts_[{entry.cloud, entry.description.region, entry.description.action}];
  log_.push_back(std::move(entry));
  if (log_.size() > kMaxLogEntries) log_.pop_front();
}

void Journal::clear() {
  counts_.clear();
  log_.clear();
}

json Journal::counts() const {
  json counts = json::array();
  for (const auto& [key, count] : counts_) {
    const auto& [cloud, region, action] = key;
    counts.push_back({{"cloud", name_of(cloud)}, {"region", region}, {"action", action}, {"count", count}});
  }
  return counts;
}

json Journal::to_json() const {
  json log = json::array();
  for (const JournalEntry& entry : log_) log.push_back(entry_json(entry));
  return {{"counts", counts()}, {"log", log}};
}

}  // namespace emulator
