#include "src/copy/copy_queue.h"

#include <algorithm>
#include <utility>

#include "src/copy/copier.h"

namespace copy {

using Turn = CopyQueue::Turn;

namespace {

constexpr std::chrono::seconds kShortestPause{1};

/// A place that is free should not be for long; to see what others run may take many calls.
constexpr std::chrono::seconds kLongestBetweenTries{15};
constexpr std::chrono::seconds kLongestBetweenLooks{60};

}  // namespace

CopyQueue::Place::Place(CopyQueue& queue, const std::string& source_region)
    : queue_(queue), source_region_(source_region) {
  const std::scoped_lock lock(queue_.mutex_);
  number_ = ++queue_.last_number_;
  // What was seen before was not counted for a new line.
  if (queue_.lines_.try_emplace(source_region).second) queue_.seen_.clear();
}

CopyQueue::Place::~Place() {
  const std::scoped_lock lock(queue_.mutex_);
  queue_.leave(queue_.lines_[source_region_], *this);
}

Turn CopyQueue::Place::enter(const core::Context& context) {
  std::unique_lock lock(queue_.mutex_);
  Line& line = queue_.lines_[source_region_];
  if (line.inside.contains(this)) return Turn::at_once;
  line.waiting.emplace(number_, this);
  for (bool has_waited = false;; has_waited = true) {
    if (context.stop.stop_requested() || queue_.clock_.now() >= context.deadline) break;
    if (line.waiting.begin()->second == this && queue_.has_room(line)) {
      line.waiting.erase(number_);
      line.inside.insert(this);
      line.looks.reset();
      if (line.full) queue_.try_later(line.full, kLongestBetweenTries);
      call_first(line);
      return has_waited ? Turn::after_waiting : Turn::at_once;
    }
    queue_.wait(lock, line, *this, context);
  }
  queue_.leave(line, *this);
  return Turn::never;
}

void CopyQueue::Place::step_back(bool is_full) {
  const std::scoped_lock lock(queue_.mutex_);
  Line& line = queue_.lines_[source_region_];
  line.inside.erase(this);
  if (is_full) queue_.try_later(line.full, kLongestBetweenTries);
  call_first(line);
}

void CopyQueue::Place::run(const cloud::CopyReference& copy) {
  const std::scoped_lock lock(queue_.mutex_);
  Line& line = queue_.lines_[source_region_];
  line.waiting.erase(number_);
  line.inside.insert(this);
  line.full.reset();
  queue_.own_.emplace(copy.destination_region, copy.name);
  call_first(line);
}

void CopyQueue::Place::run_on(const cloud::CopyReference& copy) {
  run(copy);
  const std::scoped_lock lock(queue_.mutex_);
  Line& line = queue_.lines_[source_region_];
  line.inside.erase(this);
  line.unattended.push_back(copy);
}

void CopyQueue::see(const std::string& region, const std::string& project, const Catalog::Images& images) {
  const std::scoped_lock lock(mutex_);
  const Destination destination(region, project);
  if (std::exchange(seen_[destination], images) == images) return;
  for (auto& [source_region, line] : lines_) {
    const auto is_of_others = [&](const cloud::CopyView& view) {
      const bool runs = view.state == cloud::CopyState::queued || view.state == cloud::CopyState::copying;
      return runs && view.image && view.image->source_region == source_region &&
             !own_.contains({region, view.image->name});
    };
    line.others[destination] = static_cast<int>(std::ranges::count_if(*images, is_of_others));
    call_first(line);
  }
}

bool CopyQueue::has_room(const Line& line) const {
  if (line.full && clock_.now() < line.full->next) return false;
  auto running = static_cast<int>(line.inside.size() + line.unattended.size());
  for (const auto& [destination, count] : line.others) running += count;
  return running < most_;
}

/// Until something may have changed. Only the first of the line looks whether it has.
void CopyQueue::wait(std::unique_lock<std::mutex>& lock, Line& line, Place& place,
                     const core::Context& context) {
  core::Instant wake = context.deadline;
  if (line.waiting.begin()->second == &place) {
    if (!line.looks) try_later(line.looks, kLongestBetweenLooks);
    wake = std::min(wake, line.looks->next);
    if (line.full) wake = std::min(wake, line.full->next);
  }
  place.bell_.sleep_until(wake, context.stop, clock_, lock);
  const bool is_due =
      line.waiting.begin()->second == &place && line.looks && clock_.now() >= line.looks->next;
  if (!is_due || context.stop.stop_requested()) return;
  try_later(line.looks, kLongestBetweenLooks);
  look_at_unattended(lock, line, context);
  look_at_others(lock, line, context);
}

void CopyQueue::try_later(std::optional<Attempts>& attempts, std::chrono::seconds longest) const {
  const core::Instant now = clock_.now();
  if (!attempts) attempts = Attempts{.since = now, .next = now};
  attempts->next =
      now + std::clamp<core::Instant::duration>((now - attempts->since) / 4, kShortestPause, longest);
}

void CopyQueue::call_first(Line& line) {
  if (!line.waiting.empty()) line.waiting.begin()->second->bell_.ring();
}

void CopyQueue::leave(Line& line, Place& place) {
  line.waiting.erase(place.number_);
  // Where one copy has ended there is room for another, whatever the cloud has said before.
  if (line.inside.erase(&place) > 0) line.full.reset();
  call_first(line);
}

/// Who cannot be looked at keeps the place; the cloud itself has the last word.
void CopyQueue::look_at_unattended(std::unique_lock<std::mutex>& lock, Line& line,
                                   const core::Context& context) {
  std::map<std::string, std::vector<cloud::CopyReference>> by_destination;
  for (const cloud::CopyReference& copy : line.unattended) {
    by_destination[copy.destination_region + "/" + copy.project_name].push_back(copy);
  }
  lock.unlock();
  std::vector<cloud::CopyReference> ended;
  for (const auto& [destination, copies] : by_destination) {
    const cloud::Looks looks = cloud_.look_at_all(copies, context);
    for (std::size_t i = 0; i < copies.size(); ++i) {
      const bool has_gone = looks[i] && (!*looks[i] || has_ended((*looks[i])->state));
      if (has_gone) ended.push_back(copies[i]);
    }
  }
  lock.lock();
  for (const cloud::CopyReference& copy : ended) std::erase(line.unattended, copy);
}

void CopyQueue::look_at_others(std::unique_lock<std::mutex>& lock, const Line& line,
                               const core::Context& context) {
  const std::map<Destination, int> others = line.others;
  lock.unlock();
  for (const auto& [destination, count] : others) {
    if (count == 0) continue;
    const auto images = catalog_.images_since(clock_.now(), destination.first, destination.second, context);
    if (images) see(destination.first, destination.second, *images);
  }
  lock.lock();
}

}  // namespace copy
