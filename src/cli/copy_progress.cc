#include "src/cli/copy_progress.h"

#include "src/core/time_text.h"

namespace cli {

bool CopyProgress::has_ended() const {
  return status == "available" || status == "failed" || status == "gone";
}

CopyProgress progress_of(const std::string& address, const tf::Value& state) {
  const auto text = [&](const char* name) { return state[name].text().value_or(""); };
  CopyProgress progress{.address = address,
                        .cloud = text("cloud"),
                        .region = text("destination_region"),
                        .image_id = text("image_id"),
                        .job_id = text("job_id"),
                        .status = text("status"),
                        .status_reason = text("status_reason")};
  if (const auto percent = state["progress_percent"].integer()) progress.percent = static_cast<int>(*percent);
  return progress;
}

std::optional<std::chrono::seconds> TimeLeft::after(core::UtcTime now, const std::string& created_at,
                                                    int percent) {
  if (!begin_) {
    begin_ = core::parse_utc(created_at, "%Y-%m-%dT%H:%M:%SZ");
    if (!begin_) {
      begin_ = now;
      percent_at_begin_ = percent;
    }
  }
  // While the percentage stays the same, the estimated end stays too.
  if (percent != percent_) {
    percent_ = percent;
    const int done = percent - percent_at_begin_;
    end_.reset();
    if (done > 0 && now > *begin_ && percent <= 100) end_ = now + (now - *begin_) * (100 - percent) / done;
  }
  if (!end_ || *end_ <= now) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::seconds>(*end_ - now);
}

}  // namespace cli
