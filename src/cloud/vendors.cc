#include "src/cloud/vendors.h"

#include <algorithm>
#include <utility>

#include "src/cloud/alicloud/vendor.h"
#include "src/cloud/baiducloud/vendor.h"
#include "src/cloud/huaweicloud/vendor.h"
#include "src/core/text.h"

namespace cloud {

const Vendor& vendor(VendorId id) {
  switch (id) {
    case VendorId::alicloud: return alicloud::vendor();
    case VendorId::baiducloud: return baiducloud::vendor();
    case VendorId::huaweicloud: return huaweicloud::vendor();
  }
  std::unreachable();
}

std::span<const Vendor* const> vendors() {
  static const auto kVendors = [] {
    std::array<const Vendor*, kVendorIds.size()> all{};
    std::ranges::transform(kVendorIds, all.begin(), [](VendorId id) { return &vendor(id); });
    return all;
  }();
  return kVendors;
}

const Vendor* find_vendor(std::string_view name) {
  const auto found = std::ranges::find(vendors(), name, &Vendor::name);
  return found == vendors().end() ? nullptr : *found;
}

std::vector<std::string> vendor_names(std::string_view quote) {
  std::vector<std::string> names;
  for (const Vendor* vendor : vendors()) {
    names.push_back(std::string(quote) + std::string(vendor->name) + std::string(quote));
  }
  return names;
}

std::string display_names(bool (*matches)(const Vendor&), std::string_view conjunction) {
  std::vector<std::string> names;
  for (const Vendor* vendor : vendors()) {
    if (matches(*vendor)) names.emplace_back(vendor->display_name);
  }
  return core::enumerate(names, conjunction);
}

}  // namespace cloud
