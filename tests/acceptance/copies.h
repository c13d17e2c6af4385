#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "src/cloud/vendors.h"
#include "tests/acceptance/workspace.h"

namespace acceptance {

/// A copy as in the example of a vendor's API page. What differs between the samples is a member here or in
/// the vendor.
struct SampleCopy {
  std::string title;
  std::string cloud;
  std::string source_region;
  std::string source_image_id;
  std::string unknown_image_id;  ///< has the form of an ID, and no image has it
  std::string destination_region;
  std::string required_arguments;  ///< of every copy of this kind, beside those above
  std::string arguments;           ///< of this copy, beside those above
  bool cancels = false;            ///< the cloud can cancel it
  bool destroy_may_wait = false;   ///< the cloud cannot cancel all such copies
  bool reports_progress = true;
  bool reports_arguments = false;  ///< the cloud reports all arguments, so that an import misses none
  bool listed_at_once = true;      ///< the cloud lists the image from the copy call on
  bool runs_in_parallel = true;    ///< with other copies of the same image
  std::string copy_call;
  std::string describe_call;  ///< that the provider polls with
  std::string cancel_call;
  std::string delete_call;

  [[nodiscard]] const cloud::Vendor& vendor() const;
};

/// One for each kind of copy.
const std::vector<SampleCopy>& sample_copies();

/// The sample copy with that title.
const SampleCopy& sample_copy(const std::string& title);

/// Runs the rest of the test once for each sample copy.
const SampleCopy& each_copy();

/// The same for the sample copies of which this is true.
const SampleCopy& each_copy(bool SampleCopy::* property);

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
