#pragma once

#include <string>
#include <vector>

#include "src/cloud/vendor.h"
#include "tf/schema.h"

/// The parts of the vendors' objects in the provider block.
namespace provider {

/// Text that may be left out.
tf::Attribute optional_text(std::string name, std::string description, bool sensitive = false);

tf::Attribute required_text(std::string name, std::string description);

/// A URL with `{region}` where the region goes.
tf::Attribute endpoint_attribute(std::string name, std::string description);

/// A number of seconds in text, as the vendors' settings have it.
tf::Attribute seconds_attribute(std::string name, int min, int max, std::string description);

tf::Attribute assume_role_attribute(std::string description, std::vector<tf::Attribute> attributes);

tf::Attribute metadata_endpoint_attribute(const std::string& address);

/// Names and defaults in the words of one vendor's users.
struct VendorWords {
  std::string key_variables;
  std::string service;
  std::string profile_file;
};

/// The vendor's object: what every vendor has, then the vendor's own.
tf::Attribute provider_object(const cloud::Vendor& vendor, const VendorWords& words,
                              std::vector<tf::Attribute> own);

}  // namespace provider
