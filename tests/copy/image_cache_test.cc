#include "src/copy/image_cache.h"

#include <atomic>
#include <thread>

#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_cloud.h"
#include "tests/support/manual_clock.h"

using cloud::CopyState;
using cloud::ErrorKind;
using fakes::failure;
using namespace std::chrono_literals;

namespace {

cloud::CopyStatus status_of(const std::string& id, std::optional<int> percent = 100) {
  return {.state = CopyState::available,
          .image_id = id,
          .progress_percent = percent,
          .image = cloud::Image{.id = id}};
}

cloud::CopyReference copy_of(const std::string& id, const std::string& region = "r2") {
  return {.destination_region = region, .image_id = id};
}

template <typename Clock>
struct WorldWith {
  Clock clock;
  fakes::FakeCloud cloud;
  copy::ImageCache cache{cloud, clock};

  WorldWith() { cloud.describe_results = {status_of("described")}; }

  cloud::Result<cloud::CopyStatus> describe(const std::string& id, const std::string& region = "r2") {
    return cache.describe(copy_of(id, region), {});
  }
  void read(const std::string& id, const std::string& region = "r2") {
    [[maybe_unused]] const cloud::Result<cloud::CopyStatus> ignored = describe(id, region);
  }
  cloud::Result<cloud::Tags> tags(const std::string& id) {
    return cache.tags(copy_of(id), {.id = id, .tags = cloud::Tags{{"read", "alone"}}}, {});
  }
  [[nodiscard]] std::size_t describe_calls() const { return cloud.described.size(); }
};

using World = WorldWith<fakes::FakeClock>;

}  // namespace

TEST_CASE("the first describe in a region is a call of its own, and the following ones share a listing") {
  World world;
  std::vector<cloud::CopyStatus> all;
  for (int i = 0; i < 1000; ++i) all.push_back(status_of("m-" + std::to_string(i)));
  world.cloud.list_results = {all};
  CHECK(world.describe("m-0") == cloud::Result<cloud::CopyStatus>(status_of("described")));
  CHECK(world.cloud.queries.empty());
  for (std::size_t i = 1; i < all.size(); ++i)
    CHECK(world.describe(all[i].image_id) == cloud::Result<cloud::CopyStatus>(all[i]));
  CHECK(world.describe_calls() == 1);
  CHECK(world.cloud.queries == std::vector<std::string>{"list r2"});
}

TEST_CASE("each region has its own listing, and a describe after a long pause is a call of its own again") {
  World world;
  world.cloud.list_results = {{{status_of("m-1")}}};
  world.read("m-1", "r2");
  world.read("m-1", "r3");
  CHECK(world.describe_calls() == 2);
  world.clock.advance(6min);
  world.read("m-1", "r2");
  CHECK(world.describe_calls() == 3);
  CHECK(world.cloud.queries.empty());
}

TEST_CASE("a copy that is missing from a listing is described by itself") {
  World world;
  world.cloud.list_results = {{{status_of("m-1")}}};
  world.read("m-1");
  CHECK(world.describe("m-2") == cloud::Result<cloud::CopyStatus>(status_of("described")));
  CHECK(world.cloud.described == std::vector{copy_of("m-1"), copy_of("m-2")});
}

TEST_CASE("a job that may still run is described by itself") {
  World world;
  world.read("m-1");
  cloud::CopyReference job = copy_of("m-2");
  job.job_id = "job-1";
  job.last_state = CopyState::copying;
  CHECK(world.cache.describe(job, {}));
  job.image_id.clear();
  CHECK(world.cache.describe(job, {}));
  CHECK(world.describe_calls() == 3);
  CHECK(world.cloud.queries.empty());
}

TEST_CASE("a change by this process invalidates the listing, even one in flight") {
  World world;
  world.cloud.list_results = {{{status_of("m-1", 1)}}, {{status_of("m-1", 2)}}, {{status_of("m-1", 3)}}};
  world.read("m-1");
  CHECK(world.describe("m-1") == cloud::Result<cloud::CopyStatus>(status_of("m-1", 1)));
  world.cache.changed(copy_of("m-1"));
  world.cloud.on_list = [&] { world.cache.changed(copy_of("m-1")); };
  CHECK(world.describe("m-1") == cloud::Result<cloud::CopyStatus>(status_of("m-1", 2)));
  CHECK(world.describe("m-1") == cloud::Result<cloud::CopyStatus>(status_of("m-1", 3)));
}

TEST_CASE(
    "a failed listing fails for all callers, and without permission to list each copy is described by "
    "itself") {
  World world;
  world.read("m-1");
  world.cloud.list_results = {std::unexpected(failure(ErrorKind::unavailable))};
  for (int i = 0; i < 3; ++i) CHECK(world.describe("m-1").error().kind == ErrorKind::unavailable);
  CHECK(world.describe_calls() == 1);
  CHECK(world.cloud.queries.size() == 1);
  world.cache.changed(copy_of("m-1"));
  world.cloud.list_results = {std::unexpected(failure(ErrorKind::permission_denied))};
  for (int i = 0; i < 3; ++i)
    CHECK(world.describe("m-1") == cloud::Result<cloud::CopyStatus>(status_of("described")));
  CHECK(world.describe_calls() == 4);
  CHECK(world.cloud.queries.size() == 2);
}

TEST_CASE("an interrupted listing is not shared") {
  World world;
  world.read("m-1");
  world.cloud.list_results = {std::unexpected(failure(ErrorKind::cancelled)), {{status_of("m-1", 7)}}};
  CHECK(world.describe("m-1").error().kind == ErrorKind::cancelled);
  CHECK(world.describe("m-1") == cloud::Result<cloud::CopyStatus>(status_of("m-1", 7)));
}

TEST_CASE("a failure after the deadline is not shared") {
  World world;
  world.cloud.list_results = {std::unexpected(failure(ErrorKind::unreachable)), {{status_of("m-1", 7)}}};
  world.cloud.on_list = [&] { world.clock.advance(30s); };
  const core::Context hurried{.deadline = world.clock.now() + 30s};
  CHECK(world.cache.recent_images("r2", "", hurried).error().kind == ErrorKind::unreachable);
  const auto images = world.cache.recent_images("r2", "", {});
  REQUIRE(images);
  CHECK((*images)->size() == 1);
}

TEST_CASE("a data source makes a new listing, and a plan shares a recent one") {
  World world;
  world.cloud.list_results = {{{status_of("m-1", 1)}}, {{status_of("m-1", 2)}}};
  const auto percent = [](const cloud::Result<copy::ImageCache::Images>& images) {
    return (*images)->front().progress_percent;
  };
  CHECK(percent(world.cache.recent_images("r2", "", {})) == 1);
  world.clock.advance(1s);
  CHECK(percent(world.cache.recent_images("r2", "", {})) == 1);
  CHECK(percent(world.cache.images("r2", "", {})) == 2);
}

TEST_CASE("a refresh that takes minutes still shares one listing") {
  World world;
  world.cloud.list_results = {{{status_of("m-1", 1)}}, {{status_of("m-1", 2)}}};
  for (int i = 0; i < 5; ++i) {
    world.read("m-1");
    world.clock.advance(50s);
  }
  CHECK(world.describe_calls() == 1);
  CHECK(world.cloud.queries.size() == 1);
}

TEST_CASE("concurrent readers never see a listing that is older than the writes before them") {
  constexpr int kWrites = 300;
  constexpr int kReaders = 4;
  WorldWith<fakes::ManualClock> world;
  std::atomic<int> written = 0;
  std::atomic<int> announced = 0;
  std::atomic<int> listings = 0;
  // There is one listing at a time, so no other thread uses the results meanwhile.
  world.cloud.on_list = [&] {
    const int now = written;
    const bool fails = ++listings % 7 == 0;
    if (fails) world.cloud.list_results = {std::unexpected(failure(ErrorKind::unavailable))};
    if (!fails) world.cloud.list_results = {{{status_of("m-1", now)}}};
  };
  world.read("m-1");
  std::atomic<int> outdated = 0;
  std::atomic<int> seen = 0;
  {
    std::vector<std::jthread> readers;
    for (int i = 0; i < kReaders; ++i) {
      readers.emplace_back([&] {
        while (announced < kWrites) {
          const int before = announced;
          const cloud::Result<cloud::CopyStatus> status = world.describe("m-1");
          if (!status) continue;
          ++seen;
          if (status->progress_percent.value_or(-1) < before) ++outdated;
        }
      });
    }
    for (int i = 1; i <= kWrites; ++i) {
      written = i;
      world.cache.changed(copy_of("m-1"));
      announced = i;
      while (seen < i / 10) std::this_thread::yield();
    }
  }
  CHECK(outdated == 0);
  CHECK(world.describe_calls() == 1);
}

TEST_CASE("tags that need a call of their own are listed and shared") {
  World world;
  world.cloud.has_tag_lookup = true;
  world.cloud.tag_results = {cloud::Tags{{"read", "alone"}}};
  world.cloud.tag_list_results = {cloud::TagsById{{"m-2", {{"stage", "prod"}}}, {"m-3", {}}}};
  CHECK(*world.tags("m-1") == cloud::Tags{{"read", "alone"}});
  CHECK(*world.tags("m-2") == cloud::Tags{{"stage", "prod"}});
  CHECK(world.tags("m-3")->empty());
  CHECK(*world.tags("m-4") == cloud::Tags{{"read", "alone"}});
  CHECK(world.cloud.queries == std::vector<std::string>{"tags of m-1", "all tags in r2", "tags of m-4"});
}

TEST_CASE("tags are read one by one if they come with the images or may not be listed") {
  World world;
  world.cloud.has_tag_lookup = GENERATE(true, false);
  world.cloud.tag_results = {cloud::Tags{{"read", "alone"}}};
  world.cloud.tag_list_results = {std::unexpected(failure(ErrorKind::permission_denied))};
  for (const char* id : {"m-1", "m-2"}) CHECK(*world.tags(id) == cloud::Tags{{"read", "alone"}});
}
