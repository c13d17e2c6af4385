#pragma once

#include <optional>
#include <string>
#include <vector>

#include "src/copy/engine.h"

namespace copy {

/// What became of several images of one copy.
struct Deduplication {
  std::optional<cloud::CopyStatus> kept;  ///< the one that stays; nothing: none could be seen
  std::vector<std::string> left;          ///< others that should be gone and are still there
  std::optional<cloud::Error> error;      ///< why not
};

/// Whether two runs that start the same copy at the same time can both succeed, and be told of afterwards.
bool may_have_duplicates(const cloud::Traits& traits);

/// Of all images that runs made of this copy at about the time of `image_id`, because none could see the
/// other's yet or because one was killed, the oldest stays, and the others are deleted. Whoever follows one
/// of those finds it gone and settles, too.
Deduplication remove_duplicates(Engine& engine, const cloud::CopyRequest& request,
                                const std::string& image_id, const core::Context& context);

}  // namespace copy
