#pragma once

#include <map>
#include <memory>
#include <string>

#include "src/provider/image_copy/resource.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_cloud.h"

namespace fakes {

using tf::Value;

/// The resource with one configured cloud, whose default region is r1.
struct ResourceWorld {
  FakeClock clock;
  core::NullLogger log;
  provider::CurrentClouds clouds;
  FakeCloud* cloud = nullptr;
  provider::ImageCopyResource resource{clouds, clock, log};
  std::stop_source stop;
  std::string name;  ///< of the configured cloud

  ResourceWorld() : ResourceWorld(FakeCloud::usual_traits()) { cloud->has_snapshots = true; }

  explicit ResourceWorld(::cloud::Traits traits, const Value& default_tags = {},
                         std::string cloud_name = std::string(FakeCloud().vendor().name))
      : name(std::move(cloud_name)) {
    auto fake = std::make_unique<FakeCloud>(traits);
    cloud = fake.get();
    cloud->start_results = {cloud::CopyReference{
        .destination_region = "r2", .image_id = "m-new", .last_state = ::cloud::CopyState::queued}};
    std::map<std::string, provider::Clouds::Entry, std::less<>> entries;
    entries.emplace(name, provider::ConfiguredCloud(std::make_shared<core::CorrectedClock>(clock),
                                                    std::move(fake), nullptr, "r1"));
    entries.emplace("baiducloud", std::unexpected(provider::UnusableCloud{.reason = "no credentials"}));
    entries.emplace("huaweicloud",
                    std::unexpected(provider::UnusableCloud{.known_at_apply = true, .reason = "later"}));
    clouds.set(std::make_shared<const provider::Clouds>(nullptr, std::move(entries), default_tags));
  }

  [[nodiscard]] Value config(const Value::Attributes& set = {}) const {
    Value value = tf::null_object(resource.schema().type());
    value.set("cloud", name);
    value.set("source_image_id", "m-src");
    value.set("destination_region", "r2");
    value.set("name", "copy");
    for (const auto& [attribute, content] : set) value.set(attribute, content);
    return value;
  }

  tf::PlanResponse plan(const Value& prior, const Value& configured, const std::string& private_state = "") {
    return resource.plan({.prior_state = prior, .config = configured, .prior_private = private_state},
                         stop.get_token());
  }

  tf::StateResponse create(const Value& configured) {
    return resource.create({.planned_state = plan({}, configured).planned_state, .config = configured},
                           stop.get_token());
  }

  tf::StateResponse update(const Value& prior, const Value& configured,
                           const std::string& private_state = "") {
    const auto planned = plan(prior, configured, private_state);
    return resource.update({.prior_state = prior,
                            .planned_state = planned.planned_state,
                            .config = configured,
                            .planned_private = planned.planned_private},
                           stop.get_token());
  }

  /// The state after a create that waited for the copy.
  Value available_state() {
    cloud->describe_results = {copy_status(::cloud::CopyState::available)};
    Value state = create(config()).state;
    cloud->calls.clear();
    return state;
  }

  /// The state after a create with `wait_until = submitted`.
  Value running_state() {
    Value state = create(config({{"wait_until", "submitted"}})).state;
    cloud->calls.clear();
    return state;
  }
};

/// Terraform's rules for the result of a create or an update (PROTOCOL.md 8.6).
inline void check_keeps_plan(const Value& planned, const Value& state) {
  REQUIRE(state.is_wholly_known());
  for (const auto& [name, value] : *planned.as_attributes()) {
    CAPTURE(name);
    if (value.is_known()) CHECK(state[name] == value);
  }
}

}  // namespace fakes
