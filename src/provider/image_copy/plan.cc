#include <algorithm>
#include <array>

#include "src/copy/copy_key.h"
#include "src/provider/image_copy/diagnostics.h"
#include "src/provider/image_copy/operations.h"
#include "src/provider/image_copy/preflight.h"
#include "src/provider/tags.h"
#include "src/provider/vendors/vendors.h"
#include "tf/plan.h"

namespace provider {
namespace {

using cloud::CopyStage;
using tf::AttributePath;
using tf::Value;

/// What reading the copy can change, and what it can only fill in.
constexpr std::array<std::string_view, 9> kObserved = {"status",       "progress_percent", "status_reason",
                                                       "size_gb",      "os_type",          "os_name",
                                                       "architecture", "created_at",       "snapshot_ids"};
constexpr std::array<std::string_view, 2> kFilledIn = {"id", "image_id"};

/// Known IDs stay, so that what depends on them does not change.
void mark_observed_unknown(Value& planned) {
  for (const std::string_view name : kObserved) planned.set(name, Value::unknown());
  for (const std::string_view name : kFilledIn) {
    if (planned[name].is_null()) planned.set(name, Value::unknown());
  }
}

void mark_all_unknown(Value& planned) {
  mark_observed_unknown(planned);
  planned.set("job_id", Value::unknown());
  for (const std::string_view name : kFilledIn) planned.set(name, Value::unknown());
}

/// Whether the update will wait for a running copy, or read what an import could not find.
bool must_read_again(const Value& prior, const Value& planned, const PrivateState& private_state) {
  const bool waits = read_model(planned).waits_until_available;
  const bool renames = tf::changes(prior, planned, "name") || tf::changes(prior, planned, "description") ||
                       tf::changes(prior, planned, "tags_all");
  const bool finds = prior["destination_region"].is_null() && !planned["destination_region"].is_null();
  return finds || private_state.unsettled || (is_running(prior) && (waits || renames));
}

tf::Diagnostic will_be_replaced(const Value& prior, const PrivateState& private_state) {
  const std::string reason = prior["status_reason"].text().value_or("The cloud gave no reason.");
  if (private_state.snapshots_left.empty()) {
    return tf::warning(
        "Failed Copy Will Be Replaced",
        "The copy failed: " + reason + " The plan deletes what is left of it and starts a new copy.",
        AttributePath("source_image_id"));
  }
  return tf::warning("Deleted Image Will Be Replaced",
                     reason + " The plan deletes the snapshots and starts a new copy.",
                     AttributePath("source_image_id"));
}

tf::Diagnostic wait_will_resume(const Value& prior) {
  const ImageCopyModel model = read_model(prior);
  const cloud::CopyStatus status{.state = model.status.value_or(cloud::CopyState::unknown),
                                 .progress_percent = model.progress_percent};
  return tf::warning("Apply Will Resume Waiting for Copy",
                     title_of(copy_reference(model)) +
                         " is not finished. The apply resumes waiting for it, and does not start another "
                         "copy. " +
                         progress_sentence(status));
}

tf::Diagnostic description_not_removed(const cloud::Vendor& vendor) {
  return tf::warning("Description Cannot Be Removed",
                     "The image has a description that this resource did not set, and " +
                         std::string(vendor.display_name) +
                         " does not support removing descriptions. The image keeps its description, which is "
                         "not stored in the state.",
                     AttributePath("description"));
}

tf::Diagnostic argument_not_verified(const AttributePath& path) {
  return tf::warning(
      "Argument Cannot Be Verified",
      "The image was imported, and the cloud does not report whether it was made with this argument. The "
      "state will record the value of the configuration. If the image differs, replace it with -replace.",
      path);
}

/// One plan, as the list of its decisions.
class Plan {
 public:
  Plan(const ResourceContext& resource, const tf::PlanRequest& request, const std::stop_token& stop)
      : resource_(resource),
        request_(request),
        stop_(stop),
        prior_(request.prior_state),
        change_(tf::plan_from_schema(resource.schema, prior_, request.config)),
        planned_(change_.planned),
        private_state_(read_private_state(request.prior_private)) {}

  tf::PlanResponse run() && {
    open();
    plan_default_regions();
    plan_existing();
    plan_tags();
    tf::append(diagnostics_,
               check_copy_rules(planned_, is_create() ? CopyStage::starting : CopyStage::existing));
    check_single();
    plan_copy_key();
    check_reachable();
    query_cloud();
    adopt_arguments();
    plan_next_step();
    return {.planned_state = std::move(change_.planned),
            .requires_replace = std::move(change_.requires_replace),
            .planned_private = request_.prior_private,
            .diagnostics = std::move(diagnostics_)};
  }

 private:
  [[nodiscard]] bool is_create() const { return prior_.is_null(); }
  [[nodiscard]] std::optional<std::string> cloud() const { return planned_["cloud"].text(); }
  [[nodiscard]] bool is_replaced() const { return !change_.requires_replace.empty(); }

  void open() {
    if (!cloud() || waits_for_apply(resource_.clouds, *cloud())) return;
    session_ = open_session(resource_, read_model(planned_), stop_, diagnostics_);
  }

  void plan_default_regions() {
    if (session_) plan_regions(planned_, request_.config, !is_create(), *session_, diagnostics_);
  }

  /// Adapts the change to the image that exists.
  void plan_existing() {
    if (!session_ || is_create()) return;
    plan_description();
    plan_project();
    ignore_equal_arguments();
    session_->ownership().hold(copy_reference(read_model(prior_, private_state_)));
  }

  /// Where a description cannot be removed, a new copy can be made without it, unless somebody else set it.
  void plan_description() {
    const cloud::Traits& traits = session_->cloud().traits();
    const bool clears = !prior_["description"].text().value_or("").empty() &&
                        planned_["description"].is_known() &&
                        planned_["description"].text().value_or("").empty();
    if (!clears || traits.description == cloud::DescriptionSupport::removable) return;
    if (private_state_.described) {
      change_.requires_replace.emplace_back("description");
      return;
    }
    diagnostics_.push_back(description_not_removed(session_->vendor()));
  }

  /// An image cannot move to another project.
  void plan_project() {
    const cloud::TextArgument planned = copy_spec(planned_).project_name;
    const std::string& present = private_state_.project_name;
    if (!planned.is_set() || present.empty() || planned.value() == present) return;
    change_.requires_replace.push_back(copy_object_path(planned_).attribute("project_name"));
  }

  /// Null and an empty string have the same meaning, as have null and `false` where a cloud encrypts by key
  /// only.
  void ignore_equal_arguments() {
    const auto is_unset = [&](const Value& value) {
      if (value.is_unknown()) return false;
      const bool by_key = session_->vendor().encrypts_by_key;
      return value.is_null() || value.text() == "" || (by_key && value.boolean() == false);
    };
    for (const char* name : {"encrypted", "kms_key_id", "resource_group_id"}) {
      if (!is_unset(prior_[name]) || !is_unset(planned_[name])) continue;
      std::erase(change_.requires_replace, AttributePath(name));
    }
  }

  void plan_tags() {
    const auto clouds = resource_.clouds.get();
    if (clouds) planned_.set("tags_all", merged_tags(planned_["tags"], clouds->default_tags()));
  }

  /// Two resources must not make the same copy.
  void check_single() {
    const bool stays = !is_create() && !is_replaced() && prior_["status"].text() != "failed";
    // A replacement that users force is planned once as an update and once as a create, which then comes with
    // the private state.
    const bool is_new = is_create() && request_.prior_private.empty();
    if (!session_ || (!stays && !is_new)) return;
    const auto key = copy::copy_key(*cloud(), copy_spec(planned_));
    if (!key) return;
    copy::Ownership& ownership = session_->ownership();
    const bool is_single = is_new ? ownership.plan_to_make(*key) : ownership.plan_to_keep(*key);
    if (!is_single) diagnostics_.push_back(duplicate_copy(read_model(planned_)));
  }

  void plan_copy_key() {
    if (!is_create() || !cloud()) return;
    const auto key = copy::copy_key(*cloud(), copy_spec(planned_));
    planned_.set("copy_key", key ? Value(*key) : Value::unknown());
  }

  void check_reachable() {
    const cloud::Projects* projects = session_ ? session_->cloud().projects() : nullptr;
    const auto source = planned_["source_region"].text();
    const auto destination = planned_["destination_region"].text();
    if (projects == nullptr || !source || !destination) return;
    const std::string why = projects->unreachable_reason(*source, *destination);
    if (why.empty()) return;
    diagnostics_.push_back(
        tf::error("Credentials Limited to One Region", why, AttributePath("destination_region")));
  }

  void query_cloud() {
    if (!session_ || tf::has_error(diagnostics_)) return;
    const core::Context limits{.deadline = resource_.clock.now() + resource_.clouds.timeouts().preflight,
                               .stop = stop_};
    const ImageCopyModel model = read_model(planned_);
    // A replacement is planned once more, as a create.
    if (is_create()) {
      tf::append(diagnostics_, preflight(*session_, model, limits));
    } else if (tf::changes(prior_, planned_, "name") && !is_replaced()) {
      tf::append(diagnostics_, preflight_name(*session_, model, limits));
    }
  }

  /// An import cannot read how an image was made. The values of the configuration are assumed, unless the
  /// cloud reported others.
  void adopt_arguments() {
    if (!private_state_.imported) return;
    for (const std::string_view name : {"encrypted", "kms_key_id", "resource_group_id"}) {
      const AttributePath path(name);
      const auto listed = std::ranges::find(change_.requires_replace, path);
      const bool can_adopt =
          listed != change_.requires_replace.end() && (prior_[name].is_null() || planned_[name].is_null());
      if (!can_adopt) continue;
      const bool encrypts =
          name != "resource_group_id" && !planned_[name].is_null() && planned_[name].boolean() != false;
      if (encrypts && private_state_.imported_plain) continue;
      change_.requires_replace.erase(listed);
      if (!planned_[name].is_null()) diagnostics_.push_back(argument_not_verified(path));
    }
  }

  /// A failed copy is replaced, and a running one is waited for.
  void plan_next_step() {
    if (is_create() || is_replaced()) return;
    if (prior_["status"].text() == "failed") {
      mark_all_unknown(planned_);
      change_.requires_replace.emplace_back("status");
      diagnostics_.push_back(will_be_replaced(prior_, private_state_));
      return;
    }
    if (!must_read_again(prior_, planned_, private_state_)) return;
    mark_observed_unknown(planned_);
    // The image of another run may be the one that stays.
    if (private_state_.unsettled) {
      for (const std::string_view name : {"id", "image_id", "job_id"}) planned_.set(name, Value::unknown());
    }
    if (is_running(prior_)) diagnostics_.push_back(wait_will_resume(prior_));
  }

  const ResourceContext& resource_;
  const tf::PlanRequest& request_;
  const std::stop_token& stop_;
  const Value& prior_;
  tf::PlannedChange change_;
  Value& planned_;
  const PrivateState private_state_;
  std::optional<Session> session_;
  tf::Diagnostics diagnostics_;
};

}  // namespace

void plan_regions(Value& planned, const Value& config, bool exists, const Session& session,
                  tf::Diagnostics& diagnostics) {
  const auto is_open = [&](std::string_view name) {
    return config[name].is_null() && (planned[name].is_unknown() || planned[name].is_null());
  };
  // Without a source image there is no source region.
  if (is_open("source_region") && !planned["source_image_id"].is_null()) {
    if (session.default_region.empty()) {
      diagnostics.push_back(
          tf::error("Missing Source Region",
                    "Neither this resource nor the provider configuration sets the region of the source "
                    "image. Set source_region, or region for this cloud in the provider configuration.",
                    AttributePath("source_region")));
      return;
    }
    planned.set("source_region", session.default_region);
  }
  if (!is_open("destination_region")) return;
  // The cloud reports the destination of a copy that exists.
  planned.set("destination_region", exists ? Value::unknown() : planned["source_region"]);
}

tf::PlanResponse plan(const ResourceContext& resource, const tf::PlanRequest& request,
                      const std::stop_token& stop) {
  return Plan(resource, request, stop).run();
}

}  // namespace provider
