#pragma once

#include <optional>
#include <string>
#include <vector>

#include "src/cloud/image_cloud.h"
#include "tf/schema.h"
#include "tf/value.h"

/// What the data sources show of images, and how they choose among them.
namespace provider {

/// The computed attributes of an image, by which a data source shows it.
std::vector<tf::Attribute> image_attributes();

/// The attribute that says by which names images are wanted, checked to be a regular expression.
tf::Attribute name_regex_attribute();

/// An object of `image_attributes()`.
tf::Value image_value(const std::string& cloud, const std::string& region, const cloud::CopyStatus& view);

/// Which images are wanted; what is not set matches all.
struct ImageFilter {
  std::string name;
  std::string name_regex;
  std::optional<cloud::CopyState> state;
  cloud::Tags tags;  ///< all of these
};

/// Those that match, newest first.
std::vector<cloud::CopyStatus> matching(std::vector<cloud::CopyStatus> views, const ImageFilter& filter);

/// How a person would say it: `named "golden" in cn-shanghai on alicloud`.
std::string describe_wish(const std::string& cloud, const std::string& region, const ImageFilter& filter);

}  // namespace provider
