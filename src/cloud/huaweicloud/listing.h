#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/cloud/image_cloud.h"

namespace cloud::huaweicloud {

/// The private images of a project in a region, and what they tell of copies that go there.
class Listing {
 public:
  /// Each view has its image.
  explicit Listing(std::vector<CopyStatus> images);
  Listing(const Listing&) = delete;
  Listing& operator=(const Listing&) = delete;
  ~Listing() = default;

  /// The image that a copy makes: by its id; while that is not known, by name and origin, one that still runs
  /// before others. Null: none is listed.
  [[nodiscard]] const CopyStatus* image_of(const CopyReference& copy) const;

  /// What is certain without asking the copy's job: that it runs, or, by the id of its image, that it is
  /// finished. As long as the id is not known, another running copy of that name and origin is taken for it:
  /// then it seems to run until that one ends.
  [[nodiscard]] std::optional<CopyStatus> tell(const CopyReference& copy) const;

 private:
  using Key = std::array<std::string, 3>;  // name, and region and id of the origin

  std::vector<CopyStatus> images_;
  std::map<std::string, const CopyStatus*> by_id_;
  std::map<Key, const CopyStatus*> by_origin_;
};

}  // namespace cloud::huaweicloud
