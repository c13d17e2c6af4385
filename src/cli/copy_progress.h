#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "src/core/clock.h"
#include "tf/value.h"

namespace cli {

/// What is known about one copy after a poll.
struct CopyProgress {
  std::string address;  ///< of the resource
  std::string cloud;
  std::string region;    ///< destination
  std::string image_id;  ///< empty: not known yet
  std::string job_id;    ///< empty: none
  std::string status;    ///< a status of the resource, or `gone`
  std::string status_reason;
  std::optional<int> percent;
  std::optional<std::chrono::seconds> left;  ///< estimated
  std::string error;  ///< why the last poll failed; the other members are then from the poll before

  bool operator==(const CopyProgress&) const = default;

  /// Returns whether the status is final.
  [[nodiscard]] bool has_ended() const;
};

/// Returns the progress that the state of an `image_copy` contains.
CopyProgress progress_of(const std::string& address, const tf::Value& state);

/// Estimates the remaining time of a copy from its average speed since the cloud created the image, or since
/// the first poll if the cloud does not report that time.
class TimeLeft {
 public:
  /// `created_at` is in RFC 3339 format; empty: not known. Returns nullopt while there is no estimate.
  std::optional<std::chrono::seconds> after(core::UtcTime now, const std::string& created_at, int percent);

 private:
  std::optional<core::UtcTime> begin_;
  int percent_at_begin_ = 0;
  int percent_ = -1;                  // of the newest poll
  std::optional<core::UtcTime> end_;  // estimated when that percentage was first seen
};

}  // namespace cli
