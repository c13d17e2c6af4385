#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "src/core/clock.h"
#include "src/core/scope_exit.h"
#include "src/core/unlocked.h"
#include "src/core/wait_condition.h"

namespace core {

/// Shares the result of a call between concurrent callers with the same key: one caller makes the call, and
/// the others wait for its result. Later callers that accept a result of that age receive it too. Only one
/// call for a key runs at a time.
template <typename Key, typename Result>
class SingleFlight {
 public:
  explicit SingleFlight(Clock& clock) : clock_(clock) {}

  /// Which results a caller accepts.
  struct Wanted {
    Instant oldest;               ///< the call must have begun at or after this time
    bool also_forgotten = false;  ///< accept a result that was forgotten
  };

  /// `call` returns an optional result; if it returns nullopt, the next waiting caller makes the call.
  /// Returns nullopt if this caller's `call` did, or if the deadline passed or a stop was requested while
  /// another caller made the call.
  template <typename Call>
  std::optional<Result> get(const Key& key, Wanted wanted, const Context& context, Call call) {
    std::unique_lock lock(mutex_);
    while (true) {
      std::shared_ptr<Slot>& newest = slots_[key];
      if (!newest || (newest->ended && !newest->is(wanted))) {
        newest = std::make_shared<Slot>(clock_.now());
        return make(lock, newest, call);
      }
      const std::shared_ptr<Slot> current = newest;
      const auto has_ended = [&] { return current->ended; };
      if (!current->has_ended.wait(lock, context, clock_, has_ended)) return std::nullopt;
      if (current->is(wanted)) return current->result;
    }
  }

  /// Returns the newest result of any age, or nullopt if there is none.
  std::optional<Result> newest(const Key& key) {
    const std::scoped_lock lock(mutex_);
    const auto slot = slots_.find(key);
    return slot == slots_.end() ? std::nullopt : slot->second->result;
  }

  /// Discards the current result and that of a running call for later callers, except for those that accept
  /// forgotten results.
  void forget(const Key& key) {
    const std::scoped_lock lock(mutex_);
    if (const auto slot = slots_.find(key); slot != slots_.end()) slot->second->forgotten = true;
  }

 private:
  struct Slot {
    explicit Slot(Instant now) : began(now) {}

    [[nodiscard]] bool is(const Wanted& wanted) const {
      return result && began >= wanted.oldest && (!forgotten || wanted.also_forgotten);
    }

    const Instant began;
    bool ended = false;
    bool forgotten = false;
    std::optional<Result> result;
    SharedCondition has_ended;
  };

  /// Makes the call. `slot` is a copy of the pointer, because another caller may replace the newest slot
  /// meanwhile.
  template <typename Call>
  std::optional<Result> make(std::unique_lock<std::mutex>& lock, std::shared_ptr<Slot> slot, Call& call) {
    std::optional<Result> result;
    const ScopeExit end([&slot] {
      slot->ended = true;
      slot->has_ended.notify_all();
    });
    {
      const Unlocked unlocked(lock);
      result = call();
    }
    slot->result = result;
    return result;
  }

  Clock& clock_;
  std::mutex mutex_;  // guards `slots_` and the slots
  std::map<Key, std::shared_ptr<Slot>> slots_;
};

}  // namespace core
