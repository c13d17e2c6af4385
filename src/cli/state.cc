#include "src/cli/state.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace cli {
namespace {

using nlohmann::json;

constexpr const char* kHowToGetIt = "Give it what \"terraform show -json\" prints.";

const json& member(const json& object, const char* name) {
  static const json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(name);
  return found == object.end() ? kNothing : *found;
}

std::string text(const json& value) {
  return value.is_string() ? value.get<std::string>() : "";
}

/// Whether an address such as `registry.terraform.io/imagecopy/image` is that provider's, on any host. Old
/// versions of Terraform tell none.
bool is_of(const std::string& address, std::string_view provider) {
  return address.empty() || address.substr(address.find('/') + 1) == provider;
}

/// Why this is not what "terraform show -json" prints for a state or a plan; nullopt if it is.
std::optional<std::string> refusal(const json& shown) {
  const auto refused = [](const char* reason) { return std::string(reason) + " " + kHowToGetIt; };
  if (shown.is_discarded()) return refused("This is no JSON.");
  if (shown.is_object() && shown.contains("resources") && shown.contains("lineage")) {
    return refused("This is a state file itself.");
  }
  if (!member(shown, "format_version").is_string()) return refused("This JSON does not come from Terraform.");
  if (shown.contains("provider_schemas")) return refused("These are the schemas of providers.");
  return std::nullopt;
}

bool is_wanted(const json& resource, std::string_view type_name, std::string_view provider) {
  return text(member(resource, "mode")) == "managed" && text(member(resource, "type")) == type_name &&
         is_of(text(member(resource, "provider_name")), provider);
}

StoredObject stored_object(const json& resource) {
  const json& version = member(resource, "schema_version");
  // An object that a replacement has left behind.
  const std::string deposed = text(member(resource, "deposed_key"));
  return {
      .address = text(member(resource, "address")) + (deposed.empty() ? "" : " (deposed " + deposed + ")"),
      .schema_version = version.is_number_integer() ? version.get<std::int64_t>() : 0,
      .values_json = member(resource, "values").dump()};
}

}  // namespace

std::expected<std::vector<StoredObject>, std::string> read_state(std::string_view shown_json,
                                                                 std::string_view type_name,
                                                                 std::string_view provider) {
  const json shown = json::parse(shown_json, nullptr, false);
  if (auto reason = refusal(shown)) return std::unexpected(std::move(*reason));
  const json& of_plan = member(member(shown, "prior_state"), "values");
  std::vector<StoredObject> found;
  // Modules lie in modules, however deep.
  std::vector<const json*> modules = {
      &member(of_plan.is_null() ? member(shown, "values") : of_plan, "root_module")};
  while (!modules.empty()) {
    const json& module = *modules.back();
    modules.pop_back();
    for (const json& child : member(module, "child_modules")) modules.push_back(&child);
    for (const json& resource : member(module, "resources")) {
      if (is_wanted(resource, type_name, provider)) found.push_back(stored_object(resource));
    }
  }
  return found;
}

}  // namespace cli
