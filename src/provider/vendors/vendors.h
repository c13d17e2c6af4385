#pragma once

#include <span>
#include <string>
#include <string_view>

#include "src/cloud/vendors.h"
#include "src/provider/vendors/vendor_schema.h"
#include "tf/diagnostic.h"

/// The table of the vendors' schemas.
namespace provider {

const VendorSchema& vendor_schema(cloud::VendorId id);

/// All of them, in the order of `cloud::vendors()`.
std::span<const VendorSchema* const> vendor_schemas();

/// The description of an argument of `image_copy` with the notes of all vendors: "… Vendor: ….".
std::string with_notes(std::string_view argument, std::string description);

/// The path of the vendor's own object in an object of `image_copy`; empty if there is none.
tf::AttributePath copy_object_path(const tf::Value& copy);

/// Sets the members of the spec that this object configures.
void read_copy_object(const tf::Value& copy, cloud::CopySpec& spec);

/// Whether the attribute of `image_copy` is an object with a vendor's own arguments.
bool is_copy_object(std::string_view attribute);

/// Returns an error for each object with arguments of another vendor.
tf::Diagnostics check_foreign_objects(const cloud::Vendor& vendor, const tf::Value& copy);

}  // namespace provider
