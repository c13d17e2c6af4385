#include "src/copy/admission_queue.h"

#include <algorithm>
#include <utility>

#include "src/copy/copy_waiter.h"
#include "src/core/unlocked.h"

namespace copy {

using Turn = AdmissionQueue::Turn;

AdmissionQueue::Ticket::Ticket(AdmissionQueue& queue, std::string source_region, std::string source_image_id)
    : queue_(queue), source_region_(std::move(source_region)), source_image_id_(std::move(source_image_id)) {
  const std::scoped_lock lock(queue_.mutex_);
  number_ = ++queue_.last_number_;
  // What was seen before was not counted for a new line.
  if (queue_.lines_.try_emplace(source_region_).second) queue_.seen_.clear();
}

AdmissionQueue::Ticket::~Ticket() {
  const std::scoped_lock lock(queue_.mutex_);
  queue_.leave(queue_.lines_[source_region_], *this);
}

Turn AdmissionQueue::Ticket::enter(const core::Context& context) {
  std::unique_lock lock(queue_.mutex_);
  Line& line = queue_.lines_[source_region_];
  if (line.inside.contains(this)) {
    if (queue_.count_running(line) <= queue_.policy_.max_running) return Turn::at_once;
    // Others were seen meanwhile, and they came first.
    line.inside.erase(this);
    line.entering.erase(this);
  }
  line.waiting.emplace(number_, this);
  for (bool has_waited = false;; has_waited = true) {
    if (context.is_over(queue_.clock_.now())) break;
    if (queue_.first_able(line) == this && queue_.has_room(line)) {
      line.waiting.erase(number_);
      line.inside.insert(this);
      line.entering.insert(this);
      line.looks.reset();
      if (line.full) queue_.schedule_retry(line.full, queue_.policy_.retry);
      if (line.busy.contains(source_image_id_)) queue_.schedule_source_retry(line, source_image_id_);
      queue_.call_first(line);
      return has_waited ? Turn::after_waiting : Turn::at_once;
    }
    queue_.wait(lock, line, *this, context);
  }
  queue_.leave(line, *this);
  return Turn::never;
}

bool AdmissionQueue::Ticket::is_shared() const {
  const std::scoped_lock lock(queue_.mutex_);
  return queue_.lines_[source_region_].is_shared;
}

void AdmissionQueue::Ticket::step_back(Rejection rejection) {
  const std::scoped_lock lock(queue_.mutex_);
  Line& line = queue_.lines_[source_region_];
  line.inside.erase(this);
  line.entering.erase(this);
  if (rejection == Rejection::full) queue_.schedule_retry(line.full, queue_.policy_.retry);
  if (rejection == Rejection::source_busy) queue_.schedule_source_retry(line, source_image_id_);
  queue_.call_first(line);
}

void AdmissionQueue::Ticket::stay() {
  const std::scoped_lock lock(queue_.mutex_);
  Line& line = queue_.lines_[source_region_];
  line.entering.erase(this);
  queue_.call_first(line);
}

void AdmissionQueue::Ticket::run(const cloud::CopyReference& copy) {
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

void AdmissionQueue::Ticket::run_on(const cloud::CopyReference& copy) {
  run(copy);
  const std::scoped_lock lock(queue_.mutex_);
  Line& line = queue_.lines_[source_region_];
  line.inside.erase(this);
  line.unattended.push_back(copy);
}

void AdmissionQueue::see(const std::string& region, const std::string& project,
                         const ImageCache::Images& images) {
  const std::scoped_lock lock(mutex_);
  const Destination destination(region, project);
  if (std::exchange(seen_[destination], images) == images) return;
  for (auto& [source_region, line] : lines_) {
    const auto is_of_others = [&](const cloud::CopyStatus& view) {
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

int AdmissionQueue::count_running(const Line& line) const {
  auto running = static_cast<int>(line.inside.size() + line.unattended.size());
  for (const auto& [destination, count] : line.others) running += count;
  return running;
}

bool AdmissionQueue::has_room(const Line& line) const {
  if (line.full && clock_.now() < line.full->next) return false;
  if (line.is_shared && !line.entering.empty()) return false;
  return count_running(line) < policy_.max_running;
}

bool AdmissionQueue::is_held_up(const Line& line, const Ticket& ticket) const {
  const auto busy = line.busy.find(ticket.source_image_id_);
  if (busy == line.busy.end()) return false;
  const auto has_same_source = [&](const Ticket* other) {
    return other->source_image_id_ == ticket.source_image_id_;
  };
  return clock_.now() < busy->second.next || std::ranges::any_of(line.inside, has_same_source);
}

AdmissionQueue::Ticket* AdmissionQueue::first_able(const Line& line) const {
  const auto found = std::ranges::find_if(
      line.waiting, [&](const auto& waiting) { return !is_held_up(line, *waiting.second); });
  return found == line.waiting.end() ? nullptr : found->second;
}

AdmissionQueue::Ticket* AdmissionQueue::first_of_source(const Line& line,
                                                        const std::string& source_image_id) {
  const auto found = std::ranges::find_if(
      line.waiting, [&](const auto& waiting) { return waiting.second->source_image_id_ == source_image_id; });
  return found == line.waiting.end() ? nullptr : found->second;
}

/// Until something may have changed. Only the first that could go looks whether it has.
void AdmissionQueue::wait(std::unique_lock<std::mutex>& lock, Line& line, Ticket& ticket,
                          const core::Context& context) {
  core::Instant wake = core::Instant::max();
  if (first_able(line) == &ticket) {
    if (!line.looks) schedule_retry(line.looks, policy_.observation);
    wake = std::min(wake, line.looks->next);
    if (line.full) wake = std::min(wake, line.full->next);
  } else if (const auto busy = line.busy.find(ticket.source_image_id_); busy != line.busy.end()) {
    // With a copy that runs here its end is told; else only trying tells.
    const bool tries =
        first_of_source(line, ticket.source_image_id_) == &ticket && clock_.now() < busy->second.next;
    if (tries) wake = std::min(wake, busy->second.next);
  }
  ticket.wake_up_.wait_until(wake, context, clock_, lock);
  const bool is_due = first_able(line) == &ticket && line.looks && clock_.now() >= line.looks->next;
  if (!is_due || context.stop.stop_requested()) return;
  schedule_retry(line.looks, policy_.observation);
  look_at_unattended(lock, line, context);
  look_at_others(lock, line, context);
}

void AdmissionQueue::schedule_retry(std::optional<Attempts>& attempts,
                                    const ProportionalPolling& polling) const {
  const core::Instant now = clock_.now();
  if (!attempts) attempts = Attempts{.since = now, .next = now};
  const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(now - attempts->since);
  attempts->next = now + polling.pause(waited);
}

void AdmissionQueue::schedule_source_retry(Line& line, const std::string& source_image_id) const {
  const auto known = line.busy.find(source_image_id);
  std::optional<Attempts> attempts;
  if (known != line.busy.end()) attempts = known->second;
  schedule_retry(attempts, policy_.retry);
  line.busy.insert_or_assign(source_image_id, *attempts);
}

void AdmissionQueue::call_first(Line& line) const {
  if (Ticket* first = first_able(line)) first->wake_up_.notify();
  for (const auto& [source_image_id, attempts] : line.busy) {
    if (Ticket* first = first_of_source(line, source_image_id)) first->wake_up_.notify();
  }
}

void AdmissionQueue::leave(Line& line, Ticket& ticket) {
  line.waiting.erase(ticket.number_);
  line.entering.erase(&ticket);
  // Where one copy has ended there is room for another, whatever the cloud has said before.
  if (line.inside.erase(&ticket) > 0) {
    line.full.reset();
    line.busy.erase(ticket.source_image_id_);
  }
  call_first(line);
}

/// Who cannot be looked at keeps the place; the cloud itself has the last word.
void AdmissionQueue::look_at_unattended(std::unique_lock<std::mutex>& lock, Line& line,
                                        const core::Context& context) {
  std::map<std::string, std::vector<cloud::CopyReference>> by_destination;
  for (const cloud::CopyReference& copy : line.unattended) {
    by_destination[copy.destination_region + "/" + copy.project_name].push_back(copy);
  }
  std::vector<cloud::CopyReference> ended;
  {
    const core::Unlocked unlocked(lock);
    for (const auto& [destination, copies] : by_destination) {
      const auto looks = cloud_.describe_copies(copies, context);
      for (std::size_t i = 0; i < copies.size(); ++i) {
        const bool has_gone =
            looks[i] && (looks[i]->state == cloud::CopyState::absent || has_ended(looks[i]->state));
        if (has_gone) ended.push_back(copies[i]);
      }
    }
  }
  for (const cloud::CopyReference& copy : ended) std::erase(line.unattended, copy);
}

void AdmissionQueue::look_at_others(std::unique_lock<std::mutex>& lock, const Line& line,
                                    const core::Context& context) {
  const std::map<Destination, int> others = line.others;
  const bool is_shared = line.is_shared;
  const core::Unlocked unlocked(lock);
  for (const auto& [destination, count] : others) {
    if (count == 0 && !is_shared) continue;
    const auto images = cache_.images_since(clock_.now(), destination.first, destination.second, context);
    if (images) see(destination.first, destination.second, *images);
  }
}

}  // namespace copy
