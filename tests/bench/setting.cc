#include "tests/bench/setting.h"

#include <iostream>

#include "src/provider/provider_schema.h"

namespace bench {
namespace {

using acceptance::Workspace;

/// A resource with `count` instances by `for_each`.
std::string blocks(const std::string& type, int count, const std::string& arguments) {
  return "resource \"" + type + "\" \"it\" {\n  for_each = toset([for i in range(" + std::to_string(count) +
         ") : tostring(i)])\n" + arguments + "}\n";
}

}  // namespace

void make_quick(Setting& setting) {
  setting.starts = 3;
  setting.waiting = {5};
  setting.sizes = {1, 5};
  setting.refreshes = 1;
  setting.simulated_copies = 5;
}

acceptance::Programs programs(const Setting& setting) {
  return {.provider = setting.provider,
          .emulator_arguments = {"--latency", setting.latency, "--switch", "alicloud_running_copies=1000000",
                                 "--switch", "alicloud_image_quota=1000000"}};
}

nlohmann::json seed(const std::string& copy_duration) {
  return {{"images",
           {{{"cloud", "alicloud"},
             {"region", "cn-hangzhou"},
             {"id", "m-bp1example000000001"},
             {"copy_duration", copy_duration}}}}};
}

void configure_copies(Workspace& workspace, int count) {
  const std::string limit =
      limits_copies() ? "  max_concurrent_copies = " + std::to_string(count) + "\n" : std::string();
  workspace.configure(workspace.provider_block(limit),
                      blocks("image_copy", count,
                             "  cloud = \"alicloud\"\n  source_region = \"cn-hangzhou\"\n"
                             "  source_image_id = \"m-bp1example000000001\"\n"
                             "  destination_region = \"cn-shanghai\"\n  name = \"golden-${each.key}\"\n"));
}

void configure_terraform_data(Workspace& workspace, int count) {
  workspace.folder().write_file("main.tf",
                                blocks("terraform_data", count, "  input = \"golden-${each.key}\"\n"));
}

bool limits_copies() {
  return provider::provider_schema().find("max_concurrent_copies") != nullptr;
}

void say(const std::string& what) {
  std::cerr << what << '\n';
}

}  // namespace bench
