#include "tests/bench/simulated_clouds.h"

#include <stdexcept>

#include "src/cloud/vendors.h"
#include "src/core/time_text.h"
#include "tests/bench/setting.h"
#include "tests/faults/mini_terraform.h"

namespace bench {
namespace {

using nlohmann::json;
using tf::Value;

constexpr const char* kAgency = "agency";

/// Throws if there is an error among them.
void check(const tf::Diagnostics& diagnostics) {
  for (const tf::Diagnostic& each : diagnostics) {
    if (each.severity == tf::Severity::error) throw std::runtime_error(each.summary + ": " + each.detail);
  }
}

core::UtcTime parse_milliseconds(const std::string& text) {
  const std::size_t point = text.find('.');
  const auto seconds = core::parse_utc(text.substr(0, point) + "Z", "%Y-%m-%dT%H:%M:%SZ");
  if (point == std::string::npos || !seconds) throw std::runtime_error(text + " is no time");
  return *seconds + std::chrono::milliseconds(std::stoi(text.substr(point + 1, 3)));
}

Value provider_configuration(const tf::Schema& schema) {
  Value configuration = tf::null_object(schema.type());
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    const std::string_view cloud = vendor->name;
    const tf::Type type = schema.find(cloud)->value_type();
    Value block = tf::null_object(type);
    block.set("access_key", acceptance::kAccessKey);
    block.set("secret_key", acceptance::kSecretKey);
    const std::string endpoint = "http://127.0.0.1/" + std::string(cloud) + "/{region}";
    block.set("endpoint", endpoint);
    if (type.attributes().contains("iam_endpoint")) block.set("iam_endpoint", endpoint);
    configuration.set(cloud, block);
  }
  if (limits_copies()) configuration.set("max_concurrent_copies", 1000);
  return configuration;
}

}  // namespace

const std::vector<CopyKind>& copy_kinds() {
  static const std::vector<CopyKind> kKinds = {
      {.name = "alicloud",
       .cloud = "alicloud",
       .source_region = "cn-hangzhou",
       .source_image_id = "m-bp1example000000001",
       .destination_region = "cn-shanghai"},
      {.name = "baiducloud",
       .cloud = "baiducloud",
       .source_region = "bj",
       .source_image_id = "m-nky7qeom",
       .destination_region = "gz"},
      {.name = "huaweicloud",
       .cloud = "huaweicloud",
       .source_region = "cn-north-4",
       .source_image_id = "465076de-dc36-4aec-80f5-ef9d8009428f",
       .destination_region = "cn-south-1",
       .copy_object = Value::Attributes{{"agency_name", kAgency}, {"project_name", {}}, {"vault_id", {}}}},
      {.name = "huaweicloud_in_region",
       .cloud = "huaweicloud",
       .source_region = "cn-north-4",
       .source_image_id = "465076de-dc36-4aec-80f5-ef9d8009428f",
       .destination_region = "cn-north-4"},
  };
  return kKinds;
}

SimulatedClouds::SimulatedClouds(CopyKind kind, const std::string& copy_duration) : kind_(std::move(kind)) {
  emulator_.control("POST", "seed",
                    {{"images",
                      {{{"cloud", kind_.cloud},
                        {"region", kind_.source_region},
                        {"id", kind_.source_image_id},
                        {"copy_duration", copy_duration}}}},
                     {"agencies", {kAgency}},
                     {"switches",
                      {{"alicloud_running_copies", 1000},
                       {"alicloud_image_quota", 1000},
                       {"baiducloud_image_quota", 1000},
                       {"baiducloud_source_busy", false},
                       {"huaweicloud_running_jobs", 1000},
                       {"huaweicloud_image_quota", 1000}}}});
}

std::unique_ptr<provider::ImageProvider> SimulatedClouds::start_provider() {
  auto provider = std::make_unique<provider::ImageProvider>(provider::ImageProvider::Dependencies{
      .clock = clock_,
      .log = log_,
      .host = {.environment = [](const char*) -> std::optional<std::string> { return std::nullopt; },
               .read_file = [](const std::string&) -> core::FileResult {
                 return std::unexpected("does not exist");
               }},
      .make_transport =
          [this](const http::CurlOptions&) { return std::make_unique<faults::Forward>(emulator_); },
      .version = "0.0.0"});
  check(provider->configure(
      {.terraform_version = "1.11.4", .config = provider_configuration(provider->schema())}));
  return provider;
}

Value SimulatedClouds::configuration(const tf::Schema& schema, const std::string& name) const {
  Value value = tf::null_object(schema.type());
  value.set("cloud", kind_.cloud);
  value.set("source_image_id", kind_.source_image_id);
  value.set("source_region", kind_.source_region);
  value.set("destination_region", kind_.destination_region);
  value.set("name", name);
  if (!kind_.copy_object.is_null()) value.set(kind_.cloud, kind_.copy_object);
  return value;
}

Value SimulatedClouds::plan(provider::ImageProvider& provider, const std::string& name,
                            const std::stop_token& stop) {
  tf::Resource& resource = *provider.resources().at("image_copy");
  const auto planned = resource.plan(
      {.prior_state = {}, .config = configuration(resource.schema(), name), .prior_private = ""}, stop);
  check(planned.diagnostics);
  return planned.planned_state;
}

void SimulatedClouds::create(provider::ImageProvider& provider, const std::string& name, const Value& planned,
                             const std::stop_token& stop) {
  tf::Resource& resource = *provider.resources().at("image_copy");
  const auto created = resource.create(
      {.planned_state = planned, .config = configuration(resource.schema(), name), .planned_private = ""},
      stop);
  check(created.diagnostics);
  if (created.state["status"].text() != "available") throw std::runtime_error(name + " was not waited for");
}

void SimulatedClouds::throttle(std::chrono::minutes from, std::chrono::minutes to,
                               const std::stop_token& stop) {
  const core::Instant begin = clock_.now();
  clock_.sleep_until(begin + from, stop);
  emulator_.control("POST", "faults", {{"effect", "status"}, {"status", 429}, {"times", 1'000'000}});
  clock_.sleep_until(begin + to, stop);
  emulator_.control("DELETE", "faults");
}

std::vector<WaitedCopy> SimulatedClouds::make_copies(int count, std::chrono::minutes throttled_from,
                                                     std::chrono::minutes throttled_to) {
  std::vector<WaitedCopy> copies;
  for (int i = 0; i < count; ++i) {
    copies.push_back({.name = "golden-" + std::to_string(i), .returned = {}});
  }
  std::vector<Value> planned(copies.size());
  std::vector<SimulatedClock::Task> plans;
  const auto planning = start_provider();
  for (std::size_t i = 0; i < copies.size(); ++i) {
    plans.emplace_back(
        [&, i](const std::stop_token& stop) { planned[i] = plan(*planning, copies[i].name, stop); });
  }
  clock_.run(plans);

  emulator_.control("DELETE", "requests");
  std::vector<SimulatedClock::Task> creates;
  const auto applying = start_provider();
  for (std::size_t i = 0; i < copies.size(); ++i) {
    creates.emplace_back([&, i](const std::stop_token& stop) {
      create(*applying, copies[i].name, planned[i], stop);
      copies[i].returned = clock_.utc();
    });
  }
  if (throttled_to > throttled_from) {
    creates.emplace_back([&](const std::stop_token& stop) { throttle(throttled_from, throttled_to, stop); });
  }
  clock_.run(creates);
  return copies;
}

double SimulatedClouds::delay(const WaitedCopy& copy) {
  const json jobs = emulator_.control("GET", "jobs");
  for (const json& job : jobs.at("jobs")) {
    if (job.at("name") != copy.name) continue;
    return std::chrono::duration<double>(copy.returned - parse_milliseconds(job.at("ended_at"))).count();
  }
  throw std::runtime_error("the emulator knows no copy " + copy.name);
}

std::map<std::string, int> SimulatedClouds::calls() {
  std::map<std::string, int> calls;
  const json counts = emulator_.control("GET", "counts");
  for (const json& entry : counts.at("counts")) calls[entry.at("action")] += entry.at("count").get<int>();
  return calls;
}

int SimulatedClouds::throttled_calls() {
  const json requests = emulator_.control("GET", "requests");
  int refused = 0;
  for (const json& entry : requests.at("log")) refused += entry.at("status") == 429 ? 1 : 0;
  return refused;
}

}  // namespace bench
