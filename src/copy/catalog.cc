#include "src/copy/catalog.h"

#include <algorithm>

namespace copy {
namespace {

using cloud::Result;
using std::chrono::seconds;

/// Long enough for the plan of many resources, short enough not to be believed after a change by others.
constexpr seconds kFreshness{30};

/// While one resource is planned, Terraform reads others of the state.
constexpr seconds kReadingTime{2};
constexpr std::chrono::milliseconds kReadingStep{50};

/// No plan takes longer between its first and its last copy.
constexpr std::chrono::minutes kPlanLife{10};

/// Asks unless somebody else has. An interrupted call is no answer for others.
template <typename Answer, typename Question, typename Ask>
Result<Answer> shared(core::SharedAnswers<Question, Result<Answer>>& answers, const Question& question,
                      const core::Context& context, Ask ask) {
  using cloud::ErrorKind;
  std::optional<Result<Answer>> given = answers.get(question, context.stop, [&] {
    Result<Answer> answer = ask();
    const bool interrupted = !answer && answer.error().kind == ErrorKind::interrupted;
    return interrupted ? std::nullopt : std::optional(std::move(answer));
  });
  if (given) return *std::move(given);
  return std::unexpected(cloud::Error{.kind = ErrorKind::interrupted, .message = "the call was interrupted"});
}

template <typename T>
Result<std::shared_ptr<const T>> share(Result<T> answer) {
  if (!answer) return std::unexpected(std::move(answer.error()));
  return std::make_shared<const T>(*std::move(answer));
}

}  // namespace

Catalog::Catalog(cloud::ImageCloud& cloud, core::Clock& clock)
    : cloud_(cloud),
      clock_(clock),
      sources_(clock, kFreshness),
      images_(clock, kFreshness),
      quotas_(clock, kFreshness),
      regions_(clock, kFreshness) {}

Result<Catalog::Source> Catalog::source(const std::string& region, const std::string& image_id,
                                        const core::Context& context) {
  return shared<Source>(sources_, {region, image_id}, context, [&]() -> Result<Source> {
    auto found = cloud_.find_source(region, image_id, context);
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return nullptr;
    return std::make_shared<const cloud::SourceImage>(**std::move(found));
  });
}

Result<Catalog::Images> Catalog::images(const std::string& region, const std::string& project,
                                        const core::Context& context) {
  return shared<Images>(images_, {region, project}, context, [&] {
    return share(cloud_.list_images({.region = region, .project_name = project, .name = ""}, context));
  });
}

Result<std::optional<cloud::ImageQuota>> Catalog::quota(const std::string& region, const std::string& project,
                                                        const core::Context& context) {
  return shared<std::optional<cloud::ImageQuota>>(
      quotas_, {region, project}, context, [&] { return cloud_.read_quota(region, project, context); });
}

Result<Catalog::Regions> Catalog::regions(const std::string& asked, const core::Context& context) {
  return shared<Regions>(regions_, asked, context,
                         [&] { return share(cloud_.list_regions(asked, context)); });
}

void Catalog::changed(const cloud::CopyReference& copy) {
  images_.forget({copy.destination_region, copy.project_name});
  quotas_.forget({copy.destination_region, copy.project_name});
  sources_.forget({copy.destination_region, copy.image_id});
}

bool Catalog::claim(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  to_make_.erase(key);
  return claimed_.insert(key).second;
}

void Catalog::release(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  claimed_.erase(key);
}

void Catalog::made(const cloud::CopyReference& copy, const std::string& key) {
  const std::scoped_lock lock(mutex_);
  if (!copy.image_id.empty()) made_.emplace(copy.destination_region, copy.image_id);
  planned_[{copy.destination_region, copy.project_name}].erase(key);
}

bool Catalog::has_made(const std::string& region, const std::string& image_id) const {
  const std::scoped_lock lock(mutex_);
  return made_.contains({region, image_id});
}

std::size_t Catalog::plan(const std::string& region, const std::string& project, const std::string& key) {
  const std::scoped_lock lock(mutex_);
  auto& planned = planned_[{region, project}];
  planned[key] = clock_.now();
  // A process may outlive a plan that was never applied.
  std::erase_if(planned, [&](const auto& item) { return clock_.now() - item.second > kPlanLife; });
  return planned.size();
}

void Catalog::hold(const cloud::CopyReference& copy) {
  const std::scoped_lock lock(mutex_);
  held_.emplace(copy.destination_region, copy.image_id);
}

bool Catalog::take_over(const cloud::CopyReference& copy, const std::string& key) {
  const std::scoped_lock lock(mutex_);
  const Pair image(copy.destination_region, copy.image_id);
  if (leaving_.contains(image)) return false;
  taken_over_[image] = key;
  return true;
}

std::optional<std::string> Catalog::begin_removal(const cloud::CopyReference& copy) {
  const std::scoped_lock lock(mutex_);
  const Pair image(copy.destination_region, copy.image_id);
  if (const auto taker = taken_over_.find(image); taker != taken_over_.end()) return taker->second;
  if (!copy.image_id.empty()) leaving_.insert(image);
  return std::nullopt;
}

void Catalog::end_removal(const cloud::CopyReference& copy, bool removed) {
  const std::scoped_lock lock(mutex_);
  if (!removed) leaving_.erase({copy.destination_region, copy.image_id});
}

bool Catalog::is_leaving(const std::string& region, const std::string& image_id) const {
  const std::scoped_lock lock(mutex_);
  return leaving_.contains({region, image_id});
}

bool Catalog::plan_to_make(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  return to_make_.insert(key).second && !to_keep_.contains(key);
}

bool Catalog::plan_to_keep(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  to_keep_.insert(key);
  return !to_make_.contains(key);
}

bool Catalog::holds_any(const std::string& region) const {
  const std::scoped_lock lock(mutex_);
  const auto first = held_.lower_bound({region, ""});
  return first != held_.end() && first->first == region;
}

bool Catalog::will_hold(const std::string& region, const std::string& image_id,
                        const core::Context& context) const {
  const core::Instant end = std::min(clock_.now() + kReadingTime, context.deadline);
  while (!holds(region, image_id) && !is_leaving(region, image_id)) {
    if (clock_.now() >= end || !clock_.sleep_until(clock_.now() + kReadingStep, context.stop)) return false;
  }
  return true;
}

bool Catalog::holds(const std::string& region, const std::string& image_id) const {
  const std::scoped_lock lock(mutex_);
  return held_.contains({region, image_id});
}

}  // namespace copy
