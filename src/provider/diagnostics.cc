#include "src/provider/diagnostics.h"

#include "src/core/text.h"
#include "src/provider/vendors/vendors.h"

namespace provider {
namespace {

using cloud::ErrorKind;

std::string next_step(const cloud::Error& error) {
  switch (error.kind) {
    case ErrorKind::unreachable:
      return "Check that the endpoint is right and can be reached from here: region, network, proxy, "
             "certificates.";
    case ErrorKind::outcome_unknown:
      return "The cloud may have carried out the call all the same. Look at the images there before trying "
             "again.";
    case ErrorKind::unavailable:
    case ErrorKind::unexpected:
      return "Check that the endpoint is the cloud's own, and try again later; if it stays, ask the cloud's "
             "support with the request id.";
    case ErrorKind::throttled: return "Try again later, or with fewer actions at once (-parallelism).";
    case ErrorKind::concurrency_limit: return "Wait for other copies to end, or allow more time in timeouts.";
    case ErrorKind::busy:
    case ErrorKind::still_copying:
      return "Something else happens to the image. Try again when that has ended.";
    case ErrorKind::not_found:
      return "Check the id and the region: the image must exist in that region and account.";
    case ErrorKind::not_copying:
    case ErrorKind::cannot_cancel: return "Wait for the copy to end and try again.";
    case ErrorKind::in_use:
      return "Stop sharing or protecting the image, or remove what uses it, and try again. On " +
             cloud::display_names([](const cloud::Vendor& v) { return v.deletes_in_use; }) +
             " force_delete = true deletes an image that instances use.";
    case ErrorKind::name_taken: return "Choose another name, or delete or import the image that has it.";
    case ErrorKind::quota:
      return "Delete images, snapshots or tags that are not needed, whichever the cloud names, or ask it for "
             "a "
             "higher quota.";
    case ErrorKind::account:
      return "Put the account in order with the cloud: its balance, its real-name verification, the "
             "activation "
             "of the service that the code names.";
    case ErrorKind::permission_denied:
      return "Give the user or role of these credentials the permission for this call.";
    case ErrorKind::stale: return "Check the clock of this machine.";
    case ErrorKind::unauthenticated:
    case ErrorKind::credentials_expired:
      return "Check the credentials in the provider configuration or the environment, and the clock of this "
             "machine.";
    case ErrorKind::malformed_request:
      return "Check that the endpoint is the cloud's own. If it is, this is a bug of the provider: please "
             "report "
             "it with the code and the request id.";
    case ErrorKind::invalid: return "Correct the configuration and apply again.";
    case ErrorKind::cancelled: return "Apply again to go on.";
  }
  return "";
}

std::string import_commands(const ImageCopyModel& model, const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) {
    text += "\n  terraform import ADDRESS " + model.cloud.value_or("") + "/" +
            model.spec.destination_region.value() + "/" + id;
  }
  return text;
}

}  // namespace

tf::Diagnostic call_failed(std::string summary, std::string_view what, const cloud::Error& error,
                           tf::AttributePath attribute) {
  return tf::error(std::move(summary),
                   "The provider tried to " + std::string(what) + ". " + cloud::describe(error) + "\n\n" +
                       next_step(error),
                   std::move(attribute));
}

tf::AttributePath culprit(const cloud::Error& error) {
  if (!error.argument.empty()) return tf::AttributePath(error.argument);
  switch (error.kind) {
    case ErrorKind::not_found: return tf::AttributePath("source_image_id");
    case ErrorKind::unreachable: return tf::AttributePath("source_region");
    case ErrorKind::name_taken: return tf::AttributePath("name");
    case ErrorKind::account:
    case ErrorKind::permission_denied:
    case ErrorKind::unauthenticated:
    case ErrorKind::stale:
    case ErrorKind::credentials_expired: return tf::AttributePath("cloud");
    case ErrorKind::outcome_unknown:
    case ErrorKind::unavailable:
    case ErrorKind::throttled:
    case ErrorKind::concurrency_limit:
    case ErrorKind::busy:
    case ErrorKind::not_copying:
    case ErrorKind::cannot_cancel:
    case ErrorKind::still_copying:
    case ErrorKind::in_use:
    case ErrorKind::quota:
    case ErrorKind::invalid:
    case ErrorKind::malformed_request:
    case ErrorKind::cancelled:
    case ErrorKind::unexpected: return {};
  }
  return {};
}

tf::Diagnostics violations_found(std::vector<cloud::Violation> violations) {
  tf::Diagnostics diagnostics;
  for (cloud::Violation& violation : violations) {
    const auto report = violation.is_doubt ? tf::warning : tf::error;
    diagnostics.push_back(report(std::move(violation.summary), std::move(violation.detail),
                                 tf::AttributePath(violation.member)));
  }
  return diagnostics;
}

tf::Diagnostics check_copy_rules(const tf::Value& value, cloud::CopyStage stage) {
  const cloud::Vendor* vendor = cloud::find_vendor(value["cloud"].text().value_or(""));
  if (vendor == nullptr) return {};
  tf::Diagnostics diagnostics = refuse_foreign_objects(*vendor, value);
  tf::append(diagnostics, violations_found(cloud::check_copy(*vendor, copy_spec(value), stage)));
  const cloud::DeleteOptions deletion{.force = value["force_delete"].boolean().value_or(false)};
  tf::append(diagnostics, violations_found(cloud::check_deletion(*vendor, deletion)));
  return diagnostics;
}

tf::Diagnostic state_without_ids() {
  return tf::error(
      "State Without an Image",
      "The state holds neither the id of an image nor that of a job, so the image cannot be found. "
      "Restore the state from a backup, or remove the resource from it and import the image.");
}

tf::Diagnostic same_copy_twice(const ImageCopyModel& model) {
  return tf::error("Same Copy Twice",
                   "Another resource of this configuration is the copy of " +
                       model.spec.source_image_id.value() + " to region " +
                       model.spec.destination_region.value() + " that is named \"" + model.spec.name.value() +
                       "\", too. Give each its own name, or remove one.",
                   tf::AttributePath("name"));
}

tf::Diagnostic name_taken(const ImageCopyModel& model, const std::vector<std::string>& ids) {
  return tf::error(
      "Name Taken",
      "In region " + model.spec.destination_region.value() + " " +
          (ids.size() == 1 ? "the image " + ids.front() + " is"
                           : "the images " + core::join(ids, ", ") + " are") +
          " already named \"" + model.spec.name.value() +
          "\". Nothing was started.\n\nIf it is this copy, made before and lost from the state, import "
          "it:\n" +
          import_commands(model, ids) +
          (model.adopts_existing
               ? "\n\nadopt_existing does not take it over, for it is another copy, or has failed. Choose"
               : "\n\nOr set adopt_existing = true to take it over, choose") +
          " another name, or delete that image. If "
          "it is "
          "the image that this resource replaces with create_before_destroy, leave create_before_destroy "
          "out, "
          "or change the name with it: two images cannot have one name here at the same time.",
      tf::AttributePath("name"));
}

std::string progress_sentence(const cloud::CopyReference& copy,
                              const std::optional<cloud::CopyStatus>& view) {
  std::string text = "The copy";
  if (!copy.source_image_id.empty()) text += " of " + copy.source_image_id + " (" + copy.source_region + ")";
  if (!copy.destination_region.empty()) text += " to " + copy.destination_region;
  if (!view) return text + " was accepted by the cloud; no look at it has succeeded yet.";
  if (view->progress_percent) return text + " is at " + std::to_string(*view->progress_percent) + " percent.";
  return text + " is " + std::string(cloud::to_string(view->state)) + ".";
}

}  // namespace provider
