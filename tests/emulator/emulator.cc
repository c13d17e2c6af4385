#include "tests/emulator/emulator.h"

#include <iostream>
#include <utility>

#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/control.h"
#include "tests/emulator/profile.h"
#include "tests/emulator/redaction.h"
#include "tests/emulator/seed.h"
#include "tests/emulator/state_file.h"

namespace emulator {
namespace {

http::Response json_error(int status, const std::string& text) {
  return {.status = status,
          .headers = {{.name = "Content-Type", .value = "application/json"}},
          .body = nlohmann::json{{"error", text}}.dump() + "\n"};
}

std::string http_date(UtcTime time) {
  return core::format_utc(time, "%a, %d %b %Y %H:%M:%S GMT");
}

void apply_headers(http::Response& response, const Fault& fault) {
  for (const http::Header& header : fault.headers)
    http::set_header(response.headers, header.name, header.value);
  if (!fault.content_type.empty()) http::set_header(response.headers, "Content-Type", fault.content_type);
}

ServiceReply refuse_by_fault(const Service& service, const Request& request, const Fault& fault) {
  ServiceReply reply = service.refuse(
      request,
      {.status = fault.status,
       .code = fault.code,
       .message = fault.message.empty() ? "A fault of the emulator rejected this request." : fault.message});
  if (fault.body) reply.response.body = *fault.body;
  apply_headers(reply.response, fault);
  return reply;
}

void replace_body(ServiceReply& reply, const Fault& fault) {
  reply.response.body = fault.body.value_or("");
  if (fault.status != 0) reply.response.status = fault.status;
  apply_headers(reply.response, fault);
}

/// Returns an empty reply if the fault keeps the request from the cloud.
ServiceReply reply_with(Service& service, const Request& request, const std::optional<Fault>& fault,
                        Environment& environment) {
  if (!fault) return service.handle(request, environment);
  switch (fault->effect) {
    case FaultEffect::drop_before: return {};
    case FaultEffect::status: return refuse_by_fault(service, request, *fault);
    case FaultEffect::drop_after:
    case FaultEffect::reset_in_body:
    case FaultEffect::delay:
    case FaultEffect::body: break;
  }
  ServiceReply reply = service.handle(request, environment);
  if (fault->effect == FaultEffect::body) replace_body(reply, *fault);
  return reply;
}

Delivery::Mode mode_of(const std::optional<Fault>& fault) {
  if (!fault) return Delivery::Mode::whole;
  switch (fault->effect) {
    case FaultEffect::drop_before:
    case FaultEffect::drop_after: return Delivery::Mode::dropped;
    case FaultEffect::reset_in_body: return Delivery::Mode::half;
    case FaultEffect::delay:
    case FaultEffect::status:
    case FaultEffect::body: break;
  }
  return Delivery::Mode::whole;
}

std::vector<std::unique_ptr<Service>> new_services() {
  std::vector<std::unique_ptr<Service>> services;
  for (const Cloud cloud : kClouds) services.push_back(profile_of(cloud).new_service());
  return services;
}

}  // namespace

Emulator::Emulator(core::Clock& clock, Options options)
    : clock_(clock),
      latency_(options.latency),
      state_file_(std::move(options.state_file)),
      parts_{.clock = clock,
             .switches = std::move(options.switches),
             .world = World(std::move(options.world), parts_.switches),
             .faults = {},
             .journal = {},
             .rate_limit = {},
             .services = new_services()} {}

std::expected<void, std::string> Emulator::seed(const nlohmann::json& seed) {
  const std::scoped_lock lock(mutex_);
  parts_.advance_world();
  auto applied = apply_seed(seed, parts_.world, parts_.switches);
  save();
  return applied;
}

Delivery Emulator::handle(const RawRequest& raw, const std::stop_token& stop) {
  if (const auto request = find_metadata(raw)) return handle_metadata(raw, *request);
  if (const auto request = find_cloud(raw)) return handle_cloud(*request, stop);
  if (path_of(raw).starts_with("/_emulator/")) {
    const std::scoped_lock lock(mutex_);
    Delivery delivery{.response = handle_control(raw, parts_)};
    save();
    return delivery;
  }
  std::vector<std::string> clouds;
  for (const Cloud cloud : kClouds) clouds.emplace_back(name_of(cloud));
  return {.response =
              json_error(404, "The path must be /{cloud}/{region}/... with " + core::enumerate(clouds, "or") +
                                  ", or /_emulator/..., or the host must be a vendor's. As a proxy, "
                                  "the emulator supports plain HTTP only.")};
}

Delivery Emulator::handle_cloud(const Request& request, const std::stop_token& stop) {
  Description description;
  std::optional<Fault> fault;
  {
    const std::scoped_lock lock(mutex_);
    description = parts_.service(request.cloud).describe(request);
    fault = parts_.faults.take(request.cloud, description);
  }
  const Duration wait = latency_ + (fault ? fault->delay : Duration::zero());
  if (wait > Duration::zero()) clock_.sleep_until(clock_.now() + wait, stop);
  const std::scoped_lock lock(mutex_);
  return run(request, description, fault);
}

Delivery Emulator::run(const Request& request, const Description& description,
                       const std::optional<Fault>& fault) {
  Service& service = parts_.service(request.cloud);
  JournalEntry entry = {.cloud = request.cloud,
                        .description = description,
                        .method = request.wire.method,
                        .path = request.wire.path,
                        .query = redacted_query(request.wire.query),
                        .body = redacted_body(request.wire.headers, request.wire.body)};
  parts_.advance_world();
  Environment environment = parts_.environment();
  entry.at = parts_.world.now();
  if (fault) entry.fault = name_of(fault->effect);
  ServiceReply reply = reply_with(service, request, fault, environment);
  http::set_header(reply.response.headers, "Date", http_date(environment.signing_time));
  entry.status = reply.response.status;
  entry.code = reply.code;
  entry.request_id = reply.request_id;
  parts_.journal.record(std::move(entry));
  save();
  return {.response = std::move(reply.response), .mode = mode_of(fault)};
}

Delivery Emulator::handle_metadata(const RawRequest& raw, const MetadataRequest& request) {
  const std::scoped_lock lock(mutex_);
  parts_.advance_world();
  Environment environment = parts_.environment();
  const MetadataService& service = *profile_of(request.cloud).metadata;
  Delivery delivery{.response = service.reply(raw, request.path, environment)};
  parts_.journal.record({.at = parts_.world.now(),
                         .cloud = request.cloud,
                         .description = {.action = service.action(raw, request.path)},
                         .method = raw.method,
                         .path = path_of(raw),
                         .query = redacted_query(parse_query(query_of(raw), false)),
                         .body = redacted_body(raw.headers, raw.body),
                         .status = delivery.response.status});
  save();
  return delivery;
}

void Emulator::save() {
  if (!state_file_) return;
  std::string text = write_world(parts_.world.data());
  if (text == saved_) return;
  if (const auto written = replace_file(*state_file_, text); !written) {
    std::cerr << "image-cloud-emulator: " << written.error() << "\n";
    return;
  }
  saved_ = std::move(text);
}

}  // namespace emulator
