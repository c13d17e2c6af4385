#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

// Every secret contains this marker, and no output or file may.

using acceptance::Outcome;
using acceptance::SampleCopy;
using acceptance::Workspace;
using nlohmann::json;

namespace {

constexpr const char* kMark = "MARKED";
constexpr const char* kSecretKey = "MARKED-secret-4711";
constexpr const char* kToken = "MARKED-token-4711";
constexpr const char* kPassword = "MARKED-password-4711";

/// The seed of the sample copies, with an account whose secrets contain the marker.
json marked_seed() {
  json seed = acceptance::sample_seed("2s");
  seed["accounts"] = {{{"access_key", "TEMPORARYKEY00000001"},
                       {"secret_key", kSecretKey},
                       {"security_token", kToken},
                       {"account", "emulator"},
                       {"user", "builder"},
                       {"password", kPassword}}};
  return seed;
}

/// Whether the cloud has users that sign in with a password.
bool has_passwords(const cloud::Vendor& vendor) {
  return !cloud::variable_of(vendor, "password").empty();
}

/// Sets environment variables with a key pair, or with a user's password.
void set_secrets(Workspace& workspace, const cloud::Vendor& vendor, bool by_password) {
  const auto set = [&](std::string_view name, const char* value) {
    REQUIRE_FALSE(name.empty());
    workspace.set_environment(std::string(name), value);
  };
  if (by_password) {
    set(cloud::variable_of(vendor, "user_name"), "builder");
    set(cloud::variable_of(vendor, "password"), kPassword);
    set(cloud::variable_of(vendor, "domain_name"), "emulator");
    return;
  }
  const cloud::KeyPairVariables& variables = vendor.key_pair_variables.front();
  set(variables.access_key, "TEMPORARYKEY00000001");
  set(variables.secret_key, kSecretKey);
  set(variables.security_token, kToken);
}

std::string provider_block(const std::string& url, const SampleCopy& copy) {
  return "provider \"image\" {\n  max_retries = 1\n  " + copy.cloud + " = {\n    region = \"" +
         copy.source_region + "\"\n" + acceptance::endpoint_lines(url, acceptance::cloud_object(copy.cloud)) +
         "  }\n}\n";
}

std::string data_blocks(const SampleCopy& copy) {
  return "data \"image_list\" \"all\" {\n  cloud = \"" + copy.cloud + "\"\n}\n";
}

/// Checks all files in the folder, except for those that the test itself has written.
void check_files(const Workspace& workspace) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(workspace.folder().path())) {
    if (entry.is_symlink() || !entry.is_regular_file()) continue;
    const std::string path = entry.path();
    if (path.find("seed") != std::string::npos) continue;
    CAPTURE(path);
    CHECK(harness::read_file(path).find(kMark) == std::string::npos);
  }
}

}  // namespace

TEST_CASE("no action reveals a secret, even at the log level TRACE") {
  const SampleCopy& copy = acceptance::each_copy();
  const bool by_password = has_passwords(copy.vendor()) && GENERATE(false, true);
  CAPTURE(copy.title, by_password);
  Workspace workspace(marked_seed());
  set_secrets(workspace, copy.vendor(), by_password);
  workspace.set_environment("TF_LOG_PROVIDER", "TRACE");
  std::string output;
  const auto run = [&](std::vector<std::string> arguments, int exit_code = 0) {
    const Outcome outcome = workspace.run(std::move(arguments));
    output += outcome.text;
    INFO(outcome.text);
    CHECK(outcome.exit_code == exit_code);
  };
  const std::string provider = provider_block(workspace.emulator().url(), copy);
  workspace.configure(provider, resource_block(copy) + data_blocks(copy));
  run({"init"});
  run({"plan", "-out=plan"});
  run({"show", "-json", "plan"});
  run({"apply", "plan"});
  run({"plan"});
  workspace.configure(provider, resource_block(copy, "timeouts = { read = \"1m\" }") + data_blocks(copy));
  run({"apply", "-auto-approve"});
  run({"import", "image_copy.it", copy.cloud + "/" + copy.destination_region + "/m-none"}, 1);
  run({"show", "-json"});

  // Lets the cloud repeat the request in its error, as proxies do.
  for (const auto& [action, times] : {std::pair(copy.describe_call, 1000), std::pair(copy.delete_call, 1)}) {
    workspace.emulator().add_fault({{"cloud", copy.cloud},
                                    {"action", action},
                                    {"effect", "status"},
                                    {"status", 400},
                                    {"code", "Refused"},
                                    {"message", std::string("The token ") + kToken + " is not right."},
                                    {"times", times}});
  }
  if (!by_password) run({"destroy", "-auto-approve", "-refresh=false"}, 1);

  CHECK(output.find("API call") != std::string::npos);
  CHECK(output.find(copy.copy_call) != std::string::npos);
  CHECK(output.find("request_id") != std::string::npos);
  const std::size_t found = output.find(kMark);
  if (found != std::string::npos) FAIL(output.substr(found < 300 ? 0 : found - 300, 600));
  check_files(workspace);
}

TEST_CASE("no error about the provider block reveals its secrets") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.set_environment("TF_LOG_PROVIDER", "TRACE");
  const std::string secrets =
      "    access_key = \"AK\"\n    secret_key = \"MARKED-secret\"\n    security_token = "
      "\"MARKED-token\"\n";
  const std::string endpoints =
      acceptance::endpoint_lines(workspace.emulator().url(), acceptance::cloud_object(copy.cloud));
  const auto block = [&](const std::string& network) {
    return "provider \"image\" {\n  max_retries = 0\n" + network + "  " + copy.cloud +
           " = {\n    region = \"" + copy.source_region + "\"\n" + endpoints + secrets + "  }\n}\n";
  };
  for (const std::string network : {"", "  proxy_url = \"http://user:MARKED-password@127.0.0.1:1\"\n",
                                    "  proxy_url = \"ftp://user:MARKED-password@127.0.0.1:1\"\n"}) {
    CAPTURE(network);
    workspace.configure(block(network), resource_block(copy));
    workspace.must({"init"});
    const Outcome outcome = workspace.run({"apply", "-auto-approve"});
    CAPTURE(outcome.text);
    CHECK(outcome.exit_code == 1);
    // Terraform quotes the invalid line of the configuration, which contains the password of the proxy.
    const bool is_quoted = network.find("ftp") != std::string::npos;
    if (!is_quoted) CHECK(outcome.text.find(kMark) == std::string::npos);
  }
}
