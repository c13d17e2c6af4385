#pragma once

#include <map>
#include <string>
#include <string_view>

#include "src/cloud/endpoint.h"

namespace cloud {

/// What a configuration says of one vendor, by attribute name, `assume_role.role_arn` for nested ones. What
/// is not configured is absent.
using VendorSettings = std::map<std::string, std::string, std::less<>>;

/// The setting, or the empty text.
std::string setting(const VendorSettings& settings, std::string_view name);

/// The configured URL if it is one, else `default_url`, which must be one.
Endpoint endpoint_setting(const VendorSettings& settings, std::string_view name,
                          std::string_view default_url);

}  // namespace cloud
