#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/vendor.h"

/// The table of vendors. A new one is an enumerator here, and a case where the compiler finds it missing.
namespace cloud {

enum class VendorId { alicloud, baiducloud, huaweicloud };

/// In the order in which texts name them.
inline constexpr std::array kVendorIds = {VendorId::alicloud, VendorId::baiducloud, VendorId::huaweicloud};

const Vendor& vendor(VendorId id);

/// All of them, in the order of `kVendorIds`.
std::span<const Vendor* const> vendors();

/// Null for a name that is no vendor's.
const Vendor* find_vendor(std::string_view name);

/// The names of all of them, each between quotes.
std::vector<std::string> vendor_names(std::string_view quote = "");

/// The display names of those that `is_meant` chooses, as a sentence lists them.
std::string display_names(bool (*is_meant)(const Vendor&), std::string_view conjunction = "and");

}  // namespace cloud
