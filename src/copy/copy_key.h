#pragma once

#include <optional>
#include <string>

#include "src/cloud/copy_spec.h"

namespace copy {

/// Identifies a copy in every run, and differs for any copy that would make another image: a digest of the
/// cloud, both regions, the source image, the name, and how it is encrypted and grouped. The account is left
/// out, because a copy is searched for in its own account only. Returns nullopt while a part is unknown.
std::optional<std::string> copy_key(std::string_view cloud, const cloud::CopySpec& spec);

}  // namespace copy
