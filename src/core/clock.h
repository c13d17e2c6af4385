#pragma once

#include <atomic>
#include <chrono>
#include <stop_token>

namespace core {

/// Monotonic time: for deadlines and waits.
using Instant = std::chrono::steady_clock::time_point;

/// Wall-clock time: for signatures and what people read.
using UtcTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// The only source of time. Tests turn a fake one by hand.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  [[nodiscard]] virtual Instant now() const = 0;
  [[nodiscard]] virtual UtcTime utc() const = 0;

  /// Returns true at `wake`, false as soon as a stop is requested.
  virtual bool sleep_until(Instant wake, const std::stop_token& stop) = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] UtcTime utc() const override;
  bool sleep_until(Instant wake, const std::stop_token& stop) override;
};

/// Another clock with its wall-clock time put right. Monotonic time is the same.
class CorrectedClock final : public Clock {
 public:
  explicit CorrectedClock(Clock& base) : base_(base) {}

  [[nodiscard]] Instant now() const override { return base_.now(); }
  [[nodiscard]] UtcTime utc() const override { return base_.utc() + offset_.load(); }
  bool sleep_until(Instant wake, const std::stop_token& stop) override {
    return base_.sleep_until(wake, stop);
  }

  /// `true_time`: what it is now by somebody who knows.
  void correct(UtcTime true_time) { offset_ = true_time - base_.utc(); }

 private:
  Clock& base_;
  std::atomic<std::chrono::milliseconds> offset_{std::chrono::milliseconds(0)};
};

/// How long a caller is willing to wait, and how it takes that back.
struct Context {
  Instant deadline = Instant::max();
  std::stop_token stop;
  /// The caller asks again later by itself: of a refusal for too many calls it is told at once.
  bool comes_again = false;

  [[nodiscard]] bool is_over(Instant now) const { return stop.stop_requested() || now >= deadline; }

  /// The same caller with a nearer deadline.
  [[nodiscard]] Context until(Instant earlier) const {
    return {.deadline = earlier < deadline ? earlier : deadline, .stop = stop, .comes_again = comes_again};
  }
};

}  // namespace core
