#include <algorithm>
#include <nlohmann/json.hpp>

#include "src/cloud/huaweicloud/client.h"
#include "src/cloud/huaweicloud/iam.h"
#include "src/cloud/source_rules.h"
#include "src/cloud/vendors.h"
#include "tests/cloud/contract_vendors.h"
#include "tests/cloud/emulated_cloud.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

// The same calls on each cloud, with the same kinds of results.

using cloud::CopyState;
using cloud::ErrorKind;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

using Setting = fakes::ContractVendor;

Setting setting_of(const std::string& name) {
  const std::vector<Setting> all = fakes::contract_vendors();
  return *std::ranges::find(all, name, &Setting::name);
}

struct World {
  Setting setting;
  fakes::FakeClock clock;
  core::CorrectedClock corrected{clock};
  fakes::EmulatorTransport transport{clock};
  core::NullLogger log;
  std::unique_ptr<cloud::ImageCloud> cloud = make("emulator-secret-key-01");
  core::Context context{.deadline = clock.now() + 1h};

  /// Runs the rest of the test once for each cloud.
  World() : World(GENERATE(from_range(fakes::contract_vendors()))) {}

  explicit World(Setting chosen) : setting(std::move(chosen)) {
    transport.control("POST", "seed", setting.seed);
  }

  std::unique_ptr<cloud::ImageCloud> make(const std::string& secret) {
    const cloud::Dependencies dependencies{
        .transport = transport, .clock = corrected, .log = log, .policies = {}};
    cloud::Credentials credentials = fakes::emulator_credentials();
    credentials.secret_key = secret;
    return fakes::emulated_cloud(setting.name(), credentials, dependencies);
  }

  cloud::CopyReference start() {
    auto copy = cloud->start_copy(setting.request, context);
    if (!copy) FAIL(cloud::describe(copy.error()));
    return *copy;
  }

  cloud::CopyStatus describe(const cloud::CopyReference& copy) {
    const auto status = cloud->describe_copy(copy, context);
    if (!status) FAIL(cloud::describe(status.error()));
    if (status->state == CopyState::absent) FAIL("the copy is not there");
    return *status;
  }

  CopyState state_of(const cloud::CopyReference& copy) {
    const auto status = cloud->describe_copy(copy, context);
    if (!status) FAIL(cloud::describe(status.error()));
    return status->state;
  }

  /// A copy that has ended.
  cloud::CopyReference finish() {
    cloud::CopyReference copy = start();
    clock.advance(200s);
    const cloud::CopyStatus status = describe(copy);
    copy.image_id = status.image_id;
    copy.last_state = status.state;
    return copy;
  }

  /// How often the action was called; all calls if it is empty.
  int calls(const std::string& action = "") {
    int count = 0;
    const json requests = transport.control("GET", "requests");
    for (const json& entry : requests.at("counts")) {
      if (action.empty() || entry.at("action") == action) count += entry.at("count").get<int>();
    }
    return count;
  }
};

}  // namespace

TEST_CASE("a copy goes from copying to available, and its image is as requested") {
  World world;
  CAPTURE(world.setting.name());
  cloud::CopyReference copy = world.start();
  CHECK((!copy.image_id.empty() || !copy.job_id.empty()));
  world.clock.advance(50s);
  const cloud::CopyStatus running = world.describe(copy);
  CHECK(running.state == CopyState::copying);
  if (running.progress_percent) CHECK(*running.progress_percent < 100);

  world.clock.advance(150s);
  const cloud::CopyStatus done = world.describe(copy);
  CHECK(done.state == CopyState::available);
  REQUIRE(done.image);
  CHECK(done.image->id == done.image_id);
  CHECK(done.image->name == "copy");
  CHECK(done.image->description == world.setting.request.spec.description.value());
  CHECK(done.image->size_gb == 40);
  CHECK_FALSE(done.image->created_at.empty());
  CHECK(done.image->origin.has_value() == world.cloud->traits().reports_source);

  copy.image_id = done.image_id;
  copy.job_id.clear();
  CHECK(world.describe(copy).state == CopyState::available);
}

TEST_CASE("a running copy is canceled and then gone, or cannot be canceled") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::CopyReference copy = world.start();
  world.clock.advance(10s);
  const auto cancelled = world.cloud->cancel_copy(copy, world.context);
  if (world.setting.cancels) {
    CHECK(cancelled);
    CHECK(world.state_of(copy) == CopyState::absent);
  } else {
    CHECK(cancelled.error().kind == ErrorKind::cannot_cancel);
  }
}

TEST_CASE("a finished copy cannot be canceled, but can be deleted") {
  World world;
  CAPTURE(world.setting.name());
  cloud::CopyReference copy = world.finish();
  const auto cancelled = world.cloud->cancel_copy(copy, world.context);
  CHECK((cancelled.error().kind == ErrorKind::not_copying ||
         cancelled.error().kind == ErrorKind::cannot_cancel));
  CHECK(world.cloud->delete_image(copy, {}, world.context));
  copy.job_id.clear();
  CHECK(world.state_of(copy) == CopyState::absent);
}

TEST_CASE("a running copy cannot be deleted") {
  World world;
  CAPTURE(world.setting.name());
  world.transport.control("POST", "switches", {{"huaweicloud_early_image_id", true}});
  cloud::CopyReference copy = world.start();
  world.clock.advance(50s);
  copy.image_id = world.describe(copy).image_id;
  CHECK(world.cloud->delete_image(copy, {}, world.context).error().kind == ErrorKind::still_copying);
}

TEST_CASE("describing an image that does not exist is no error, and reports it as absent") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::CopyReference copy{.source_region = world.setting.request.spec.source_region.value(),
                                  .destination_region = world.setting.request.spec.destination_region.value(),
                                  .image_id = world.setting.unknown_image};
  CHECK(world.state_of(copy) == CopyState::absent);
  CHECK(world.cloud->delete_image(copy, {}, world.context).error().kind == ErrorKind::not_found);
}

TEST_CASE("an unknown source image is not found") {
  World world;
  CAPTURE(world.setting.name());
  world.setting.request.spec.source_image_id = world.setting.unknown_image;
  const auto copy = world.cloud->start_copy(world.setting.request, world.context);
  REQUIRE_FALSE(copy);
  CHECK(copy.error().kind == ErrorKind::not_found);
  CHECK(copy.error().image_id == world.setting.unknown_image);
  CHECK(copy.error().region == world.setting.request.spec.source_region.value());
  CHECK_FALSE(copy.error().request_id.empty());
}

TEST_CASE("wrong credentials are reported as unauthenticated, with the cloud's code and request ID") {
  World world;
  CAPTURE(world.setting.name());
  const auto stranger = world.make("not-the-secret");
  const auto copy = stranger->start_copy(world.setting.request, world.context);
  REQUIRE_FALSE(copy);
  CHECK(copy.error().kind == ErrorKind::unauthenticated);
  CHECK_FALSE(copy.error().code.empty());
  CHECK_FALSE(copy.error().request_id.empty());
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

TEST_CASE("describing a copy is retried while the cloud is unavailable") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::CopyReference copy = world.finish();
  world.transport.control("POST", "faults", {{"effect", "status"}, {"status", 503}, {"times", 2}});
  CHECK(world.describe(copy).state == CopyState::available);
  CHECK(world.clock.sleeps() == 2);
}

TEST_CASE("a copy call whose response was lost is not repeated where that would make a second copy") {
  World world;
  CAPTURE(world.setting.name());
  world.transport.control("POST", "faults",
                          {{"effect", "drop_after"}, {"action", world.setting.copy_action}, {"times", 1}});
  const auto copy = world.cloud->start_copy(world.setting.request, world.context);
  if (world.setting.name() == "alicloud") {
    // The client token makes the repeated call the same copy.
    CHECK(copy);
    CHECK(world.calls(world.setting.copy_action) == 2);
  } else {
    CHECK(copy.error().kind == ErrorKind::outcome_unknown);
    CHECK(world.calls(world.setting.copy_action) == 1);
  }
  int made = 0;
  const json listed = world.transport.control("GET", "images");
  for (const json& image : listed.at("images")) made += image.at("copied") == true ? 1 : 0;
  CHECK(made == 1);
}

TEST_CASE("malformed responses are errors, and never mean that a copy is absent") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::CopyReference copy = world.finish();
  for (const char* body : {"", "<html>down</html>", "{", "[]", "null", R"({"images": 5})", R"({"image": []})",
                           R"({"Images": {"Image": {}}})", R"({"status": [1]})"}) {
    CAPTURE(body);
    world.transport.control("POST", "faults", {{"effect", "body"}, {"body", body}});
    const auto status = world.cloud->describe_copy(copy, world.context);
    REQUIRE_FALSE(status);
    CHECK(status.error().kind == ErrorKind::unexpected);
  }
}

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
      copy, {.set = {{"stage", "prod"}, {"os", ""}}, .remove = {"team"}}, world.context));
  const cloud::Tags second = {{"os", ""}, {"stage", "prod"}};
  CHECK(tags() == second);
  CHECK(reported_tags() == second);
}

TEST_CASE("more tags than one call takes are changed in several calls") {
  World world(setting_of("alicloud"));
  const cloud::CopyReference copy = world.finish();
  cloud::Tags many;
  std::vector<std::string> keys;
  for (int i = 0; i < 45; ++i) keys.push_back("key-" + std::to_string(i));
  for (const std::string& key : keys) many[key] = "v";
  // The emulator gives an image twenty tags, so the second part is refused.
  CHECK(world.cloud->tagging()
            ->change_tags(copy, {.set = many, .remove = {}}, world.context)
            .error()
            .argument == "tags");
  CHECK(world.describe(copy).image->tags.value_or(cloud::Tags()).size() == 20);
  REQUIRE(world.cloud->tagging()->change_tags(copy, {.set = {}, .remove = keys}, world.context));
  CHECK(world.describe(copy).image->tags == cloud::Tags());
  CHECK(world.calls("UntagResources") == 3);
}

TEST_CASE("a user's tokens work in every region, and a wrong password is reported as unauthenticated") {
  World world(setting_of("huaweicloud"));
  const auto endpoint = *cloud::Endpoint::parse("http://127.0.0.1/huaweicloud/{region}");
  const cloud::Dependencies dependencies{
      .transport = world.transport, .clock = world.corrected, .log = world.log, .policies = {}};
  const auto with_password = [&](const std::string& password) {
    auto tokens = std::make_shared<cloud::huaweicloud::PasswordTokens>(
        dependencies, endpoint,
        cloud::huaweicloud::User{.name = "emulator-user", .password = password, .domain_name = "emulator"});
    world.cloud = std::make_unique<cloud::huaweicloud::Client>(
        cloud::huaweicloud::ClientConfig{nullptr, tokens, endpoint, endpoint}, dependencies);
  };
  with_password("emulator-password-01");
  const cloud::CopyReference copy = world.finish();
  CHECK(world.cloud->delete_image(copy, {}, world.context));
  with_password("wrong");
  CHECK(world.cloud->start_copy(world.setting.request, world.context).error().kind ==
        ErrorKind::unauthenticated);
}

TEST_CASE("two images that an expired job may have made are not confused") {
  World world(setting_of("huaweicloud"));
  world.transport.control("POST", "switches", {{"huaweicloud_job_lifetime", "10m"}});
  const cloud::CopyReference first = world.start();
  const cloud::CopyReference second = world.start();
  world.clock.advance(2h);
  world.context.deadline = world.clock.now() + 1h;
  for (const auto& copy : {first, second}) {
    const auto status = world.cloud->describe_copy(copy, world.context);
    REQUIRE_FALSE(status);
    CHECK(status.error().message.find("all named \"copy\"") != std::string::npos);
  }
}

TEST_CASE("a token that a cloud repeats in an error is redacted") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::Dependencies dependencies{
      .transport = world.transport, .clock = world.corrected, .log = world.log, .policies = {}};
  world.cloud = fakes::emulated_cloud(world.setting.name(),
                                      {.access_key = "EMULATORTEMPKEY0001",
                                       .secret_key = "wrong",
                                       .security_token = "emulator-session-token-01"},
                                      dependencies);
  const auto copy = world.cloud->start_copy(world.setting.request, world.context);
  REQUIRE_FALSE(copy);
  const std::string text = cloud::describe(copy.error());
  CAPTURE(text);
  CHECK(text.find("emulator-session-token-01") == std::string::npos);
  CHECK(text.find("(hidden)") != std::string::npos);
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
  const int many = world.setting.name() == "alicloud"     ? 250
                   : world.setting.name() == "baiducloud" ? 1200
                                                          : 600;
  const auto id_of = [&](int i) {
    const std::string digits = std::to_string(10'000 + i);
    return world.setting.name() == "huaweicloud" ? "00000000-0000-4000-8000-0000000" + digits : "m-" + digits;
  };
  for (int i = 0; i < many; ++i) {
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
  CHECK(all.size() == static_cast<std::size_t>(many));
  const std::vector<cloud::CopyStatus> named = list("golden-1");
  REQUIRE(named.size() == 1);
  REQUIRE(named[0].image);
  CHECK(named[0].image_id == id_of(1));
  CHECK(named[0].image->tags.has_value() == world.cloud->reports_tags());
  CHECK(named[0].image->tags.value_or(cloud::Tags{{"number", "1"}}) == cloud::Tags{{"number", "1"}});
  CHECK(list("nothing").empty());
}

TEST_CASE("a wrong clock is corrected by the cloud's time") {
  World world;
  CAPTURE(world.setting.name());
  const std::string skew = GENERATE("2h", "-2h");
  world.transport.control("POST", "switches", {{"clock_skew", skew}});
  const cloud::CopyReference copy = world.start();
  CHECK(world.calls(world.setting.copy_action) == 2);
  world.describe(copy);
  CHECK(world.calls(world.setting.copy_action) == 2);
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

TEST_CASE("a listing starts again when the image of its page marker disappears") {
  World world(setting_of("huaweicloud"));
  world.finish();
  const auto list = [&] {
    return world.cloud->list_images({.region = world.setting.request.spec.destination_region.value()},
                                    world.context);
  };
  const auto lose_markers = [&](int times) {
    world.transport.control("POST", "faults",
                            {{"action", "ListImages"},
                             {"skip", 1},
                             {"times", times},
                             {"effect", "status"},
                             {"status", 400},
                             {"code", "IMG.0144"},
                             {"message", "The marker is not among the images."}});
  };
  lose_markers(1);
  const auto listed = list();
  REQUIRE(listed);
  CHECK(listed->size() == 1);
  CHECK(list()->size() == 1);
  // A listing that cannot even start is an error.
  lose_markers(1000);
  CHECK(list().error().kind == ErrorKind::not_found);
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
  CHECK((quotas != nullptr) == (world.setting.name() == "huaweicloud"));
  if (quotas == nullptr) return;
  const std::string& region = world.setting.request.spec.destination_region.value();
  CHECK(quotas->read_quota(region, "", world.context).value() == cloud::ImageQuota{.used = 0, .limit = 50});
  world.finish();
  CHECK(quotas->read_quota(region, "", world.context).value().used == 1);
}
