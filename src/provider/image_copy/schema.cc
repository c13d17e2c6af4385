#include "src/provider/image_copy/schema.h"

#include "src/core/text.h"
#include "src/core/time_text.h"
#include "src/provider/vendors/vendors.h"
#include "tf/validate.h"

namespace provider {
namespace {

using tf::Attribute;
using tf::Presence;
using tf::Replacement;
using tf::Type;

Attribute required(std::string name, std::string description, Replacement replacement = Replacement::never) {
  return {.name = std::move(name),
          .presence = Presence::required,
          .description = std::move(description),
          .replacement = replacement};
}

Attribute optional(std::string name, std::string description, Replacement replacement = Replacement::never) {
  return {.name = std::move(name),
          .presence = Presence::optional,
          .description = std::move(description),
          .replacement = replacement};
}

Attribute computed(std::string name, std::string description, Type type = Type::string()) {
  return {.name = std::move(name),
          .type = std::move(type),
          .presence = Presence::computed,
          .description = std::move(description)};
}

/// A region and the ID of an image in it, as they look on the first vendor.
struct ExampleImage {
  std::string region;
  std::string id;
};

ExampleImage example_image() {
  const std::string_view id = cloud::vendors().front()->example_image_id;
  const std::size_t slash = id.find('/');
  return {.region = std::string(id.substr(0, slash)), .id = std::string(id.substr(slash + 1))};
}

Attribute cloud() {
  Attribute attribute = required("cloud",
                                 "The cloud to copy on: " + core::enumerate(cloud::vendor_names("`"), "or") +
                                     ". Changing this forces a new resource.",
                                 Replacement::on_change);
  attribute.validators = {tf::validators::one_of(cloud::vendor_names())};
  return attribute;
}

Attribute source_image_id() {
  Attribute attribute = required(
      "source_image_id",
      "The ID of the image to copy, in the source region, such as `" + example_image().id +
          "`. The image "
          "must be available, and must belong to the account or, if the cloud copies shared images, be "
          "shared with it. Changing this forces a new resource. May be null only for an imported image "
          "whose source the cloud does not report.",
      Replacement::on_change_of_known);
  attribute.required_to_create = true;
  return attribute;
}

Attribute region(std::string name, std::string description, Replacement replacement) {
  Attribute attribute = optional(std::move(name), std::move(description), replacement);
  attribute.presence = Presence::optional_computed;
  attribute.validators = {tf::validators::length_between(1, 64)};
  return attribute;
}

Attribute name() {
  Attribute attribute = required("name", with_notes("name", "The name of the new image."));
  attribute.validators = {tf::validators::length_between(1, 128)};
  return attribute;
}

Attribute encrypted() {
  Attribute attribute = optional("encrypted",
                                 with_notes("encrypted",
                                            "Whether the new image is encrypted. If not set, the cloud "
                                            "decides. Changing this forces a new resource."),
                                 Replacement::on_change);
  attribute.type = Type::boolean();
  return attribute;
}

Attribute flag(std::string name, bool default_value, std::string description) {
  Attribute attribute = optional(std::move(name), std::move(description));
  attribute.type = Type::boolean();
  attribute.presence = Presence::optional_computed;
  attribute.default_value = tf::Value(default_value);
  return attribute;
}

/// One of two words, the first being the default.
Attribute choice(std::string name, std::vector<std::string> words, std::string description) {
  Attribute attribute = optional(std::move(name), std::move(description));
  attribute.presence = Presence::optional_computed;
  attribute.default_value = tf::Value(words.front());
  attribute.validators = {tf::validators::one_of(std::move(words))};
  return attribute;
}

Attribute timeouts() {
  const auto timeout = [](std::string name, std::string description, std::chrono::milliseconds value) {
    description += " Defaults to `" + core::format_duration(value) + "`.";
    const std::string path = "timeouts." + name;
    Attribute attribute = optional(std::move(name), with_notes(path, std::move(description)));
    attribute.validators = {tf::validators::duration()};
    return attribute;
  };
  return tf::nested_object(
      "timeouts", Presence::optional,
      "How long each operation may take, as durations such as `90m` or `1h30m`.",
      {timeout("create", "How long the copy may take to finish, including the time in the queue.",
               DefaultTimeouts::kCreate),
       timeout("update", "How long an update may take, including the wait for a copy that is still running.",
               DefaultTimeouts::kUpdate),
       timeout("read", "How long reading the copy during a refresh may take.", DefaultTimeouts::kRead),
       timeout("delete", "How long deleting the image may take.", DefaultTimeouts::kDelete)});
}

/// The arguments that control the resource, not the image.
std::vector<Attribute> behaviour_attributes() {
  return {
      choice("wait_until", {"available", "submitted"},
             "When the resource counts as created: `available` waits until the new image can be used; "
             "`submitted` "
             "returns as soon as the cloud has accepted the copy, and each refresh shows the progress. "
             "Defaults to `available`."),
      choice("on_timeout", {"fail", "keep"},
             "What happens if the copy is still running at the end of the timeout: `fail` returns an error, "
             "after which Terraform marks a new copy as tainted and replaces it; `keep` returns a warning, "
             "and the next apply resumes waiting. The copy continues in both cases. Defaults to `fail`."),
      choice(
          "on_destroy", {"delete", "retain"},
          "What happens on destroy: `delete` deletes the image, or cancels the copy while it runs; `retain` "
          "keeps both in the cloud and only removes the resource from the state. Defaults to `delete`."),
      flag("adopt_existing", false,
           "Whether to adopt an image of exactly this name in the destination region instead of returning an "
           "error. A copy that an earlier run of the same configuration started is adopted without this "
           "argument, where the cloud allows the provider to identify it. Defaults to `false`."),
      flag("delete_snapshots", true,
           with_notes(
               "delete_snapshots",
               "Whether destroying the resource also deletes the snapshots or the backup that the image "
               "is built on, so that they cost nothing. Defaults to `true`.")),
      flag("force_delete", false,
           "Whether to delete the image even if instances use it. Only supported on " +
               cloud::display_names([](const cloud::Vendor& v) { return v.deletes_in_use; }) +
               ". Defaults to `false`."),
      timeouts(),
  };
}

std::vector<Attribute> computed_attributes() {
  return {
      computed(
          "id",
          "The import ID of the image, in the form `cloud/destination_region/image_id`, once the image ID "
          "is known."),
      computed("image_id", "The ID of the new image in the destination region."),
      computed("job_id", "The ID of the job that makes the copy (" +
                             cloud::display_names([](const cloud::Vendor& v) { return v.has_jobs; }) + ")."),
      computed("copy_key", with_notes("copy_key",
                                      "A digest of the arguments that identify this copy, which is the same "
                                      "in every run.")),
      computed("tags_all", "All tags of the new image, including the provider's `default_tags`.",
               Type::map(Type::string())),
      computed("status", "The status of the copy: `queued`, `copying`, `available`, `failed` or `unknown`."),
      computed("progress_percent", "The progress of the copy in percent, as reported by the cloud.",
               Type::number()),
      computed("status_reason",
               "Details of the status reported by the cloud, for example why a copy failed."),
      computed("size_gb", "The size of the image's disk in GiB, as reported by the cloud.", Type::number()),
      computed("os_type", "The operating system family, such as `linux`."),
      computed("os_name", "The name of the operating system."),
      computed("architecture", "The processor architecture, as named by the cloud."),
      computed("created_at", "The time when the new image was created, in UTC."),
      computed("snapshot_ids",
               "The IDs of the snapshots that the new image is built on (" +
                   cloud::display_names([](const cloud::Vendor& v) { return v.keeps_snapshots; }) + ").",
               Type::list(Type::string())),
  };
}

}  // namespace

tf::Attribute tags_attribute(std::string name, std::string description) {
  Attribute attribute = optional(std::move(name), std::move(description));
  attribute.type = Type::map(Type::string());
  attribute.validators = {[](const tf::Value& value) -> std::optional<std::string> {
    if (value.as_attributes() == nullptr) return std::nullopt;
    for (const auto& [key, text] : *value.as_attributes()) {
      if (text.is_null())
        return "The tag \"" + key + R"(" must have a value, such as "", or must be removed.)";
    }
    return std::nullopt;
  }};
  return attribute;
}

tf::Schema image_copy_schema() {
  tf::Schema schema{
      .version = 1,
      .description =
          "Copies a machine image to another region or within a region. Destroying this resource deletes the "
          "new image. If the copy is still running, it is canceled; where the cloud cannot cancel, destroy "
          "waits for the copy to finish and then deletes the image.",
      .attributes =
          {
              cloud(),
              source_image_id(),
              region("source_region",
                     "The region of the image to copy, such as `" + example_image().region +
                         "`. Changing this forces a new "
                         "resource. Defaults to the provider's region for the cloud.",
                     Replacement::on_change_of_known),
              region("destination_region",
                     with_notes("destination_region",
                                "The region of the new image. Changing this forces a new resource. Defaults "
                                "to the source region."),
                     Replacement::on_change_of_known),
              name(),
              optional("description", with_notes("description", "The description of the new image.")),
              encrypted(),
              optional("kms_key_id",
                       with_notes("kms_key_id",
                                  "The ID of the KMS key to encrypt the new image with. Changing this forces "
                                  "a new resource."),
                       Replacement::on_change),
              optional("resource_group_id",
                       with_notes("resource_group_id",
                                  "The ID of the resource group of the new image. "
                                  "Changing this forces a new resource."),
                       Replacement::on_change),
              tags_attribute(
                  "tags",
                  with_notes("tags", "Tags of the new image, in addition to the provider's `default_tags`.")),
          },
  };
  for (const VendorSchema* vendor : vendor_schemas()) {
    if (vendor->copy_object != nullptr) schema.attributes.push_back(vendor->copy_object());
  }
  std::vector<Attribute> behaviour = behaviour_attributes();
  for (Attribute& attribute : behaviour) schema.attributes.push_back(std::move(attribute));
  std::vector<Attribute> outputs = computed_attributes();
  for (Attribute& attribute : outputs) schema.attributes.push_back(std::move(attribute));
  return schema;
}

}  // namespace provider
