#include "src/copy/busy_retry.h"
#include "src/provider/arguments.h"
#include "src/provider/diagnostics.h"
#include "src/provider/image_copy/operations.h"
#include "src/provider/tags.h"
#include "tf/plan.h"

namespace provider {
namespace {

using cloud::CopyState;
using copy::WaitEnd;
using tf::AttributePath;
using tf::Value;

/// Sets from the configuration what an import could not read.
void complete_after_import(ImageCopyModel& model, const ImageCopyModel& planned) {
  if (!model.spec.source_image_id.has_value()) model.spec.source_image_id = planned.spec.source_image_id;
  if (!model.spec.source_region.has_value()) model.spec.source_region = planned.spec.source_region;
  if (!model.spec.destination_region.has_value())
    model.spec.destination_region = planned.spec.destination_region;
  if (!model.spec.project_name.has_value()) model.spec.project_name = planned.spec.project_name;
  if (!model.spec.name.has_value()) model.spec.name = planned.spec.name;
}

/// Whether to wait for a running copy: because the configuration says so, or because the copy cannot be
/// changed before it has ended.
bool must_wait(const Value& prior, const Value& planned, bool renames) {
  if (planned["status"].is_unknown()) return true;
  return is_running(prior) && renames;
}

/// The state has no destination, and the image is not in the region that the configuration names.
tf::Diagnostic not_in_region(const ImageCopyModel& model) {
  return tf::error("Image Not in Destination Region",
                   "The image " + model.image_id.value_or("") +
                       (model.job_id ? ", which the job " + *model.job_id + " made," : std::string()) +
                       " is not in region " + model.spec.destination_region.value() +
                       ". Set destination_region to the region that the copy was started for.",
                   AttributePath("destination_region"));
}

/// One update: waits for a copy that still runs, then changes the image and its tags.
class Update {
 public:
  Update(Operation operation, const tf::UpdateRequest& request)
      : operation_(std::move(operation)),
        request_(request),
        planned_model_(read_model(request.planned_state)),
        planned_(request.planned_state) {
    complete_after_import(model(), planned_model_);
    model().keeps_on_timeout = planned_model_.keeps_on_timeout;
    planned_.set("tags_all", merged_tags(planned_["tags"], operation_.session.clouds->default_tags()));
    tag_changes_ = tag_changes(request.prior_state["tags_all"], planned_["tags_all"]);
  }

  tf::StateResponse run() {
    const bool renames = changes_of(model(), planned_model_, traits()).any() || tag_changes_.any();
    const bool waits = must_wait(request_.prior_state, request_.planned_state, renames);
    if (waits && !reach_end()) return unfinished();
    if (planned_["destination_region"].is_unknown()) {
      planned_.set("destination_region", value_of(model().spec.destination_region));
    }
    if (!change_image() || !change_tags()) return unfinished();
    private_state().untagged = private_state().untagged && model().status != CopyState::available;
    private_state().imported = false;
    return response();
  }

 private:
  [[nodiscard]] ImageCopyModel& model() { return operation_.model; }
  [[nodiscard]] PrivateState& private_state() { return operation_.private_state; }
  [[nodiscard]] const cloud::Traits& traits() const { return operation_.cloud().traits(); }

  tf::StateResponse response() {
    return {.state = with_model(std::move(planned_), model()),
            .private_state = write_private_state(private_state()),
            .diagnostics = std::move(operation_.diagnostics)};
  }

  /// Waits until the copy ends, and finds its destination if the model has none. Returns false, with a
  /// diagnostic, if the rest of the update is left to the next apply.
  bool reach_end() {
    // A job can be polled without knowing the region of its image.
    if (!model().job_id && !find_region(operation_)) return false;
    copy::AdmissionQueue::Ticket ticket(operation_.session.engine->admission(),
                                        model().spec.source_region.value(),
                                        model().spec.source_image_id.value());
    if (!copy::has_ended(model().status.value_or(CopyState::unknown))) ticket.run(operation_.reference());
    const WaitEnd end = wait_for_copy(operation_, "update");
    const bool region_was_known = !request_.prior_state["destination_region"].is_null();
    if (end == WaitEnd::gone && !region_was_known && model().spec.destination_region.has_value()) {
      operation_.diagnostics = {not_in_region(model())};
    }
    if (end != WaitEnd::available || !find_region(operation_)) return false;
    if (model().image) apply_drift(model(), *model().image, private_state(), traits());
    return true;
  }

  /// Changes name and description. Returns false, with a diagnostic, if that failed.
  bool change_image() {
    const cloud::ImageChanges changes = changes_of(model(), planned_model_, traits());
    if (changes.any()) {
      const auto updated = retry_while_busy([&] {
        return operation_.cloud().editing()->update_image(operation_.reference(), changes, operation_.limits);
      });
      operation_.session.cache().changed(operation_.reference());
      if (!updated) {
        operation_.diagnostics.push_back(call_failed("Image Not Changed", "change the image", updated.error(),
                                                     AttributePath(changes.name ? "name" : "description")));
        return false;
      }
    }
    private_state().described = planned_model_.spec.description.is_set();
    const bool stays =
        !private_state().described && model().spec.description.is_set() && !changes.description;
    if (stays) private_state().foreign_description = model().spec.description.value();
    model().spec.name = planned_model_.spec.name;
    model().spec.description = planned_model_.spec.description;
    model().spec.encrypted = planned_model_.spec.encrypted;
    model().spec.kms_key_id = planned_model_.spec.kms_key_id;
    return true;
  }

  cloud::Result<void> retry_while_busy(const std::function<cloud::Result<void>()>& change) {
    return copy::retry_while_busy(*operation_.session.engine, change, operation_.limits);
  }

  /// Changes the tags. Returns false, with a diagnostic, if that failed.
  bool change_tags() {
    cloud::TagChanges due = tag_changes_;
    // These tags are in the state, but were not set yet.
    if (private_state().untagged) due.set = tag_changes({}, planned_["tags_all"]).set;
    if (!due.any() || model().status != CopyState::available) return true;
    const auto tagged = retry_while_busy([&] {
      return operation_.cloud().tagging()->change_tags(operation_.reference(), due, operation_.limits);
    });
    operation_.session.cache().changed(operation_.reference());
    if (tagged) return true;
    operation_.diagnostics.push_back(
        call_failed("Tags Not Changed", "change the tags", tagged.error(), AttributePath("tags")));
    return false;
  }

  /// The response of an update whose rest is left to the next apply. What needs no API call is done.
  tf::StateResponse unfinished() {
    const Value& prior = request_.prior_state;
    const bool failed = tf::has_error(operation_.diagnostics);
    if (planned_["destination_region"].is_unknown() || failed) {
      planned_.set("destination_region", prior["destination_region"]);
    }
    model().spec.destination_region = text_argument(planned_["destination_region"]);
    if (failed) {
      for (const char* name : {"tags", "tags_all"}) planned_.set(name, prior[name]);
    } else {
      // Without an error, Terraform accepts only the planned values. The next read shows what the image has.
      model().spec.name = planned_model_.spec.name;
      model().spec.description = planned_model_.spec.description;
      const bool tags_wait = tf::changes(prior, planned_, "tags_all") && !operation_.cloud().reports_tags();
      private_state().untagged = private_state().untagged || tags_wait;
    }
    model().spec.encrypted = planned_model_.spec.encrypted;
    model().spec.kms_key_id = planned_model_.spec.kms_key_id;
    return response();
  }

  Operation operation_;
  const tf::UpdateRequest& request_;
  const ImageCopyModel planned_model_;
  Value planned_;
  cloud::TagChanges tag_changes_;
};

}  // namespace

tf::StateResponse update(const ResourceContext& resource, const tf::UpdateRequest& request,
                         const std::stop_token& stop) {
  tf::StateResponse response{.state = request.prior_state, .private_state = request.planned_private};
  auto session = open_session(resource, read_model(request.planned_state), stop, response.diagnostics);
  if (!session) return response;
  const PrivateState private_state = read_private_state(request.planned_private);
  Operation operation{.resource = resource,
                      .session = *std::move(session),
                      .limits = action_limits(resource, request.planned_state, Timeout::update, stop),
                      .model = read_model(request.prior_state, private_state),
                      .private_state = private_state,
                      .diagnostics = std::move(response.diagnostics)};
  return Update(std::move(operation), request).run();
}

}  // namespace provider
