#include <nlohmann/json.hpp>

#include "src/copy/copy_waiter.h"
#include "src/copy/engine.h"
#include "src/copy/ensure_copy.h"
#include "src/copy/removal.h"
#include "tests/cloud/contract_vendors.h"
#include "tests/cloud/emulated_cloud.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

// Behavior that the vendors' documents leave open is a switch of the emulator. The engine must work with each
// setting.

using copy::RemovalEnd;
using copy::WaitEnd;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

struct SwitchSetting {
  std::string cloud;
  std::string name;
  json value;
  bool loses_failures = false;  ///< a failed copy is gone before it is read
};

std::vector<SwitchSetting> switch_settings() {
  std::vector<SwitchSetting> settings = {
      {"alicloud", "alicloud_queue_by_source", true},
      {"alicloud", "alicloud_parallel_copies_of_one_image", false},
      {"alicloud", "alicloud_cancel_waiting", false},
      {"alicloud", "alicloud_cancel_keeps_snapshots", true},
      {"alicloud", "alicloud_ignore_unknown_deletes", true},
      {"alicloud", "alicloud_serve_other_regions", false},
      {"alicloud", "alicloud_join_image_ids", false},
      {"alicloud", "alicloud_list_status_all", false},
      {"alicloud", "alicloud_snapshot_busy_deletes", 2},
      {"alicloud", "alicloud_failed_status", "UnAvailable"},
      {"baiducloud", "baiducloud_source_busy", false},
      {"baiducloud", "baiducloud_copying_status", "Creating"},
      {"baiducloud", "baiducloud_copying_status", "NotAvailable"},
      {"baiducloud", "baiducloud_copying_status", "somethingNew"},
      {"baiducloud", "baiducloud_failed_status", "CreateFailed"},
      {"baiducloud", "baiducloud_failed_status", "Error"},
      {"baiducloud", "baiducloud_delete_while_copying", true},
      {"baiducloud", "baiducloud_empty_object", true},
      {"baiducloud", "baiducloud_copy_result", false},
      {"huaweicloud", "huaweicloud_jobs_by_account", true},
      {"huaweicloud", "huaweicloud_early_image_id", true},
      {"huaweicloud", "huaweicloud_keep_failed_image", true},
      {"huaweicloud", "huaweicloud_delete_while_copying", true},
      {"huaweicloud", "huaweicloud_unknown_job_is_400", true},
      {"huaweicloud", "huaweicloud_unique_names", true},
      {"huaweicloud", "huaweicloud_job_lifetime", "1s", true},
  };
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    const std::string cloud(vendor->name);
    settings.push_back({cloud, "hidden_reads", 2});
    settings.push_back({cloud, "lingering_reads", 2});
    settings.push_back({cloud, "finish_on_cancel", true});
  }
  return settings;
}

struct World {
  SwitchSetting setting = GENERATE(from_range(switch_settings()));
  fakes::FakeClock clock;
  core::CorrectedClock corrected{clock};
  core::NullLogger log;
  fakes::EmulatorTransport transport{clock};
  std::unique_ptr<cloud::ImageCloud> cloud = make();
  cloud::CopyRequest request = fakes::contract_vendor(setting.cloud).request;
  core::Context context{.deadline = clock.now() + 10h};

  explicit World(const std::string& outcome = "success") {
    request.copy_key = "key";
    transport.control("POST", "seed",
                      {{"images",
                        {{{"cloud", setting.cloud},
                          {"region", request.spec.source_region.value()},
                          {"id", request.spec.source_image_id.value()},
                          {"copy_duration", "10m"},
                          {"outcome", outcome}}}},
                       {"agencies", {"ims_copy_image"}}});
    transport.control("POST", "switches", {{setting.name, setting.value}});
  }

  std::unique_ptr<cloud::ImageCloud> make() {
    const cloud::Dependencies dependencies{
        .transport = transport, .clock = corrected, .log = log, .policies = {}};
    return fakes::emulated_cloud(setting.cloud, fakes::emulator_credentials(), dependencies);
  }

  cloud::CopyReference start() {
    copy::Engine engine(*cloud, clock);
    copy::AdmissionQueue::Ticket ticket(engine.admission(), request.spec.source_region.value(),
                                        request.spec.source_image_id.value());
    const auto started = copy::EnsureCopy(engine, ticket, log, {.copy = request}).run(context);
    if (!started) throw std::runtime_error(cloud::describe(started.error().error));
    return started->copy;
  }

  copy::WaitOutcome wait(cloud::CopyReference& copy) {
    copy::Engine engine(*cloud, clock);
    auto outcome = copy::CopyWaiter(engine, clock, log)
                       .wait({.copy = copy, .visibility = {.started = clock.utc()}}, context);
    if (outcome.last_status) copy::remember(copy, *outcome.last_status);
    return outcome;
  }

  copy::RemovalOutcome remove(const cloud::CopyReference& copy) {
    copy::Engine engine(*cloud, clock);
    return copy::Removal(engine, clock,
                         {.copy = copy, .visibility = {.started = clock.utc()}, .snapshot_ids = {}}, context)
        .run();
  }

  /// How many images or snapshots the destination has.
  std::size_t count_in_destination(const std::string& what) {
    const json listed = transport.control(
        "GET", what + "?cloud=" + setting.cloud + "&region=" + request.spec.destination_region.value());
    return listed.at(what).size();
  }
};

}  // namespace

TEST_CASE("a copy is made and deleted with each setting of the emulator's switches") {
  World world;
  CAPTURE(world.setting.cloud, world.setting.name, world.setting.value.dump());
  cloud::CopyReference copy = world.start();
  CHECK(world.wait(copy).end == WaitEnd::available);
  CHECK_FALSE(copy.image_id.empty());
  CHECK(world.count_in_destination("images") == 1);
  CHECK(world.remove(copy).end == RemovalEnd::gone);
  CHECK(world.count_in_destination("images") == 0);
  CHECK(world.count_in_destination("snapshots") == 0);
}

TEST_CASE("a running copy is removed with each setting of the emulator's switches") {
  World world;
  CAPTURE(world.setting.cloud, world.setting.name, world.setting.value.dump());
  const cloud::CopyReference copy = world.start();
  world.clock.advance(2min);
  CHECK(world.remove(copy).end == RemovalEnd::gone);
  CHECK(world.count_in_destination("images") == 0);
  CHECK(world.count_in_destination("snapshots") == 0);
}

TEST_CASE("a failed copy is reported and removed with each setting of the emulator's switches") {
  World world("fail");
  CAPTURE(world.setting.cloud, world.setting.name, world.setting.value.dump());
  cloud::CopyReference copy = world.start();
  const auto outcome = world.wait(copy);
  // The reason is lost with a job that expires at once.
  const bool lost = world.setting.loses_failures;
  CHECK(outcome.end == (lost ? WaitEnd::gone : WaitEnd::failed));
  if (!lost) CHECK_FALSE(outcome.last_status->status_reason.empty());
  CHECK(world.remove(copy).end == RemovalEnd::gone);
  CHECK(world.count_in_destination("images") == 0);
  CHECK(world.count_in_destination("snapshots") == 0);
}
