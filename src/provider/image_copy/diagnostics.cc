#include "src/provider/image_copy/diagnostics.h"

#include "src/core/text.h"
#include "src/provider/vendors/vendors.h"

namespace provider {
namespace {

std::string import_commands(const ImageCopyModel& model, const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) {
    text += "\n  terraform import ADDRESS " + model.cloud.value_or("") + "/" +
            model.spec.destination_region.value() + "/" + id;
  }
  return text;
}

}  // namespace

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
