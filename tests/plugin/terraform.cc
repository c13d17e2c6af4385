#include "tests/plugin/terraform.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "src/core/text.h"
#include "tests/plugin/plugin_binaries.h"
#include "tests/plugin/plugin_process.h"

namespace harness {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRequirement = R"(
terraform {
  required_providers {
    sample = {
      source = "registry.terraform.io/imagecopy/sample"
    }
  }
}
)";

std::string find_program() {
  const char* path = std::getenv("PATH");
  for (const char* name : {"terraform", "tofu"}) {
    for (const std::string& folder : core::split(path == nullptr ? "/usr/bin" : path, ':')) {
      const fs::path candidate = fs::path(folder) / name;
      if (fs::is_regular_file(candidate)) return candidate;
    }
  }
  throw std::runtime_error("neither terraform nor tofu is on PATH; this test requires one of them");
}

}  // namespace

Terraform::Terraform(Environment environment) : environment_(std::move(environment)) {
  const std::string settings = folder_.write_file(
      "settings.tfrc",
      "provider_installation {\n  dev_overrides {\n    \"registry.terraform.io/imagecopy/sample\" = \"" +
          fs::path(sample_binary()).parent_path().string() + "\"\n  }\n  direct {}\n}\n");
  environment_["TF_CLI_CONFIG_FILE"] = settings;
  environment_["CHECKPOINT_DISABLE"] = "1";
  environment_["TF_INPUT"] = "0";
  environment_["HOME"] = folder_.path();
  environment_["TMPDIR"] = folder_.make_folder("tmp");
  environment_["PATH"] = "/usr/bin:/bin";
  if (environment_.contains("TF_LOG")) environment_["TF_LOG_PATH"] = folder_.path() + "/log";
}

void Terraform::configure(const std::string& resources) const {
  folder_.write_file("main.tf", kRequirement + resources);
}

TerraformRun Terraform::run(const std::vector<std::string>& arguments) const {
  Subprocess process({.program = find_program(),
                      .arguments = arguments,
                      .environment = environment_,
                      .folder = folder_.path(),
                      .own_group = true});
  const ProcessEnd end = process.wait();
  const bool empty = kill(-process.pid(), 0) != 0 && errno == ESRCH;
  return {.code = end.code.value_or(-1),
          .output = process.output().text() + process.errors().text(),
          .left_processes = !empty};
}

std::string Terraform::log() const {
  return read_file(folder_.path() + "/log");
}

}  // namespace harness
