#pragma once

#include <map>
#include <string>

#include "src/cloud/credentials/chain.h"
#include "tests/cloud/emulator_transport.h"
#include "tests/support/fake_clock.h"

namespace fakes {

/// A host with only the environment variables and files that a test sets, and with the emulator as its
/// network.
struct FakeHost {
  std::map<std::string, std::string> variables = {{"HOME", "/home/user"}};
  std::map<std::string, std::string> files;
  FakeClock clock;
  core::CorrectedClock corrected{clock};
  EmulatorTransport transport{clock};
  core::NullLogger log;
  cloud::HostEnvironment host{.environment = [this](const char* name) -> std::optional<std::string> {
                                const auto found = variables.find(name);
                                if (found == variables.end() || found->second.empty()) return std::nullopt;
                                return found->second;
                              },
                              .read_file = [this](const std::string& path) -> core::FileResult {
                                const auto found = files.find(path);
                                if (found == files.end()) return std::unexpected("does not exist");
                                return found->second;
                              }};

  [[nodiscard]] cloud::Dependencies dependencies() {
    return {.transport = transport, .clock = corrected, .log = log, .policies = {}};
  }

  void seed(const nlohmann::json& seed) { transport.control("POST", "seed", seed); }
};

/// The credentials that a search found. Throws if it found none.
inline cloud::Credentials credentials_of(const cloud::CredentialsResult& search) {
  if (!search) throw std::runtime_error(search.error());
  if (!search->credentials) throw std::runtime_error("the search found tokens instead of access keys");
  const auto credentials = search->credentials->get({});
  if (!credentials) throw std::runtime_error(describe(credentials.error()));
  return *credentials;
}

inline std::string access_key_of(const cloud::CredentialsResult& search) {
  return credentials_of(search).access_key;
}

}  // namespace fakes
