#include "src/provider/image_copy/preflight.h"
#include "src/provider/image_copy/diagnostics.h"

#include <algorithm>

#include "src/cloud/source_rules.h"
#include "src/copy/matches.h"
#include "src/core/text.h"
#include "src/provider/vendors/vendors.h"

namespace provider {
namespace {

using cloud::Error;
using cloud::ErrorKind;
using tf::AttributePath;

/// A check that needs an API call.
struct Check {
  std::string_view failure;  ///< the title of the error if the call fails
  std::string_view task;     ///< what could not be done then
};

constexpr Check kReadSource = {.failure = "Source Image Not Read", .task = "read the source image"};
constexpr Check kReadQuota = {.failure = "Image Quota Not Read", .task = "read the image quota"};
constexpr Check kListImages = {.failure = "Images Not Listed", .task = "list the images in the destination"};

class Preflight {
 public:
  Preflight(const Session& session, const ImageCopyModel& model, const core::Context& context)
      : session_(session),
        cache_(session.cache()),
        ownership_(session.ownership()),
        model_(model),
        spec_(model.spec),
        context_(context) {}

  tf::Diagnostics check_new_name() && {
    const auto images =
        cache_.recent_images(spec_.destination_region.value(), spec_.project_name.value(), context_);
    if (images && traits().names_unique) check_name(**images);
    return std::move(diagnostics_);
  }

  tf::Diagnostics check_copy() && {
    const bool has_inventory = session_.cloud().inventory() != nullptr;
    if (has_inventory && spec_.source_region.is_set() && spec_.source_image_id.is_set()) check_source();
    // With invalid credentials, every call has the same response.
    if (spec_.destination_region.is_set() && !is_fatal_) check_destination();
    return std::move(diagnostics_);
  }

 private:
  [[nodiscard]] const cloud::Traits& traits() const { return session_.cloud().traits(); }

  void check_source() {
    const std::string& region = spec_.source_region.value();
    const auto source = cache_.source(region, spec_.source_image_id.value(), context_);
    if (!source) {
      return report_failed_check(source.error(), "source_region", region, spec_.destination_region,
                                 kReadSource);
    }
    // A copy that has just been started may not be listed yet.
    const bool is_absent = (*source)->state == cloud::CopyState::absent;
    if (is_absent && ownership_.has_made(region, spec_.source_image_id.value())) return;
    if (is_absent) {
      diagnostics_.push_back(
          tf::error("Source Image Not Found",
                    "There is no image " + spec_.source_image_id.value() + " in region " + region + " on " +
                        std::string(session_.vendor().display_name) +
                        " that these credentials can read. Most often, the image is in another region: set "
                        "source_region, which "
                        "defaults to the provider's region for this cloud, to the region of the image. "
                        "Otherwise, correct source_image_id.",
                    AttributePath("source_image_id")));
      return;
    }
    tf::append(diagnostics_, violations_found(cloud::check_source(session_.vendor(), **source, spec_)));
  }

  void check_destination() {
    const std::string& region = spec_.destination_region.value();
    if (spec_.project_name.is_known() && session_.cloud().quotas() != nullptr) {
      const auto quota = cache_.quota(region, spec_.project_name.value(), context_);
      if (!quota) {
        return report_failed_check(quota.error(), "destination_region", region, spec_.source_region,
                                   kReadQuota);
      }
      return check_quota(*quota);
    }
    const auto images = cache_.recent_images(region, spec_.project_name.value(), context_);
    if (!images) {
      return report_failed_check(images.error(), "destination_region", region, spec_.source_region,
                                 kListImages);
    }
    if (traits().names_unique && spec_.name.is_set() && !model_.adopts_existing) check_name(**images);
  }

  void check_quota(const cloud::ImageQuota& quota) {
    const std::string& region = spec_.destination_region.value();
    const auto planned = static_cast<std::int64_t>(
        ownership_.plan(region, spec_.project_name.value(), model_.copy_key.value_or("")));
    if (quota.used + planned <= quota.limit) return;
    tf::Diagnostic full = tf::error(
        "Image Quota Exceeded",
        "The account has " + std::to_string(quota.used) + " of at most " + std::to_string(quota.limit) +
            " images in region " + region + ". Number of planned copies to it: " + std::to_string(planned) +
            ". Delete images that are not needed, or request a higher quota from " +
            std::string(session_.vendor().display_name) + ".",
        AttributePath("destination_region"));
    // The same plan may delete what it holds there.
    if (ownership_.holds_any(region)) full.severity = tf::Severity::warning;
    diagnostics_.push_back(std::move(full));
  }

  /// A copy that an earlier run started does not conflict: it is adopted.
  void check_name(const std::vector<cloud::CopyStatus>& images) {
    const std::string& region = spec_.destination_region.value();
    std::vector<std::string> unmanaged;
    std::vector<std::string> managed;
    const copy::Matches matches = copy::find_matches(images, copy_request(model_), traits());
    for (const auto* group : {&matches.ambiguous, &matches.foreign}) {
      for (const cloud::CopyStatus& image : *group) {
        // An image that the state holds may be deleted or renamed by the same plan.
        if (ownership_.will_hold(region, image.image_id, context_)) continue;
        (image.image->copy_key.empty() ? unmanaged : managed).push_back(image.image_id);
      }
    }
    if (!unmanaged.empty()) {
      diagnostics_.push_back(
          name_taken(model_, unmanaged, "The cloud does not allow a second image of that name."));
    }
    if (managed.empty()) return;
    // Another state or provider configuration may delete or rename the image.
    tf::Diagnostic warning = name_taken(
        model_, managed,
        "If it still has that name when this plan is applied, the apply fails and starts no copy.");
    warning.severity = tf::Severity::warning;
    diagnostics_.push_back(std::move(warning));
  }

  /// `other`: a region whose endpoint can list the account's regions.
  void report_failed_check(const Error& error, std::string_view attribute, const std::string& region,
                           const cloud::TextArgument& other, const Check& check) {
    if (error.kind == ErrorKind::cancelled) return;
    is_fatal_ = error.kind == ErrorKind::unauthenticated || error.kind == ErrorKind::account ||
                (error.kind == ErrorKind::invalid && is_copy_object(error.argument));
    if (is_fatal_) {
      diagnostics_.push_back(call_failed(std::string(check.failure), check.task, error, culprit(error)));
      return;
    }
    if (session_.cloud().inventory() != nullptr && error.kind != ErrorKind::permission_denied &&
        other.is_set() && other.value() != region) {
      const auto regions = cache_.regions(other.value(), context_);
      if (regions && std::ranges::find(**regions, region) == (*regions)->end()) {
        const std::string meant = core::closest(region, **regions);
        diagnostics_.push_back(tf::error("Unknown Region",
                                         "The account has no region \"" + region + "\" on " +
                                             std::string(session_.vendor().display_name) + "." +
                                             (meant.empty() ? "" : " Did you mean \"" + meant + "\"?") +
                                             " Its regions are: " + core::join(**regions, ", ") + ".",
                                         AttributePath(attribute)));
        return;
      }
    }
    tf::Diagnostic warning = call_failed("Plan Check Skipped", check.task, error, AttributePath(attribute),
                                         "The plan continues without this check.");
    warning.severity = tf::Severity::warning;
    diagnostics_.push_back(std::move(warning));
  }

  const Session& session_;
  copy::ImageCache& cache_;
  copy::Ownership& ownership_;
  const ImageCopyModel& model_;
  const cloud::CopySpec& spec_;
  const core::Context& context_;
  bool is_fatal_ = false;
  tf::Diagnostics diagnostics_;
};

}  // namespace

tf::Diagnostics preflight(const Session& session, const ImageCopyModel& model, const core::Context& context) {
  return Preflight(session, model, context).check_copy();
}

tf::Diagnostics preflight_name(const Session& session, const ImageCopyModel& model,
                               const core::Context& context) {
  if (!model.spec.name.is_set() || !model.spec.destination_region.is_set()) return {};
  return Preflight(session, model, context).check_new_name();
}

}  // namespace provider
