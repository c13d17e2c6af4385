#include <algorithm>
#include <array>

#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/huaweicloud/actions.h"
#include "tests/emulator/huaweicloud/errors.h"
#include "tests/emulator/huaweicloud/replies.h"
#include "tests/emulator/huaweicloud/rules.h"
#include "tests/emulator/number_text.h"

namespace emulator::huaweicloud {
namespace {

constexpr int kDefaultPage = 500;

constexpr std::array<std::string_view, 7> kSortKeys = {
    "name", "container_format", "disk_format", "status", "id", "size", "created_at"};

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// Applies a filter such as `gte:2026-03-14T09:26:53Z`. A malformed filter matches everything.
bool matches_time(const std::string& filter, const std::string& time) {
  const std::size_t colon = filter.find(':');
  if (colon == std::string::npos) return true;
  const std::string op = filter.substr(0, colon);
  const std::string bound = core::replace_all(filter.substr(colon + 1), " ", "T");
  if (op == "gt") return time > bound;
  if (op == "gte") return time >= bound;
  if (op == "lt") return time < bound;
  if (op == "lte") return time <= bound;
  if (op == "eq") return time == bound;
  if (op == "neq") return time != bound;
  return true;
}

bool matches_tag(const Image& image, const std::string& filter) {
  const std::size_t equals = filter.find_first_of("=.");
  const auto tag = image.tags.find(filter.substr(0, equals));
  if (tag == image.tags.end()) return false;
  return equals == std::string::npos || tag->second == filter.substr(equals + 1);
}

/// Matches a query parameter against an image. Attributes are compared as text; absent ones never match.
bool matches(const Image& image, const Json& shown, const http::QueryParameter& parameter) {
  const std::string& name = parameter.name;
  const std::string value = parameter.value.value_or("");
  for (const char* other : {"limit", "marker", "sort_key", "sort_dir", "member_status", "flavor_id"}) {
    if (name == other) return true;
  }
  if (name == "tag") return matches_tag(image, value);
  if (name == "created_at" || name == "updated_at") return matches_time(value, text_of(shown[name]));
  if (name == "enterprise_project_id" && value == "all_granted_eps") return true;
  const auto attribute = shown.find(name);
  return attribute != shown.end() && core::equal_ignoring_case(text_of(*attribute), value);
}

void sort_images(std::vector<Json>& images, const Request& request) {
  const std::string key = request.has_parameter("sort_key") ? request.parameter("sort_key") : "created_at";
  const bool ascending = request.parameter("sort_dir") == "asc";
  // Sorting by ID as well makes the order total, so that a marker has the same meaning in every call.
  const auto less = [&](const Json& a, const Json& b) {
    return std::pair(text_of(a[key]), text_of(a["id"])) < std::pair(text_of(b[key]), text_of(b["id"]));
  };
  std::ranges::sort(images, less);
  if (!ascending) std::ranges::reverse(images);
}

Result<std::size_t> read_limit(const Request& request, int otherwise) {
  const std::string text = request.parameter("limit");
  if (text.empty()) return static_cast<std::size_t>(otherwise);
  const auto number = parse_number(text);
  if (number && *number > 0) return static_cast<std::size_t>(*number);
  return std::unexpected(ims_refusal("0105", "limit must be a number above zero."));
}

std::optional<ApiError> check_sort(const Request& request) {
  const std::string key = request.parameter("sort_key");
  if (key.empty() || std::ranges::find(kSortKeys, key) != kSortKeys.end()) return std::nullopt;
  return ims_refusal("0105", "Images cannot be sorted by " + key + ".");
}

std::optional<ApiError> check_deletable(const Context& context, const Image& image) {
  if (image.kind == ImageKind::system || image.kind == ImageKind::market) {
    return ims_refusal("0094", "Public images cannot be deleted.");
  }
  if (image.account != context.caller.key.account) {
    return ims_refusal("0092", "Only the owner may delete the image.");
  }
  if (image.is_protected) return ims_refusal("0028", "The image is protected.");
  const std::string status = status_word(image, context.environment);
  const bool unfinished = status == "queued" || status == "saving";
  if (unfinished && !context.environment.switches.huaweicloud.delete_while_copying) {
    return ims_refusal("0090", "The image is being created and cannot be deleted.");
  }
  return std::nullopt;
}

bool wants_backup_deleted(const Request& request) {
  const Json body = Json::parse(request.wire.body, nullptr, false);
  return body.is_object() && body.contains("delete_backup") && body["delete_backup"] == true;
}

/// One operation of an update.
struct Operation {
  std::string op;
  std::string attribute;
  std::string value;
};

Result<Operation> read_operation(const Json& operation) {
  const auto malformed = std::unexpected(ims_refusal("0001", "An operation needs op, path and value."));
  if (!operation.is_object() || !operation.contains("op") || !operation["op"].is_string()) return malformed;
  if (!operation.contains("path") || !operation["path"].is_string()) return malformed;
  const std::string op = operation["op"];
  const std::string path = operation["path"];
  if ((op != "add" && op != "replace" && op != "remove") || !path.starts_with('/')) return malformed;
  if (op != "remove" && !operation.contains("value")) return malformed;
  return Operation{
      .op = op, .attribute = path.substr(1), .value = op == "remove" ? "" : text_of(operation["value"])};
}

/// `image` is the image to update, or a copy of it.
std::optional<ApiError> apply(Image& image, const Context& context, const Json& wanted) {
  const auto operation = read_operation(wanted);
  if (!operation) return operation.error();
  const auto& [op, attribute, value] = *operation;
  const bool exists = image_json(image, context.environment).contains(attribute);
  if (op != "add" && !exists) {
    return ims_refusal("0035", "The attribute " + attribute + " does not exist.");
  }
  if (attribute == "name") {
    image.name = value;
    return check_name(value);
  }
  if (attribute == "__description") {
    image.description = value;
    return check_description(value);
  }
  if (attribute == "enterprise_project_id") {
    image.resource_group_id = value == "0" ? "" : value;
    const bool known = value == "0" || context.world.data().enterprise_projects.contains(value);
    return known ? std::nullopt : std::optional(ims_refusal("0155", "Unknown enterprise project."));
  }
  for (const char* fixed : {"id", "status", "visibility", "owner", "created_at", "updated_at", "__imagetype",
                            "__data_origin", "__originalimagename", "__image_size", "__system__cmkid"}) {
    if (attribute == fixed) return ims_refusal("0035", "The attribute " + attribute + " cannot be changed.");
  }
  if (op == "remove") {
    image.attributes.erase(attribute);
  } else {
    image.attributes[attribute] = value;
  }
  return std::nullopt;
}

}  // namespace

Result<Reply> list_images(Context& context) {
  const Request& request = context.request;
  const auto limit = read_limit(request, kDefaultPage);
  if (!limit) return std::unexpected(limit.error());
  if (auto refused = check_sort(request)) return std::unexpected(*refused);
  const std::string id = request.parameter("id");
  const auto wanted = [&](const Image& image) {
    if (!id.empty() && image.key.id != id) return false;
    const bool in_project =
        image.account != context.caller.key.account || image.project_id == context.caller.project_id;
    const Json shown = image_json(image, context.environment);
    return in_project && std::ranges::all_of(request.wire.query, [&](const http::QueryParameter& parameter) {
             return matches(image, shown, parameter);
           });
  };
  std::vector<Json> images;
  for (const Image* image :
       context.world.list_images(Cloud::huaweicloud, request.region, context.caller.key.account, wanted)) {
    images.push_back(image_json(*image, context.environment));
  }
  sort_images(images, request);
  const std::string marker = request.parameter("marker");
  if (!marker.empty()) {
    const auto last = std::ranges::find_if(images, [&](const Json& image) { return image["id"] == marker; });
    if (last == images.end()) {
      return std::unexpected(ims_refusal("0144", "The marker " + marker + " is not among the images."));
    }
    images.erase(images.begin(), last + 1);
  }
  if (images.size() > *limit) images.resize(*limit);
  return Reply{.body = {{"images", images}}};
}

Result<Reply> show_image(Context& context) {
  ApiError missing = ims_refusal("0144", "There is no image " + context.path["image_id"] + ".");
  missing.status = 404;
  const auto image = find_image(context, missing);
  if (!image) return std::unexpected(image.error());
  return Reply{.body = image_json(**image, context.environment)};
}

Result<Reply> delete_image(Context& context) {
  ApiError missing = ims_refusal("0144", "There is no image " + context.path["image_id"] + ".");
  missing.status = 404;
  const auto image = find_image(context, missing);
  if (!image) return std::unexpected(image.error());
  if (auto refused = check_deletable(context, **image)) return std::unexpected(*refused);
  const ImageKey key = (*image)->key;
  if ((*image)->kind == ImageKind::whole && wants_backup_deleted(context.request)) {
    std::erase_if(context.world.data().snapshots, [&](const auto& entry) {
      return entry.first.cloud == key.cloud && entry.first.region == key.region &&
             entry.second.image_id == key.id;
    });
  }
  context.world.remove_image(key);
  return Reply{.status = 204};
}

Result<Reply> update_image(Context& context) {
  ApiError missing = ims_refusal("0144", "There is no image " + context.path["image_id"] + ".");
  missing.status = 404;
  const auto image = find_image(context, missing);
  if (!image) return std::unexpected(image.error());
  if ((*image)->account != context.caller.key.account) {
    return std::unexpected(ims_refusal("0047", "Only the owner may change the image."));
  }
  if (status_word(**image, context.environment) != "active") {
    return std::unexpected(ims_refusal("0046", "The image is not active."));
  }
  const Json operations = Json::parse(context.request.wire.body, nullptr, false);
  if (!operations.is_array()) return std::unexpected(ims_refusal("0001", "The body must be a JSON list."));
  Image changed = **image;
  for (const Json& operation : operations) {
    if (auto refused = apply(changed, context, operation)) return std::unexpected(*refused);
  }
  changed.updated = context.world.now();
  **image = changed;
  return Reply{.body = image_json(changed, context.environment)};
}

Result<Reply> show_quota(Context& context) {
  const int used =
      context.world.count_images(Cloud::huaweicloud, context.request.region, context.caller.key.account);
  const Json resource = {{"type", "image"},
                         {"used", used},
                         {"quota", context.environment.switches.huaweicloud.image_quota},
                         {"min", 1},
                         {"max", 1000}};
  return Reply{.body = {{"quotas", {{"resources", Json::array({resource})}}}}};
}

}  // namespace emulator::huaweicloud
