#include "src/provider/image_copy/schema.h"

#include "src/provider/clouds.h"
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

Attribute cloud() {
  Attribute attribute =
      required("cloud",
               "The cloud to copy on: `alicloud`, `baiducloud` or `huaweicloud`. Another one "
               "needs a new copy.",
               Replacement::on_change);
  attribute.validators = {tf::validators::one_of({kCloudNames.begin(), kCloudNames.end()})};
  return attribute;
}

Attribute source_image_id() {
  Attribute attribute =
      required("source_image_id",
               "The id of the image to copy, in the source region, such as `m-bp1…` or a "
               "UUID; it must be the account's own, or shared where the cloud copies shared "
               "ones, and be available. Another one needs a new copy. Null only for an image "
               "that was imported, where the cloud does not tell.",
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
  Attribute attribute = required(
      "name",
      "The name of the new image. Can be changed later without a new copy. Alibaba Cloud: 2 to 128 "
      "letters, digits, `.`, `:`, `_` and `-`, beginning with a letter, and no other image of the "
      "region may have it. Baidu AI Cloud: 1 to 65 characters, and likewise no other image's. Huawei "
      "Cloud: 1 to 128 letters, digits, `-`, `.`, `_` and blanks; names may repeat.");
  attribute.validators = {tf::validators::length_between(1, 128)};
  return attribute;
}

Attribute encrypted() {
  Attribute attribute = optional("encrypted",
                                 "Whether the new image is encrypted; the cloud decides if this is not set. "
                                 "Not on Baidu AI Cloud; on Huawei "
                                 "Cloud only inside one region and with `kms_key_id`.",
                                 Replacement::on_change);
  attribute.type = Type::boolean();
  return attribute;
}

Attribute flag(std::string name, bool otherwise, std::string description) {
  Attribute attribute = optional(std::move(name), std::move(description));
  attribute.type = Type::boolean();
  attribute.presence = Presence::optional_computed;
  attribute.default_value = tf::Value(otherwise);
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

Attribute huaweicloud() {
  return tf::nested_object(
      "huaweicloud", Presence::optional, "What only Huawei Cloud asks for, across regions.",
      {optional("project_name", "The project in the destination region. Default: the region's own project."),
       optional("agency_name",
                "The IAM agency that lets the image service act in the destination region. Required "
                "across regions."),
       optional("vault_id", "The backup vault in the destination region, for an image of a full server.")});
}

Attribute timeouts() {
  const auto timeout = [](std::string name, std::string description) {
    Attribute attribute = optional(std::move(name), std::move(description));
    attribute.validators = {tf::validators::duration()};
    return attribute;
  };
  return tf::nested_object(
      "timeouts", Presence::optional, "How long each action may take, as durations such as `90m` or `1h30m`.",
      {timeout("create", "Until the copy is finished, its turn in the queue included. Default: `3h`."),
       timeout("update", "The same, for an update that waits on for a copy. Default: `3h`."),
       timeout("read", "To read it, while refreshing. Default: `5m`."),
       timeout("delete",
               "Until the image is seen to be gone; on Huawei Cloud the end of a copy that runs "
               "is waited for, too. Default: `30m`.")});
}

/// What configurations do not set.
std::vector<Attribute> told_attributes() {
  return {
      computed("id", "`cloud/destination_region/image_id`, once the image id is known. Can be imported."),
      computed("image_id", "The id of the new image in the destination region."),
      computed("job_id", "The id of the job that makes the copy (Huawei Cloud)."),
      computed("copy_key",
               "The name of this copy that is the same in every run. Alibaba Cloud keeps it as the "
               "image's tag `image-copy-key`, by which a copy is found again that a killed run has "
               "started."),
      computed("tags_all", "All tags of the new image, the provider's `default_tags` included.",
               Type::map(Type::string())),
      computed("status", "`queued`, `copying`, `available`, `failed` or `unknown`."),
      computed("progress_percent", "How far the copy is, as the cloud tells it.", Type::number()),
      computed("status_reason", "What the cloud says about the status, for instance why a copy failed."),
      computed("size_gb", "The size of the image's disk in GiB, as the cloud tells it.", Type::number()),
      computed("os_type", "The family of the operating system, such as `linux`."),
      computed("os_name", "The operating system."),
      computed("architecture", "The processor architecture, as the cloud names it."),
      computed("created_at", "When the new image was created, in UTC."),
      computed("snapshot_ids", "The snapshots that the new image is built on (Alibaba Cloud).",
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
        return "The tag \"" + key + R"(" has no value. Give it one, such as "", or leave it out.)";
    }
    return std::nullopt;
  }};
  return attribute;
}

tf::Schema image_copy_schema() {
  tf::Schema schema{
      .version = 1,
      .description =
          "A copy of a machine image, in another region or the same. Destroying it cancels the copy while "
          "it runs and deletes the image once it is finished.",
      .attributes =
          {
              cloud(),
              source_image_id(),
              region("source_region",
                     "The region of the image to copy, such as `cn-hangzhou`. Default: the provider's region "
                     "for the cloud. Another one needs a new copy.",
                     Replacement::on_change_of_known),
              region(
                  "destination_region",
                  "The region of the new image. Default: the source region, which Baidu AI Cloud cannot copy "
                  "to. Another one needs a new copy.",
                  Replacement::on_change_of_known),
              name(),
              optional(
                  "description",
                  "The description of the new image. Can be changed later; taken away without a new copy on "
                  "Huawei Cloud only. Alibaba Cloud: 2 to 256 characters. Huawei Cloud: up to 1024, on one "
                  "line. Not on Baidu AI Cloud."),
              encrypted(),
              optional("kms_key_id",
                       "The key to encrypt the new image with. On Alibaba Cloud a key of the destination "
                       "region, together with `encrypted`; on Huawei Cloud only inside one region.",
                       Replacement::on_change),
              optional("resource_group_id",
                       "The resource group (Alibaba Cloud) or the enterprise project (Huawei Cloud, "
                       "only inside one region) of the new image.",
                       Replacement::on_change),
              tags_attribute("tags",
                             "Tags of the new image, beside the provider's `default_tags`. Can be changed "
                             "later. Alibaba "
                             "Cloud takes up to 19 with the copy (20 on an image that was imported); on "
                             "Huawei Cloud (up to 20) and Baidu AI "
                             "Cloud they are set "
                             "when the copy is finished, and Baidu AI Cloud does not tell whether others "
                             "have changed them."),
              huaweicloud(),
              choice("wait_until", {"available", "submitted"},
                     "`available` waits until the new image can be used; `submitted` returns as soon as the "
                     "cloud has accepted the copy, and each refresh shows how far it is. Default: "
                     "`available`."),
              choice("on_timeout", {"fail", "keep"},
                     "What becomes of a copy that is still running when the timeout is over: `fail` is an "
                     "error, after which Terraform marks a copy that is new as tainted and replaces it; "
                     "`keep` is a warning, and the "
                     "next apply waits on. The copy goes on by itself either way. Default: `fail`."),
              choice(
                  "on_destroy", {"delete", "retain"},
                  "`delete` cancels the copy or deletes the image; `retain` leaves it in the cloud and only "
                  "forgets it. Default: `delete`."),
              flag("adopt_existing", false,
                   "Whether an image of exactly this name in the destination is taken over instead of being "
                   "an "
                   "error. A copy that an earlier run of the same configuration started is taken over "
                   "without this, where the cloud tells it apart. Default: `false`."),
              flag("delete_snapshots", true,
                   "Whether the snapshots (Alibaba Cloud) or the backup of a full server (Huawei Cloud) "
                   "behind the image "
                   "are deleted with it. Default: `true`."),
              flag("force_delete", false,
                   "Whether the image is deleted even if instances use it. Only on Alibaba Cloud. Default: "
                   "`false`."),
              timeouts(),
          },
  };
  std::vector<Attribute> told = told_attributes();
  for (Attribute& attribute : told) schema.attributes.push_back(std::move(attribute));
  return schema;
}

}  // namespace provider
