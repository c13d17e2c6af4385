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

/// A string that holds a number of seconds, as in the vendors' own settings.
tf::Attribute seconds_attribute(std::string name, int min, int max, std::string description);

tf::Attribute assume_role_attribute(std::string description, std::vector<tf::Attribute> attributes);

tf::Attribute metadata_endpoint_attribute(const std::string& address);

/// Returns "Can also be set with the `NAME` environment variable."
std::string set_by_variable(std::string_view name);

/// What the descriptions of the common attributes name for one vendor.
struct VendorTerms {
  std::string access_key_variable;
  std::string secret_key_variable;
  std::string security_token_variable;
  std::string service;
  std::string profile_file;
};

/// The vendor's object: the attributes that every vendor has, then the vendor's own.
tf::Attribute provider_object(const cloud::Vendor& vendor, const VendorTerms& terms,
                              std::vector<tf::Attribute> own);

}  // namespace provider
