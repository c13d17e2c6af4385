#include "src/provider/image_copy/preflight.h"

#include "src/copy/engine.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_cloud.h"

using cloud::CopyState;
using cloud::ErrorKind;
using fakes::failure;
using tf::AttributePath;
using namespace std::chrono_literals;

namespace {

constexpr cloud::Traits kUniqueNames = {.stores_copy_key = true, .names_unique = true};

struct World {
  fakes::FakeClock clock;
  fakes::FakeCloud cloud{kUniqueNames};
  copy::Engine engine{cloud, clock};
  provider::ImageCopyModel model{
      .cloud = "alicloud",
      .spec = {.source_region = "r1", .source_image_id = "m-src", .destination_region = "r2", .name = "copy"},
      .copy_key = "key-1"};
  provider::Session session{.clouds = nullptr, .engine = &engine, .default_region = "r1"};
  std::stop_source stop;

  tf::Diagnostics check() {
    return provider::preflight(session, model, {.deadline = clock.now() + 30s, .stop = stop.get_token()});
  }

  /// The result of a check that has to find exactly one problem.
  tf::Diagnostic only_diagnostic() {
    const tf::Diagnostics all = check();
    REQUIRE(all.size() == 1);
    return all.front();
  }
};

cloud::CopyStatus image(const std::string& id, const std::string& name) {
  return {.state = CopyState::available, .image_id = id, .image = cloud::Image{.id = id, .name = name}};
}

}  // namespace

TEST_CASE("a copy that passes all checks takes one query of each kind, however often it is checked") {
  World world;
  for (int i = 0; i < 100; ++i) CHECK(world.check().empty());
  CHECK(world.cloud.queries == std::vector<std::string>{"source r1 m-src", "list r2"});
  CHECK(world.cloud.calls.empty());
}

TEST_CASE("arguments that are not known yet cause no queries") {
  World world;
  const auto unknown = cloud::TextArgument::unknown();
  world.model.spec = {
      .source_region = unknown, .source_image_id = unknown, .destination_region = unknown, .name = unknown};
  CHECK(world.check().empty());
  world.model.spec.source_region = "r1";
  CHECK(world.check().empty());
  CHECK(world.cloud.queries.empty());
}

TEST_CASE("a missing source image is an error at its ID") {
  World world;
  world.cloud.source_results = {cloud::SourceImage{.state = cloud::CopyState::absent}};
  const tf::Diagnostic diagnostic = world.only_diagnostic();
  CHECK(diagnostic.severity == tf::Severity::error);
  CHECK(diagnostic.summary == "Source Image Not Found");
  CHECK(diagnostic.detail.find("m-src in region r1") != std::string::npos);
  CHECK(diagnostic.attribute == AttributePath("source_image_id"));
}

TEST_CASE("a violation by the source image is an error, and a doubt is a warning") {
  World world;
  world.cloud.source_results = {cloud::SourceImage{.state = CopyState::failed, .image = {.id = "m-src"}}};
  CHECK(world.only_diagnostic().severity == tf::Severity::error);
  World other;
  other.cloud.source_results = {cloud::SourceImage{.state = CopyState::copying, .image = {.id = "m-src"}}};
  CHECK(other.only_diagnostic().severity == tf::Severity::warning);
}

TEST_CASE("a name that another image has is an error, unless the state holds that image") {
  World world;
  world.cloud.list_results = {std::vector{image("m-1", "copy-2"), image("m-2", "copy")}};
  const tf::Diagnostic diagnostic = world.only_diagnostic();
  CHECK(diagnostic.summary == "Name Taken");
  CHECK(diagnostic.attribute == AttributePath("name"));
  CHECK(diagnostic.detail.find("terraform import ADDRESS alicloud/r2/m-2") != std::string::npos);
  world.engine.ownership().hold({.destination_region = "r1", .image_id = "m-2"});
  CHECK(world.only_diagnostic().summary == "Name Taken");
  world.engine.ownership().hold({.destination_region = "r2", .image_id = "m-2"});
  CHECK(world.check().empty());
}

TEST_CASE("a copy that an earlier run has started is no error, nor is an image that may be adopted") {
  World world;
  cloud::CopyStatus own = image("m-2", "copy");
  own.image->copy_key = "key-1";
  world.cloud.list_results = {std::vector{own}};
  CHECK(world.check().empty());
  own.image->copy_key = "key-2";
  World other;
  other.cloud.list_results = {std::vector{own}};
  // The image of another copy: the same plan may rename it, under another provider configuration.
  CHECK(other.only_diagnostic().summary == "Name Taken");
  CHECK(other.only_diagnostic().severity == tf::Severity::warning);
  other.model.adopts_existing = true;
  CHECK(other.check().empty());
}

TEST_CASE("a taken name is no error on a cloud where names may repeat") {
  World world;
  fakes::FakeCloud lenient;
  lenient.list_results = {std::vector{image("m-2", "copy")}};
  copy::Engine engine(lenient, world.clock);
  const provider::Session session{.clouds = nullptr, .engine = &engine, .default_region = "r1"};
  CHECK(provider::preflight(session, world.model, {}).empty());
}

TEST_CASE("a full quota is an error, and a warning where the plan may delete images") {
  World world;
  world.cloud.has_quotas = true;
  world.cloud.quota_results = {cloud::ImageQuota{.used = 49, .limit = 50},
                               cloud::ImageQuota{.used = 50, .limit = 50}};
  CHECK(world.check().empty());
  world.clock.advance(31s);
  const tf::Diagnostic diagnostic = world.only_diagnostic();
  CHECK(diagnostic.severity == tf::Severity::error);
  CHECK(diagnostic.summary == "Image Quota Exceeded");
  CHECK(diagnostic.attribute == AttributePath("destination_region"));
  world.engine.ownership().hold({.destination_region = "r2", .image_id = "m-old"});
  CHECK(world.only_diagnostic().severity == tf::Severity::warning);
}

TEST_CASE("the check of the quota counts the other copies of the plan") {
  World world;
  world.cloud.has_quotas = true;
  world.cloud.quota_results = {cloud::ImageQuota{.used = 48, .limit = 50}};
  for (const char* key : {"a", "b", "a"}) {
    world.model.copy_key = key;
    CHECK(world.check().empty());
  }
  world.model.copy_key = "c";
  CHECK(world.only_diagnostic().detail.find("planned copies to it: 3") != std::string::npos);
  world.engine.ownership().made({.destination_region = "r2"}, "a");
  CHECK(world.check().empty());
}

TEST_CASE("wrong credentials and an unknown project are errors, because the copy would fail") {
  World world;
  world.cloud.source_results = {std::unexpected(failure(ErrorKind::unauthenticated))};
  CHECK(world.only_diagnostic().severity == tf::Severity::error);
  CHECK(world.only_diagnostic().attribute == AttributePath("cloud"));
  World other;
  cloud::Error no_project = failure(ErrorKind::invalid);
  no_project.argument = "huaweicloud";
  other.cloud.has_quotas = true;
  other.cloud.quota_results = {std::unexpected(no_project)};
  CHECK(other.only_diagnostic().severity == tf::Severity::error);
  CHECK(other.only_diagnostic().attribute == AttributePath("huaweicloud"));
}

TEST_CASE("a source image that this run has just started is not reported as missing") {
  World world;
  world.cloud.source_results = {cloud::SourceImage{.state = cloud::CopyState::absent}};
  world.engine.ownership().made({.destination_region = "r1", .image_id = "m-src"}, "another");
  CHECK(world.check().empty());
}

TEST_CASE("an unknown region is an error that lists the regions of the cloud") {
  World world;
  world.model.spec.destination_region = "r9";
  world.cloud.has_quotas = true;
  world.cloud.quota_results = {std::unexpected(failure(ErrorKind::unreachable))};
  const tf::Diagnostic diagnostic = world.only_diagnostic();
  CHECK(diagnostic.severity == tf::Severity::error);
  CHECK(diagnostic.summary == "Unknown Region");
  CHECK(diagnostic.detail.find("r1, r2") != std::string::npos);
  CHECK(diagnostic.attribute == AttributePath("destination_region"));
  CHECK(world.cloud.queries.back() == "regions at r1");

  World other;
  other.model.spec.source_region = "r9";
  other.cloud.source_results = {std::unexpected(failure(ErrorKind::unreachable))};
  CHECK(other.only_diagnostic().attribute == AttributePath("source_region"));
  CHECK(other.cloud.queries.at(1) == "regions at r2");
}

TEST_CASE("a failed query is a warning, and the other checks run") {
  for (const ErrorKind kind : {ErrorKind::permission_denied, ErrorKind::unavailable, ErrorKind::unexpected}) {
    World world;
    world.cloud.source_results = {std::unexpected(failure(kind, "No.Permission"))};
    const tf::Diagnostic diagnostic = world.only_diagnostic();
    CHECK(diagnostic.severity == tf::Severity::warning);
    CHECK(diagnostic.summary == "Plan Check Skipped");
    CHECK(diagnostic.detail.find("No.Permission") != std::string::npos);
    CHECK(world.cloud.queries.back() == "list r2");
  }
}

TEST_CASE("a failed query is shared like a successful one") {
  World world;
  world.cloud.list_results = {std::unexpected(failure(ErrorKind::permission_denied))};
  for (int i = 0; i < 10; ++i) CHECK(world.only_diagnostic().severity == tf::Severity::warning);
  CHECK(world.cloud.queries.size() == 2);
}

TEST_CASE("an apply of many copies repeats no query, except for the quota after a removal") {
  World world;
  world.cloud.has_quotas = true;
  world.cloud.quota_results = {cloud::ImageQuota{.used = 0, .limit = 50}};
  CHECK(world.check().empty());
  const std::size_t queries = world.cloud.queries.size();
  world.engine.cache().changed({.destination_region = "r2"});
  CHECK(world.check().empty());
  CHECK(world.cloud.queries.size() == queries);
  world.engine.cache().removed({.destination_region = "r2"});
  CHECK(world.check().empty());
  CHECK(world.cloud.queries.back() == "quota r2");
  CHECK(world.cloud.queries.size() == queries + 1);
}

TEST_CASE("an interrupted plan reports nothing") {
  World world;
  world.stop.request_stop();
  world.cloud.source_results = {std::unexpected(failure(ErrorKind::cancelled))};
  world.cloud.has_quotas = true;
  world.cloud.quota_results = {std::unexpected(failure(ErrorKind::cancelled))};
  CHECK(world.check().empty());
}
