#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"

/// The items of the conformance checklist (PROTOCOL.md 12) that need the real Terraform are tested by their
/// numbers, on one cloud. This is the resource that they use.
namespace acceptance {

inline constexpr const char* kAddress = "image_copy.it";

using Arguments = std::map<std::string, std::string>;

inline const Arguments kDefaultArguments = {{"cloud", "\"alicloud\""},
                                            {"source_image_id", "\"m-bp1example000000001\""},
                                            {"source_region", "\"cn-hangzhou\""},
                                            {"destination_region", "\"cn-shanghai\""},
                                            {"name", "\"golden-copy\""}};

inline std::string resource(Arguments arguments, const std::string& name = "it",
                            const std::string& more = "") {
  arguments.insert(kDefaultArguments.begin(), kDefaultArguments.end());
  std::string block = R"(resource "image_copy" ")" + name + "\" {\n";
  for (const auto& [argument, value] : arguments) block += "  " + argument + " = " + value + "\n";
  return block + more + "}\n";
}

inline nlohmann::json seed_with_extras() {
  nlohmann::json seed = sample_seed("1s");
  seed["images"].push_back(
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-bp1second0000000001"}});
  seed["images"].push_back(
      {{"cloud", "alicloud"}, {"region", "cn-beijing"}, {"id", "m-bp1example000000001"}});
  for (const char* region : {"cn-shanghai", "cn-beijing"}) {
    for (const char* id : {"key-1", "key-2"}) {
      seed["kms_keys"].push_back({{"cloud", "alicloud"}, {"region", region}, {"id", id}});
    }
  }
  seed["resource_groups"] = {"rg-1", "rg-2"};
  seed["switches"]["alicloud_running_copies"] = 50;
  return seed;
}

/// A workspace whose configuration has been applied once.
struct AppliedWorkspace : Workspace {
  explicit AppliedWorkspace(const Arguments& arguments = {}) : Workspace(seed_with_extras()) {
    configure(resource(arguments));
    must({"init"});
    must({"apply", "-auto-approve"});
  }

  bool plans_no_changes() { return run({"plan", "-detailed-exitcode"}).exit_code == 0; }

  std::string image_id() { return attributes(kAddress).at("image_id"); }

  nlohmann::json copies() { return emulator().images("alicloud", "cn-shanghai"); }
};

}  // namespace acceptance
