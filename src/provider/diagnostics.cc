#include "src/provider/diagnostics.h"

#include "src/core/text.h"
#include "src/provider/error_help.h"
#include "src/provider/vendors/vendors.h"

namespace provider {
namespace {

using cloud::ErrorKind;

std::string import_commands(const ImageCopyModel& model, const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) {
    text += "\n  terraform import ADDRESS " + model.cloud.value_or("") + "/" +
            model.spec.destination_region.value() + "/" + id;
  }
  return text;
}

}  // namespace

tf::Diagnostic call_failed(std::string summary, std::string_view task, const cloud::Error& error,
                           tf::AttributePath attribute, std::string_view consequence) {
  const std::string failure = "Could not " + std::string(task) + ": " + cloud::cause_of(error);
  // A cloud's own words about a wrong key are about signatures, so they come last.
  const bool is_authentication = error.kind == ErrorKind::unauthenticated && consequence.empty();
  if (is_authentication) summary = "Authentication Failed";
  std::string detail = is_authentication ? "The cloud did not accept the credentials. " +
                                               next_step(error.kind) + "\n\n" + failure
                                         : failure + "\n\n" + next_step(error.kind);
  if (!consequence.empty()) detail += " " + std::string(consequence);
  if (const std::string call = cloud::call_details(error); !call.empty()) detail += "\n\n" + call + ".";
  return tf::error(std::move(summary), std::move(detail), std::move(attribute));
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
  tf::Diagnostics diagnostics = check_foreign_objects(*vendor, value);
  tf::append(diagnostics, violations_found(cloud::check_copy(*vendor, copy_spec(value), stage)));
  const cloud::DeleteOptions deletion{.force = value["force_delete"].boolean().value_or(false)};
  tf::append(diagnostics, violations_found(cloud::check_deletion(*vendor, deletion)));
  return diagnostics;
}

tf::Diagnostic state_without_ids() {
  return tf::error(
      "Missing Image ID in State",
      "The state contains neither an image ID nor a job ID, so the image cannot be found. Restore the state "
      "from a backup, or remove the resource from the state and import the image.");
}

tf::Diagnostic duplicate_copy(const ImageCopyModel& model) {
  return tf::error("Duplicate Copy",
                   "Another resource of this configuration makes the same copy: of " +
                       model.spec.source_image_id.value() + " to region " +
                       model.spec.destination_region.value() + ", with the name \"" +
                       model.spec.name.value() + "\". Give one of them another name, or remove it.",
                   tf::AttributePath("name"));
}

tf::Diagnostic name_taken(const ImageCopyModel& model, const std::vector<std::string>& ids,
                          std::string_view consequence) {
  return tf::error(
      "Name Taken",
      "The name \"" + model.spec.name.value() + "\" is already used in region " +
          model.spec.destination_region.value() + " by " +
          (ids.size() == 1 ? "the image " + ids.front() : "the images " + core::join(ids, ", ")) + ". " +
          std::string(consequence) +
          "\n\nIf the image is this copy and was lost from the state, import it:\n" +
          import_commands(model, ids) +
          (model.adopts_existing ? "\n\nadopt_existing does not apply, because the image is a different copy "
                                   "or has failed. Choose"
                                 : "\n\nOtherwise, set adopt_existing = true to adopt it, choose") +
          " another name, or delete that image. If this resource replaces that image with "
          "create_before_destroy, remove create_before_destroy or change the name as well: on this cloud, "
          "two images cannot have the same name at the same time.",
      tf::AttributePath("name"));
}

std::string title_of(const cloud::CopyReference& copy) {
  std::string title = "The copy";
  if (!copy.source_image_id.empty()) title += " of " + copy.source_image_id + " (" + copy.source_region + ")";
  if (!copy.destination_region.empty()) title += " to " + copy.destination_region;
  return title;
}

std::string progress_sentence(const std::optional<cloud::CopyStatus>& status) {
  if (!status) return "Its progress is not known yet.";
  if (status->progress_percent) return "It is at " + std::to_string(*status->progress_percent) + " percent.";
  if (status->state == cloud::CopyState::unknown) return "The cloud reports a status that is not known.";
  return "It is " + std::string(cloud::to_string(status->state)) + ".";
}

}  // namespace provider
