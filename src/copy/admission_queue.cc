#include "src/copy/admission_queue.h"

#include <algorithm>
#include <utility>

#include "src/copy/copy_waiter.h"

namespace copy {

using Turn = CopyQueue::Turn;

namespace {

constexpr std::chrono::seconds kShortestPause{1};

/// A place that is free should not be for long; to see what others run may take many calls.
constexpr std::chrono::seconds kLongestBetweenTries{15};
constexpr std::chrono::seconds kLongestBetweenLooks{60};

}  // namespace

CopyQueue::Place::Place(CopyQueue& queue, std::string source_region, std::string source_image_id)
    : queue_(queue), source_region_(std::move(source_region)), source_image_id_(std::move(source_image_id)) {
  const std::scoped_lock lock(queue_.mutex_);
  number_ = ++queue_.last_number_;
  // What was seen before was not counted for a new line.
  if (queue_.lines_.try_emplace(source_region_).second) queue_.seen_.clear();
}

CopyQueue::Place::~Place() {
  const std::scoped_lock lock(queue_.mutex_);
  queue_.leave(queue_.lines_[source_region_], *this);
}

Turn CopyQueue::Place::enter(const core::Context& context) {
  std::unique_lock lock(queue_.mutex_);
  Line& line = queue_.lines_[source_region_];
  if (line.inside.contains(this)) {
    if (queue_.count_running(line) <= queue_.most_) return Turn::at_once;
    // Others were seen meanwhile, and they came first.
    line.inside.erase(this);
    line.entering.erase(this);
  }
  line.waiting.emplace(number_, this);
  for (bool has_waited = false;; has_waited = true) {
    if (context.stop.stop_requested() || queue_.clock_.now() >= context.deadline) break;
    if (queue_.first_able(line) == this && queue_.has_room(line)) {
      line.waiting.erase(number_);
      line.inside.insert(this);
      line.entering.insert(this);
      line.looks.reset();
      if (line.full) queue_.try_later(line.full, kLongestBetweenTries);
      if (line.busy.contains(source_image_id_)) queue_.try_source_later(line, source_image_id_);
      queue_.call_first(line);
      return has_waited ? Turn::after_waiting : Turn::at_once;
    }
    queue_.wait(lock, line, *this, context);
  }
  queue_.leave(line, *this);
  return Turn::never;
}

bool CopyQueue::Place::is_shared() const {
  const std::scoped_lock lock(queue_.mutex_);
  return queue_.lines_[source_region_].is_shared;
}

void CopyQueue::Place::step_back(Refusal refusal) {
  const std::scoped_lock lock(queue_.mutex_);
  Line& line = queue_.lines_[source_region_];
  line.inside.erase(this);
  line.entering.erase(this);
  if (refusal == Refusal::full) queue_.try_later(line.full, kLongestBetweenTries);
  if (refusal == Refusal::source_busy) queue_.try_source_later(line, source_image_id_);
  queue_.call_first(line);
}

void CopyQueue::Place::stay() {
  const std::scoped_lock lock(queue_.mutex_);
  Line& line = queue_.lines_[source_region_];
  line.entering.erase(this);
  queue_.call_first(line);
}

void CopyQueue::Place::run(const cloud::CopyReference& copy) {
  const std::scoped_lock lock(queue_.mutex_);
  Line& line = queue_.lines_[source_region_];
  line.waiting.erase(number_);
  line.inside.insert(this);
  line.entering.erase(this);
  line.full.reset();
  line.busy.erase(source_image_id_);
  queue_.own_.emplace(copy.destination_region, copy.name);
  queue_.call_first(line);
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
    const auto others = static_cast<int>(std::ranges::count_if(*images, is_of_others));
    line.others[destination] = others;
    line.is_shared = line.is_shared || others > 0;
    call_first(line);
  }
}

int CopyQueue::count_running(const Line& line) const {
  auto running = static_cast<int>(line.inside.size() + line.unattended.size());
  for (const auto& [destination, count] : line.others) running += count;
  return running;
}

bool CopyQueue::has_room(const Line& line) const {
  if (line.full && clock_.now() < line.full->next) return false;
  if (line.is_shared && !line.entering.empty()) return false;
  return count_running(line) < most_;
}

bool CopyQueue::is_held_up(const Line& line, const Place& place) const {
  const auto busy = line.busy.find(place.source_image_id_);
  if (busy == line.busy.end()) return false;
  const auto has_same_source = [&](const Place* other) {
    return other->source_image_id_ == place.source_image_id_;
  };
  return clock_.now() < busy->second.next || std::ranges::any_of(line.inside, has_same_source);
}

CopyQueue::Place* CopyQueue::first_able(const Line& line) const {
  const auto found = std::ranges::find_if(
      line.waiting, [&](const auto& waiting) { return !is_held_up(line, *waiting.second); });
  return found == line.waiting.end() ? nullptr : found->second;
}

CopyQueue::Place* CopyQueue::first_of_source(const Line& line, const std::string& source_image_id) {
  const auto found = std::ranges::find_if(
      line.waiting, [&](const auto& waiting) { return waiting.second->source_image_id_ == source_image_id; });
  return found == line.waiting.end() ? nullptr : found->second;
}

/// Until something may have changed. Only the first that could go looks whether it has.
void CopyQueue::wait(std::unique_lock<std::mutex>& lock, Line& line, Place& place,
                     const core::Context& context) {
  core::Instant wake = context.deadline;
  if (first_able(line) == &place) {
    if (!line.looks) try_later(line.looks, kLongestBetweenLooks);
    wake = std::min(wake, line.looks->next);
    if (line.full) wake = std::min(wake, line.full->next);
  } else if (const auto busy = line.busy.find(place.source_image_id_); busy != line.busy.end()) {
    // With a copy that runs here its end is told; else only trying tells.
    const bool tries =
        first_of_source(line, place.source_image_id_) == &place && clock_.now() < busy->second.next;
    if (tries) wake = std::min(wake, busy->second.next);
  }
  place.bell_.sleep_until(wake, context.stop, clock_, lock);
  const bool is_due = first_able(line) == &place && line.looks && clock_.now() >= line.looks->next;
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

void CopyQueue::try_source_later(Line& line, const std::string& source_image_id) const {
  const auto known = line.busy.find(source_image_id);
  std::optional<Attempts> attempts;
  if (known != line.busy.end()) attempts = known->second;
  try_later(attempts, kLongestBetweenTries);
  line.busy.insert_or_assign(source_image_id, *attempts);
}

void CopyQueue::call_first(Line& line) const {
  if (Place* first = first_able(line)) first->bell_.ring();
  for (const auto& [source_image_id, attempts] : line.busy) {
    if (Place* first = first_of_source(line, source_image_id)) first->bell_.ring();
  }
}

void CopyQueue::leave(Line& line, Place& place) {
  line.waiting.erase(place.number_);
  line.entering.erase(&place);
  // Where one copy has ended there is room for another, whatever the cloud has said before.
  if (line.inside.erase(&place) > 0) {
    line.full.reset();
    line.busy.erase(place.source_image_id_);
  }
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
  const bool is_shared = line.is_shared;
  lock.unlock();
  for (const auto& [destination, count] : others) {
    if (count == 0 && !is_shared) continue;
    const auto images = catalog_.images_since(clock_.now(), destination.first, destination.second, context);
    if (images) see(destination.first, destination.second, *images);
  }
  lock.lock();
}

}  // namespace copy
