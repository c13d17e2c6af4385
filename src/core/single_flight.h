#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

#include "src/core/clock.h"
#include "src/core/scope_exit.h"
#include "src/core/unlocked.h"
#include "src/core/wait_condition.h"

namespace core {

/// Shares the answer to a call among all who make it at about the same time: one makes the call, and all get
/// the answer, also those who come later and accept one that old. There is one call for a key at a time.
template <typename Key, typename Answer>
class SingleFlight {
 public:
  explicit SingleFlight(Clock& clock) : clock_(clock) {}

  /// Which answers a caller accepts.
  struct Wanted {
    Instant oldest;               ///< the call began then or later
    bool also_forgotten = false;  ///< even if the answer was forgotten since
  };

  /// `call` returns an optional answer; if it has none, the next of those who wait makes the call. Returns
  /// nullopt if `call` did, or if the deadline or a stop came first while another caller made the call.
  template <typename Call>
  std::optional<Answer> get(const Key& key, Wanted wanted, const Context& context, Call call) {
    std::unique_lock lock(mutex_);
    while (true) {
      std::shared_ptr<Slot>& newest = slots_[key];
      if (!newest || (newest->ended && !newest->is(wanted))) {
        newest = std::make_shared<Slot>(clock_.now());
        return answer(lock, newest, call);
      }
      const std::shared_ptr<Slot> others = newest;
      if (!wait(lock, *others, context)) return std::nullopt;
      if (others->is(wanted)) return others->answer;
    }
  }

  /// The newest answer, however old, if there is one.
  std::optional<Answer> newest(const Key& key) {
    const std::scoped_lock lock(mutex_);
    const auto slot = slots_.find(key);
    return slot == slots_.end() ? std::nullopt : slot->second->answer;
  }

  /// Callers from now on do not get the present answer, nor that of a call under way, unless they accept
  /// forgotten ones.
  void forget(const Key& key) {
    const std::scoped_lock lock(mutex_);
    if (const auto slot = slots_.find(key); slot != slots_.end()) slot->second->forgotten = true;
  }

 private:
  struct Slot {
    explicit Slot(Instant now) : began(now) {}

    [[nodiscard]] bool is(const Wanted& wanted) const {
      return answer && began >= wanted.oldest && (!forgotten || wanted.also_forgotten);
    }

    const Instant began;
    bool ended = false;
    bool forgotten = false;
    std::optional<Answer> answer;
    std::set<WaitCondition*> waiting;
  };

  /// Returns false if the deadline or a stop came first.
  bool wait(std::unique_lock<std::mutex>& lock, Slot& slot, const Context& context) {
    WaitCondition wake_up;
    slot.waiting.insert(&wake_up);
    while (!slot.ended && !context.is_over(clock_.now())) {
      wake_up.wait_until(context.deadline, context, clock_, lock);
    }
    slot.waiting.erase(&wake_up);
    return slot.ended;
  }

  /// `slot` is a copy of the pointer, because another caller may replace the newest slot meanwhile.
  template <typename Call>
  std::optional<Answer> answer(std::unique_lock<std::mutex>& lock, std::shared_ptr<Slot> slot, Call& call) {
    std::optional<Answer> given;
    const ScopeExit end([&slot] {
      slot->ended = true;
      for (WaitCondition* wake_up : slot->waiting) wake_up->notify();
    });
    {
      const Unlocked unlocked(lock);
      given = call();
    }
    slot->answer = given;
    return given;
  }

  Clock& clock_;
  std::mutex mutex_;  // guards `slots_` and what they point to
  std::map<Key, std::shared_ptr<Slot>> slots_;
};

}  // namespace core
