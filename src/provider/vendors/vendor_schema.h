#pragma once

#include <span>
#include <string_view>

#include "src/cloud/copy_spec.h"
#include "src/cloud/vendor.h"
#include "tf/schema.h"
#include "tf/value.h"

namespace provider {

/// A resource of a vendor's own provider whose state can be moved to `image_copy`.
struct MovedResource {
  std::string_view type_name;
  /// Sets attributes of the new state from the state of the moved resource. Those that have the same name in
  /// all such resources are set already.
  void (*convert)(tf::Value& state, const tf::Value& moved);
};

/// What users must know of an argument of `image_copy` on one vendor, as the rest of a sentence that begins
/// with the vendor's name and a colon.
struct ArgumentNote {
  std::string_view argument;  ///< `timeouts.delete` for a nested one
  std::string_view text;
};

/// One vendor's part of the schemas and states.
struct VendorSchema {
  const cloud::Vendor& vendor;

  /// The vendor's object in the provider block, by the vendor's name.
  tf::Attribute (*provider_object)();

  /// The object of `image_copy` with the arguments that only this vendor supports, by the vendor's name; null
  /// if there are none.
  tf::Attribute (*copy_object)() = nullptr;

  /// Sets the members of the spec that such an object configures. The object may be unknown.
  void (*read_copy_object)(const tf::Value& object, cloud::CopySpec& spec) = nullptr;

  std::span<const ArgumentNote> notes;
  std::span<const MovedResource> moved;
};

namespace alicloud {
const VendorSchema& schema();
}
namespace baiducloud {
const VendorSchema& schema();
}
namespace huaweicloud {
const VendorSchema& schema();
}

}  // namespace provider
