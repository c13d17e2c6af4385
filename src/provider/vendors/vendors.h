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

/// The arguments of a copy that only some vendors take, from whichever object holds them: null where none
/// does, unknown where the object is.
struct OwnArguments {
  tf::AttributePath object;  ///< empty if none does
  tf::Value project_name;
  tf::Value agency_name;
  tf::Value vault_id;
};

/// `copy`: an object of `image_copy`.
OwnArguments own_arguments(const tf::Value& copy);

/// Whether the attribute of `image_copy` is an object with a vendor's own arguments.
bool is_copy_object(std::string_view attribute);

/// Errors for the objects that hold arguments of other vendors.
tf::Diagnostics refuse_foreign_objects(const cloud::Vendor& vendor, const tf::Value& copy);

}  // namespace provider
