#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "src/cloud/vendors.h"
#include "tests/cloud/contract_vendors.h"
#include "tests/cloud/emulated_cloud.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

namespace fakes {

/// The emulator with one vendor's source images, and a client of that vendor.
struct ContractWorld {
  ContractVendor setting;
  FakeClock clock;
  core::CorrectedClock corrected{clock};
  EmulatorTransport transport{clock};
  core::NullLogger log;
  std::unique_ptr<::cloud::ImageCloud> cloud = make("emulator-secret-key-01");
  core::Context context{.deadline = clock.now() + std::chrono::hours(1)};

  /// Runs the rest of the test once for each cloud.
  ContractWorld() : ContractWorld(GENERATE(from_range(contract_vendors()))) {}

  explicit ContractWorld(ContractVendor chosen) : setting(std::move(chosen)) {
    transport.control("POST", "seed", setting.seed);
  }

  std::unique_ptr<::cloud::ImageCloud> make(const std::string& secret) {
    const ::cloud::Dependencies dependencies{
        .transport = transport, .clock = corrected, .log = log, .policies = {}};
    ::cloud::Credentials credentials = emulator_credentials();
    credentials.secret_key = secret;
    return emulated_cloud(setting.name(), credentials, dependencies);
  }

  ::cloud::CopyReference start() {
    auto copy = cloud->start_copy(setting.request, context);
    if (!copy) FAIL(::cloud::describe(copy.error()));
    return *copy;
  }

  ::cloud::CopyStatus describe(const ::cloud::CopyReference& copy) {
    const auto status = cloud->describe_copy(copy, context);
    if (!status) FAIL(::cloud::describe(status.error()));
    if (status->state == ::cloud::CopyState::absent) FAIL("the copy is not there");
    return *status;
  }

  ::cloud::CopyState state_of(const ::cloud::CopyReference& copy) {
    const auto status = cloud->describe_copy(copy, context);
    if (!status) FAIL(::cloud::describe(status.error()));
    return status->state;
  }

  /// A copy that has ended.
  ::cloud::CopyReference finish() {
    ::cloud::CopyReference copy = start();
    clock.advance(std::chrono::seconds(200));
    const ::cloud::CopyStatus status = describe(copy);
    copy.image_id = status.image_id;
    copy.last_state = status.state;
    return copy;
  }

  /// How often the action was called; all calls if it is empty.
  int calls(const std::string& action = "") {
    int count = 0;
    const nlohmann::json requests = transport.control("GET", "requests");
    for (const nlohmann::json& entry : requests.at("counts")) {
      if (action.empty() || entry.at("action") == action) count += entry.at("count").get<int>();
    }
    return count;
  }
};

}  // namespace fakes
