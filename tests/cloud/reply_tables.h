#pragma once

#include <optional>
#include <string>
#include <vector>

#include "src/cloud/image_cloud.h"
#include "src/cloud/json.h"
#include "tests/support/catch.h"

/// What every vendor's responses about images contain, as tables, and the checks of their rows. An `item` is
/// an image in the vendor's JSON.
namespace fakes {

/// How a vendor's images are read.
struct ReplyReader {
  cloud::CopyStatus (*read_status)(const nlohmann::json& item);
  cloud::SourceImage (*read_source)(const nlohmann::json& item);

  [[nodiscard]] cloud::CopyStatus status_of(const std::string& item) const {
    return read_status(nlohmann::json::parse(item));
  }
  [[nodiscard]] cloud::Image image_of(const std::string& item) const { return status_of(item).image.value(); }
  [[nodiscard]] cloud::SourceImage source_of(const std::string& item) const {
    return read_source(nlohmann::json::parse(item));
  }
};

struct StateRow {
  const char* item;
  cloud::CopyState state;
  std::string reason;
};

inline void check_states(const ReplyReader& reader, const std::vector<StateRow>& rows) {
  for (const StateRow& row : rows) {
    CAPTURE(row.item);
    CHECK(reader.status_of(row.item).state == row.state);
    CHECK(reader.status_of(row.item).status_reason == row.reason);
    CHECK(reader.source_of(row.item).state == row.state);
  }
}

struct ProgressRow {
  const char* item;
  std::optional<int> percent;
};

inline void check_progress(const ReplyReader& reader, const std::vector<ProgressRow>& rows) {
  for (const ProgressRow& row : rows) {
    CAPTURE(row.item);
    CHECK(reader.status_of(row.item).progress_percent == row.percent);
  }
}

struct ImageRow {
  const char* item;
  cloud::Image image;
};

inline void check_images(const ReplyReader& reader, const std::vector<ImageRow>& rows) {
  for (const ImageRow& row : rows) {
    CAPTURE(row.item);
    CHECK(reader.image_of(row.item) == row.image);
    CHECK(reader.source_of(row.item).image == row.image);
    CHECK(reader.status_of(row.item).image_id == row.image.id);
  }
}

struct OwnerRow {
  const char* item;
  cloud::ImageOwner owner;
};

inline void check_owners(const ReplyReader& reader, const std::vector<OwnerRow>& rows) {
  for (const OwnerRow& row : rows) {
    CAPTURE(row.item);
    CHECK(reader.source_of(row.item).owner == row.owner);
  }
}

}  // namespace fakes
