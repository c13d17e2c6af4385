#include <future>

#include "src/copy/copy_waiter.h"
#include "src/copy/deduplication.h"
#include "src/copy/engine.h"
#include "src/copy/ensure_copy.h"
#include "src/copy/matches.h"
#include "src/copy/removal.h"
#include "tests/cloud/contract_vendors.h"
#include "tests/cloud/emulated_cloud.h"
#include "tests/cloud/toy_vendor.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/manual_clock.h"

// The contract of the engine on every vendor: those of the table, with the emulator, and a toy vendor that is
// not in the table. Nothing here names a vendor, except for the list of vendors.

using cloud::CopyState;
using cloud::CopyStatus;
using copy::RemovalEnd;
using copy::WaitEnd;
using fakes::ContractVendor;
using namespace std::chrono_literals;

namespace {

std::vector<ContractVendor> vendors() {
  std::vector<ContractVendor> all = fakes::contract_vendors();
  all.push_back({.vendor = &toy::vendor(),
                 .request = {.spec = {.source_region = "east",
                                      .source_image_id = "i-golden",
                                      .destination_region = "west",
                                      .name = "copy"}},
                 .failing_image = "i-broken",
                 .unknown_image = "i-unknown",
                 .copy_action = ""});
  for (ContractVendor& setting : all) setting.request.copy_key = "key";
  return all;
}

/// One vendor's cloud, made as the provider makes it from its configuration.
template <typename Clock>
struct WorldOn {
  ContractVendor setting = GENERATE(from_range(vendors()));
  Clock clock;
  core::CorrectedClock corrected{clock};
  core::NullLogger log;
  fakes::EmulatorTransport transport{clock};
  std::unique_ptr<cloud::ImageCloud> cloud = connect();
  copy::Engine engine{*cloud, clock};
  core::Context context{.deadline = clock.now() + 10h};

  WorldOn() {
    if (setting.vendor != &toy::vendor()) fakes::seed_sources(transport, setting);
  }

  std::unique_ptr<cloud::ImageCloud> connect() {
    const cloud::Dependencies dependencies{
        .transport = transport, .clock = corrected, .log = log, .policies = {}};
    const cloud::HostEnvironment host = fakes::empty_host();
    cloud::VendorSettings settings = fakes::emulator_settings(*setting.vendor);
    settings["access_key"] = fakes::emulator_credentials().access_key;
    settings["secret_key"] = fakes::emulator_credentials().secret_key;
    const auto found = cloud::find_credentials(*setting.vendor, settings, host, dependencies);
    if (!found) throw std::runtime_error(found.error());
    return setting.vendor->make_client(settings, *found, host, dependencies);
  }

  /// Whether the cloud reports which copy an image is.
  [[nodiscard]] bool identifies_copies() const {
    return cloud->traits().stores_copy_key || cloud->traits().reports_source;
  }

  using Ensured = std::expected<copy::EnsuredCopy, copy::EnsureFailure>;

  /// Ensures the copy in one run of the provider. Each run has an engine of its own.
  Ensured ensure(copy::Engine& run, const cloud::CopyRequest& request, bool adopts = false) {
    copy::AdmissionQueue::Ticket ticket(run.admission(), request.spec.source_region.value(),
                                        request.spec.source_image_id.value());
    Ensured ensured =
        copy::EnsureCopy(run, ticket, log, {.copy = request, .adopts_by_name = adopts}).run(context);
    if (ensured) ticket.detach(ensured->copy);
    return ensured;
  }
  Ensured ensure_in_another_run(bool adopts = false) {
    copy::Engine other(*cloud, clock);
    return ensure(other, setting.request, adopts);
  }
  cloud::CopyReference start() {
    const Ensured ensured = ensure(engine, setting.request);
    if (!ensured) throw std::runtime_error(cloud::describe(ensured.error().error));
    CHECK_FALSE(ensured->adopted);
    return ensured->copy;
  }

  copy::WaitOutcome wait(cloud::CopyReference& copy) {
    auto outcome = copy::CopyWaiter(engine, clock, log)
                       .wait({.copy = copy, .visibility = {.started = clock.utc()}}, context);
    if (outcome.last_status) copy::remember(copy, *outcome.last_status);
    return outcome;
  }

  RemovalEnd remove(const cloud::CopyReference& copy) {
    return copy::Removal(engine, clock,
                         {.copy = copy, .visibility = {.started = clock.utc()}, .snapshot_ids = {}}, context)
        .run()
        .end;
  }

  /// The images in the destination.
  std::vector<CopyStatus> images() {
    return cloud->list_images({.region = setting.request.spec.destination_region.value()}, context).value();
  }
};

using World = WorldOn<fakes::FakeClock>;

}  // namespace

TEST_CASE("a client has the capabilities that the vendor's entry declares") {
  World world;
  CAPTURE(world.setting.name());
  CHECK(&world.cloud->vendor() == world.setting.vendor);
  CHECK(world.cloud->reports_tags() == world.setting.vendor->reports_tags);
  CHECK((world.cloud->snapshots() != nullptr) == world.setting.vendor->keeps_snapshots);
}

TEST_CASE("a copy is started once and waited for until it is available") {
  World world;
  CAPTURE(world.setting.name());
  cloud::CopyReference copy = world.start();
  const auto outcome = world.wait(copy);
  CHECK(outcome.end == WaitEnd::available);
  CHECK_FALSE(copy.image_id.empty());
  REQUIRE(world.images().size() == 1);
  CHECK(world.images().front().image_id == copy.image_id);
  CHECK(world.images().front().image->name == "copy");
}

TEST_CASE("another run adopts a running or finished copy where the cloud identifies copies") {
  World world;
  CAPTURE(world.setting.name());
  const bool is_finished = GENERATE(true, false);
  cloud::CopyReference copy = world.start();
  world.clock.advance(20s);
  if (is_finished) world.wait(copy);
  const auto again = world.ensure_in_another_run();
  if (world.identifies_copies()) {
    REQUIRE(again);
    CHECK(again->adopted);
    CHECK_FALSE(again->by_name);
    if (is_finished) CHECK(again->copy.image_id == copy.image_id);
  } else {
    REQUIRE_FALSE(again);
    CHECK(again.error().error.kind == cloud::ErrorKind::name_taken);
    CHECK(again.error().conflicts == std::vector{copy.image_id});
    const auto adopted = world.ensure_in_another_run(true);
    REQUIRE(adopted);
    CHECK(adopted->by_name);
    CHECK(adopted->copy.image_id == copy.image_id);
  }
  CHECK(world.images().size() == 1);
}

TEST_CASE("a missing source image is reported, and no copy is started") {
  World world;
  CAPTURE(world.setting.name());
  world.setting.request.spec.source_image_id = world.setting.unknown_image;
  const auto ensured = world.ensure(world.engine, world.setting.request);
  REQUIRE_FALSE(ensured);
  CHECK(ensured.error().error.kind == cloud::ErrorKind::not_found);
  CHECK_FALSE(ensured.error().may_have_started);
  CHECK(world.images().empty());
}

TEST_CASE("a failed copy is reported with a reason, and can be removed") {
  World world;
  CAPTURE(world.setting.name());
  world.setting.request.spec.source_image_id = world.setting.failing_image;
  cloud::CopyReference copy = world.start();
  const auto outcome = world.wait(copy);
  CHECK(outcome.end == WaitEnd::failed);
  CHECK_FALSE(outcome.last_status->status_reason.empty());
  CHECK(world.remove(copy) == RemovalEnd::gone);
  CHECK(world.images().empty());
}

TEST_CASE("a running copy is removed") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::CopyReference copy = world.start();
  world.clock.advance(20s);
  const auto before = world.clock.passed();
  CHECK(world.remove(copy) == RemovalEnd::gone);
  // A copy that cannot be canceled is waited for.
  CHECK((world.clock.passed() - before > 60s) == !world.setting.cancels);
  CHECK(world.images().empty());
}

TEST_CASE("a finished copy is removed, and removing it again succeeds") {
  World world;
  CAPTURE(world.setting.name());
  cloud::CopyReference copy = world.start();
  world.wait(copy);
  CHECK(world.remove(copy) == RemovalEnd::gone);
  CHECK(world.images().empty());
  CHECK(world.remove(copy) == RemovalEnd::gone);
}

TEST_CASE("several copies are polled together, and each waiter gets the status of its own copy") {
  WorldOn<fakes::ManualClock> world;
  CAPTURE(world.setting.name());
  world.transport.control("POST", "switches", world.setting.switches);
  constexpr int kCount = 4;
  std::vector<cloud::CopyReference> copies;
  for (int i = 0; i < kCount; ++i) {
    cloud::CopyRequest request = world.setting.request;
    request.spec.name = "copy-" + std::to_string(i);
    request.client_token = "token-" + std::to_string(i);
    const auto started = world.cloud->start_copy(request, world.context);
    if (!started) FAIL(cloud::describe(started.error()));
    copies.push_back(*started);
  }
  const auto poll_all = [&](core::Instant::duration later) {
    std::vector<std::future<std::optional<cloud::Result<CopyStatus>>>> polls;
    for (const cloud::CopyReference& copy : copies) {
      polls.push_back(std::async(std::launch::async, [&, due = world.clock.now() + later] {
        return world.engine.poller().next(copy, due, world.context);
      }));
    }
    world.clock.wait_for_sleepers(kCount);
    world.clock.advance(later);
    std::vector<CopyStatus> statuses;
    for (auto& poll : polls) statuses.push_back(poll.get().value().value());
    return statuses;
  };
  for (const CopyStatus& status : poll_all(20s)) {
    CHECK((status.state == CopyState::queued || status.state == CopyState::copying));
  }
  std::vector<std::string> names;
  for (const CopyStatus& status : poll_all(1h)) {
    CHECK(status.state == CopyState::available);
    names.push_back(status.image->name);
  }
  CHECK(names == std::vector<std::string>{"copy-0", "copy-1", "copy-2", "copy-3"});
}

TEST_CASE("a copy waits for admission while the limit is reached") {
  World world;
  CAPTURE(world.setting.name());
  copy::Engine engine(*world.cloud, world.clock, {.admission = {.max_running = 2}});
  std::vector<core::Instant::duration> started_at;
  cloud::CopyReference last;
  for (int i = 0; i < 3; ++i) {
    cloud::CopyRequest request = world.setting.request;
    request.spec.name = "copy-" + std::to_string(i);
    request.copy_key = "key-" + std::to_string(i);
    request.client_token = "token-" + std::to_string(i);
    const auto ensured = world.ensure(engine, request);
    if (!ensured) FAIL(cloud::describe(ensured.error().error));
    started_at.push_back(world.clock.passed());
    last = ensured->copy;
  }
  CHECK(started_at[2] - started_at[0] >= 100s);
  CHECK(world.wait(last).end == WaitEnd::available);
  CHECK(world.images().size() == 3);
}

TEST_CASE("images are matched to a copy as far as the cloud identifies copies") {
  World world;
  CAPTURE(world.setting.name());
  cloud::CopyReference copy = world.start();
  world.wait(copy);
  const auto matches_of = [&](const cloud::CopyRequest& request) {
    return copy::find_matches(world.images(), request, world.cloud->traits());
  };
  const copy::Matches own = matches_of(world.setting.request);
  CHECK(own.ours.size() == (world.identifies_copies() ? 1 : 0));
  CHECK(own.ambiguous.size() == (world.identifies_copies() ? 0 : 1));
  cloud::CopyRequest other = world.setting.request;
  other.spec.source_image_id = world.setting.failing_image;
  other.copy_key = "another";
  const copy::Matches foreign = matches_of(other);
  CHECK(foreign.ours.empty());
  CHECK(foreign.foreign.size() == (world.identifies_copies() ? 1 : 0));
  other.spec.name = "another";
  CHECK(matches_of(other).foreign.empty());
}

TEST_CASE("of the images that two runs made of one copy, one stays") {
  World world;
  CAPTURE(world.setting.name());
  if (!copy::may_have_duplicates(world.cloud->traits())) return;
  std::vector<cloud::CopyReference> made;
  for (int run = 0; run < 2; ++run) {
    made.push_back(world.cloud->start_copy(world.setting.request, world.context).value());
  }
  for (cloud::CopyReference& copy : made) world.wait(copy);
  REQUIRE(world.images().size() == 2);
  const auto deduplication =
      copy::remove_duplicates(world.engine, world.setting.request, made.back().image_id, world.context);
  REQUIRE(deduplication.kept);
  CHECK(deduplication.left.empty());
  REQUIRE(world.images().size() == 1);
  CHECK(world.images().front().image_id == deduplication.kept->image_id);
}
