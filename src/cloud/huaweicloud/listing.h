#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/cloud/image_cloud.h"

namespace cloud::huaweicloud {

/// The private images of a project in a region, and the copies to it that they show.
class Listing {
 public:
  /// Each status must have its image.
  explicit Listing(std::vector<CopyStatus> images);
  Listing(const Listing&) = delete;
  Listing& operator=(const Listing&) = delete;
  ~Listing() = default;

  /// The image of a copy, by its ID, or by name and origin while the ID is unknown; a running one before
  /// others. Returns null if none is listed.
  [[nodiscard]] const CopyStatus* image_of(const CopyReference& copy) const;

  /// The status of a copy as far as it is certain without reading its job: that it runs, or, if the ID of its
  /// image is known, that it is finished. While the ID is unknown, another running copy of that name and
  /// origin counts as this one.
  [[nodiscard]] std::optional<CopyStatus> find_status(const CopyReference& copy) const;

 private:
  using Key = std::array<std::string, 3>;  // name, and region and ID of the origin

  std::vector<CopyStatus> images_;
  std::map<std::string, const CopyStatus*> by_id_;
  std::map<Key, const CopyStatus*> by_origin_;
};

}  // namespace cloud::huaweicloud
