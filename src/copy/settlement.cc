#include "src/copy/settlement.h"

#include <algorithm>

#include "src/copy/removal.h"
#include "src/copy/twins.h"
#include "src/core/time_text.h"

namespace copy {
namespace {

/// How far apart two runs can have begun that could not see each other's copy; on the safe side, for an image
/// of the same origin and name that somebody makes at another time is none of ours.
constexpr std::chrono::minutes kSameTime{10};

std::optional<core::UtcTime> creation_of(const cloud::CopyView& view) {
  return core::parse_utc(view.image->created_at, "%Y-%m-%dT%H:%M:%SZ");
}

/// Both by the cloud's own clock.
bool are_of_the_same_time(const cloud::CopyView& one, const cloud::CopyView& other) {
  const auto created = creation_of(one);
  const auto created_too = creation_of(other);
  return created && created_too && *created > *created_too - kSameTime && *created < *created_too + kSameTime;
}

}  // namespace

bool may_have_twins(const cloud::Traits& traits) {
  // Where it keeps the key, names are unique, and no second copy can come to be.
  return traits.tells_origin && !traits.keeps_copy_key;
}

Settlement settle_twins(const Session& session, core::Clock& clock, const cloud::CopyRequest& request,
                        const std::string& image_id, const core::Context& context) {
  const auto images = session.cloud->list_images(
      {.region = request.destination_region, .project_name = request.project_name, .name = request.name},
      context);
  if (!images) return {.kept = {}, .left = {}, .error = images.error()};
  cloud::CopyRequest grouped = request;
  grouped.resource_group_id = session.cloud->group_of(request);
  Twins twins = find_twins(*images, grouped, session.cloud->traits());
  Settlement settlement;
  if (twins.own.empty()) return settlement;
  // If it is gone, the run that has the oldest one has removed it.
  const auto listed = std::ranges::find(twins.own, image_id, &cloud::CopyView::image_id);
  const cloud::CopyView own = listed == twins.own.end() ? twins.own.front() : *listed;
  const auto is_other = [&](const cloud::CopyView& view) { return !are_of_the_same_time(view, own); };
  std::erase_if(twins.own, is_other);
  std::erase_if(twins.failed, is_other);
  if (twins.own.empty()) twins.own.push_back(own);  // the cloud tells no time
  settlement.kept = twins.own.front();
  std::vector<cloud::CopyView> surplus(twins.own.begin() + 1, twins.own.end());
  surplus.insert(surplus.end(), twins.failed.begin(), twins.failed.end());
  for (const cloud::CopyView& view : surplus) {
    const RemovalRequest removal{.copy = {.source_region = request.source_region,
                                          .source_image_id = request.source_image_id,
                                          .destination_region = request.destination_region,
                                          .project_name = request.project_name,
                                          .name = request.name,
                                          .image_id = view.image_id,
                                          .last_state = view.state},
                                 .known = {.listed = true}};
    const RemovalOutcome outcome = Removal(*session.cloud, clock, removal, context).run();
    if (outcome.end == RemovalEnd::gone) continue;
    settlement.left.push_back(view.image_id);
    if (outcome.last_error) settlement.error = outcome.last_error;
  }
  return settlement;
}

}  // namespace copy
