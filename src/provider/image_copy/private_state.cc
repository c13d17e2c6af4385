#include "src/provider/image_copy/private_state.h"

#include "src/cloud/json.h"
#include "src/core/time_text.h"

namespace provider {
namespace {

constexpr const char* kTimePattern = "%Y-%m-%dT%H:%M:%SZ";

}  // namespace

std::string write_private_state(const PrivateState& data) {
  nlohmann::json json = nlohmann::json::object();
  if (data.visibility.started) json["started"] = core::format_rfc3339(*data.visibility.started);
  if (data.visibility.listed) json["listed"] = true;
  if (data.imported) json["imported"] = true;
  if (data.imported_plain) json["imported_plain"] = true;
  if (!data.snapshots_left.empty()) json["snapshots_left"] = data.snapshots_left;
  if (data.untagged) json["untagged"] = true;
  if (data.unsettled) json["unsettled"] = true;
  if (!data.project_name.empty()) json["project_name"] = data.project_name;
  if (data.described) json["described"] = true;
  if (!data.foreign_description.empty()) json["foreign_description"] = data.foreign_description;
  return json.dump();
}

PrivateState read_private_state(std::string_view bytes) {
  const nlohmann::json json = cloud::parse_json(bytes);
  PrivateState data{.visibility = {.started = core::parse_utc(cloud::text_at(json, "started"), kTimePattern),
                                   .listed = cloud::boolean_at(json, "listed").value_or(false)},
                    .imported = cloud::boolean_at(json, "imported").value_or(false),
                    .imported_plain = cloud::boolean_at(json, "imported_plain").value_or(false),
                    .untagged = cloud::boolean_at(json, "untagged").value_or(false),
                    .unsettled = cloud::boolean_at(json, "unsettled").value_or(false),
                    .project_name = cloud::text_at(json, "project_name"),
                    .described = cloud::boolean_at(json, "described").value_or(false),
                    .foreign_description = cloud::text_at(json, "foreign_description")};
  for (const nlohmann::json& id : cloud::list_at(json, "snapshots_left")) {
    if (id.is_string()) data.snapshots_left.push_back(id.get<std::string>());
  }
  return data;
}

}  // namespace provider
