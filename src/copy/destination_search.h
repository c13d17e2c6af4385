#pragma once

#include <string>

#include "src/copy/engine.h"

namespace copy {

/// The region of an image, and its status there.
struct FoundImage {
  std::string region;
  cloud::CopyStatus status;
};

/// Finds the region of a copy whose image ID is known and whose destination is not: searches all regions of
/// the account, first `default_region` and the source region. Needed after an import of a job, and after a
/// move from a provider whose state names no region. The status is `absent`, and the region empty, if it is
/// in none of them. Returns an error if it was not found and one of them could not be queried.
cloud::Result<FoundImage> find_destination(Engine& engine, cloud::CopyReference copy,
                                           const std::string& default_region, const core::Context& context);

}  // namespace copy
