#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

#include "src/core/clock.h"

namespace core {

/// Answers to questions that many ask at about the same time: one of them asks, and all get the answer, also
/// those who come while it is fresh.
template <typename Question, typename Answer>
class SharedAnswers {
 public:
  SharedAnswers(Clock& clock, std::chrono::milliseconds freshness) : clock_(clock), freshness_(freshness) {}

  /// `ask` returns an optional answer; if it gives up, another of those who wait asks in turn. Nothing: this
  /// caller gave up, or was stopped while another asked.
  template <typename Ask>
  std::optional<Answer> get(const Question& question, const std::stop_token& stop, Ask ask) {
    std::unique_lock lock(mutex_);
    while (true) {
      std::shared_ptr<Slot>& newest = slots_[question];
      if (!newest || is_old(*newest)) {
        newest = std::make_shared<Slot>();
        const std::shared_ptr<Slot> mine = newest;
        lock.unlock();
        return answer(*mine, ask);
      }
      const std::shared_ptr<Slot> others = newest;
      if (!changed_.wait(lock, stop, [&] { return others->ended; })) return std::nullopt;
      if (others->answer) return others->answer;
    }
  }

  /// Whoever asks from now on gets an answer from after this call.
  void forget(const Question& question) {
    const std::scoped_lock lock(mutex_);
    slots_.erase(question);
  }

 private:
  struct Slot {
    bool ended = false;
    std::optional<Answer> answer;
    Instant at;
  };

  [[nodiscard]] bool is_old(const Slot& slot) const {
    return slot.ended && (!slot.answer || clock_.now() - slot.at >= freshness_);
  }

  template <typename Ask>
  std::optional<Answer> answer(Slot& slot, Ask& ask) {
    std::optional<Answer> given;
    try {
      given = ask();
    } catch (...) {
      end(slot, std::nullopt);
      throw;
    }
    end(slot, given);
    return given;
  }

  void end(Slot& slot, std::optional<Answer> answer) {
    const std::scoped_lock lock(mutex_);
    slot.answer = std::move(answer);
    slot.at = clock_.now();
    slot.ended = true;
    changed_.notify_all();
  }

  Clock& clock_;
  const std::chrono::milliseconds freshness_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<Question, std::shared_ptr<Slot>> slots_;
};

}  // namespace core
