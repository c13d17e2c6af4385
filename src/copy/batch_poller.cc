#include "src/copy/batch_poller.h"

#include <vector>

#include "src/core/memory.h"
#include "src/core/scope_exit.h"
#include "src/core/unlocked.h"

namespace copy {
namespace {

using cloud::CopyReference;

bool is_cancelled(const BatchPoller::Described& described) {
  return !described && described.error().kind == cloud::ErrorKind::cancelled;
}

}  // namespace

std::optional<BatchPoller::Described> BatchPoller::next(const CopyReference& copy, core::Instant due,
                                                        const core::Context& context) {
  Lock lock(mutex_);
  const cloud::Traits& traits = cloud_.traits();
  const Key key = {.destination = copy.destination(),
                   .source_region = traits.describes_in_source_region ? copy.source_region : ""};
  Group& group = groups_[key];
  Waiter waiter{.copy = copy, .described = std::nullopt, .wake_up = {}};
  const std::uint64_t number = ++last_number_;
  group.waiters.emplace(number, &waiter);
  const core::ScopeExit leave([&] {
    group.waiters.erase(number);
    if (group.waiters.empty()) groups_.erase(key);
  });
  while (!waiter.described) {
    if (context.is_over(clock_.now())) return std::nullopt;
    const bool are_many = traits.batch_threshold > 0 && group.waiters.size() >= traits.batch_threshold;
    const bool is_due = clock_.now() >= due;
    if (is_due && !are_many) return poll_one(lock, copy, context);
    if (is_due && !group.is_polling) {
      poll_all(lock, group, number, context);
    } else {
      // Starting a copy took more of the stack than a wait needs.
      core::give_back_stack();
      waiter.wake_up.wait_until(group.is_polling ? context.deadline : due, context, clock_, lock);
    }
  }
  return std::move(waiter.described);
}

BatchPoller::Described BatchPoller::poll_one(Lock& lock, const CopyReference& copy,
                                             const core::Context& context) {
  const core::Unlocked unlocked(lock);
  Described described = cloud_.describe_copy(copy, context);
  core::give_back_memory();
  return described;
}

/// If the waiter that polls is stopped, the others receive nothing, and the next of them polls.
void BatchPoller::poll_all(Lock& lock, Group& group, std::uint64_t own_number, const core::Context& context) {
  std::vector<std::uint64_t> numbers;
  std::vector<CopyReference> copies;
  for (const auto& [number, waiter] : group.waiters) {
    numbers.push_back(number);
    copies.push_back(waiter->copy);
  }
  group.is_polling = true;
  const core::ScopeExit end([&] {
    group.is_polling = false;
    for (const auto& [number, waiter] : group.waiters) waiter->wake_up.notify();
  });
  std::vector<Described> results;
  {
    const core::Unlocked unlocked(lock);
    results = cloud_.describe_copies(copies, context);
    // What this call and the starts of many copies allocated is not needed while all wait.
    core::give_back_memory();
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto waiter = group.waiters.find(numbers[i]);
    if (waiter == group.waiters.end() || (is_cancelled(results[i]) && numbers[i] != own_number)) continue;
    waiter->second->described = std::move(results[i]);
  }
}

}  // namespace copy
