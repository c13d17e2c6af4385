#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

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

/// The names of all vendors as a sentence has them, each in `quote`: "a, b or c".
std::string vendor_names(std::string_view conjunction, std::string_view quote = "");

/// The display names of the vendors that `is_meant` chooses, likewise.
std::string display_names(std::string_view conjunction, bool (*is_meant)(const Vendor&));

}  // namespace cloud
