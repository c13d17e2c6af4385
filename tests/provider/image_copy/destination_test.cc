#include "tests/provider/image_copy/resource_world.h"

using cloud::CopyState;
using cloud::Error;
using cloud::ErrorKind;
using fakes::copy_status;
using fakes::ResourceWorld;
using tf::Value;

namespace {

const cloud::Result<cloud::CopyStatus> kAbsent = fakes::kAbsent;

/// A migrated state without a region.
Value moved_state(const ResourceWorld& world) {
  Value state = tf::default_object(world.resource.schema());
  for (const auto& [name, value] : Value::Attributes{{"cloud", "alicloud"},
                                                     {"source_image_id", "m-src"},
                                                     {"source_region", "r3"},
                                                     {"name", "copy"},
                                                     {"image_id", "m-new"}}) {
    state.set(name, value);
  }
  return state;
}

std::vector<std::string> searched_regions(const ResourceWorld& world) {
  std::vector<std::string> regions;
  for (const cloud::CopyReference& copy : world.cloud->described) regions.push_back(copy.destination_region);
  return regions;
}

tf::StateResponse read(ResourceWorld& world) {
  return world.resource.read({.state = moved_state(world), .private_state = R"({"listed":true})"},
                             world.stop.get_token());
}

}  // namespace

TEST_CASE("an image without a region is searched for in the most likely regions first, then in all") {
  ResourceWorld world;
  world.cloud->region_results = {std::vector<std::string>{"r1", "r2", "r3", "r4"}};
  world.cloud->describe_results = {kAbsent, kAbsent, copy_status(CopyState::available)};
  const auto response = read(world);
  CHECK(response.diagnostics.empty());
  CHECK(response.state["destination_region"] == Value("r2"));
  CHECK(response.state["id"] == Value("alicloud/r2/m-new"));
  CHECK(response.state["status"] == Value("available"));
  CHECK(searched_regions(world) == std::vector<std::string>{"r1", "r3", "r2", "r2"});
  CHECK(world.cloud->described.front().job_id.empty());
}

TEST_CASE("an image that is in no region is gone") {
  ResourceWorld world;
  world.cloud->region_results = {std::vector<std::string>{"r1", "r2"}};
  world.cloud->describe_results = {kAbsent};
  const auto response = read(world);
  CHECK(response.diagnostics.empty());
  CHECK(response.state.is_null());
}

TEST_CASE("an image that was not found is not gone while a region could not be read") {
  ResourceWorld world;
  world.cloud->region_results = {std::vector<std::string>{"r1", "r2"}};
  SECTION("one region refuses") {
    world.cloud->describe_results = {std::unexpected(Error{.kind = ErrorKind::permission_denied}), kAbsent};
  }
  SECTION("the credentials are wrong everywhere") {
    world.cloud->describe_results = {std::unexpected(Error{.kind = ErrorKind::unauthenticated})};
  }
  SECTION("the regions cannot be listed") {
    world.cloud->describe_results = {kAbsent};
    world.cloud->region_results = {std::unexpected(Error{.kind = ErrorKind::permission_denied})};
  }
  const auto response = read(world);
  CHECK(tf::has_error(response.diagnostics));
  CHECK(response.state == moved_state(world));
}

TEST_CASE("an interrupted search is a warning, and leaves the state unchanged") {
  ResourceWorld world;
  world.cloud->describe_results = {std::unexpected(Error{.kind = ErrorKind::cancelled})};
  const auto response = read(world);
  REQUIRE(response.diagnostics.size() == 1);
  CHECK(response.diagnostics[0].severity == tf::Severity::warning);
  CHECK(response.state == moved_state(world));
  CHECK(searched_regions(world).size() == 1);
}
