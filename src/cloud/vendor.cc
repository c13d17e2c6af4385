#include "src/cloud/vendor.h"

#include <algorithm>

namespace cloud {
namespace {

const SettingVariables* find_variables(const Vendor& vendor, std::string_view setting) {
  const auto found = std::ranges::find(vendor.setting_variables, setting, &SettingVariables::setting);
  return found == vendor.setting_variables.end() ? nullptr : &*found;
}

}  // namespace

std::string_view variable_of(const Vendor& vendor, std::string_view setting) {
  const SettingVariables* variables = find_variables(vendor, setting);
  return variables == nullptr ? "" : variables->variable;
}

std::string environment_setting(const Vendor& vendor, std::string_view name, const HostEnvironment& host) {
  const SettingVariables* variables = find_variables(vendor, name);
  if (variables == nullptr) return "";
  if (variables->older_variable == nullptr) return host.first_of({variables->variable});
  return host.first_of({variables->variable, variables->older_variable});
}

std::string setting_or_environment(const Vendor& vendor, const VendorSettings& settings,
                                   std::string_view name, const HostEnvironment& host) {
  const std::string configured = setting(settings, name);
  return configured.empty() ? environment_setting(vendor, name, host) : configured;
}

CredentialsResult find_credentials(const Vendor& vendor, VendorSettings settings, const HostEnvironment& host,
                                   const Dependencies& dependencies) {
  std::string& region = settings["region"];
  if (region.empty()) region = host.first_of(vendor.region_variables);
  CredentialsResult found = vendor.find_credentials(settings, host, dependencies);
  if (found && !region.empty()) found->region = region;
  return found;
}

}  // namespace cloud
