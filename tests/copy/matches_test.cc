#include "src/copy/matches.h"

#include <map>

#include "tests/support/catch.h"

using cloud::CopyState;
using cloud::Image;
using copy::Matches;

namespace {

constexpr cloud::Traits kStoresKey = {.stores_copy_key = true};
constexpr cloud::Traits kReportsSource = {.reports_source = true};
constexpr cloud::Traits kReportsNothing = {};

const cloud::CopyRequest kRequest{.spec = {.source_region = "r1",
                                           .source_image_id = "m-src",
                                           .destination_region = "r2",
                                           .name = "copy",
                                           .kms_key_id = "kms",
                                           .resource_group_id = "group"},
                                  .copy_key = "key"};

const cloud::Origin kOrigin{.region = "r1", .image_id = "m-src"};

/// The names of the members of `Matches` that hold the image.
std::string class_of(const Image& image, CopyState state, const cloud::Traits& traits) {
  const Matches matches =
      copy::find_matches({{.state = state, .image_id = image.id, .image = image}}, kRequest, traits);
  std::string found;
  if (!matches.ours.empty()) found += "ours";
  if (!matches.failed.empty()) found += "failed";
  if (!matches.ambiguous.empty()) found += "ambiguous";
  if (!matches.foreign.empty()) found += "foreign";
  return found.empty() ? "none" : found;
}

}  // namespace

TEST_CASE("an image is ours, failed, ambiguous, foreign or no match") {
  struct Row {
    const cloud::Traits& traits;
    const char* description;
    Image image;
    CopyState state;
    std::string found;
  };
  using enum CopyState;
  const std::vector<Row> rows = {
      {kStoresKey, "key and name", {.name = "copy", .copy_key = "key"}, available, "ours"},
      {kStoresKey, "still running", {.name = "copy", .copy_key = "key"}, copying, "ours"},
      {kStoresKey, "in an unknown state", {.name = "copy", .copy_key = "key"}, unknown, "ours"},
      {kStoresKey, "failed", {.name = "copy", .copy_key = "key"}, failed, "failed"},
      {kStoresKey, "renamed", {.name = "other", .copy_key = "key"}, available, "none"},
      {kStoresKey, "another key", {.name = "copy", .copy_key = "else"}, available, "foreign"},
      {kStoresKey, "no key", {.name = "copy"}, available, "ambiguous"},
      {kStoresKey, "no key, failed", {.name = "copy"}, failed, "foreign"},
      {kStoresKey,
       "no key, another origin",
       {.name = "copy", .origin = cloud::Origin{.region = "r1", .image_id = "m-else"}},
       available,
       "foreign"},
      {kStoresKey, "nothing in common", {.name = "other"}, available, "none"},

      {kReportsSource,
       "origin, encryption and group",
       {.name = "copy", .kms_key_id = "kms", .origin = kOrigin, .resource_group_id = "group"},
       available,
       "ours"},
      {kReportsSource,
       "the group is not reported",
       {.name = "copy", .kms_key_id = "kms", .origin = kOrigin},
       available,
       "ours"},
      {kReportsSource, "failed", {.name = "copy", .kms_key_id = "kms", .origin = kOrigin}, failed, "failed"},
      {kReportsSource,
       "another group",
       {.name = "copy", .kms_key_id = "kms", .origin = kOrigin, .resource_group_id = "else"},
       available,
       "ambiguous"},
      {kReportsSource, "another encryption", {.name = "copy", .origin = kOrigin}, available, "ambiguous"},
      {kReportsSource,
       "another source",
       {.name = "copy", .kms_key_id = "kms", .origin = cloud::Origin{.region = "r1", .image_id = "m-else"}},
       available,
       "foreign"},
      {kReportsSource,
       "another source region",
       {.name = "copy", .kms_key_id = "kms", .origin = cloud::Origin{.region = "r9", .image_id = "m-src"}},
       available,
       "foreign"},
      {kReportsSource, "no origin", {.name = "copy", .kms_key_id = "kms"}, available, "ambiguous"},
      {kReportsSource,
       "renamed",
       {.name = "other", .kms_key_id = "kms", .origin = kOrigin},
       available,
       "none"},

      {kReportsNothing, "the name", {.name = "copy"}, available, "ambiguous"},
      {kReportsNothing, "running", {.name = "copy"}, copying, "ambiguous"},
      {kReportsNothing, "failed", {.name = "copy"}, failed, "foreign"},
      {kReportsNothing, "another name", {.name = "other"}, available, "none"},
      {kReportsNothing, "another case", {.name = "Copy"}, available, "none"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.traits.stores_copy_key, row.traits.reports_source, row.description);
    CHECK(class_of(row.image, row.state, row.traits) == row.found);
  }
}

TEST_CASE("a copy without a key matches no image for certain") {
  cloud::CopyRequest request = kRequest;
  request.copy_key.clear();
  const Matches matches = copy::find_matches(
      {{.state = CopyState::available, .image_id = "m-1", .image = Image{.id = "m-1", .name = "copy"}}},
      request, kStoresKey);
  CHECK(matches.ours.empty());
  CHECK(copy::ids_of(matches.ambiguous) == std::vector<std::string>{"m-1"});
}

TEST_CASE("matching images are ordered by age, and then by ID") {
  const auto image = [](const char* id, const char* created) {
    return cloud::CopyStatus{
        .state = CopyState::available,
        .image_id = id,
        .image = Image{.id = id, .name = "copy", .created_at = created, .copy_key = "key"}};
  };
  const Matches matches =
      copy::find_matches({image("m-3", "2026-01-02T00:00:00Z"), image("m-2", "2026-01-01T00:00:00Z"),
                          image("m-1", "2026-01-01T00:00:00Z")},
                         kRequest, kStoresKey);
  CHECK(copy::ids_of(matches.ours) == std::vector<std::string>{"m-1", "m-2", "m-3"});
}

TEST_CASE("a copy without a listed image matches nothing") {
  const Matches matches =
      copy::find_matches({{.state = CopyState::copying, .image_id = "m-1"}}, kRequest, kStoresKey);
  CHECK(matches.ours.empty());
  CHECK(matches.ambiguous.empty());
}
