#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "src/cloud/endpoint.h"

namespace cloud {

/// The configured attributes of one vendor by name, nested ones as in `assume_role.role_arn`.
using VendorSettings = std::map<std::string, std::string, std::less<>>;

/// Returns the setting, or an empty string.
std::string setting(const VendorSettings& settings, std::string_view name);

/// Returns the configured endpoint if it is valid, else `default_url`, which must be valid, with its
/// exceptions.
Endpoint endpoint_setting(const VendorSettings& settings, std::string_view name, std::string_view default_url,
                          std::span<const IrregularHost> irregular = {});

}  // namespace cloud
