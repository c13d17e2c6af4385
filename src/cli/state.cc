#include "src/cli/state.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

namespace cli {
namespace {

using nlohmann::json;

constexpr const char* kExpectedInput = "Provide the output of \"terraform show -json\".";

const json& member(const json& object, const char* name) {
  static const json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(name);
  return found == object.end() ? kNothing : *found;
}

std::string text(const json& value) {
  return value.is_string() ? value.get<std::string>() : "";
}

/// Returns whether an address such as `registry.terraform.io/imagecopy/image` is that of the provider, on any
/// host. Old versions of Terraform do not report an address.
bool is_address_of(const std::string& address, std::string_view provider) {
  return address.empty() || address.substr(address.find('/') + 1) == provider;
}

/// Returns why the input is not the output of "terraform show -json" for a state or a plan; nullopt if it is.
std::optional<std::string> find_problem(const json& shown) {
  const auto problem = [](const char* reason) { return std::string(reason) + " " + kExpectedInput; };
  if (shown.is_discarded()) return problem("The input is not JSON.");
  if (shown.is_object() && shown.contains("resources") && shown.contains("lineage")) {
    return problem("The input is the state file itself.");
  }
  if (!member(shown, "format_version").is_string()) {
    return problem("The input does not come from Terraform.");
  }
  if (shown.contains("provider_schemas")) return problem("The input contains the schemas of providers.");
  return std::nullopt;
}

bool matches(const json& resource, std::string_view type_name, std::string_view provider) {
  return text(member(resource, "mode")) == "managed" && text(member(resource, "type")) == type_name &&
         is_address_of(text(member(resource, "provider_name")), provider);
}

StoredObject stored_object(const json& resource) {
  const json& version = member(resource, "schema_version");
  // Set for an object that a replacement has not deleted yet.
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
  if (auto problem = find_problem(shown)) return std::unexpected(std::move(*problem));
  const json& of_plan = member(member(shown, "prior_state"), "values");
  std::vector<StoredObject> found;
  // Modules may be nested to any depth.
  std::vector<const json*> modules = {
      &member(of_plan.is_null() ? member(shown, "values") : of_plan, "root_module")};
  while (!modules.empty()) {
    const json& module = *modules.back();
    modules.pop_back();
    for (const json& child : member(module, "child_modules")) modules.push_back(&child);
    for (const json& resource : member(module, "resources")) {
      if (matches(resource, type_name, provider)) found.push_back(stored_object(resource));
    }
  }
  return found;
}

}  // namespace cli
