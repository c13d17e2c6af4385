#pragma once

#include <vector>

#include "src/cloud/image_cloud.h"

/// Images in a copy's destination that may be that very copy, made by an earlier run or by one at the same
/// time.
namespace copy {

struct Twins {
  std::vector<cloud::CopyView> own;     ///< certainly this copy, running or finished, the oldest first
  std::vector<cloud::CopyView> failed;  ///< certainly this copy, and it has failed
  std::vector<cloud::CopyView> rivals;  ///< that have its name, and may be it or not
  std::vector<cloud::CopyView> others;  ///< that have its name, and are another copy or have failed
};

/// A cloud that keeps the key tells by that and the exact name; one that tells an image's origin by that, the
/// exact name, the encryption and the group; any other not at all.
Twins find_twins(const std::vector<cloud::CopyView>& images, const cloud::CopyRequest& request,
                 const cloud::Traits& traits);

/// An image that is the copy that was asked for.
cloud::CopyReference reference_to(const cloud::CopyRequest& request, const cloud::CopyView& view);

std::vector<std::string> ids_of(const std::vector<cloud::CopyView>& images);

}  // namespace copy
