#include "src/copy/deduplication.h"

#include <algorithm>

#include "src/copy/copy_waiter.h"
#include "src/copy/matches.h"
#include "src/copy/removal.h"
#include "src/core/time_text.h"
#include "src/core/wait.h"

namespace copy {
namespace {

std::optional<core::UtcTime> creation_of(const cloud::CopyStatus& status) {
  return core::parse_utc(status.image->created_at, "%Y-%m-%dT%H:%M:%SZ");
}

/// By the cloud's own clock.
bool are_of_the_same_time(const cloud::CopyStatus& one, const cloud::CopyStatus& other,
                          const DeduplicationPolicy& policy) {
  const auto created = creation_of(one);
  const auto created_too = creation_of(other);
  return created && created_too && std::chrono::abs(*created - *created_too) < policy.max_apart;
}

class Deduplicator {
 public:
  Deduplicator(Engine& engine, cloud::CopyRequest request, std::string image_id, const core::Context& context)
      : policy_(engine.policies().deduplication),
        engine_(engine),
        cloud_(engine.cloud()),
        clock_(engine.clock()),
        request_(std::move(request)),
        image_id_(std::move(image_id)),
        context_(context) {
    request_.spec.resource_group_id = cloud_.effective_resource_group(request_.spec);
  }

  Deduplication run() {
    Step step = Step::list;
    while (step != Step::done) {
      switch (step) {
        case Step::list: step = list(); break;
        case Step::wait_for_owners: step = wait_for_owners(); break;
        case Step::remove: step = remove(); break;
        case Step::done: break;
      }
    }
    return std::move(result_);
  }

 private:
  enum class Step {
    list,             ///< find the duplicates, and decide whether their owners get time
    wait_for_owners,  ///< those who made them remove them, if they still run
    remove,
    done,
  };

  Step list() {
    surplus_.clear();
    result_ = {};
    const auto images = cloud_.list_images({.region = request_.spec.destination_region.value(),
                                            .project_name = request_.spec.project_name.value(),
                                            .name = request_.spec.name.value()},
                                           context_);
    if (!images) {
      result_.error = images.error();
      return Step::done;
    }
    Matches matches = find_matches(*images, request_, cloud_.traits());
    if (matches.ours.empty()) return Step::done;
    // If it is gone, the run that has the oldest one has removed it.
    const auto listed = std::ranges::find(matches.ours, image_id_, &cloud::CopyStatus::image_id);
    const cloud::CopyStatus own = listed == matches.ours.end() ? matches.ours.front() : *listed;
    const auto is_other = [&](const cloud::CopyStatus& image) {
      return image.image_id != own.image_id && !are_of_the_same_time(image, own, policy_);
    };
    std::erase_if(matches.ours, is_other);
    std::erase_if(matches.failed, is_other);
    result_.kept = matches.ours.front();
    surplus_.assign(matches.ours.begin() + 1, matches.ours.end());
    surplus_.insert(surplus_.end(), matches.failed.begin(), matches.failed.end());
    if (surplus_.empty()) return Step::done;
    return is_surplus(image_id_) || had_owners_time() ? Step::remove : Step::wait_for_owners;
  }

  /// Whether all duplicates have ended for long enough: a run that still waits for one must see it end before
  /// it is removed.
  bool had_owners_time() {
    const bool all_ended =
        std::ranges::all_of(surplus_, [](const cloud::CopyStatus& image) { return has_ended(image.state); });
    if (!all_ended) {
      all_ended_since_.reset();
      return false;
    }
    if (!all_ended_since_) all_ended_since_ = clock_.now();
    return clock_.now() - *all_ended_since_ >= policy_.owners_time;
  }

  Step wait_for_owners() {
    const auto wakeup = core::wait_until(clock_.now() + policy_.poll_interval, context_, clock_);
    if (wakeup == core::Wakeup::due) return Step::list;
    result_.left = ids_of(surplus_);
    return Step::done;
  }

  Step remove() {
    for (const cloud::CopyStatus& image : surplus_) {
      const RemovalRequest removal{.copy = reference_to(request_, image), .visibility = {.listed = true}};
      const RemovalOutcome outcome = Removal(engine_, clock_, removal, context_).run();
      if (outcome.end == RemovalEnd::gone) continue;
      result_.left.push_back(image.image_id);
      if (outcome.last_error) result_.error = outcome.last_error;
    }
    engine_.cache().changed(reference_to(request_, surplus_.front()));
    return Step::done;
  }

  [[nodiscard]] bool is_surplus(const std::string& image_id) const {
    return std::ranges::find(surplus_, image_id, &cloud::CopyStatus::image_id) != surplus_.end();
  }

  const DeduplicationPolicy policy_;
  Engine& engine_;
  cloud::ImageCloud& cloud_;
  core::Clock& clock_;
  cloud::CopyRequest request_;
  const std::string image_id_;
  const core::Context& context_;
  std::vector<cloud::CopyStatus> surplus_;
  std::optional<core::Instant> all_ended_since_;
  Deduplication result_;
};

}  // namespace

bool may_have_duplicates(const cloud::Traits& traits) {
  // Where the cloud stores the key, names are unique, and there can be no second copy.
  return traits.reports_source && !traits.stores_copy_key;
}

Deduplication remove_duplicates(Engine& engine, const cloud::CopyRequest& request,
                                const std::string& image_id, const core::Context& context) {
  return Deduplicator(engine, request, image_id, context).run();
}

}  // namespace copy
