#pragma once

#include <optional>
#include <string>

#include "src/cloud/copy_rules.h"
#include "src/cloud/image_cloud.h"

namespace copy {

/// The name of a copy that is the same in every run and differs from that of any copy that would give another
/// image: a digest of the cloud, both regions, the source image, the name, and how it is encrypted and
/// grouped. The account is left out, for a copy is looked for in its own account only. Nothing while a part
/// is not known.
std::optional<std::string> copy_key(std::string_view cloud, const cloud::CopySpec& wish);

}  // namespace copy
