#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include "plugin/launch.h"
#include "src/cli/configuration.h"
#include "src/cli/discover.h"
#include "src/cli/status.h"
#include "src/cloud/vendors.h"
#include "src/core/clock.h"
#include "src/core/file.h"
#include "src/core/log.h"
#include "src/core/memory.h"
#include "src/core/text.h"
#include "src/provider/image_provider.h"
#include "tf/serve.h"

namespace {

constexpr const char* kProgram = "terraform-provider-image";
constexpr const char* kVersion = IMAGE_VERSION;
constexpr const char* kAddress = "imagecopy/image";  // on the registry of Terraform or of OpenTofu

std::string what_this_is() {
  return "This is a provider of Terraform and OpenTofu: it copies machine images between regions on " +
         cloud::display_names([](const cloud::Vendor&) { return true; }) +
         ". Put it where Terraform looks for providers, name it in a configuration as "
         "imagecopy/image, and Terraform starts it when \"terraform plan\" or \"terraform "
         "apply\" needs it. By hand it only runs with one of the commands and options below.";
}

/// The whole program as a tree of objects.
struct Program {
  core::SystemClock clock;
  core::HclogLogger log{clock, STDERR_FILENO, tf::plugin::requested_log_level(), "image"};
  provider::ImageProvider provider{{
      .clock = clock,
      .log = log,
      .machine = {.environment = tf::plugin::process_environment, .read_file = core::read_file},
      .make_transport =
          [share = std::make_shared<const http::CurlShare>()](http::CurlOptions options) {
            options.share = share;
            return std::make_unique<http::CurlTransport>(std::move(options));
          },
      .version = kVersion,
  }};
};

cli::Terminal terminal() {
  cli::Terminal terminal{
      .out = std::cout, .messages = std::cerr, .is_interactive = isatty(STDOUT_FILENO) == 1};
  winsize size{};
  if (terminal.is_interactive && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    terminal.columns = size.ws_col;
    terminal.rows = size.ws_row;
  }
  return terminal;
}

/// What a person may ask for.
struct CommandLine {
  bool debug = false;
  std::string configuration_file;
  std::string state_file;
  int interval = 10;
  cli::StatusRequest status;
  cli::DiscoverRequest discover;
};

void add_configuration(CLI::App& command, CommandLine& wishes) {
  command
      .add_option("--provider-config", wishes.configuration_file,
                  "JSON file with the arguments of the provider block; default: environment and files, as "
                  "Terraform would find them")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
}

CLI::App* add_status(CLI::App& app, CommandLine& wishes) {
  CLI::App* command = app.add_subcommand(
      "status",
      "Shows the copies of a state that still run: terraform show -json | terraform-provider-image status");
  command
      ->add_option("state", wishes.state_file, "What terraform show -json printed; default: standard input")
      ->type_name("FILE")
      ->check(CLI::ExistingFile);
  command->add_flag("--watch", wishes.status.watch, "Goes on until every copy has ended");
  command->add_flag("--json", wishes.status.as_json, "Prints JSON; with --watch, a line a look");
  command->add_option("--interval", wishes.interval, "Seconds between two looks of --watch; default: 10")
      ->type_name("SECONDS")
      ->check(CLI::Range(1, 3600));
  add_configuration(*command, wishes);
  return command;
}

CLI::App* add_discover(CLI::App& app, CommandLine& wishes) {
  CLI::App* command =
      app.add_subcommand("discover", "Prints import blocks for the images that exist in a region");
  cli::DiscoverRequest& request = wishes.discover;
  command->add_option("--cloud", request.cloud, core::enumerate(cloud::vendor_names(), "or"))->required();
  command->add_option("--region", request.region, "Region to look in; default: the configured one");
  command->add_option("--name", request.name, "Only images of exactly this name");
  command->add_option("--name-regex", request.name_regex, "Only images whose name this matches");
  command->add_option("--status", request.status, "Only images of this status, such as available");
  command
      ->add_option_function<std::vector<std::string>>(
          "--tag",
          [&request](const std::vector<std::string>& tags) {
            for (const std::string& tag : tags) {
              const std::size_t equals = tag.find('=');
              if (equals == std::string::npos || equals == 0) {
                throw CLI::ValidationError("--tag", "\"" + tag + "\" is not of the form KEY=VALUE");
              }
              const auto [known, is_new] =
                  request.tags.emplace(tag.substr(0, equals), tag.substr(equals + 1));
              if (!is_new) {
                throw CLI::ValidationError("--tag",
                                           "no image has two values of the tag \"" + known->first + "\"");
              }
            }
          },
          "Only images with this tag; may be repeated")
      ->type_name("KEY=VALUE");
  add_configuration(*command, wishes);
  return command;
}

/// A file that a person named. Throws if it cannot be read.
std::string read_named_file(const std::string& path) {
  auto text = core::read_file(path);
  if (!text) throw std::runtime_error("the file " + path + " cannot be read");
  return *std::move(text);
}

int run_status(Program& program, CommandLine& wishes, const std::string& configuration) {
  wishes.status.configuration = configuration;
  wishes.status.interval = std::chrono::seconds(wishes.interval);
  if (!wishes.state_file.empty()) {
    wishes.status.state_json = read_named_file(wishes.state_file);
  } else {
    if (isatty(STDIN_FILENO) == 1) {
      std::cerr << "Reading from the terminal what \"terraform show -json\" prints.\n";
    }
    wishes.status.state_json.assign(std::istreambuf_iterator<char>(std::cin), {});
  }
  return cli::show_status(wishes.status, program.provider, program.clock, terminal());
}

int run_discover(Program& program, const CommandLine& wishes, const std::string& configuration) {
  const tf::Diagnostics diagnostics = cli::configure(program.provider, configuration);
  cli::print(std::cerr, diagnostics);
  if (tf::has_error(diagnostics)) return 1;
  return cli::discover(wishes.discover, program.provider, terminal());
}

/// A standard file that is closed would be the next one that anybody opens, and get what is printed. What is
/// printed to `/dev/full` is known not to have arrived.
void hold_standard_files() {
  for (const auto& [descriptor, stand_in] :
       {std::pair(STDIN_FILENO, "/dev/null"), {STDOUT_FILENO, "/dev/full"}, {STDERR_FILENO, "/dev/null"}}) {
    if (fcntl(descriptor, F_GETFD) == -1) open(stand_in, O_RDWR | O_CLOEXEC);
  }
}

/// As CLI11 takes them, from the last to the first.
std::vector<std::string> arguments_of(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  // What other providers call it.
  std::ranges::replace(arguments, std::string("-debug"), std::string("--debug"));
  std::ranges::reverse(arguments);
  return arguments;
}

}  // namespace

int main(int argc, char** argv) {
  core::keep_memory_together();
  tf::plugin::report_crashes();
  if (argc == 1 && tf::plugin::started_by_terraform()) {
    Program program;
    return tf::plugin::serve(kProgram, program.provider, program.clock, program.log);
  }
  hold_standard_files();
  CommandLine wishes;
  CLI::App app(what_this_is(), kProgram);
  app.set_version_flag("--version", std::string(kProgram) + " " + kVersion);
  app.add_flag("--debug", wishes.debug,
               "Serves until Ctrl-C, and prints how to lead Terraform to this process, which may run in a "
               "debugger");
  app.require_subcommand(0, 1);
  const CLI::App* status = add_status(app, wishes);
  const CLI::App* discover = add_discover(app, wishes);
  try {
    app.parse(arguments_of(argc, argv));
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  Program program;
  try {
    const std::string& file = wishes.configuration_file;
    const std::string configuration = file.empty() ? "" : read_named_file(file);
    if (*status) return run_status(program, wishes, configuration);
    if (*discover) return run_discover(program, wishes, configuration);
  } catch (const std::runtime_error& error) {
    std::cerr << kProgram << ": " << error.what() << ".\n";
    return 1;
  }
  if (wishes.debug) return tf::plugin::serve_for_debugging(kProgram, kAddress, program.provider, program.log);
  std::cerr << app.help();
  return 1;
}
