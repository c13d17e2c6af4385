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

/// Answers to questions that many ask at about the same time: one of them asks, and all get the answer, also
/// those who come later and may have one that old. A question is on its way once at a time.
template <typename Question, typename Answer>
class SingleFlight {
 public:
  explicit SingleFlight(Clock& clock) : clock_(clock) {}

  /// Which answers a caller takes.
  struct Wanted {
    Instant oldest;               ///< asked for then or later
    bool also_forgotten = false;  ///< whatever has changed since
  };

  /// `ask` returns an optional answer; if it gives up, another of those who wait asks in turn. Nothing: this
  /// caller gave up, or was stopped or had no time left while another asked.
  template <typename Ask>
  std::optional<Answer> get(const Question& question, Wanted wanted, const Context& context, Ask ask) {
    std::unique_lock lock(mutex_);
    while (true) {
      std::shared_ptr<Slot>& newest = slots_[question];
      if (!newest || (newest->ended && !newest->is(wanted))) {
        newest = std::make_shared<Slot>(clock_.now());
        return answer(lock, newest, ask);
      }
      const std::shared_ptr<Slot> others = newest;
      if (!wait(lock, *others, context)) return std::nullopt;
      if (others->is(wanted)) return others->answer;
    }
  }

  /// The newest answer, however old, if there is one.
  std::optional<Answer> newest(const Question& question) {
    const std::scoped_lock lock(mutex_);
    const auto slot = slots_.find(question);
    return slot == slots_.end() ? std::nullopt : slot->second->answer;
  }

  /// Whoever asks from now on gets an answer that is asked for after this call, unless an older one will do.
  void forget(const Question& question) {
    const std::scoped_lock lock(mutex_);
    if (const auto slot = slots_.find(question); slot != slots_.end()) slot->second->forgotten = true;
  }

 private:
  struct Slot {
    explicit Slot(Instant now) : asked_at(now) {}

    [[nodiscard]] bool is(const Wanted& wanted) const {
      return answer && asked_at >= wanted.oldest && (!forgotten || wanted.also_forgotten);
    }

    const Instant asked_at;
    bool ended = false;
    bool forgotten = false;
    std::optional<Answer> answer;
    std::set<WaitCondition*> waiting;
  };

  /// False: the caller was stopped or has no time left.
  bool wait(std::unique_lock<std::mutex>& lock, Slot& slot, const Context& context) {
    WaitCondition wake_up;
    slot.waiting.insert(&wake_up);
    while (!slot.ended && !context.is_over(clock_.now())) {
      wake_up.wait_until(context.deadline, context, clock_, lock);
    }
    slot.waiting.erase(&wake_up);
    return slot.ended;
  }

  /// `slot` is a copy: meanwhile another caller may replace the newest one.
  template <typename Ask>
  std::optional<Answer> answer(std::unique_lock<std::mutex>& lock, std::shared_ptr<Slot> slot, Ask& ask) {
    std::optional<Answer> given;
    const ScopeExit end([&slot] {
      slot->ended = true;
      for (WaitCondition* wake_up : slot->waiting) wake_up->notify();
    });
    {
      const Unlocked unlocked(lock);
      given = ask();
    }
    slot->answer = given;
    return given;
  }

  Clock& clock_;
  std::mutex mutex_;  // guards `slots_` and what they point to
  std::map<Question, std::shared_ptr<Slot>> slots_;
};

}  // namespace core
