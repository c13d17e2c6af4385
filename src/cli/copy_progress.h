#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "src/core/clock.h"
#include "tf/value.h"

namespace cli {

/// What is known of one copy at a time.
struct CopyProgress {
  std::string address;
  std::string cloud;
  std::string region;    ///< of the destination
  std::string image_id;  ///< empty: not told yet
  std::string job_id;
  std::string status;  ///< as the resource has it, or `gone`
  std::string status_reason;
  std::optional<int> percent;
  std::optional<std::chrono::seconds> left;
  std::string error;  ///< why it could not be read; the rest is then as it was before

  bool operator==(const CopyProgress&) const = default;

  /// Nothing more will happen to it.
  [[nodiscard]] bool has_ended() const;
};

/// What the state of an `image_copy` says.
CopyProgress progress_of(const std::string& address, const tf::Value& state);

/// How long a copy still takes, if it goes on as it went. Counts from when the cloud made the image, if it
/// tells, else from the first look.
class TimeLeft {
 public:
  /// `created_at`: RFC 3339; empty: not known.
  std::optional<std::chrono::seconds> after(core::UtcTime now, const std::string& created_at, int percent);

 private:
  std::optional<core::UtcTime> begin_;
  int percent_at_begin_ = 0;
  int percent_ = -1;                  // of the newest look
  std::optional<core::UtcTime> end_;  // by that percentage, when it was first seen
};

}  // namespace cli
