#pragma once

#include <optional>
#include <string>
#include <vector>

#include "src/copy/engine.h"

namespace copy {

/// What became of the duplicates of one copy.
struct Deduplication {
  std::optional<cloud::CopyStatus> kept;  ///< the image that stays; nullopt if none could be listed
  std::vector<std::string> left;          ///< IDs of duplicates that could not be removed
  std::optional<cloud::Error> error;      ///< why
};

/// Whether two runs that start the same copy at the same time can both succeed, so that duplicates can be
/// recognized afterward.
bool may_have_duplicates(const cloud::Traits& traits);

/// Keeps the oldest of all images that runs made of this copy at about the time of `image_id`, because they
/// could not see each other's yet or because one was killed, and deletes the others. A run that waits for one
/// of those finds it gone and does the same.
Deduplication remove_duplicates(Engine& engine, const cloud::CopyRequest& request,
                                const std::string& image_id, const core::Context& context);

}  // namespace copy
