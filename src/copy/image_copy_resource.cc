#include "src/copy/image_copy_resource.h"

#include <array>

#include "schema/plan.h"
#include "src/copy/diagnostics.h"
#include "src/copy/image_copy_schema.h"

namespace copy {
namespace {

using tf::AttributePath;
using tf::Value;

/// What a look at the copy can change.
constexpr std::array<std::string_view, 12> kObserved = {
    "id",      "image_id", "job_id",  "status",       "progress_percent", "status_reason",
    "size_gb", "os_type",  "os_name", "architecture", "created_at",       "snapshot_ids"};

void mark_unknown(Value& planned) {
  for (const std::string_view name : kObserved) planned.set(name, Value::unknown());
}

/// The update will wait for what still runs, or look at what an import could not find.
bool must_look_again(const Value& prior, const Value& planned) {
  const bool waits = read_model(planned).waits_until_available;
  const bool renames = tf::changes(prior, planned, "name") || tf::changes(prior, planned, "description");
  const bool finds = prior["destination_region"].is_null() && !planned["destination_region"].is_null();
  return finds || (is_running(prior) && (waits || renames));
}

}  // namespace

ImageCopyResource::ImageCopyResource(const CurrentClouds& clouds, core::Clock& clock, core::Logger& log)
    : clouds_(clouds), clock_(clock), log_(log), schema_(image_copy_schema()) {}

std::optional<ImageCopyResource::Session> ImageCopyResource::open(const std::string& cloud,
                                                                  tf::Diagnostics& diagnostics) const {
  std::shared_ptr<const Clouds> clouds = clouds_.get();
  if (!clouds) {
    diagnostics.push_back(
        tf::error("Provider Not Configured",
                  "Terraform asked for an image before it configured the provider. This is a bug "
                  "in Terraform or the provider; please report it."));
    return std::nullopt;
  }
  const Clouds::Entry& entry = clouds->find(cloud);
  if (!entry) {
    diagnostics.push_back(tf::error("Cloud Not Configured", entry.error().reason, AttributePath("cloud")));
    return std::nullopt;
  }
  return Session{
      .clouds = std::move(clouds), .cloud = entry->cloud.get(), .default_region = entry->default_region};
}

core::Context ImageCopyResource::context(const Value& value, Action action,
                                         const std::stop_token& stop) const {
  return {.deadline = clock_.now() + timeout_of(value, action), .stop = stop};
}

tf::Diagnostics ImageCopyResource::validate(const Value& config) const {
  return check_copy_rules(config);
}

void ImageCopyResource::plan_regions(Value& planned, const Value& config, const Session& session,
                                     tf::Diagnostics& diagnostics) const {
  if (config["source_region"].is_null() && planned["source_region"].is_unknown()) {
    if (session.default_region.empty()) {
      diagnostics.push_back(
          tf::error("Missing Source Region",
                    "Neither this resource nor the provider configuration says in which region the "
                    "source image is. Set source_region, or the region of the cloud in the provider "
                    "configuration.",
                    AttributePath("source_region")));
      return;
    }
    planned.set("source_region", session.default_region);
  }
  if (config["destination_region"].is_null() && planned["destination_region"].is_unknown()) {
    planned.set("destination_region", planned["source_region"]);
  }
}

tf::PlanResponse ImageCopyResource::plan(const tf::PlanRequest& request, const std::stop_token& /*stop*/) {
  tf::PlannedChange change = tf::plan_from_schema(schema_, request.prior_state, request.config);
  tf::PlanResponse response{.planned_private = request.prior_private};
  Value& planned = change.planned;

  const auto cloud = planned["cloud"].text();
  const std::shared_ptr<const Clouds> clouds = clouds_.get();
  const bool waits_for_apply =
      cloud && clouds && !clouds->find(*cloud) && clouds->find(*cloud).error().known_at_apply;
  if (cloud && !waits_for_apply) {
    if (const auto session = open(*cloud, response.diagnostics)) {
      plan_regions(planned, request.config, *session, response.diagnostics);
    }
  }
  tf::append(response.diagnostics, check_copy_rules(planned));

  const bool exists = !request.prior_state.is_null();
  if (exists && change.requires_replace.empty()) {
    if (request.prior_state["status"].text() == "failed") {
      mark_unknown(planned);
      change.requires_replace.emplace_back("status");
      response.diagnostics.push_back(
          tf::warning("Failed Copy Will Be Replaced",
                      "The copy failed: " +
                          request.prior_state["status_reason"].text().value_or("the cloud gave no reason") +
                          " It is planned to be deleted and started again.",
                      AttributePath("source_image_id")));
    } else if (must_look_again(request.prior_state, planned)) {
      mark_unknown(planned);
    }
  }
  response.planned_state = std::move(change.planned);
  response.requires_replace = std::move(change.requires_replace);
  return response;
}

}  // namespace copy
