#include "tests/emulator/world.h"
#include "src/core/time_text.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

const UtcTime kStart = *core::parse_utc("2026-03-14T09:00:00Z", "%Y-%m-%dT%H:%M:%SZ");

Image source(std::chrono::seconds duration, Outcome outcome = Outcome::success) {
  Image image;
  image.key = {.cloud = Cloud::alicloud, .region = "cn-hangzhou", .id = "m-source"};
  image.account = "emulator";
  image.plan = {.duration = duration, .outcome = outcome, .fail_at_percent = 50};
  return image;
}

std::string start(World& world, const Image& from, const std::string& name) {
  Image target = copy_from(from, "cn-shanghai", name);
  target.account = "emulator";
  return world.start_copy(from, std::move(target)).id;
}

/// Twelve copies of different lengths, some of which fail or never end, and when each started and ended.
std::vector<std::pair<UtcTime, UtcTime>> run(std::chrono::seconds step) {
  const Switches switches;
  World world(new_world(), switches);
  world.advance_to(kStart);
  std::vector<std::string> ids;
  for (int n = 0; n < 12; ++n) {
    const Outcome outcome = n == 3 ? Outcome::fail : (n == 4 ? Outcome::never : Outcome::success);
    ids.push_back(start(world, source(std::chrono::seconds(17 + 7 * (n % 5)), outcome), "copy"));
  }
  for (UtcTime now = kStart; now < kStart + std::chrono::seconds(1000); now += step) world.advance_to(now);
  world.advance_to(kStart + std::chrono::seconds(1000));
  std::vector<std::pair<UtcTime, UtcTime>> times;
  for (const std::string& id : ids) {
    const Copy& copy = world.data().copies.at(id);
    times.emplace_back(copy.started.value_or(UtcTime()), copy.ended.value_or(UtcTime()));
  }
  return times;
}

}  // namespace

TEST_CASE("one long step of time has the effect of many short ones") {
  const auto at_once = run(std::chrono::seconds(1000));
  CHECK(at_once == run(std::chrono::seconds(1)));
  CHECK(at_once == run(std::chrono::seconds(37)));
  CHECK(at_once[4].second == UtcTime());
  CHECK(at_once[11].second != UtcTime());
}

TEST_CASE("a waiting copy starts at the time when a slot becomes free") {
  Switches switches;
  switches.alicloud.running_copies = 1;
  World world(new_world(), switches);
  world.advance_to(kStart);
  start(world, source(std::chrono::seconds(10)), "first");
  const std::string second = start(world, source(std::chrono::seconds(10)), "second");
  const std::string third = start(world, source(std::chrono::seconds(10)), "third");
  world.advance_to(kStart + std::chrono::seconds(25));
  CHECK(world.data().copies.at(second).started == kStart + std::chrono::seconds(10));
  CHECK(world.data().copies.at(second).ended == kStart + std::chrono::seconds(20));
  CHECK(world.data().copies.at(third).started == kStart + std::chrono::seconds(20));
  CHECK(world.data().copies.at(third).percent(world.now()) == 50);
}

TEST_CASE("permissions allow and deny by name and by prefix") {
  const AccessKey key = {.allowed = {"Describe*", "CopyImage"}, .denied = {"DescribeSnap*"}};
  CHECK(key.may("DescribeImages"));
  CHECK(key.may("CopyImage"));
  CHECK_FALSE(key.may("CopyImages"));
  CHECK_FALSE(key.may("DescribeSnapshots"));
  CHECK_FALSE(key.may("DeleteImage"));
}

}  // namespace emulator
