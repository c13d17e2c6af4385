#pragma once

#include <atomic>
#include <chrono>
#include <stop_token>

namespace core {

/// Monotonic time, for deadlines and waits.
using Instant = std::chrono::steady_clock::time_point;

/// Wall-clock time, for signatures and for people.
using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// The only source of time, so that tests can use a clock that they advance.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  [[nodiscard]] virtual Instant now() const = 0;
  [[nodiscard]] virtual UtcTime utc() const = 0;

  /// Sleeps until `wake` and returns true, or returns false as soon as a stop is requested.
  virtual bool sleep_until(Instant wake, const std::stop_token& stop) = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] UtcTime utc() const override;
  bool sleep_until(Instant wake, const std::stop_token& stop) override;
};

/// A clock with the wall-clock time of another one plus a correction. Monotonic time is not changed.
class CorrectedClock final : public Clock {
 public:
  explicit CorrectedClock(Clock& base) : base_(base) {}

  [[nodiscard]] Instant now() const override { return base_.now(); }
  [[nodiscard]] UtcTime utc() const override { return base_.utc() + offset_.load(); }
  bool sleep_until(Instant wake, const std::stop_token& stop) override {
    return base_.sleep_until(wake, stop);
  }

  /// `true_time` is the current time according to a reliable source.
  void correct(UtcTime true_time) { offset_ = true_time - base_.utc(); }

 private:
  Clock& base_;
  std::atomic<std::chrono::milliseconds> offset_{std::chrono::milliseconds(0)};
};

/// The limits of a call: a deadline, and a token by which the caller stops it.
struct Context {
  Instant deadline = Instant::max();
  std::stop_token stop;
  /// The caller polls, so a throttled call is reported at once instead of being retried.
  bool comes_again = false;

  [[nodiscard]] bool is_over(Instant now) const { return stop.stop_requested() || now >= deadline; }

  /// The same context with the earlier of the two deadlines.
  [[nodiscard]] Context until(Instant earlier) const {
    return {.deadline = earlier < deadline ? earlier : deadline, .stop = stop, .comes_again = comes_again};
  }
};

}  // namespace core
