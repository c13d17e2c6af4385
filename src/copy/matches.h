#pragma once

#include <vector>

#include "src/cloud/image_cloud.h"

namespace copy {

/// Images in the destination of a copy that may be that very copy, made by an earlier run or by another one
/// at the same time.
struct Matches {
  std::vector<cloud::CopyStatus> ours;       ///< certainly this copy, running or finished; the oldest first
  std::vector<cloud::CopyStatus> failed;     ///< certainly this copy, which has failed
  std::vector<cloud::CopyStatus> ambiguous;  ///< have its name, and may be this copy or not
  std::vector<cloud::CopyStatus> foreign;    ///< have its name, and are another copy or have failed
};

/// Sorts images by what the cloud reports: where it stores the copy key, that and the exact name identify a
/// copy; where it reports the source of an image, that, the exact name, the encryption and the group do.
/// Elsewhere no image is certain.
Matches find_matches(const std::vector<cloud::CopyStatus>& images, const cloud::CopyRequest& request,
                     const cloud::Traits& traits);

/// Refers to an image as the requested copy.
cloud::CopyReference reference_to(const cloud::CopyRequest& request, const cloud::CopyStatus& status);

std::vector<std::string> ids_of(const std::vector<cloud::CopyStatus>& images);

}  // namespace copy
