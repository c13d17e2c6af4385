#include "src/copy/admission.h"

#include <algorithm>

namespace copy {

void Admission::add(TicketNumber number, std::string source_image_id) {
  copies_.emplace(number, Copy{.source_image_id = std::move(source_image_id)});
}

void Admission::remove(TicketNumber number) {
  leave(copies_.at(number));
  copies_.erase(number);
}

bool Admission::request(TicketNumber number) {
  Copy& copy = copies_.at(number);
  if (is_inside(copy) && count_running() <= policy_.max_running) return true;
  // Others were observed since it was admitted, and they came first.
  copy.state = State::waiting;
  return false;
}

bool Admission::try_enter(TicketNumber number, core::Instant now) {
  if (first_able(now) != number || !has_room(now)) return false;
  Copy& copy = copies_.at(number);
  copy.state = State::starting;
  observation_.reset();
  if (full_) full_ = schedule(full_, policy_.retry, now);
  if (busy_.contains(copy.source_image_id)) schedule_source(copy.source_image_id, now);
  return true;
}

void Admission::withdraw(TicketNumber number) {
  leave(copies_.at(number));
}

void Admission::reject(TicketNumber number, Rejection rejection, core::Instant now) {
  Copy& copy = copies_.at(number);
  copy.state = State::idle;
  switch (rejection) {
    case Rejection::other: break;
    case Rejection::full: full_ = schedule(full_, policy_.retry, now); break;
    case Rejection::source_busy: schedule_source(copy.source_image_id, now); break;
  }
}

void Admission::keep(TicketNumber number) {
  Copy& copy = copies_.at(number);
  if (copy.state == State::starting) copy.state = State::running;
}

void Admission::run(TicketNumber number) {
  Copy& copy = copies_.at(number);
  copy.state = State::running;
  full_.reset();
  busy_.erase(copy.source_image_id);
}

void Admission::detach(TicketNumber number, const cloud::CopyReference& copy) {
  run(number);
  copies_.at(number).state = State::idle;
  detached_.push_back(copy);
}

void Admission::end_detached(const cloud::CopyReference& copy) {
  std::erase(detached_, copy);
}

void Admission::observe_others(const cloud::RegionKey& destination, int count) {
  others_[destination] = count;
  is_shared_ = is_shared_ || count > 0;
}

std::vector<cloud::RegionKey> Admission::shared_destinations() const {
  std::vector<cloud::RegionKey> found;
  if (!is_shared_) return found;
  for (const auto& [destination, count] : others_) found.push_back(destination);
  return found;
}

std::vector<TicketNumber> Admission::to_wake(core::Instant now) const {
  std::vector<TicketNumber> found;
  if (const auto first = first_able(now)) found.push_back(*first);
  for (const auto& [source_image_id, timer] : busy_) {
    if (const auto first = first_of_source(source_image_id)) found.push_back(*first);
  }
  return found;
}

core::Instant Admission::next_action(TicketNumber number, core::Instant now) {
  if (first_able(now) == number) {
    if (!observation_) observation_ = schedule(observation_, policy_.observation, now);
    return full_ ? std::min(observation_->next, full_->next) : observation_->next;
  }
  // If a copy of this process uses the source, its end wakes the next; else only another try shows it.
  const std::string& source_image_id = copies_.at(number).source_image_id;
  const auto busy = busy_.find(source_image_id);
  const bool tries =
      busy != busy_.end() && now < busy->second.next && first_of_source(source_image_id) == number;
  return tries ? busy->second.next : core::Instant::max();
}

bool Admission::begin_observation(TicketNumber number, core::Instant now) {
  if (!observation_ || now < observation_->next || first_able(now) != number) return false;
  observation_ = schedule(observation_, policy_.observation, now);
  return true;
}

bool Admission::is_inside(const Copy& copy) {
  return copy.state == State::starting || copy.state == State::running;
}

int Admission::count_running() const {
  auto running = static_cast<int>(detached_.size());
  for (const auto& [number, copy] : copies_) running += is_inside(copy) ? 1 : 0;
  for (const auto& [destination, count] : others_) running += count;
  return running;
}

bool Admission::has_room(core::Instant now) const {
  if (full_ && now < full_->next) return false;
  const auto is_starting = [](const auto& entry) { return entry.second.state == State::starting; };
  if (is_shared_ && std::ranges::any_of(copies_, is_starting)) return false;
  return count_running() < policy_.max_running;
}

/// Its source is busy: with a copy of this process, or it is not yet time to try again.
bool Admission::is_held_up(const Copy& copy, core::Instant now) const {
  const auto busy = busy_.find(copy.source_image_id);
  if (busy == busy_.end()) return false;
  const auto uses_source = [&](const auto& entry) {
    return is_inside(entry.second) && entry.second.source_image_id == copy.source_image_id;
  };
  return now < busy->second.next || std::ranges::any_of(copies_, uses_source);
}

std::optional<TicketNumber> Admission::first_able(core::Instant now) const {
  const auto found = std::ranges::find_if(copies_, [&](const auto& entry) {
    return entry.second.state == State::waiting && !is_held_up(entry.second, now);
  });
  return found == copies_.end() ? std::nullopt : std::optional(found->first);
}

std::optional<TicketNumber> Admission::first_of_source(const std::string& source_image_id) const {
  const auto found = std::ranges::find_if(copies_, [&](const auto& entry) {
    return entry.second.state == State::waiting && entry.second.source_image_id == source_image_id;
  });
  return found == copies_.end() ? std::nullopt : std::optional(found->first);
}

void Admission::leave(Copy& copy) {
  if (is_inside(copy)) {
    full_.reset();
    busy_.erase(copy.source_image_id);
  }
  copy.state = State::idle;
}

Admission::RetryTimer Admission::schedule(const std::optional<RetryTimer>& timer,
                                          const ProportionalPolling& polling, core::Instant now) {
  const core::Instant since = timer ? timer->since : now;
  const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(now - since);
  return {.since = since, .next = now + polling.pause(waited)};
}

void Admission::schedule_source(const std::string& source_image_id, core::Instant now) {
  const auto known = busy_.find(source_image_id);
  const auto timer = known == busy_.end() ? std::nullopt : std::optional(known->second);
  busy_.insert_or_assign(source_image_id, schedule(timer, policy_.retry, now));
}

}  // namespace copy
