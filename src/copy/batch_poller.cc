#include "src/copy/batch_poller.h"

#include <vector>

#include "src/core/memory.h"
#include "src/core/scope_exit.h"
#include "src/core/unlocked.h"

namespace copy {
namespace {

using cloud::CopyReference;
using Described = cloud::Result<cloud::CopyStatus>;

bool is_interrupted(const Described& look) {
  return !look && look.error().kind == cloud::ErrorKind::cancelled;
}

}  // namespace

std::optional<Described> BatchPoller::next(const CopyReference& copy, core::Instant due,
                                           const core::Context& context) {
  std::unique_lock lock(mutex_);
  const cloud::Traits& traits = cloud_.traits();
  const Key key = {copy.destination_region, copy.project_name,
                   traits.describes_in_source_region ? copy.source_region : ""};
  Group& group = groups_[key];
  Waiter waiter{.copy = copy, .look = std::nullopt, .wake_up = {}};
  const std::uint64_t number = ++last_number_;
  group.waiters.emplace(number, &waiter);
  const core::ScopeExit leave([&] {
    group.waiters.erase(number);
    if (group.waiters.empty()) groups_.erase(key);
  });
  while (!waiter.look) {
    if (context.is_over(clock_.now())) return std::nullopt;
    const bool are_many = traits.batch_threshold > 0 && group.waiters.size() >= traits.batch_threshold;
    const bool is_due = clock_.now() >= due;
    if (is_due && !are_many) return look_at_one(lock, copy, context);
    if (is_due && !group.is_looking) {
      describe_copies(lock, group, number, context);
    } else {
      // To start a copy took more of it than to wait for a thousand does.
      core::give_back_stack();
      waiter.wake_up.wait_until(group.is_looking ? context.deadline : due, context, clock_, lock);
    }
  }
  return std::move(waiter.look);
}

Described BatchPoller::look_at_one(std::unique_lock<std::mutex>& lock, const CopyReference& copy,
                                   const core::Context& context) {
  const core::Unlocked unlocked(lock);
  Described look = cloud_.describe_copy(copy, context);
  core::give_back_memory();
  return look;
}

/// Who is interrupted answers for nobody else: then another one looks.
void BatchPoller::describe_copies(std::unique_lock<std::mutex>& lock, Group& group, std::uint64_t own_number,
                                  const core::Context& context) {
  std::vector<std::uint64_t> numbers;
  std::vector<CopyReference> copies;
  for (const auto& [number, waiter] : group.waiters) {
    numbers.push_back(number);
    copies.push_back(waiter->copy);
  }
  group.is_looking = true;
  const core::ScopeExit end([&] {
    group.is_looking = false;
    for (const auto& [number, waiter] : group.waiters) waiter->wake_up.notify();
  });
  std::vector<Described> looks;
  {
    const core::Unlocked unlocked(lock);
    looks = cloud_.describe_copies(copies, context);
    // What it took, and before it the start of many copies, is not needed while all wait.
    core::give_back_memory();
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto waiter = group.waiters.find(numbers[i]);
    if (waiter == group.waiters.end() || (is_interrupted(looks[i]) && numbers[i] != own_number)) continue;
    waiter->second->look = std::move(looks[i]);
  }
}

}  // namespace copy
