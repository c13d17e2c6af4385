#include "src/provider/image_copy/private_state.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"

using provider::PrivateState;

namespace {

constexpr core::UtcTime kStarted{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} +
                                 std::chrono::hours{23} + std::chrono::minutes{48} +
                                 std::chrono::seconds{27}};

struct Row {
  const char* description;
  const char* bytes;
  PrivateState state;
};

/// One row for each field, named as in states that exist.
std::vector<Row> fields() {
  return {
      {"when the copy started",
       R"({"started":"2026-11-21T23:48:27Z"})",
       {.visibility = {.started = kStarted}}},
      {"the image was listed", R"({"listed":true})", {.visibility = {.listed = true}}},
      {"the copy was imported", R"({"imported":true})", {.imported = true}},
      {"the imported image is not encrypted", R"({"imported_plain":true})", {.imported_plain = true}},
      {"snapshots of a deleted image",
       R"({"snapshots_left":["s-1","s-2"]})",
       {.snapshots_left = {"s-1", "s-2"}}},
      {"the tags were not set yet", R"({"untagged":true})", {.untagged = true}},
      {"another run may have started the copy", R"({"unsettled":true})", {.unsettled = true}},
      {"the project of the image",
       R"({"project_name":"cn-north-4_images"})",
       {.project_name = "cn-north-4_images"}},
      {"the description is configured", R"({"described":true})", {.described = true}},
      {"a description that cannot be removed",
       R"({"foreign_description":"镜像 \"golden\""})",
       {.foreign_description = "镜像 \"golden\""}},
  };
}

}  // namespace

TEST_CASE("each field of the private state is written under a name of its own and read again") {
  for (const Row& row : fields()) {
    CAPTURE(row.description);
    CHECK(provider::write_private_state(row.state) == row.bytes);
    CHECK(provider::read_private_state(row.bytes) == row.state);
  }
}

TEST_CASE("a private state with nothing to say is an empty object") {
  CHECK(provider::write_private_state({}) == "{}");
  CHECK(provider::read_private_state("{}") == PrivateState());
}

TEST_CASE("a private state with all fields is read as it was written") {
  const PrivateState state{.visibility = {.started = kStarted, .listed = true},
                           .imported = true,
                           .imported_plain = true,
                           .snapshots_left = {"s-1"},
                           .untagged = true,
                           .unsettled = true,
                           .project_name = "cn-north-4_images",
                           .described = true,
                           .foreign_description = "by somebody else"};
  CHECK(provider::read_private_state(provider::write_private_state(state)) == state);
}

TEST_CASE("the private states of earlier versions are read as they were meant") {
  const std::vector<Row> rows = {
      {"an import before there was anything to remember", "{}", {}},
      {"the first version, before the image is listed",
       R"({"started":"2026-11-21T23:48:27Z"})",
       {.visibility = {.started = kStarted}}},
      {"the first version, as in tests/acceptance/states/first_version.json",
       R"({"listed":true,"started":"2026-11-21T23:48:27Z"})",
       {.visibility = {.started = kStarted, .listed = true}}},
      {"with imports",
       R"({"imported":true,"listed":true})",
       {.visibility = {.listed = true}, .imported = true}},
      {"with tags and snapshots",
       R"({"listed":true,"snapshots_left":["s-1"],"started":"2026-11-21T23:48:27Z","untagged":true})",
       {.visibility = {.started = kStarted, .listed = true}, .snapshots_left = {"s-1"}, .untagged = true}},
      {"with encryption of imports",
       R"({"imported":true,"imported_plain":true,"listed":true})",
       {.visibility = {.listed = true}, .imported = true, .imported_plain = true}},
      {"with projects and descriptions",
       R"({"described":true,"foreign_description":"weekly","listed":true,"project_name":"p-1"})",
       {.visibility = {.listed = true},
        .project_name = "p-1",
        .described = true,
        .foreign_description = "weekly"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.description);
    CHECK(provider::read_private_state(row.bytes) == row.state);
  }
}

TEST_CASE("bytes that are no private state are read as an empty one") {
  for (const char* bytes : {"", " ", "null", "true", "5", "\"listed\"", "[]", R"([{"listed":true}])", "{",
                            R"({"listed":true)", R"({"listed":true}})", R"({'listed':true})", "\xff\xfe",
                            "{\"project_name\":\"\xff\"}", "<html></html>"}) {
    CAPTURE(bytes);
    CHECK(provider::read_private_state(bytes) == PrivateState());
  }
  CHECK(provider::read_private_state(std::string(100'000, '[')) == PrivateState());
  CHECK(provider::read_private_state(std::string("\0\0", 2)) == PrivateState());
}

TEST_CASE("what cannot be read of a private state is left out, and the rest is kept") {
  PrivateState rest{.visibility = {.listed = true}};
  const std::vector<Row> rows = {
      {"no time", R"({"listed":true,"started":"yesterday"})", rest},
      {"a time that does not exist", R"({"listed":true,"started":"2026-13-21T23:48:27Z"})", rest},
      {"a time in another zone", R"({"listed":true,"started":"2026-11-21T23:48:27+08:00"})", rest},
      {"a time of another type", R"({"listed":true,"started":1795304907})", rest},
      {"a flag of another type", R"({"listed":true,"imported":1,"imported_plain":[true],"untagged":{}})",
       rest},
      {"a flag that is null", R"({"listed":true,"unsettled":null,"described":null})", rest},
      {"a text of another type", R"({"listed":true,"project_name":["p-1"],"foreign_description":{}})", rest},
      {"a list of another type", R"({"listed":true,"snapshots_left":"s-1"})", rest},
      {"elements of another type",
       R"({"listed":true,"snapshots_left":[5,"s-1",null,["s-2"],"s-3"]})",
       {.visibility = {.listed = true}, .snapshots_left = {"s-1", "s-3"}}},
      {"a name in another case", R"({"listed":true,"Imported":true})", rest},
  };
  for (const Row& row : rows) {
    CAPTURE(row.description);
    CHECK(provider::read_private_state(row.bytes) == row.state);
  }
}

TEST_CASE("what a later version adds to the private state is ignored, and not written again") {
  const PrivateState state = provider::read_private_state(R"({"later":{"a":[1]},"listed":true,"version":2})");
  CHECK(state == PrivateState{.visibility = {.listed = true}});
  CHECK(provider::write_private_state(state) == R"({"listed":true})");
}
