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

// The contract of the engine on every vendor: those of the table, with the emulator, and toy vendors that are
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
  ContractVendor toy{.vendor = &toy::bare_vendor(),
                     .request = {.spec = {.source_region = "east",
                                          .source_image_id = "i-golden",
                                          .destination_region = "west",
                                          .name = "copy"}},
                     .failing_image = "i-broken",
                     .unknown_image = "i-unknown",
                     .other_project = "",
                     .copy_action = ""};
  all.push_back(toy);
  toy.vendor = &toy::vendor();
  toy.other_project = "lab";
  all.push_back(std::move(toy));
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

  WorldOn() { transport.control("POST", "seed", setting.seed); }

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
  [[nodiscard]] bool identifies_copies() const { return cloud->traits().identifies_copies(); }

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
  cloud::CopyReference start() { return start(setting.request); }
  cloud::CopyReference start(const cloud::CopyRequest& request) {
    const Ensured ensured = ensure(engine, request);
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

  /// A copy that is available.
  cloud::CopyReference finish(const cloud::CopyRequest& request) {
    cloud::CopyReference copy = start(request);
    CHECK(wait(copy).end == WaitEnd::available);
    return copy;
  }
  cloud::CopyReference finish() { return finish(setting.request); }

  /// The request of the `number`th of several copies.
  [[nodiscard]] cloud::CopyRequest request_of(int number) const {
    cloud::CopyRequest request = setting.request;
    request.spec.name = "copy-" + std::to_string(number);
    request.copy_key = "key-" + std::to_string(number);
    request.client_token = "token-" + std::to_string(number);
    return request;
  }

  [[nodiscard]] const std::string& destination_region() const {
    return setting.request.spec.destination_region.value();
  }

  /// The images in the destination.
  std::vector<CopyStatus> images() {
    return cloud->list_images({.region = destination_region()}, context).value();
  }
};

using World = WorldOn<fakes::FakeClock>;

}  // namespace

TEST_CASE("a client has the capabilities that the vendor's entry declares") {
  World world;
  CAPTURE(world.setting.name());
  CHECK(&world.cloud->vendor() == world.setting.vendor);
  if (world.cloud->tag_lookup() != nullptr) CHECK(world.cloud->traits().reports_tags);
  CHECK((world.cloud->snapshots() != nullptr) == world.setting.vendor->keeps_snapshots);
  CHECK((world.cloud->projects() != nullptr) == !world.setting.other_project.empty());
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
    const auto started = world.cloud->start_copy(world.request_of(i), world.context);
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
    const auto ensured = world.ensure(engine, world.request_of(i));
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

TEST_CASE("the snapshots that a deleted image leaves are deleted as well") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::CopyReference copy = world.finish();
  const std::vector<std::string> ids = world.images().front().image->snapshot_ids;
  cloud::Snapshots* snapshots = world.cloud->snapshots();
  REQUIRE(ids.empty() == (snapshots == nullptr));
  if (snapshots != nullptr) CHECK(snapshots->existing_snapshots(copy, ids, world.context) == ids);
  CHECK(world.remove(copy) == RemovalEnd::gone);
  if (snapshots != nullptr) CHECK(snapshots->existing_snapshots(copy, ids, world.context)->empty());
}

TEST_CASE("each copy has its own tags, read for it alone or for all copies of the region") {
  World world;
  CAPTURE(world.setting.name());
  std::vector<cloud::CopyReference> copies;
  for (int i = 0; i < 3; ++i) {
    cloud::CopyRequest request = world.request_of(i);
    request.spec.tags = {{"number", std::to_string(i)}};
    copies.push_back(world.finish(request));
    if (world.cloud->traits().tags_with_copy || world.cloud->tagging() == nullptr) continue;
    REQUIRE(world.cloud->tagging()->change_tags(copies.back(), {.set = request.spec.tags, .remove = {}},
                                                world.context));
  }
  // The first read takes a call of its own, the others share a listing.
  int number = 0;
  for (const cloud::CopyReference& copy : copies) {
    const auto status = world.cloud->describe_copy(copy, world.context);
    REQUIRE(status);
    const cloud::Tags reported = {{"number", std::to_string(number++)}};
    CHECK(world.engine.cache().tags(copy, *status->image, world.context) ==
          (world.cloud->reports_tags() ? reported : cloud::Tags()));
  }
}

TEST_CASE("the quota of a region counts a copy until it is removed, where the cloud reports quotas") {
  World world;
  CAPTURE(world.setting.name());
  if (world.cloud->quotas() == nullptr) return;
  const auto read_used = [&] {
    world.clock.advance(1h);  // What was read before is too old now.
    const auto quota = world.engine.cache().quota(world.destination_region(), "", world.context);
    REQUIRE(quota);
    CHECK(quota->limit > 0);
    return quota->used;
  };
  CHECK(read_used() == 0);
  const cloud::CopyReference copy = world.finish();
  CHECK(read_used() == 1);
  CHECK(world.remove(copy) == RemovalEnd::gone);
  CHECK(read_used() == 0);
}

TEST_CASE("a copy goes to the project that it names, else to the region's own") {
  World world;
  CAPTURE(world.setting.name());
  const auto names_in = [&](const std::string& project) {
    std::vector<std::string> names;
    const auto images = world.engine.cache().images(world.destination_region(), project, world.context);
    for (const CopyStatus& status : *images.value()) names.push_back(status.image->name);
    return names;
  };
  using Names = std::vector<std::string>;
  world.finish(world.request_of(1));
  CHECK(names_in("") == Names{"copy-1"});
  CHECK(names_in(world.cloud->default_project(world.destination_region())) == Names{"copy-1"});
  if (world.cloud->projects() == nullptr) return;
  cloud::CopyRequest elsewhere = world.request_of(2);
  elsewhere.spec.project_name = world.setting.other_project;
  const cloud::CopyReference copy = world.finish(elsewhere);
  CHECK(names_in(world.setting.other_project) == Names{"copy-2"});
  CHECK(names_in("") == Names{"copy-1"});
  CHECK(world.remove(copy) == RemovalEnd::gone);
  CHECK(names_in(world.setting.other_project).empty());
}
