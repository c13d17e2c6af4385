#include "tests/acceptance/workspace.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "src/core/text.h"
#include "tests/support/provider_program.h"

namespace acceptance {

using nlohmann::json;

namespace {

/// Puts a provider into the mirror in the folder. `name`: such as `imagecopy/image`.
void mirror_provider(const harness::TestFolder& folder, const std::string& name, const std::string& program) {
  const std::string target =
      folder.path() + "/mirror/registry.terraform.io/" + name + "/" IMAGE_VERSION "/linux_amd64";
  std::filesystem::create_directories(target);
  const std::string type = name.substr(name.find('/') + 1);
  std::filesystem::create_symlink(program, target + "/terraform-provider-" + type + "_v" IMAGE_VERSION);
}

/// Writes an unpacked mirror and a CLI configuration that uses only this mirror. Returns the path of the CLI
/// configuration.
std::string write_mirror(const harness::TestFolder& folder, const std::string& program) {
  mirror_provider(folder, "imagecopy/image", program);
  return folder.write_file("terraform.rc", "provider_installation {\n  filesystem_mirror {\n    path = \"" +
                                               folder.path() + "/mirror\"\n  }\n}\n");
}

}  // namespace

const std::vector<CloudObject>& cloud_objects() {
  static const std::vector<CloudObject> kObjects = {
      {.cloud = "alicloud", .region = "cn-hangzhou", .endpoints = {"endpoint"}},
      {.cloud = "baiducloud", .region = "bj", .endpoints = {"endpoint"}},
      {.cloud = "huaweicloud", .region = "cn-north-4", .endpoints = {"endpoint", "iam_endpoint"}},
  };
  return kObjects;
}

const CloudObject& cloud_object(const std::string& cloud) {
  return *std::ranges::find(cloud_objects(), cloud, &CloudObject::cloud);
}

json endpoints_at(const std::string& url, const CloudObject& object) {
  json endpoints;
  for (const std::string& argument : object.endpoints) {
    endpoints[argument] = url + "/" + object.cloud + "/{region}";
  }
  return endpoints;
}

std::string endpoint_lines(const std::string& url, const CloudObject& object) {
  const json endpoints = endpoints_at(url, object);
  std::string lines;
  for (const auto& [argument, value] : endpoints.items()) {
    lines += "    " + argument + " = " + value.dump() + "\n";
  }
  return lines;
}

Programs usual_programs() {
  return {.provider = harness::provider_program(), .emulator_arguments = {}};
}

bool Outcome::says(std::string_view expected) const {
  // Terraform wraps lines, and draws a frame around errors.
  std::string flat = core::replace_all(text, "│", " ");
  flat = core::replace_all(flat, "\n", " ");
  while (flat.find("  ") != std::string::npos) flat = core::replace_all(flat, "  ", " ");
  return flat.find(expected) != std::string::npos;
}

Workspace::Workspace(const json& seed, const Programs& programs)
    : provider_(programs.provider), emulator_(folder_, seed, programs.emulator_arguments) {
  const char* path = std::getenv("PATH");
  environment_ = {{"PATH", path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path},
                  {"HOME", folder_.path()},
                  {"TMPDIR", folder_.make_folder("tmp")},
                  {"TF_CLI_CONFIG_FILE", write_mirror(folder_, programs.provider)},
                  {"CHECKPOINT_DISABLE", "1"},
                  {"TF_IN_AUTOMATION", "1"},
                  {"ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"},
                  {"HW_ECS_METADATA_DISABLED", "true"},
                  {"ASAN_OPTIONS", "log_path=" + folder_.path() + "/sanitizer"},
                  {"LSAN_OPTIONS", "print_suppressions=0"},
                  {"UBSAN_OPTIONS", "print_stacktrace=1:log_path=" + folder_.path() + "/sanitizer"}};
}

std::string Workspace::provider_block(const std::string& more) const {
  std::string block = "provider \"image\" {\n";
  for (const CloudObject& object : cloud_objects()) {
    block += "  " + object.cloud + " = {\n    region = \"" + object.region + "\"\n    access_key = \"" +
             kAccessKey + "\"\n    secret_key = \"" + kSecretKey + "\"\n" +
             endpoint_lines(emulator_.url(), object) + "  }\n";
  }
  return block + more + "}\n";
}

void Workspace::install_provider(const std::string& name, const std::string& program) const {
  mirror_provider(folder_, name, program);
}

void Workspace::install_stand_in(const std::string& name) {
  mirror_provider(folder_, name, IMAGE_VENDOR_STAND_IN);
  const std::string type = name.substr(name.find('/') + 1);
  more_providers_ += "    " + type + " = { source = \"" + name + "\" }\n";
}

void Workspace::configure(const std::string& blocks) {
  configure(provider_block(), blocks);
}

void Workspace::configure(const std::string& provider, const std::string& blocks) {
  folder_.write_file("main.tf",
                     "terraform {\n  required_providers {\n    image = { source = \"imagecopy/image\" }\n" +
                         more_providers_ + "  }\n}\n" + provider + blocks);
}

std::unique_ptr<harness::Subprocess> Workspace::start(std::vector<std::string> arguments) {
  if (arguments.front() != "show" && arguments.front() != "providers") arguments.emplace_back("-no-color");
  return start_program(IMAGE_TERRAFORM, std::move(arguments), folder_.path());
}

std::unique_ptr<harness::Subprocess> Workspace::start_provider(std::vector<std::string> arguments) {
  return start_program(provider_, std::move(arguments), folder_.path());
}

std::unique_ptr<harness::Subprocess> Workspace::start_program(const std::string& program,
                                                              std::vector<std::string> arguments,
                                                              const std::string& folder) const {
  return std::make_unique<harness::Subprocess>(harness::Command{.program = program,
                                                                .arguments = std::move(arguments),
                                                                .environment = environment_,
                                                                .folder = folder,
                                                                .own_group = true});
}

Outcome Workspace::finish(harness::Subprocess& process, std::chrono::seconds timeout) {
  const harness::ProcessEnd end = process.wait(timeout);
  if (end == harness::ProcessEnd{}) {
    throw std::runtime_error("terraform did not end: " + process.output().text() + process.errors().text());
  }
  return {.exit_code = end.code.value_or(-1), .text = process.output().text() + process.errors().text()};
}

Outcome Workspace::run(std::vector<std::string> arguments) {
  const auto process = start(std::move(arguments));
  Outcome outcome = finish(*process);
  check_sanitizers();
  return outcome;
}

std::string Workspace::must(std::vector<std::string> arguments) {
  const std::string command = core::join(arguments, " ");
  Outcome outcome = run(std::move(arguments));
  if (outcome.exit_code != 0) throw std::runtime_error("terraform " + command + " failed: " + outcome.text);
  return std::move(outcome.text);
}

json Workspace::resources() {
  const json shown = json::parse(must({"show", "-json"}));
  if (!shown.contains("values")) return json::array();
  return shown.at("values").at("root_module").value("resources", json::array());
}

json Workspace::state_resource(const std::string& address) {
  const json all = resources();
  for (const json& resource : all) {
    if (resource.at("address") == address) return resource;
  }
  return nullptr;
}

json Workspace::attributes(const std::string& address) {
  const json resource = state_resource(address);
  return resource.is_null() ? json() : resource.at("values");
}

bool Workspace::is_tainted(const std::string& address) {
  const json resource = state_resource(address);
  return !resource.is_null() && resource.value("tainted", false);
}

json Workspace::planned_actions(const std::string& address) {
  must({"plan", "-out=plan"});
  const json plan = json::parse(must({"show", "-json", "plan"}));
  for (const json& change : plan.at("resource_changes")) {
    if (change.at("address") == address) return change.at("change").at("actions");
  }
  return nullptr;
}

void Workspace::check_sanitizers() const {
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    if (!entry.path().filename().string().starts_with("sanitizer")) continue;
    throw std::runtime_error(harness::read_file(entry.path()));
  }
}

}  // namespace acceptance
