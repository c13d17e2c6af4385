#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

#include "src/cloud/image_cloud.h"
#include "src/cloud/policies.h"
#include "src/core/clock.h"
#include "src/core/scope_exit.h"
#include "src/core/unlocked.h"
#include "src/core/wait_condition.h"

namespace cloud {

/// A value that expires, such as credentials or a token.
template <typename T>
struct Expiring {
  T value;
  std::optional<core::UtcTime> expires;  ///< nullopt: not known

  bool operator==(const Expiring&) const = default;
};

/// An expiring value that is fetched when it is first needed, and again before it expires. Callers share one
/// fetch. Safe to use from any thread.
template <typename T>
class Refreshing {
 public:
  using Fetch = std::function<Result<Expiring<T>>(const core::Context& context)>;

  Refreshing(Fetch fetch, core::Clock& clock, const RefreshPolicy& policy)
      : fetch_(std::move(fetch)), clock_(clock), policy_(policy) {}

  /// Returns the newest value. If it cannot be fetched again, a value that has not expired is used further.
  Result<T> get(const core::Context& context) {
    std::unique_lock lock(mutex_);
    if (!fetched_.wait(lock, context, clock_, [&] { return !fetching_; })) {
      return std::unexpected(over_error(context));
    }
    if (newest_ && clock_.utc() < renew_at_) return newest_->value;
    if (failure_ && clock_.utc() - failed_at_ < policy_.pause) return std::unexpected(*failure_);
    Result<Expiring<T>> fetched = fetch(lock, context);
    if (fetched) {
      replace(std::move(*fetched));
    } else if (is_valid()) {
      renew_at_ = clock_.utc() + policy_.pause;
    } else {
      // Many callers come at about the same time, and each would wait as long for the same failure. But one
      // caller's stop or deadline is not a failure for the others.
      if (!context.is_over(clock_.now())) failure_ = fetched.error();
      failed_at_ = clock_.utc();
      return std::unexpected(std::move(fetched.error()));
    }
    return newest_->value;
  }

  /// Called when the newest value was refused as expired.
  void discard() {
    const std::scoped_lock lock(mutex_);
    // Another caller may have fetched it while the refused request was on its way.
    if (newest_ && clock_.utc() - fetched_at_ >= policy_.pause) newest_.reset();
  }

 private:
  /// The error of a caller that was stopped, or whose deadline passed, while another one fetched.
  static Error over_error(const core::Context& context) {
    if (context.stop.stop_requested()) {
      return {.kind = ErrorKind::cancelled, .message = "The call was interrupted."};
    }
    return {.kind = ErrorKind::unreachable,
            .message = "The deadline passed while credentials were being fetched."};
  }

  /// Releases the lock while fetching. Other callers wait until `fetching_` is false again.
  Result<Expiring<T>> fetch(std::unique_lock<std::mutex>& lock, const core::Context& context) {
    fetching_ = true;
    const core::ScopeExit end([this] {
      fetching_ = false;
      fetched_.notify_all();
    });
    const core::Unlocked unlocked(lock);
    return fetch_(context);
  }

  [[nodiscard]] bool is_valid() const {
    return newest_ && newest_->expires && clock_.utc() < *newest_->expires;
  }

  void replace(Expiring<T> fetched) {
    failure_.reset();
    newest_ = std::move(fetched);
    fetched_at_ = clock_.utc();
    const std::chrono::milliseconds life =
        newest_->expires ? *newest_->expires - fetched_at_ : policy_.unknown_life;
    renew_at_ = fetched_at_ + life - std::min(policy_.before_end, life / 4);
  }

  const Fetch fetch_;
  core::Clock& clock_;
  const RefreshPolicy policy_;
  std::mutex mutex_;  // guards all below
  core::SharedCondition fetched_;
  bool fetching_ = false;
  std::optional<Expiring<T>> newest_;
  core::UtcTime fetched_at_;
  core::UtcTime renew_at_;
  std::optional<Error> failure_;  // of the newest fetch
  core::UtcTime failed_at_;
};

}  // namespace cloud
