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
#include "src/core/command_line.h"
#include "src/core/file.h"
#include "src/core/log.h"
#include "src/core/memory.h"
#include "src/core/text.h"
#include "src/provider/image_provider.h"
#include "tf/serve.h"

namespace {

constexpr const char* kProgram = "terraform-provider-image";
constexpr const char* kVersion = IMAGE_VERSION;
constexpr const char* kAddress = "imagecopy/image";  // in the registries of Terraform and OpenTofu

std::string program_description() {
  return "Provider for Terraform and OpenTofu that copies machine images within and between regions on\n" +
         cloud::display_names([](const cloud::Vendor&) { return true; }) +
         ".\n\n"
         "Terraform starts this program itself for configurations that require imagecopy/image. On the "
         "command\n"
         "line, use one of the commands or options below.\n";
}

/// The whole program as a tree of objects.
struct Program {
  core::SystemClock clock;
  core::HclogLogger log{clock, STDERR_FILENO, tf::plugin::requested_log_level(), "image"};
  provider::ImageProvider provider{{
      .clock = clock,
      .log = log,
      .host = {.environment = tf::plugin::process_environment, .read_file = core::read_file},
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

struct CommandLine {
  bool debug = false;
  std::string configuration_file;
  std::string state_file;
  int interval = 10;
  cli::StatusRequest status;
  cli::DiscoverRequest discover;
};

void add_configuration(CLI::App& command, CommandLine& command_line) {
  command
      .add_option("--provider-config", command_line.configuration_file,
                  "Read the arguments of the provider block from this JSON file; default: the environment "
                  "and shared files, as in Terraform")
      ->type_name("FILE")
      ->check(CLI::ExistingFile.description(""));
}

CLI::App* add_status(CLI::App& app, CommandLine& command_line) {
  CLI::App* command =
      app.add_subcommand("status", "Show the copies of a state that are running or have failed");
  command->group("Commands");
  command
      ->add_option("FILE", command_line.state_file,
                   "Output of \"terraform show -json\"; default: standard input")
      ->type_name("")
      ->check(CLI::ExistingFile.description(""));
  command->add_flag("--watch", command_line.status.watch, "Poll until every copy has ended");
  command->add_flag("--json", command_line.status.as_json, "Print JSON; with --watch, one line per poll");
  command
      ->add_option("--interval", command_line.interval,
                   "With --watch, wait this long between polls: 1 to 3600; default: 10")
      ->type_name("SECONDS")
      ->check(CLI::Range(1, 3600).description(""));
  add_configuration(*command, command_line);
  command->footer(
      "Example: terraform show -json | terraform-provider-image status --watch\n\n"
      "Exit codes: 0 on success; 1 if the command line is invalid, or the state or a copy cannot be read;\n"
      "2 if a copy that --watch followed failed or no longer exists.");
  return command;
}

CLI::App* add_discover(CLI::App& app, CommandLine& command_line) {
  CLI::App* command = app.add_subcommand("discover", "Print an import block for each image in a region");
  command->group("Commands");
  cli::DiscoverRequest& request = command_line.discover;
  const auto add = [&](const char* name, std::string& value, const char* type, const std::string& text) {
    return command->add_option(name, value, text)->type_name(type);
  };
  add("--cloud", request.cloud, "CLOUD", "Search " + core::enumerate(cloud::vendor_names(), "or"))
      ->required();
  add("--region", request.region, "REGION", "Search this region; default: the configured region");
  add("--name", request.name, "NAME", "Print only images with exactly this name");
  add("--name-regex", request.name_regex, "REGEX",
      "Print only images with a name that matches this regular expression");
  add("--status", request.status, "STATUS", "Print only images with this status, such as available");
  command
      ->add_option_function<std::vector<std::string>>(
          "--tag",
          [&request](const std::vector<std::string>& tags) {
            for (const std::string& tag : tags) {
              const std::size_t equals = tag.find('=');
              if (equals == std::string::npos || equals == 0) {
                throw CLI::ValidationError("--tag", "\"" + tag + "\" must have the form KEY=VALUE");
              }
              const auto [known, is_new] =
                  request.tags.emplace(tag.substr(0, equals), tag.substr(equals + 1));
              if (!is_new) {
                throw CLI::ValidationError("--tag", "\"" + known->first + "\" must not be given twice");
              }
            }
          },
          "Print only images with this tag; may be repeated")
      ->type_name("KEY=VALUE");
  add_configuration(*command, command_line);
  const cloud::Vendor& vendor = *cloud::vendors().front();
  const std::string_view region = vendor.example_image_id.substr(0, vendor.example_image_id.find('/'));
  command->footer("Example: terraform-provider-image discover --cloud " + std::string(vendor.name) +
                  " --region " + std::string(region) +
                  " > imports.tf\n\n"
                  "Exit codes: 0 on success, also if no image matches; 1 after an error.");
  return command;
}

/// Reads a file named on the command line. Throws if it cannot be read.
std::string read_named_file(const std::string& path) {
  auto text = core::read_file(path);
  if (!text) throw std::runtime_error("The file " + path + " cannot be read");
  return *std::move(text);
}

int run_status(Program& program, CommandLine& command_line, const std::string& configuration) {
  command_line.status.configuration = configuration;
  command_line.status.interval = std::chrono::seconds(command_line.interval);
  if (!command_line.state_file.empty()) {
    command_line.status.state_json = read_named_file(command_line.state_file);
  } else {
    if (isatty(STDIN_FILENO) == 1) {
      std::cerr << "Reading the output of \"terraform show -json\" from the terminal.\n";
    }
    command_line.status.state_json.assign(std::istreambuf_iterator<char>(std::cin), {});
  }
  return cli::show_status(command_line.status, program.provider, program.clock, terminal());
}

int run_discover(Program& program, const CommandLine& command_line, const std::string& configuration) {
  const tf::Diagnostics diagnostics = cli::configure(program.provider, configuration);
  cli::print(std::cerr, diagnostics);
  if (tf::has_error(diagnostics)) return 1;
  return cli::discover(command_line.discover, program.provider, terminal());
}

/// Opens standard files that are closed, because the next file to be opened would otherwise take their
/// descriptors and receive what is printed. Printing to `/dev/full` fails, so that the loss is noticed.
void open_standard_files() {
  for (const auto& [descriptor, stand_in] :
       {std::pair(STDIN_FILENO, "/dev/null"), {STDOUT_FILENO, "/dev/full"}, {STDERR_FILENO, "/dev/null"}}) {
    if (fcntl(descriptor, F_GETFD) == -1) open(stand_in, O_RDWR | O_CLOEXEC);
  }
}

/// The arguments in reverse order, as CLI11 expects them.
std::vector<std::string> arguments_of(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  // Other providers spell it with one dash.
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
  open_standard_files();
  CommandLine command_line;
  CLI::App app(program_description(), kProgram);
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  app.get_formatter()->label("Positionals", "Arguments");
  app.get_formatter()->label("REQUIRED", "(required)");
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.set_version_flag("--version", std::string(kProgram) + " " + kVersion, "Print the version and exit");
  app.add_flag("--debug", command_line.debug,
               "Serve Terraform until Ctrl-C, for example in a debugger, and print how to attach to this "
               "process");
  app.require_subcommand(0, 1);
  const CLI::App* status = add_status(app, command_line);
  const CLI::App* discover = add_discover(app, command_line);
  try {
    app.parse(arguments_of(argc, argv));
  } catch (const CLI::ParseError& error) {
    return core::end_of_parsing(app, error, 1);
  }
  Program program;
  try {
    const std::string& file = command_line.configuration_file;
    const std::string configuration = file.empty() ? "" : read_named_file(file);
    if (*status) return run_status(program, command_line, configuration);
    if (*discover) return run_discover(program, command_line, configuration);
  } catch (const std::runtime_error& error) {
    std::cerr << "Error: " << error.what() << ".\n";
    return 1;
  }
  if (command_line.debug)
    return tf::plugin::serve_for_debugging(kProgram, kAddress, program.provider, program.log);
  std::cerr << app.help();
  return 1;
}
