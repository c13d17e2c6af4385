#include <algorithm>

#include "src/cloud/source_rules.h"
#include "tests/cloud/contract_world.h"

// How images, their tags and their snapshots are read and changed on each cloud: the same calls, with the
// same kinds of results.

using cloud::CopyState;
using cloud::ErrorKind;
using nlohmann::json;
using World = fakes::ContractWorld;

TEST_CASE("tags are set by the copy call or afterward, and can be changed, read and removed") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::Tags first = {{"stage", "dev"}, {"team", "images"}};
  world.setting.request.spec.tags = first;
  const cloud::CopyReference copy = world.finish();
  const auto tags = [&] {
    const json listed = world.transport.control("GET", "images");
    for (const json& image : listed.at("images")) {
      if (image.at("id") == copy.image_id) return image.at("tags").get<cloud::Tags>();
    }
    return cloud::Tags();
  };
  const auto reported_tags = [&] {
    const cloud::CopyStatus status = world.describe(copy);
    const auto read = world.cloud->tags_of(copy, *status.image, world.context);
    if (!read) FAIL(cloud::describe(read.error()));
    if (auto* lookup = world.cloud->tag_lookup()) {
      const auto all = lookup->list_tags(copy.destination_region, "", world.context);
      REQUIRE(all);
      CHECK(all->at(copy.image_id) == *read);
    }
    if (!world.cloud->reports_tags()) CHECK(read->empty());
    return world.cloud->reports_tags() ? *read : tags();
  };
  if (!world.cloud->traits().tags_with_copy) {
    CHECK(tags().empty());
    REQUIRE(world.cloud->tagging()->change_tags(copy, {.set = first, .remove = {}}, world.context));
  }
  CHECK(tags() == first);
  CHECK(reported_tags() == first);
  REQUIRE(world.cloud->tagging()->change_tags(
      copy,
      {.set = {{"stage", "prod"}, {"os", ""}},
       .remove = {"team"},
       .former = {{"stage", first.at("stage")}, {"team", first.at("team")}}},
      world.context));
  const cloud::Tags second = {{"os", ""}, {"stage", "prod"}};
  CHECK(tags() == second);
  CHECK(reported_tags() == second);
}

TEST_CASE("the snapshots of an image are deleted with it or after it") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::CopyReference copy = world.finish();
  const cloud::CopyStatus status = world.describe(copy);
  const auto snapshots = [&] {
    const json listed = world.transport.control(
        "GET", "snapshots?cloud=" + world.setting.name() +
                   "&region=" + world.setting.request.spec.destination_region.value());
    return listed.at("snapshots").size();
  };
  cloud::Snapshots* snapshot_api = world.cloud->snapshots();
  const bool keeps_snapshots = snapshot_api != nullptr;
  CHECK(status.image->snapshot_ids.empty() != keeps_snapshots);
  const std::string snapshot = keeps_snapshots ? status.image->snapshot_ids.at(0) : "none";
  if (keeps_snapshots) {
    CHECK(snapshot_api->delete_snapshot(copy, snapshot, world.context).error().kind == ErrorKind::busy);
  }
  CHECK(world.cloud->delete_image(copy, {}, world.context));
  CHECK(snapshots() == (keeps_snapshots ? 1 : 0));
  if (!keeps_snapshots) return;
  CHECK(snapshot_api->existing_snapshots(copy, {snapshot, "s-gone00000000000001"}, world.context) ==
        std::vector{snapshot});
  CHECK(snapshot_api->delete_snapshot(copy, snapshot, world.context));
  CHECK(snapshots() == 0);
  CHECK(snapshot_api->existing_snapshots(copy, {snapshot}, world.context) == std::vector<std::string>());
  CHECK(snapshot_api->delete_snapshot(copy, snapshot, world.context).error().kind == ErrorKind::not_found);
}

TEST_CASE("a listing reads all pages and matches names exactly") {
  World world;
  CAPTURE(world.setting.name());
  json images = json::array();
  constexpr int kCount = 1200;  // more than two pages of each cloud
  const auto id_of = [](int i) { return "00000000-0000-4000-8000-0000000" + std::to_string(10'000 + i); };
  for (int i = 0; i < kCount; ++i) {
    images.push_back({{"cloud", world.setting.name()},
                      {"region", world.setting.request.spec.destination_region.value()},
                      {"id", id_of(i)},
                      {"name", "golden-" + std::to_string(i)},
                      {"tags", {{"number", std::to_string(i)}}}});
  }
  world.transport.control("POST", "seed", {{"images", images}});
  const auto list = [&](const std::string& name) {
    const auto found = world.cloud->list_images(
        {.region = world.setting.request.spec.destination_region.value(), .name = name}, world.context);
    if (!found) FAIL(cloud::describe(found.error()));
    return *found;
  };
  const std::vector<cloud::CopyStatus> all = list("");
  CHECK(all.size() == kCount);
  const std::vector<cloud::CopyStatus> named = list("golden-1");
  REQUIRE(named.size() == 1);
  REQUIRE(named[0].image);
  CHECK(named[0].image_id == id_of(1));
  CHECK(named[0].image->tags.has_value() == world.cloud->reports_tags());
  CHECK(named[0].image->tags.value_or(cloud::Tags{{"number", "1"}}) == cloud::Tags{{"number", "1"}});
  CHECK(list("nothing").empty());
}

TEST_CASE("a source image is found with the properties that decide whether it can be copied") {
  World world;
  CAPTURE(world.setting.name());
  const std::string& region = world.setting.request.spec.source_region.value();
  cloud::Inventory& inventory = *world.cloud->inventory();
  const cloud::SourceImage own =
      inventory.find_source(region, world.setting.request.spec.source_image_id.value(), world.context)
          .value();
  CHECK(own.state == CopyState::available);
  CHECK(own.owner == cloud::ImageOwner::account);
  CHECK(own.image.size_gb == 40);
  CHECK(cloud::check_source(*cloud::find_vendor(world.setting.name()), own, {}).empty());
  const auto unknown = inventory.find_source(region, world.setting.unknown_image, world.context);
  CHECK(unknown.value().state == CopyState::absent);
}

TEST_CASE("an own image that is shared with others is listed, and can be a source") {
  World world;
  CAPTURE(world.setting.name());
  const std::string& region = world.setting.request.spec.source_region.value();
  const std::string id = "11111111-0000-4000-8000-000000000009";
  world.transport.control("POST", "seed",
                          {{"images",
                            {{{"cloud", world.setting.name()},
                              {"region", region},
                              {"id", id},
                              {"name", "shared-out"},
                              {"shared_to_others", true}}}}});
  const auto listed = world.cloud->list_images({.region = region, .name = "shared-out"}, world.context);
  REQUIRE(listed.value().size() == 1);
  CHECK(listed->front().image_id == id);
  const auto source = world.cloud->inventory()->find_source(region, id, world.context);
  CHECK(source.value().owner == cloud::ImageOwner::account);
}

TEST_CASE("public, shared and market images are recognized") {
  World world;
  CAPTURE(world.setting.name());
  const std::string& region = world.setting.request.spec.source_region.value();
  using cloud::ImageOwner;
  for (const auto& [kind, owner] : {std::pair{"public", ImageOwner::cloud},
                                    {"shared", ImageOwner::other_account},
                                    {"market", ImageOwner::market}}) {
    CAPTURE(kind);
    const std::string id = "11111111-0000-4000-8000-00000000000" + std::to_string(static_cast<int>(owner));
    world.transport.control(
        "POST", "seed",
        {{"images", {{{"cloud", world.setting.name()}, {"region", region}, {"id", id}, {"kind", kind}}}}});
    const auto source = world.cloud->inventory()->find_source(region, id, world.context).value();
    CHECK(source.owner == owner);
  }
}

TEST_CASE("several copies are described in the requested order") {
  World world;
  CAPTURE(world.setting.name());
  const bool joins_ids = GENERATE(true, false);
  world.transport.control("POST", "seed", {{"switches", {{"alicloud_join_image_ids", joins_ids}}}});
  const cloud::CopyReference finished = world.finish();
  world.setting.request.spec.name = "copy-2";
  world.setting.request.client_token = "token-2";
  const cloud::CopyReference running = world.start();
  cloud::CopyReference unknown{.source_region = world.setting.request.spec.source_region.value(),
                               .destination_region = world.setting.request.spec.destination_region.value(),
                               .image_id = world.setting.unknown_image};
  // The second time the client knows whether the cloud takes several IDs.
  for (int time = 1; time <= 2; ++time) {
    const auto statuses = world.cloud->describe_copies({running, unknown, finished}, world.context);
    REQUIRE(statuses.size() == 3);
    CHECK(statuses[0].value() == world.describe(running));
    CHECK(statuses[1].value().state == CopyState::absent);
    CHECK(statuses[2].value() == world.describe(finished));
  }
}

TEST_CASE("a hundred copies are described in few calls, on Alibaba Cloud even if it takes only one ID") {
  World world;
  CAPTURE(world.setting.name());
  const bool joins_ids = GENERATE(true, false);
  world.transport.control("POST", "seed", {{"switches", {{"alicloud_join_image_ids", joins_ids}}}});
  std::vector<cloud::CopyReference> copies;
  json images = json::array();
  for (int i = 0; i < 150; ++i) {
    const std::string id = "m-" + std::to_string(1000 + i);
    copies.push_back(
        {.destination_region = world.setting.request.spec.destination_region.value(), .image_id = id});
    images.push_back({{"cloud", world.setting.name()},
                      {"region", world.setting.request.spec.destination_region.value()},
                      {"id", id},
                      {"size_gb", 40}});
  }
  world.transport.control("POST", "seed", {{"images", images}});
  // The client finds out the first time.
  for (const int max_calls : {joins_ids ? 2 : 4, 2}) {
    const int before = world.calls();
    for (const auto& status : world.cloud->describe_copies(copies, world.context)) {
      CHECK(status.value().state == CopyState::available);
    }
    CHECK(world.calls() - before <= max_calls);
  }
}

TEST_CASE("the regions of an account are listed, and its quota is read where the cloud reports it") {
  World world;
  CAPTURE(world.setting.name());
  const auto regions = world.cloud->inventory()
                           ->list_regions(world.setting.request.spec.source_region.value(), world.context)
                           .value();
  for (const std::string& known : {world.setting.request.spec.source_region.value(),
                                   world.setting.request.spec.destination_region.value()}) {
    CHECK(std::ranges::find(regions, known) != regions.end());
  }
  cloud::Quotas* quotas = world.cloud->quotas();
  if (quotas == nullptr) return;
  const std::string& region = world.setting.request.spec.destination_region.value();
  CHECK(quotas->read_quota(region, "", world.context).value() == cloud::ImageQuota{.used = 0, .limit = 50});
  world.finish();
  CHECK(quotas->read_quota(region, "", world.context).value().used == 1);
}

TEST_CASE("the name is changed in place, and the description where the cloud has one") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::CopyReference copy = world.finish();
  cloud::ImageChanges changes{.name = "renamed"};
  const bool has_description = world.cloud->traits().description != cloud::DescriptionSupport::none;
  if (has_description) changes.description = "other words";
  REQUIRE(world.cloud->editing()->update_image(copy, changes, world.context));
  const cloud::CopyStatus status = world.describe(copy);
  CHECK(status.image->name == "renamed");
  if (has_description) CHECK(status.image->description == "other words");
}
