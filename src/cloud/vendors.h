#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/vendor.h"

/// The table of vendors. A new vendor is an enumerator here, and a case wherever the compiler reports one
/// missing.
namespace cloud {

enum class VendorId { alicloud, baiducloud, huaweicloud };

/// In the order of messages and documentation.
inline constexpr std::array kVendorIds = {VendorId::alicloud, VendorId::baiducloud, VendorId::huaweicloud};

const Vendor& vendor(VendorId id);

/// All of them, in the order of `kVendorIds`.
std::span<const Vendor* const> vendors();

/// Returns null if no vendor has that name.
const Vendor* find_vendor(std::string_view name);

/// The names of all of them, each between quotes.
std::vector<std::string> vendor_names(std::string_view quote = "");

/// The display names of the vendors that match, as in "A, B and C".
std::string display_names(bool (*matches)(const Vendor&), std::string_view conjunction = "and");

}  // namespace cloud
