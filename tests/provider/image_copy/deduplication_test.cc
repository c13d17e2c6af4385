#include "src/copy/deduplication.h"

#include "tests/provider/image_copy/resource_world.h"

using cloud::CopyState;
using cloud::CopyStatus;
using cloud::ErrorKind;
using fakes::kAbsent;
using tf::Value;

namespace {

constexpr cloud::Traits kReportsSource = {.reports_source = true};

/// An image of the copy that `ResourceWorld` makes.
CopyStatus own(const std::string& id, const std::string& created) {
  CopyStatus status{
      .state = CopyState::available, .image_id = id, .image = cloud::Image{.id = id, .name = "copy"}};
  status.image->origin = cloud::Origin{.region = "r1", .image_id = "m-src"};
  status.image->created_at = created;
  return status;
}

const CopyStatus kOlder = own("m-old", "2026-01-01T00:00:00Z");
const CopyStatus kMade = own("m-new", "2026-01-01T00:00:05Z");
const CopyStatus kYounger = own("m-young", "2026-01-01T00:00:09Z");
const CopyStatus kLongAgo = own("m-ago", "2025-12-31T00:00:00Z");

struct World : fakes::ResourceWorld {
  World() : fakes::ResourceWorld(kReportsSource) {}

  /// Creates the copy. `before` and `after`: the images that are listed before it starts and after it has
  /// ended.
  tf::StateResponse create_among(const std::vector<CopyStatus>& before,
                                 const std::vector<CopyStatus>& after) {
    cloud->list_results = {before, after};
    return create(config());
  }
  [[nodiscard]] long delete_calls() const {
    return std::ranges::count_if(cloud->calls, [](const auto& call) { return call.starts_with("delete "); });
  }
};

}  // namespace

TEST_CASE("of the images that several runs have made of one copy at the same time, the oldest stays") {
  World world;
  world.cloud->describe_results = {kMade, kMade, kAbsent};
  const auto created = world.create_among({}, {kYounger, kMade});
  CHECK(created.state["image_id"] == Value("m-new"));
  CHECK(world.cloud->calls.back() == "describe");
  CHECK(world.delete_calls() == 1);

  World younger;
  younger.cloud->describe_results = {kMade, kMade, kAbsent};
  const auto adopted = younger.create_among({}, {kMade, kOlder});
  CHECK(adopted.state["image_id"] == Value("m-old"));
  CHECK(younger.delete_calls() == 1);
  CHECK_FALSE(provider::read_private_state(adopted.private_state).unsettled);
}

TEST_CASE("an image of the same origin and name from another time is left alone") {
  World world;
  world.cloud->describe_results = {kMade};
  // Not listed at first, for instance because it was renamed in the meantime.
  const auto created = world.create_among({}, {kLongAgo, kMade});
  CHECK(created.state["image_id"] == Value("m-new"));
  CHECK(world.delete_calls() == 0);
}

TEST_CASE("a wait for an image that another run has removed continues with the one that stays") {
  World world;
  auto running = kMade;
  running.state = CopyState::copying;
  world.cloud->describe_results = {running, kAbsent};
  const auto created = world.create_among({}, {kOlder});
  CHECK_FALSE(tf::has_error(created.diagnostics));
  CHECK(created.state["image_id"] == Value("m-old"));
  CHECK(created.state["status"] == Value("available"));
}

TEST_CASE("a failed deduplication is a warning, and the next apply tries again") {
  World world;
  SECTION("the images cannot be listed") {
    world.cloud->describe_results = {kMade};
    world.cloud->list_results = {std::vector<CopyStatus>{},
                                 std::unexpected(fakes::failure(ErrorKind::unavailable))};
  }
  SECTION("the duplicate cannot be deleted") {
    world.cloud->describe_results = {kMade};
    world.cloud->list_results = {std::vector<CopyStatus>{}, std::vector<CopyStatus>{kYounger, kMade}};
    world.cloud->delete_results = {std::unexpected(fakes::failure(ErrorKind::permission_denied))};
  }
  const auto created = world.create(world.config());
  CHECK_FALSE(tf::has_error(created.diagnostics));
  REQUIRE_FALSE(created.diagnostics.empty());
  CHECK(created.diagnostics[0].summary == "Duplicate Copies Not Removed");
  CHECK(provider::read_private_state(created.private_state).unsettled);

  const auto plan = world.plan(created.state, world.config(), created.private_state);
  CHECK(plan.planned_state["status"].is_unknown());
  CHECK(plan.planned_state["image_id"].is_unknown());
  world.cloud->list_results = {std::vector<CopyStatus>{kMade}};
  const auto updated = world.update(created.state, world.config(), created.private_state);
  CHECK(updated.diagnostics.empty());
  CHECK_FALSE(provider::read_private_state(updated.private_state).unsettled);
  CHECK(updated.state["image_id"] == Value("m-new"));
}
