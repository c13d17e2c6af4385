#include "src/cloud/settings.h"

namespace cloud {

std::string setting(const VendorSettings& settings, std::string_view name) {
  const auto found = settings.find(name);
  return found == settings.end() ? "" : found->second;
}

Endpoint endpoint_setting(const VendorSettings& settings, std::string_view name, std::string_view default_url,
                          std::span<const IrregularHost> irregular) {
  const auto configured = Endpoint::parse(setting(settings, name));
  return configured ? *configured : Endpoint::parse(default_url)->except(irregular);
}

}  // namespace cloud
