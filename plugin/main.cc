#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "plugin/launch.h"
#include "plugin/serve.h"
#include "src/copy/image_provider.h"
#include "src/core/clock.h"
#include "src/core/file.h"
#include "src/core/log.h"
#include "src/core/memory.h"

namespace {

constexpr const char* kProgram = "terraform-provider-image";
constexpr const char* kVersion = IMAGE_VERSION;

constexpr const char* kWhatThisIs =
    "This is a provider of Terraform and OpenTofu: it copies machine images between regions on Alibaba "
    "Cloud, Baidu AI "
    "Cloud and Huawei Cloud. It is not run by hand. Put it where Terraform looks for providers, name it in a "
    "configuration as registry.terraform.io/imagecopy/image, and Terraform starts it when \"terraform plan\" "
    "or "
    "\"terraform apply\" needs it.";

int serve() {
  core::SystemClock clock;
  core::HclogLogger log(clock, STDERR_FILENO, plugin::requested_log_level(), "image");
  copy::ImageProvider provider({
      .clock = clock,
      .log = log,
      .machine = {.environment = plugin::process_environment, .read_file = core::read_file},
      .make_transport =
          [share = std::make_shared<const http::CurlShare>()](http::CurlOptions options) {
            options.share = share;
            return std::make_unique<http::CurlTransport>(std::move(options));
          },
      .version = kVersion,
  });
  return plugin::serve(kProgram, provider, clock, log);
}

}  // namespace

int main(int argc, char** argv) {
  core::keep_memory_together();
  plugin::report_crashes();
  CLI::App app(kWhatThisIs, kProgram);
  app.set_version_flag("--version", std::string(kProgram) + " " + kVersion);
  CLI11_PARSE(app, argc, argv);
  if (!plugin::started_by_terraform()) {
    std::cerr << kWhatThisIs << "\n";
    return 1;
  }
  return serve();
}
