#include "src/cloud/vendor.h"

namespace cloud {

CredentialsResult find_credentials(const Vendor& vendor, VendorSettings settings,
                                   const HostEnvironment& machine, const Dependencies& services) {
  std::string& region = settings["region"];
  if (region.empty()) region = machine.first_of(vendor.region_variables);
  CredentialsResult found = vendor.find_credentials(settings, machine, services);
  if (found && !region.empty()) found->region = region;
  return found;
}

}  // namespace cloud
