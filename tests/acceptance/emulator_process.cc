#include "tests/acceptance/emulator_process.h"

#include <csignal>
#include <iostream>
#include <stdexcept>
#include <thread>

#include "tests/support/test_timeout.h"

namespace acceptance {

using nlohmann::json;

EmulatorProcess::EmulatorProcess(const harness::TestFolder& folder, const json& seed,
                                 const std::vector<std::string>& more_arguments)
    : transport_({}) {
  const std::string seed_file = folder.write_file("seed.json", seed.dump());
  std::vector<std::string> arguments = {"--listen", "127.0.0.1:0", "--seed", seed_file};
  arguments.insert(arguments.end(), more_arguments.begin(), more_arguments.end());
  process_ = std::make_unique<harness::Subprocess>(
      harness::Command{.program = IMAGE_EMULATOR, .arguments = std::move(arguments), .environment = {}});
  const bool ready = process_->output().wait_until(
      [](std::string_view text) { return text.find('\n') != std::string_view::npos; });
  const std::string text = process_->output().text();
  if (!ready) throw std::runtime_error("the emulator did not start: " + text + process_->errors().text());
  const std::size_t start = text.find("http://");
  url_ = text.substr(start, text.find('\n') - start);
}

EmulatorProcess::~EmulatorProcess() {
  if (!record_.is_enabled()) return;
  try {
    if (!killed_) record_requests();
    record_.save();
  } catch (const std::exception& error) {
    std::cerr << "The requests were not saved: " << error.what() << "\n";
  }
}

json EmulatorProcess::control(const std::string& method, const std::string& path, const json& body) {
  const auto base = http::parse_base_url(url_);
  http::Request request{
      .method = method, .scheme = base->scheme, .host = base->host, .path = "/_emulator/" + path};
  if (!body.is_null()) {
    request.body = body.dump();
    request.headers = {{.name = "Content-Type", .value = "application/json"}};
  }
  const auto response = transport_.send(request, {});
  if (!response) throw std::runtime_error("the emulator does not respond: " + response.error().message);
  if (response->status != 200)
    throw std::runtime_error("the emulator refused " + path + ": " + response->body);
  return json::parse(response->body.empty() ? "null" : response->body);
}

json EmulatorProcess::all_images() {
  return control("GET", "images").at("images");
}

json EmulatorProcess::all_snapshots() {
  return control("GET", "snapshots").at("snapshots");
}

int EmulatorProcess::all_calls() {
  int count = 0;
  const json requests = control("GET", "counts");
  for (const json& entry : requests.at("counts")) count += entry.at("count").get<int>();
  return count;
}

void EmulatorProcess::record_requests() {
  if (record_.is_enabled()) record_.add(control("GET", "requests").at("log"));
}

void EmulatorProcess::forget_calls() {
  record_requests();
  control("DELETE", "requests");
}

json EmulatorProcess::images(const std::string& cloud, const std::string& region) {
  json found = json::array();
  const json all = all_images();
  for (const json& image : all) {
    if (image.at("cloud") == cloud && image.at("region") == region) found.push_back(image);
  }
  return found;
}

json EmulatorProcess::snapshots(const std::string& cloud, const std::string& region) {
  json found = json::array();
  const json all = all_snapshots();
  for (const json& snapshot : all) {
    if (snapshot.at("cloud") == cloud && snapshot.at("region") == region) found.push_back(snapshot);
  }
  return found;
}

int EmulatorProcess::calls(const std::string& cloud, const std::string& action) {
  int count = 0;
  const json requests = control("GET", "counts");
  for (const json& entry : requests.at("counts")) {
    if (entry.at("cloud") == cloud && entry.at("action") == action) count += entry.at("count").get<int>();
  }
  return count;
}

int EmulatorProcess::calls_after(const std::string& cloud, const std::string& start,
                                 const std::string& action) {
  const json requests = control("GET", "requests");
  bool started = false;
  int count = 0;
  for (const json& entry : requests.at("log")) {
    if (entry.at("cloud") != cloud) continue;
    started = started || entry.at("action") == start;
    count += started && entry.at("action") == action ? 1 : 0;
  }
  return count;
}

void EmulatorProcess::wait_until(const std::function<bool()>& condition, const std::string& what) {
  const auto deadline = std::chrono::steady_clock::now() + harness::kTestTimeout;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error(what);
    std::this_thread::yield();
  }
}

void EmulatorProcess::wait_for_calls(const std::string& cloud, const std::string& action, int count) {
  wait_until([&] { return calls(cloud, action) >= count; },
             "the call " + action + " was not made " + std::to_string(count) + " times");
}

void EmulatorProcess::wait_for_calls_after(const std::string& cloud, const std::string& start,
                                           const std::string& action, int count) {
  wait_until([&] { return calls_after(cloud, start, action) >= count; },
             "after " + start + " the call " + action + " was not made " + std::to_string(count) + " times");
}

void EmulatorProcess::advance_clock(const std::string& duration) {
  control("POST", "clock", {{"advance", duration}});
}

void EmulatorProcess::forget_image(const std::string& cloud, const std::string& region,
                                   const std::string& id) {
  control("POST", "images/delete", {{"cloud", cloud}, {"region", region}, {"id", id}});
}

void EmulatorProcess::change_image(const json& change) {
  control("POST", "images/update", change);
}

void EmulatorProcess::set_switch(const std::string& name, const json& value) {
  control("POST", "switches", {{name, value}});
}

void EmulatorProcess::add_fault(const json& fault) {
  control("POST", "faults", fault);
}

void EmulatorProcess::wait_until_faults_are_used() {
  wait_until([&] { return control("GET", "faults").at("faults").empty(); }, "a fault was not used");
}

void EmulatorProcess::kill() {
  record_requests();
  process_->send(SIGKILL);
  killed_ = true;
}

}  // namespace acceptance
