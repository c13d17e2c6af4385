#include "src/provider/image_copy/model.h"

#include "src/core/random.h"
#include "src/core/time_text.h"
#include "src/provider/arguments.h"
#include "src/provider/image_copy/schema.h"
#include "src/provider/import_id.h"
#include "src/provider/tags.h"
#include "src/provider/vendors/vendors.h"

namespace provider {
namespace {

using tf::Value;

std::optional<std::string> nullopt_if_empty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

void write_image(Value& value, const cloud::Image& image) {
  value.set("size_gb", Value::of(image.size_gb));
  value.set("os_type", Value::of(nullopt_if_empty(image.os_type)));
  value.set("os_name", Value::of(nullopt_if_empty(image.os_name)));
  value.set("architecture", Value::of(nullopt_if_empty(image.architecture)));
  value.set("created_at", Value::of(nullopt_if_empty(image.created_at)));
  value.set("snapshot_ids", Value::Elements(image.snapshot_ids.begin(), image.snapshot_ids.end()));
}

/// They are unknown in a plan, and must not be in a state.
void forget_unknown_image(Value& value) {
  for (const char* name : {"size_gb", "os_type", "os_name", "architecture", "created_at", "snapshot_ids"}) {
    if (value[name].is_unknown()) value.set(name, Value());
  }
}

std::chrono::milliseconds default_timeout(Timeout timeout) {
  switch (timeout) {
    case Timeout::create: return DefaultTimeouts::kCreate;
    case Timeout::read: return DefaultTimeouts::kRead;
    case Timeout::update: return DefaultTimeouts::kUpdate;
    case Timeout::remove: return DefaultTimeouts::kDelete;
  }
  return DefaultTimeouts::kRead;
}

std::string_view timeout_name(Timeout timeout) {
  switch (timeout) {
    case Timeout::create: return "create";
    case Timeout::read: return "read";
    case Timeout::update: return "update";
    case Timeout::remove: return "delete";
  }
  return "read";
}

}  // namespace

ImageCopyModel read_model(const Value& value) {
  ImageCopyModel model{.cloud = value["cloud"].text(),
                       .spec = copy_spec(value),
                       .waits_until_available = value["wait_until"].text() != "submitted",
                       .adopts_existing = value["adopt_existing"].boolean().value_or(false),
                       .keeps_on_timeout = value["on_timeout"].text() == "keep",
                       .retains_on_destroy = value["on_destroy"].text() == "retain",
                       .deletes_snapshots = value["delete_snapshots"].boolean().value_or(true),
                       .forces_deletion = value["force_delete"].boolean().value_or(false),
                       .image_id = nullopt_if_empty(value["image_id"].text().value_or("")),
                       .job_id = nullopt_if_empty(value["job_id"].text().value_or("")),
                       .copy_key = value["copy_key"].text(),
                       .progress_percent = value["progress_percent"].integer(),
                       .status_reason = value["status_reason"].text()};
  if (const auto status = value["status"].text()) model.status = cloud::parse_copy_state(*status);
  return model;
}

ImageCopyModel read_model(const Value& state, const PrivateState& private_state) {
  ImageCopyModel model = read_model(state);
  if (!private_state.project_name.empty()) model.spec.project_name = private_state.project_name;
  return model;
}

Value with_model(Value base, const ImageCopyModel& model) {
  base.set("name", value_of(model.spec.name));
  base.set("encrypted", value_of(model.spec.encrypted));
  base.set("kms_key_id", value_of(model.spec.kms_key_id));
  base.set("description", value_of(model.spec.description));
  base.set("image_id", Value::of(model.image_id));
  base.set("job_id", Value::of(model.job_id));
  base.set("copy_key", Value::of(model.copy_key));
  base.set("status", model.status ? Value(cloud::to_string(*model.status)) : Value());
  base.set("progress_percent", Value::of(model.progress_percent));
  base.set("status_reason", Value::of(model.status_reason));
  const bool named = model.cloud && model.spec.destination_region.has_value() && model.image_id;
  base.set("id", named ? Value(image_import_id(*model.cloud, model.spec.destination_region.value(),
                                               *model.image_id))
                       : Value());
  if (model.image) {
    write_image(base, *model.image);
  } else {
    forget_unknown_image(base);
  }
  return base;
}

std::vector<std::string> texts_of(const Value& list) {
  std::vector<std::string> texts;
  if (list.as_elements() == nullptr) return texts;
  for (const Value& element : *list.as_elements()) texts.push_back(element.text().value_or(""));
  return texts;
}

std::chrono::milliseconds timeout_of(const Value& value, Timeout timeout) {
  const auto text = value["timeouts"][timeout_name(timeout)].text();
  return text ? core::parse_duration(*text).value_or(default_timeout(timeout)) : default_timeout(timeout);
}

cloud::CopyRequest copy_request(const ImageCopyModel& model) {
  return {.spec = model.spec, .copy_key = model.copy_key.value_or(""), .client_token = core::random_uuid()};
}

cloud::CopyReference copy_reference(const ImageCopyModel& model) {
  return {.source_region = model.spec.source_region.value(),
          .source_image_id = model.spec.source_image_id.value(),
          .destination_region = model.spec.destination_region.value(),
          .project_name = model.spec.project_name.value(),
          .name = model.spec.name.value(),
          .image_id = model.image_id.value_or(""),
          .job_id = model.job_id.value_or(""),
          .last_state = model.status.value_or(cloud::CopyState::unknown)};
}

bool is_running(const tf::Value& state) {
  const auto status = state["status"].text();
  return status == "queued" || status == "copying" || status == "unknown";
}

cloud::CopySpec copy_spec(const Value& value) {
  cloud::CopySpec spec{
      .source_region = text_argument(value["source_region"]),
      .source_image_id = text_argument(value["source_image_id"]),
      .destination_region = text_argument(value["destination_region"]),
      .name = text_argument(value["name"]),
      .description = text_argument(value["description"]),
      .encrypted = flag_argument(value["encrypted"]),
      .kms_key_id = text_argument(value["kms_key_id"]),
      .resource_group_id = text_argument(value["resource_group_id"]),
      .tags = known_tags(value["tags_all"].as_attributes() != nullptr ? value["tags_all"] : value["tags"])};
  read_copy_object(value, spec);
  return spec;
}

void apply_drift(ImageCopyModel& model, const cloud::Image& image, const PrivateState& private_state,
                 const cloud::Traits& traits) {
  model.spec.name = image.name;
  const bool is_shown = image.description.empty() ? model.spec.description.is_set()
                                                  : image.description != private_state.foreign_description;
  if (traits.description != cloud::DescriptionSupport::none && is_shown)
    model.spec.description = image.description;
  // What the configuration does not set is the cloud's choice.
  if (model.spec.encrypted.is_set() && image.encrypted) model.spec.encrypted = *image.encrypted;
  if (model.spec.kms_key_id.has_value() && !image.kms_key_id.empty())
    model.spec.kms_key_id = image.kms_key_id;
}

cloud::ImageChanges changes_of(const ImageCopyModel& model, const ImageCopyModel& planned,
                               const cloud::Traits& traits) {
  cloud::ImageChanges changes;
  if (model.spec.name != planned.spec.name) changes.name = planned.spec.name.to_optional();
  const std::string& description = planned.spec.description.value();
  const bool possible =
      traits.description == cloud::DescriptionSupport::removable ||
      (traits.description == cloud::DescriptionSupport::replaceable && !description.empty());
  if (possible && model.spec.description.value() != description) changes.description = description;
  return changes;
}

void apply_status(ImageCopyModel& model, const cloud::CopyStatus& status) {
  model.status = status.state;
  model.status_reason = nullopt_if_empty(status.status_reason);
  if (!status.image_id.empty()) model.image_id = status.image_id;
  if (status.progress_percent) model.progress_percent = status.progress_percent;
  if (status.state == cloud::CopyState::available) model.progress_percent = 100;
  if (!status.image) return;
  model.image = status.image;
}

}  // namespace provider
