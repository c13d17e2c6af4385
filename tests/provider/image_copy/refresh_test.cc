#include <nlohmann/json.hpp>

#include "src/copy/image_cache.h"
#include "tests/cloud/contract_vendors.h"
#include "tests/cloud/emulated_cloud.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

// How many calls a refresh of many copies takes on each cloud.

using nlohmann::json;

namespace {

struct World {
  fakes::ContractVendor setting = GENERATE(from_range(fakes::contract_vendors()));
  std::string name = setting.name();
  std::string region = setting.request.spec.destination_region.value();
  fakes::FakeClock clock;
  core::CorrectedClock corrected{clock};
  core::NullLogger log;
  fakes::EmulatorTransport transport{clock};
  std::unique_ptr<cloud::ImageCloud> cloud =
      fakes::emulated_cloud(name, fakes::emulator_credentials(),
                            {.transport = transport, .clock = corrected, .log = log, .policies = {}});
  copy::ImageCache cache{*cloud, clock};
  std::vector<std::string> ids;

  explicit World(int count) {
    json images = json::array();
    for (int i = 0; i < count; ++i) {
      const std::string digits = std::to_string(10000 + i);
      std::string id = setting.request.spec.source_image_id.value();
      ids.push_back(id.replace(id.size() - digits.size(), digits.size(), digits));
      images.push_back({{"cloud", name},
                        {"region", region},
                        {"id", ids.back()},
                        {"name", "copy-" + digits},
                        {"tags", {{"number", digits}}}});
    }
    transport.control("POST", "seed", {{"images", images}});
  }

  /// Reads a copy as the resource does.
  void read(const std::string& id) {
    const cloud::CopyReference copy{.destination_region = region, .image_id = id};
    const cloud::Result<cloud::CopyStatus> status = cache.describe(copy, {});
    if (!status || status->state == cloud::CopyState::absent) FAIL(id + " was not read");
    CHECK(status->image_id == id);
    if (!cloud->reports_tags()) return;
    const auto tags = cache.tags(copy, *status->image, {});
    if (!tags) FAIL(describe(tags.error()));
    CHECK(*tags == cloud::Tags{{"number", id.substr(id.size() - 5)}});
  }

  /// The number of calls, without those for project IDs, which are made once in a run.
  int calls() {
    int sum = 0;
    const json requests = transport.control("GET", "requests");
    for (const json& count : requests.at("counts")) {
      if (count.at("action") != "KeystoneListProjects") sum += count.at("count").get<int>();
    }
    return sum;
  }
};

}  // namespace

TEST_CASE("a thousand copies in one region are refreshed with at most twelve calls") {
  World world(1000);
  CAPTURE(world.name);
  for (const std::string& id : world.ids) world.read(id);
  CHECK(world.calls() <= 12);
}

TEST_CASE("a single copy is refreshed with one call, and a second one where tags need their own") {
  World world(1);
  CAPTURE(world.name);
  world.read(world.ids.front());
  CHECK(world.calls() == (world.cloud->tag_lookup() != nullptr ? 2 : 1));
}

TEST_CASE("an image without tags is read correctly where a search by tags leaves it out") {
  World world(3);
  if (world.setting.untagged_left_out.is_null()) return;
  world.transport.control("POST", "switches", world.setting.untagged_left_out);
  world.transport.control(
      "POST", "images/update",
      {{"cloud", world.name}, {"region", world.region}, {"id", world.ids.back()}, {"tags", json::object()}});
  for (const std::string& id : {world.ids[0], world.ids[1]}) world.read(id);
  const cloud::CopyReference untagged{.destination_region = world.region, .image_id = world.ids.back()};
  const auto tags = world.cache.tags(untagged, {.id = untagged.image_id}, {});
  REQUIRE(tags);
  CHECK(tags->empty());
}
