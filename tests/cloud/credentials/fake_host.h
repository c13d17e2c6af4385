#pragma once

#include <map>
#include <string>

#include "src/cloud/credentials/chain.h"
#include "tests/cloud/emulator_transport.h"
#include "tests/support/fake_clock.h"

namespace fakes {

/// A machine with just the variables and files that a test gives it, and the emulator for a network.
struct FakeMachine {
  std::map<std::string, std::string> variables = {{"HOME", "/home/user"}};
  std::map<std::string, std::string> files;
  FakeClock clock;
  core::CorrectedClock corrected{clock};
  EmulatorTransport transport{clock};
  core::NullLogger log;
  cloud::HostEnvironment machine{.environment = [this](const char* name) -> std::optional<std::string> {
                                   const auto found = variables.find(name);
                                   if (found == variables.end() || found->second.empty()) return std::nullopt;
                                   return found->second;
                                 },
                                 .read_file = [this](const std::string& path) -> std::optional<std::string> {
                                   const auto found = files.find(path);
                                   if (found == files.end()) return std::nullopt;
                                   return found->second;
                                 }};

  [[nodiscard]] cloud::Dependencies services() {
    return {.transport = transport, .clock = corrected, .log = log, .retry_policy = {}};
  }

  void seed(const nlohmann::json& seed) { transport.control("POST", "seed", seed); }
};

/// The keys that a search found; fails the test if it found none.
inline cloud::Credentials keys_of(const cloud::CredentialsResult& search) {
  if (!search) throw std::runtime_error(search.error());
  if (!search->keys) throw std::runtime_error("tokens were found, not keys");
  const auto keys = search->keys->get({});
  if (!keys) throw std::runtime_error(describe(keys.error()));
  return *keys;
}

inline std::string access_key_of(const cloud::CredentialsResult& search) {
  return keys_of(search).access_key;
}

}  // namespace fakes
