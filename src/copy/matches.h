#pragma once

#include <vector>

#include "src/cloud/image_cloud.h"

/// Images in a copy's destination that may be that very copy, made by an earlier run or by one at the same
/// time.
namespace copy {

struct Matches {
  std::vector<cloud::CopyStatus> ours;       ///< certainly this copy, running or finished, the oldest first
  std::vector<cloud::CopyStatus> failed;     ///< certainly this copy, and it has failed
  std::vector<cloud::CopyStatus> ambiguous;  ///< that have its name, and may be it or not
  std::vector<cloud::CopyStatus> foreign;    ///< that have its name, and are another copy or have failed
};

/// A cloud that keeps the key tells by that and the exact name; one that tells an image's origin by that, the
/// exact name, the encryption and the group; any other not at all.
Matches find_matches(const std::vector<cloud::CopyStatus>& images, const cloud::CopyRequest& request,
                     const cloud::Traits& traits);

/// An image that is the copy that was asked for.
cloud::CopyReference reference_to(const cloud::CopyRequest& request, const cloud::CopyStatus& view);

std::vector<std::string> ids_of(const std::vector<cloud::CopyStatus>& images);

}  // namespace copy
