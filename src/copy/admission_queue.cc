#include "src/copy/admission_queue.h"

#include <algorithm>
#include <vector>

#include "src/copy/copy_waiter.h"
#include "src/core/unlocked.h"

namespace copy {

using Turn = AdmissionQueue::Turn;

AdmissionQueue::Ticket::Ticket(AdmissionQueue& queue, const std::string& source_region,
                               std::string source_image_id)
    : queue_(queue) {
  const std::scoped_lock lock(queue_.mutex_);
  const auto [lane, is_new] = queue_.lanes_.try_emplace(
      source_region,
      Lane{.source_region = source_region, .admission = Admission(queue_.policy_), .tickets = {}});
  // What was observed before was not counted for a new lane.
  if (is_new) queue_.observed_.clear();
  lane_ = &lane->second;
  number_ = ++queue_.last_number_;
  lane_->tickets.emplace(number_, this);
  lane_->admission.add(number_, std::move(source_image_id));
}

AdmissionQueue::Ticket::~Ticket() {
  const std::scoped_lock lock(queue_.mutex_);
  lane_->admission.remove(number_);
  lane_->tickets.erase(number_);
  queue_.wake(*lane_);
}

Turn AdmissionQueue::Ticket::enter(const core::Context& context) {
  Lock lock(queue_.mutex_);
  if (lane_->admission.request(number_)) return Turn::at_once;
  for (bool has_waited = false; !context.is_over(queue_.clock_.now()); has_waited = true) {
    if (lane_->admission.try_enter(number_, queue_.clock_.now())) {
      queue_.wake(*lane_);
      return has_waited ? Turn::after_waiting : Turn::at_once;
    }
    queue_.wait(lock, *this, context);
  }
  lane_->admission.withdraw(number_);
  queue_.wake(*lane_);
  return Turn::never;
}

bool AdmissionQueue::Ticket::is_shared() const {
  const std::scoped_lock lock(queue_.mutex_);
  return lane_->admission.is_shared();
}

void AdmissionQueue::Ticket::reject(Rejection rejection) {
  const std::scoped_lock lock(queue_.mutex_);
  lane_->admission.reject(number_, rejection, queue_.clock_.now());
  queue_.wake(*lane_);
}

void AdmissionQueue::Ticket::keep() {
  const std::scoped_lock lock(queue_.mutex_);
  lane_->admission.keep(number_);
  queue_.wake(*lane_);
}

void AdmissionQueue::Ticket::run(const cloud::CopyReference& copy) {
  const std::scoped_lock lock(queue_.mutex_);
  lane_->admission.run(number_);
  queue_.own_.emplace(copy.destination_region, copy.name);
  queue_.wake(*lane_);
}

void AdmissionQueue::Ticket::detach(const cloud::CopyReference& copy) {
  const std::scoped_lock lock(queue_.mutex_);
  lane_->admission.detach(number_, copy);
  queue_.own_.emplace(copy.destination_region, copy.name);
  queue_.wake(*lane_);
}

void AdmissionQueue::observe(const std::string& region, const std::string& project,
                             const ImageCache::Images& images) {
  const std::scoped_lock lock(mutex_);
  const cloud::RegionKey destination(region, project);
  if (std::exchange(observed_[destination], images) == images) return;
  for (auto& [source_region, lane] : lanes_) {
    lane.admission.observe_others(destination, count_others(lane, region, images));
    wake(lane);
  }
}

int AdmissionQueue::count_others(const Lane& lane, const std::string& region,
                                 const ImageCache::Images& images) const {
  const auto is_of_others = [&](const cloud::CopyStatus& status) {
    const bool runs = status.state == cloud::CopyState::queued || status.state == cloud::CopyState::copying;
    return runs && status.image && status.image->source_region == lane.source_region &&
           !own_.contains({region, status.image->name});
  };
  return static_cast<int>(std::ranges::count_if(*images, is_of_others));
}

void AdmissionQueue::wait(Lock& lock, Ticket& ticket, const core::Context& context) {
  Lane& lane = *ticket.lane_;
  const core::Instant wake = lane.admission.next_action(ticket.number_, clock_.now());
  ticket.wake_up_.wait_until(wake, context, clock_, lock);
  if (context.stop.stop_requested()) return;
  if (!lane.admission.begin_observation(ticket.number_, clock_.now())) return;
  poll_detached(lock, lane, context);
  list_shared_destinations(lock, lane, context);
}

/// A copy that cannot be polled continues to count; the cloud itself has the last word.
void AdmissionQueue::poll_detached(Lock& lock, Lane& lane, const core::Context& context) {
  std::map<cloud::RegionKey, std::vector<cloud::CopyReference>> by_destination;
  for (const cloud::CopyReference& copy : lane.admission.detached()) {
    by_destination[copy.destination()].push_back(copy);
  }
  for (const auto& [destination, copies] : by_destination) {
    std::vector<cloud::Result<cloud::CopyStatus>> statuses;
    {
      const core::Unlocked unlocked(lock);
      statuses = cloud_.describe_copies(copies, context);
    }
    for (std::size_t i = 0; i < copies.size(); ++i) {
      const auto& status = statuses[i];
      const bool has_gone = status && (status->state == cloud::CopyState::absent || has_ended(status->state));
      if (has_gone) lane.admission.end_detached(copies[i]);
    }
  }
}

void AdmissionQueue::list_shared_destinations(Lock& lock, const Lane& lane, const core::Context& context) {
  const std::vector<cloud::RegionKey> destinations = lane.admission.shared_destinations();
  const core::Unlocked unlocked(lock);
  for (const auto& [region, project] : destinations) {
    const auto images = cache_.images_since(clock_.now(), region, project, context);
    if (images) observe(region, project, *images);
  }
}

/// Wakes the copies that may have to act.
void AdmissionQueue::wake(const Lane& lane) const {
  for (const TicketNumber number : lane.admission.to_wake(clock_.now())) {
    lane.tickets.at(number)->wake_up_.notify();
  }
}

}  // namespace copy
