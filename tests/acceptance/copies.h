#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/acceptance/workspace.h"

namespace acceptance {

/// A copy as in the example of a vendor's API page.
struct SampleCopy {
  std::string title;
  std::string cloud;
  std::string source_region;
  std::string source_image_id;
  std::string destination_region;
  std::string arguments;  ///< of the resource, beside those above
  bool cancels = false;   ///< the cloud can cancel it
  std::string copy_call;
  std::string describe_call;  ///< that the provider polls with
  std::string cancel_call;
  std::string delete_call;
};

/// One for each kind of copy.
const std::vector<SampleCopy>& sample_copies();

/// Runs the rest of the test once for each sample copy.
const SampleCopy& each_copy();

/// The seed of the emulator for all sample copies: their source images, with copies that take
/// `copy_duration`, KMS keys and agencies.
nlohmann::json sample_seed(const std::string& copy_duration);

/// The resource `image_copy.it` that makes the copy, with `more` arguments.
std::string resource_block(const SampleCopy& copy, const std::string& more = "");

/// The copies in the destination; the source may live in the same region.
nlohmann::json copies_in(Workspace& workspace, const SampleCopy& copy);

/// The import ID of an image in the destination.
std::string import_id(const SampleCopy& copy, const nlohmann::json& image);

}  // namespace acceptance
