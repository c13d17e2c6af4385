#pragma once

#include <optional>
#include <string>
#include <vector>

#include "src/cloud/vendor.h"
#include "tf/schema.h"
#include "tf/value.h"

/// Attributes of images in the data sources, and filters on images.
namespace provider {

/// The computed attributes of an image in a data source.
std::vector<tf::Attribute> image_attributes();

/// The attribute `name_regex`, which must be a valid regular expression.
tf::Attribute name_regex_attribute();

/// An object of `image_attributes()`.
tf::Value image_value(const std::string& cloud, const std::string& region, const cloud::CopyStatus& status);

/// Which images to return. A member that is not set matches every image.
struct ImageFilter {
  std::string name;
  std::string name_regex;
  std::optional<cloud::CopyState> state;
  cloud::Tags tags;  ///< an image must have all of them
};

/// The images that match, newest first.
std::vector<cloud::CopyStatus> matching(std::vector<cloud::CopyStatus> images, const ImageFilter& filter);

/// The filter in words: `named "golden" in region cn-shanghai on Alibaba Cloud`.
std::string describe_filter(const cloud::Vendor& vendor, const std::string& region,
                            const ImageFilter& filter);

}  // namespace provider
