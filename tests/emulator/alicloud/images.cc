#include <algorithm>
#include <array>
#include <set>

#include "src/core/text.h"
#include "tests/emulator/alicloud/actions.h"
#include "tests/emulator/alicloud/errors.h"
#include "tests/emulator/alicloud/replies.h"
#include "tests/emulator/alicloud/rules.h"

namespace emulator::alicloud {
namespace {

constexpr std::size_t kMaxIds = 100;

bool is_in(const std::set<std::string>& wanted, const std::string& value) {
  return wanted.empty() || wanted.contains(value);
}

std::set<std::string> words_of(const std::string& text) {
  if (text.empty()) return {};
  const std::vector<std::string> words = core::split(text, ',');
  return {words.begin(), words.end()};
}

/// The filters of DescribeImages, except for the status.
struct Filter {
  std::set<std::string> ids;
  std::string name_part;
  std::vector<std::pair<std::string, std::string>> tags;
  /// Fields of the reply and their required values.
  std::vector<std::pair<std::string, std::string>> fields;
  std::string snapshot_id;
  std::string owner;

  /// Checks the filters that do not require the reply.
  [[nodiscard]] bool matches(const Image& image) const;
  [[nodiscard]] bool matches(const Json& shown) const;
};

bool Filter::matches(const Image& image) const {
  if (!is_in(ids, image.key.id) || !image.name.contains(name_part)) return false;
  if (!snapshot_id.empty() &&
      std::ranges::find(image.snapshot_ids, snapshot_id) == image.snapshot_ids.end()) {
    return false;
  }
  return std::ranges::all_of(tags, [&](const auto& tag) {
    const auto found = image.tags.find(tag.first);
    return found != image.tags.end() && (tag.second.empty() || found->second == tag.second);
  });
}

bool Filter::matches(const Json& shown) const {
  const std::string alias = shown["ImageOwnerAlias"];
  const bool owned = owner.empty() ? alias != "marketplace" : alias == owner;
  return owned &&
         std::ranges::all_of(fields, [&](const auto& field) { return shown[field.first] == field.second; });
}

/// Parameters with a fixed set of values, and the error for other values (alicloud/API.md 3.3).
std::optional<ApiError> check_words(const Call& call) {
  struct Words {
    const char* parameter;
    std::set<std::string> known;
    const char* code;
  };
  static const std::vector<Words> kWords = {
      {"OSType", {"", "windows", "linux"}, "InvalidOSType"},
      {"Architecture", {"", "i386", "x86_64", "arm64"}, "InvalidArchitecture"},
      {"Usage", {"", "instance", "none"}, "InvalidUsage"},
      {"ImageOwnerAlias",
       {"", "system", "self", "others", "marketplace"},
       "InvalidImageOwnerAlias.ValueNotSupported"}};
  for (const auto& [parameter, known, code] : kWords) {
    const std::string value = call.get(parameter);
    if (!known.contains(value)) return api_error(code, "There is no such " + std::string(parameter) + ".");
  }
  static const std::set<std::string> kFilterKeys = {"CreationStartTime", "CreationEndTime", "NetworkType",
                                                    "CpuHotPlug", "MemoryHotPlug"};
  for (int n = 1; call.has("Filter." + std::to_string(n) + ".Key"); ++n) {
    if (!kFilterKeys.contains(call.get("Filter." + std::to_string(n) + ".Key"))) {
      return api_error("InvalidFilterKey.NotFound", "There is no such Filter.N.Key.");
    }
  }
  if (call.get("IsPublic") == "true" && call.get("ImageOwnerAlias") != "others") {
    return api_error("InvalidImageOwnerAlias.PublicImageUnsupported",
                     "IsPublic needs ImageOwnerAlias=others.");
  }
  return std::nullopt;
}

Result<Filter> read_filter(const Call& call, const emulator::Switches& switches) {
  if (auto refused = check_words(call)) return std::unexpected(*refused);
  Filter filter = {.ids = words_of(call.get("ImageId")),
                   .name_part = core::replace_all(call.get("ImageName"), "*", ""),
                   .tags = call.tags(),
                   .snapshot_id = call.get("SnapshotId"),
                   .owner = call.get("ImageOwnerAlias")};
  if (!switches.alicloud.join_image_ids && filter.ids.size() > 1) filter.ids = {call.get("ImageId")};
  if (filter.ids.size() > kMaxIds) {
    return std::unexpected(api_error("InvalidParameter", "ImageId takes at most 100 ids."));
  }
  if (filter.tags.size() > 20) return std::unexpected(api_error("InvalidTagCount", "At most 20 tags."));
  for (const char* field : {"OSType", "Architecture", "Usage", "ResourceGroupId"}) {
    if (!call.get(field).empty()) filter.fields.emplace_back(field, call.get(field));
  }
  return filter;
}

/// Without a status, only Available images are listed (alicloud/API.md 3.3).
Result<std::set<std::string>> read_statuses(const Call& call, const emulator::Switches& switches) {
  constexpr std::array<std::string_view, 6> kKnown = {"Creating",    "Waiting",      "Available",
                                                      "UnAvailable", "CreateFailed", "Deprecated"};
  const std::string text = call.get("Status");
  if (text.empty() && call.has("Usable")) return std::unexpected(missing("Status"));
  if (text.empty()) return std::set<std::string>{"Available"};
  // An older gateway does not know the word, and finds no image with such a status.
  if (text == "ALL") return switches.alicloud.list_status_all ? std::set<std::string>{} : std::set{text};
  std::set<std::string> statuses = words_of(text);
  for (const std::string& status : statuses) {
    if (std::ranges::find(kKnown, status) == kKnown.end()) {
      return std::unexpected(api_error("InvalidParameter", "There is no status " + status + "."));
    }
  }
  return statuses;
}

std::optional<ApiError> check_deletable(const Context& context, const Image& image) {
  const Copy* copy = context.world.copy_of(image);
  const auto from_it = [&](const Copy& other) { return other.source == image.key; };
  if (image.account != context.key.account) {
    return api_error("InvalidImageId.NotFound", "The image belongs to another account.");
  }
  if ((copy != nullptr && copy->active()) || context.world.count_active_copies(from_it) > 0) {
    return api_error("OperationDenied.ImageCopying",
                     "The image is being copied; CancelCopyImage ends the copy.");
  }
  if (image.shared_to_others)
    return api_error("ImageUseShared", "The image is shared; take that back first.");
  if (image.in_use && context.call.get("Force") != "true") {
    return api_error("ImageUsingByInstance", "Instances use the image; Force=true deletes it nevertheless.");
  }
  return std::nullopt;
}

std::optional<ApiError> check_status_change(const Image& image, const std::string& status) {
  if (status.empty()) return std::nullopt;
  if (status == "Deprecated") {
    if (image.state == ImageState::available) return std::nullopt;
    return api_error("ImageStatus.NotAvailable", "Only an Available image can be deprecated.");
  }
  if (status != "Available") return api_error("InvalidParameter", "Status must be Deprecated or Available.");
  if (image.state == ImageState::deprecated) return std::nullopt;
  return api_error("ImageStatus.NotDeprecated", "Only a Deprecated image can be made available.");
}

}  // namespace

Result<Json> describe_images(Context& context) {
  const Call& call = context.call;
  const auto statuses = read_statuses(call, context.environment.switches);
  if (!statuses) return std::unexpected(statuses.error());
  const auto filter = read_filter(call, context.environment.switches);
  if (!filter) return std::unexpected(filter.error());
  const auto page = read_number(call, "PageNumber", 1, 1'000'000, 1);
  if (!page) return std::unexpected(page.error());
  const auto size = read_number(call, "PageSize", 1, 100, 10);
  if (!size) return std::unexpected(size.error());
  if (auto refused = check_dry_run(call)) return std::unexpected(*refused);

  const auto wanted = [&](const Image& image) {
    if (!filter->matches(image)) return false;
    const Json shown = image_json(image, context.environment);
    const bool usable_fits = !call.has("Usable") || shown["Usable"].dump() == call.get("Usable");
    return usable_fits && is_in(*statuses, shown["Status"]) && filter->matches(shown);
  };
  const auto found = context.world.list_images(Cloud::alicloud, context.region, context.key.account, wanted);
  const std::size_t start = static_cast<std::size_t>(*page - 1) * static_cast<std::size_t>(*size);
  Json images = Json::array();
  for (std::size_t i = start; i < found.size() && i < start + static_cast<std::size_t>(*size); ++i) {
    images.push_back(image_json(*found[i], context.environment));
  }
  return Json{{"TotalCount", found.size()},
              {"PageNumber", *page},
              {"PageSize", *size},
              {"RegionId", context.region},
              {"Images", {{"Image", images}}}};
}

Result<Json> delete_image(Context& context) {
  const auto image = find_image(context);
  if (!image) {
    const bool ignored = context.environment.switches.alicloud.ignore_unknown_deletes &&
                         image.error().code == "InvalidImageId.NotFound";
    if (ignored) return Json::object();
    return std::unexpected(image.error());
  }
  if (auto refused = check_deletable(context, **image)) return std::unexpected(*refused);
  if (auto refused = check_dry_run(context.call)) return std::unexpected(*refused);
  context.world.remove_image(ImageKey((*image)->key));
  return Json::object();
}

Result<Json> modify_image_attribute(Context& context) {
  const Call& call = context.call;
  const auto found = find_image(context);
  if (!found) return std::unexpected(found.error());
  Image& image = **found;
  if (image.account != context.key.account) {
    return std::unexpected(api_error("InvalidImageId.NotFound", "The image belongs to another account."));
  }
  const std::string name = call.get("ImageName");
  const std::string description = call.get("Description");
  const std::string status = call.get("Status");
  if (!name.empty()) {
    if (auto refused = check_name(name)) return std::unexpected(*refused);
    if (name_is_taken(context.world, image.key, image.account, name)) {
      return std::unexpected(api_error("InvalidImageName.Duplicated", "The name " + name + " is in use."));
    }
  }
  if (!description.empty()) {
    if (auto refused = check_description(description)) return std::unexpected(*refused);
  }
  const bool unfinished = image.state == ImageState::waiting || image.state == ImageState::copying ||
                          image.state == ImageState::creating;
  if (unfinished) {
    return std::unexpected(api_error("InvalidStatus.ImageIsCreating", "The image is still being made."));
  }
  if (auto refused = check_status_change(image, status)) return std::unexpected(*refused);
  if (auto refused = check_dry_run(call)) return std::unexpected(*refused);
  if (!name.empty()) image.name = name;
  if (!description.empty()) image.description = description;
  if (!status.empty()) {
    image.state = status == "Deprecated" ? ImageState::deprecated : ImageState::available;
  }
  image.updated = context.world.now();
  return Json::object();
}

}  // namespace emulator::alicloud
