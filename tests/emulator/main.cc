#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "src/core/clock.h"
#include "tests/emulator/durations.h"
#include "tests/emulator/emulator.h"
#include "tests/emulator/number_text.h"
#include "tests/emulator/server.h"
#include "tests/emulator/state_file.h"

namespace {

struct Arguments {
  std::string listen = "127.0.0.1:0";
  std::string ready_file;
  std::string seed_file;
  std::string state_file;
  std::string copy_duration = "3s";
  std::string latency = "0s";
  std::vector<std::string> switches;
  bool allow_remote = false;
};

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

Address parse_address(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const auto port = colon == std::string::npos
                        ? std::nullopt
                        : emulator::parse_number(std::string_view(text).substr(colon + 1));
  if (!port || *port > 65535) throw std::runtime_error("--listen takes HOST:PORT, not " + text);
  std::string host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return {.host = std::move(host), .port = static_cast<std::uint16_t>(*port)};
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

emulator::Duration span(const std::string& option, const std::string& text, bool zero_allowed) {
  const auto parsed = emulator::parse_span(text);
  const bool fits = parsed && (*parsed > emulator::Duration::zero() ||
                               (zero_allowed && *parsed == emulator::Duration::zero()));
  if (!fits) throw std::runtime_error(option + " takes a duration such as 3s, not " + text);
  return *parsed;
}

emulator::Options make_options(const Arguments& arguments) {
  emulator::Options options;
  if (!arguments.state_file.empty()) {
    options.state_file = arguments.state_file;
    const auto folder = std::filesystem::absolute(arguments.state_file).parent_path();
    if (!std::filesystem::is_directory(folder)) {
      throw std::runtime_error("--state: there is no folder " + folder.string());
    }
    if (std::filesystem::exists(arguments.state_file)) {
      auto world = emulator::read_world(read_file(arguments.state_file));
      if (!world) throw std::runtime_error(arguments.state_file + ": " + world.error());
      options.world = std::move(*world);
    }
  }
  options.world.copy_duration = span("--copy-duration", arguments.copy_duration, false);
  options.latency = span("--latency", arguments.latency, true);
  for (const std::string& setting : arguments.switches) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) throw std::runtime_error("--switch takes name=value, not " + setting);
    const auto set =
        emulator::set_switch(options.switches, setting.substr(0, equals), setting.substr(equals + 1));
    if (!set) throw std::runtime_error("--switch: " + set.error());
  }
  return options;
}

void apply_seed_file(emulator::Emulator& emulator, const std::string& path) {
  const auto seed = nlohmann::json::parse(read_file(path), nullptr, false);
  if (seed.is_discarded()) throw std::runtime_error(path + " is not JSON");
  const auto applied = emulator.seed(seed);
  if (!applied) throw std::runtime_error(path + ": " + applied.error());
}

/// Serves until a signal to end arrives.
void serve(const Arguments& arguments) {
  const Address address = parse_address(arguments.listen);
  if (!arguments.allow_remote && !is_loopback(address.host)) {
    throw std::runtime_error("--listen " + arguments.listen +
                             " is not a loopback address; this is a test tool, and others could reach it. "
                             "--allow-remote permits it");
  }
  // Blocked before any thread starts, so that all of them leave the signals to sigwait.
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);

  core::SystemClock clock;
  emulator::Emulator emulator(clock, make_options(arguments));
  if (!arguments.seed_file.empty()) apply_seed_file(emulator, arguments.seed_file);
  const emulator::Server server(emulator, address.host, address.port);
  const std::string url = "http://" + address.host + ":" + std::to_string(server.port());
  std::cout << "listening on " << url << "\n" << std::flush;
  if (!arguments.ready_file.empty()) {
    const auto written = emulator::replace_file(arguments.ready_file, url + "\n");
    if (!written) throw std::runtime_error(written.error());
  }
  int signal = 0;
  sigwait(&ending, &signal);
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  CLI::App app("An emulator of the image APIs of Alibaba Cloud, Baidu AI Cloud and Huawei Cloud.");
  app.add_option("--listen", arguments.listen, "HOST:PORT; port 0 takes a free one")->capture_default_str();
  app.add_option("--ready-file", arguments.ready_file, "file that gets the URL once it listens");
  app.add_option("--seed", arguments.seed_file, "JSON file of images, keys and more to start with");
  app.add_option("--state", arguments.state_file, "file to keep the world in over restarts");
  app.add_option("--copy-duration", arguments.copy_duration, "how long a copy takes")->capture_default_str();
  app.add_option("--latency", arguments.latency, "wait before every answer")->capture_default_str();
  app.add_option("--switch", arguments.switches, "name=value; may be given several times")
      ->allow_extra_args(false);
  app.add_flag("--allow-remote", arguments.allow_remote, "listen on addresses that others can reach");
  app.footer("Switches and their defaults:\n" + emulator::describe_switches());
  CLI11_PARSE(app, argc, argv);
  try {
    serve(arguments);
  } catch (const std::exception& error) {
    std::cerr << "image-cloud-emulator: " << error.what() << "\n";
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
