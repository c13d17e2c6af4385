#include <nlohmann/json.hpp>

#include "src/cloud/huaweicloud/extras.h"
#include "tests/cloud/emulated_cloud.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

// Many copies to one region on Huawei Cloud: a listing reports which of them still run, and jobs report how
// they ended.

using cloud::CopyState;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

constexpr int kMany = 20;
constexpr const char* kSource = "465076de-dc36-4aec-80f5-ef9d8009428f";
constexpr const char* kFailing = "11111111-dc36-4aec-80f5-ef9d8009428f";

struct World {
  fakes::FakeClock clock;
  core::CorrectedClock corrected{clock};
  fakes::EmulatorTransport transport{clock};
  core::NullLogger log;
  std::unique_ptr<cloud::ImageCloud> cloud =
      fakes::emulated_cloud("huaweicloud", fakes::emulator_credentials(),
                            {.transport = transport, .clock = corrected, .log = log, .policies = {}});
  core::Context context{.deadline = clock.now() + 1h};
  std::vector<cloud::CopyReference> copies;

  World() {
    json source = {{"cloud", "huaweicloud"},
                   {"region", "cn-north-4"},
                   {"id", kSource},
                   {"size_gb", 40},
                   {"copy_duration", "100s"}};
    json failing = source;
    failing["id"] = kFailing;
    failing["outcome"] = "fail";
    failing["fail_at_percent"] = 1;
    transport.control("POST", "seed",
                      {{"images", {source, failing}},
                       {"agencies", {"ims_copy_image"}},
                       {"switches", {{"huaweicloud_running_jobs", kMany}}}});
  }

  void start(int count, const char* source = kSource) {
    for (int i = 0; i < count; ++i) {
      const auto copy = cloud->start_copy(
          {.spec = {.source_region = "cn-north-4",
                    .source_image_id = source,
                    .destination_region = "cn-south-1",
                    .name = "copy-" + std::to_string(copies.size()),
                    .extras =
                        cloud::Extras(cloud::huaweicloud::CopyExtras{.agency_name = "ims_copy_image"})}},
          context);
      REQUIRE(copy);
      copies.push_back(*copy);
    }
  }

  void set(const std::string& name, const json& value) {
    transport.control("POST", "switches", {{name, value}});
  }

  /// Describes all copies, and stores the results in `copies` as a waiter does.
  std::vector<cloud::CopyStatus> describe_all() {
    std::vector<cloud::CopyStatus> statuses;
    const auto results = cloud->describe_copies(copies, context);
    REQUIRE(results.size() == copies.size());
    for (std::size_t i = 0; i < results.size(); ++i) {
      REQUIRE(results[i]);
      statuses.push_back(*results[i]);
      if (statuses.back().state == CopyState::absent) continue;
      copies[i].last_state = statuses.back().state;
      if (!statuses.back().image_id.empty()) copies[i].image_id = statuses.back().image_id;
    }
    return statuses;
  }

  /// The calls since the last time.
  std::map<std::string, int> calls() {
    std::map<std::string, int> counts;
    const json requests = transport.control("GET", "requests");
    for (const json& entry : requests.at("counts")) {
      counts[entry.at("action")] += entry.at("count").get<int>();
    }
    transport.control("DELETE", "requests");
    counts.erase("KeystoneListProjects");
    return counts;
  }

  int in_state(CopyState state) const {
    return static_cast<int>(std::ranges::count(copies, state, &cloud::CopyReference::last_state));
  }
};

using Calls = std::map<std::string, int>;

}  // namespace

TEST_CASE("one listing describes all running copies, and each copy that has ended is described by its job") {
  World world;
  world.start(kMany);
  world.clock.advance(50s);
  world.calls();
  world.describe_all();
  CHECK(world.in_state(CopyState::copying) == kMany);
  CHECK(world.calls() == Calls{{"ListImages", 1}});

  world.clock.advance(100s);
  for (const auto& status : world.describe_all()) {
    REQUIRE(status.image);
    CHECK(status.image->id == status.image_id);
  }
  CHECK(world.in_state(CopyState::available) == kMany);
  CHECK(world.calls() == Calls{{"ListImages", 1}, {"ShowJob", kMany}});
}

TEST_CASE("a copy whose image ID is known is found finished without its job") {
  World world;
  world.set("huaweicloud_early_image_id", true);
  world.start(kMany);
  world.clock.advance(50s);
  for (auto& copy : world.copies)
    copy.image_id = world.cloud->describe_copy(copy, world.context).value().image_id;
  world.clock.advance(100s);
  world.calls();
  world.describe_all();
  CHECK(world.in_state(CopyState::available) == kMany);
  CHECK(world.calls() == Calls{{"ListImages", 1}});
}

TEST_CASE("a few copies are described by their jobs, which report progress") {
  World world;
  world.start(3);
  world.clock.advance(50s);
  world.calls();
  for (const auto& status : world.describe_all()) CHECK(status.progress_percent.has_value());
  CHECK(world.calls() == Calls{{"ShowJob", 3}});
}

TEST_CASE("of copies that are not listed yet, only some jobs are read") {
  World world;
  world.start(kMany);
  world.calls();
  world.describe_all();
  CHECK(world.in_state(CopyState::queued) == kMany);
  const auto calls = world.calls();
  CHECK(calls.at("ListImages") == 1);
  CHECK(calls.at("ShowJob") == 5);
}

TEST_CASE("a copy that failed before it was listed is found among those that are not listed yet") {
  World world;
  world.start(kMany - 1);
  world.start(1, kFailing);
  world.clock.advance(50s);
  const auto statuses = world.describe_all();
  CHECK(statuses.back().state == CopyState::failed);
  CHECK_FALSE(statuses.back().status_reason.empty());
  CHECK(world.in_state(CopyState::copying) == kMany - 1);
}

TEST_CASE("all copies that failed before they were listed are found in a few polls") {
  World world;
  world.start(kMany, kFailing);
  world.clock.advance(50s);
  for (int i = 0; i < kMany / 5; ++i) world.describe_all();
  CHECK(world.in_state(CopyState::failed) == kMany);
}

TEST_CASE("failed copies report a reason, whether their images were kept or not") {
  const bool kept = GENERATE(true, false);
  World world;
  world.set("huaweicloud_keep_failed_image", kept);
  world.transport.control("POST", "seed",
                          {{"images",
                            {{{"cloud", "huaweicloud"},
                              {"region", "cn-north-4"},
                              {"id", "22222222-dc36-4aec-80f5-ef9d8009428f"},
                              {"size_gb", 40},
                              {"copy_duration", "100s"},
                              {"outcome", "fail"},
                              {"fail_at_percent", 80}}}}});
  world.start(kMany, "22222222-dc36-4aec-80f5-ef9d8009428f");
  world.clock.advance(50s);
  world.describe_all();
  CHECK(world.in_state(CopyState::copying) == kMany);
  world.clock.advance(100s);
  for (const auto& status : world.describe_all()) {
    CHECK(status.state == CopyState::failed);
    CHECK_FALSE(status.status_reason.empty());
    CHECK(status.image.has_value() == kept);
  }
}

TEST_CASE("an older image of the same name and origin is not mistaken for the copy") {
  World world;
  world.start(1);
  world.clock.advance(200s);
  const auto older = world.cloud->describe_copy(world.copies[0], world.context).value();
  REQUIRE(older.state == CopyState::available);
  world.copies.clear();
  world.start(kMany);
  world.clock.advance(50s);
  world.describe_all();
  world.clock.advance(100s);
  const auto statuses = world.describe_all();
  CHECK(statuses[0].state == CopyState::available);
  CHECK(statuses[0].image_id != older.image_id);
}

TEST_CASE("jobs whose destination is unknown are read one by one") {
  World world;
  world.start(kMany);
  world.clock.advance(50s);
  for (auto& copy : world.copies) copy.destination_region.clear();
  world.calls();
  world.describe_all();
  CHECK(world.in_state(CopyState::copying) == kMany);
  CHECK(world.calls() == Calls{{"ShowJob", kMany}});
}

TEST_CASE("a failed listing is the result for all copies") {
  World world;
  world.start(kMany);
  world.clock.advance(50s);
  world.transport.control("POST", "faults",
                          {{"action", "ListImages"}, {"times", 1}, {"effect", "status"}, {"status", 403}});
  for (const auto& result : world.cloud->describe_copies(world.copies, world.context)) {
    REQUIRE_FALSE(result);
    CHECK(result.error().action == "ListImages");
  }
}
