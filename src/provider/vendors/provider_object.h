#pragma once

#include <string>
#include <vector>

#include "src/cloud/vendor.h"
#include "tf/schema.h"

/// Attributes of the vendors' objects in the provider block.
namespace provider {

/// An optional string.
tf::Attribute optional_text(std::string name, std::string description, bool sensitive = false);

tf::Attribute required_text(std::string name, std::string description);

/// A URL with `{region}` as the placeholder for the region.
tf::Attribute endpoint_attribute(std::string name, std::string description);

/// How long temporary credentials are valid: a string that holds a number of seconds, as in the vendors' own
/// settings. `default_text`: in sentences.
tf::Attribute session_duration_attribute(std::string name, int min, int max, const std::string& default_text);

tf::Attribute assume_role_attribute(std::string description, std::vector<tf::Attribute> attributes);

tf::Attribute metadata_endpoint_attribute(std::string_view address);

/// Returns "Can also be set with the `NAME` environment variable."
std::string set_by_variable(std::string_view name);

/// Returns the same for a setting of the vendor's, such as `assume_role.duration`.
std::string set_by_variable(const cloud::Vendor& vendor, std::string_view setting);

/// Returns "If `OBJECT` is not set, the `NAME` environment variable is used." for a required setting of an
/// object.
std::string replaced_by_variable(const cloud::Vendor& vendor, std::string_view setting);

/// The vendor's object: the attributes that every vendor has, then the vendor's own.
tf::Attribute provider_object(const cloud::Vendor& vendor, std::vector<tf::Attribute> own);

}  // namespace provider
