#include "tests/emulator/control.h"

#include <array>
#include <string_view>

#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/durations.h"
#include "tests/emulator/json_reader.h"
#include "tests/emulator/seed.h"

namespace emulator {
namespace {

using nlohmann::json;

struct ControlError {
  int status = 400;
  std::string text;
};

using ControlResult = std::expected<json, ControlError>;

/// A call of the control API.
struct Control {
  Parts& parts;
  const std::vector<http::QueryParameter>& query;
  const json& body;

  [[nodiscard]] std::string parameter(std::string_view name) const {
    for (const http::QueryParameter& item : query) {
      if (item.name == name) return item.value.value_or("");
    }
    return "";
  }

  /// Returns whether the parameters `cloud` and `region` match.
  [[nodiscard]] bool matches(const ImageKey& key) const {
    const std::string cloud = parameter("cloud");
    const std::string region = parameter("region");
    return (cloud.empty() || cloud == name_of(key.cloud)) && (region.empty() || region == key.region);
  }
};

ControlResult fail(std::string text, int status = 400) {
  return std::unexpected(ControlError{.status = status, .text = std::move(text)});
}

ControlResult done() {
  return json::object();
}

json image_json(const Image& image, Parts& parts, const Environment& environment) {
  const Copy* copy = parts.world.copy_of(image);
  const bool ready = image.state == ImageState::available || image.state == ImageState::deprecated;
  const int percent = copy != nullptr ? copy->percent(parts.world.now()) : (ready ? 100 : 0);
  return {{"cloud", name_of(image.key.cloud)},
          {"region", image.key.region},
          {"id", image.key.id},
          {"name", image.name},
          {"description", image.description},
          {"status", parts.service(image.key.cloud).status_word(image, environment)},
          {"progress_percent", percent},
          {"copied", image.copied},
          {"source_region", image.source_region},
          {"source_image_id", image.source_image_id},
          {"job_id", image.copy_id},
          {"tags", image.tags},
          {"encrypted", image.encrypted},
          {"kms_key_id", image.kms_key_id},
          {"size_gb", image.size_gb},
          {"resource_group_id", image.resource_group_id},
          {"account", image.account},
          {"project_id", image.project_id},
          {"snapshot_ids", image.snapshot_ids}};
}

ControlResult get_images(Control& control) {
  const Environment environment = control.parts.environment();
  json images = json::array();
  for (const auto& [key, image] : control.parts.world.data().images) {
    if (control.matches(key)) images.push_back(image_json(image, control.parts, environment));
  }
  return json{{"images", images}};
}

ControlResult get_snapshots(Control& control) {
  json snapshots = json::array();
  for (const auto& [key, snapshot] : control.parts.world.data().snapshots) {
    if (!control.matches(key)) continue;
    snapshots.push_back({{"cloud", name_of(key.cloud)},
                         {"region", key.region},
                         {"id", key.id},
                         {"image_id", snapshot.image_id},
                         {"size_gb", snapshot.size_gb},
                         {"encrypted", snapshot.encrypted},
                         {"kms_key_id", snapshot.kms_key_id},
                         {"source_snapshot_id", snapshot.source_snapshot_id}});
  }
  return json{{"snapshots", snapshots}};
}

ControlResult get_jobs(Control& control) {
  const UtcTime now = control.parts.world.now();
  json jobs = json::array();
  for (const auto& [id, copy] : control.parts.world.data().copies) {
    if (!control.matches(copy.source)) continue;
    jobs.push_back({{"cloud", name_of(copy.source.cloud)},
                    {"region", copy.source.region},
                    {"id", id},
                    {"state", name_of(copy.state)},
                    {"progress_percent", copy.percent(now)},
                    {"source_image_id", copy.source.id},
                    {"destination_region", copy.target.region},
                    {"image_id", copy.target.id},
                    {"name", copy.name},
                    {"submitted_at", format_milliseconds(copy.submitted)},
                    {"started_at", copy.started ? json(format_milliseconds(*copy.started)) : json()},
                    {"ended_at", copy.ended ? json(format_milliseconds(*copy.ended)) : json()}});
  }
  return json{{"jobs", jobs}};
}

void read_key(JsonReader& reader, ImageKey& key) {
  for (const char* name : {"cloud", "region", "id"}) reader.require(name);
  reader.read_named("cloud", key.cloud, parse_cloud);
  reader.read("region", key.region);
  reader.read("id", key.id);
}

std::string absent(const ImageKey& key) {
  return "there is no image " + key.id + " in " + std::string(name_of(key.cloud)) + " " + key.region;
}

ControlResult delete_image(Control& control) {
  ImageKey key;
  JsonReader reader(control.body, "body");
  read_key(reader, key);
  if (const auto read = reader.done(); !read) return fail(read.error());
  if (!control.parts.world.data().images.contains(key)) return fail(absent(key), 404);
  control.parts.world.remove_image(key);
  return done();
}

/// Also ends the image's running copy if the new state is one in which a copy ends.
void set_state(World& world, Image& image, ImageState state) {
  const auto copy = world.data().copies.find(image.copy_id);
  const bool running = copy != world.data().copies.end() && copy->second.active();
  const bool unfinished = state == ImageState::waiting || state == ImageState::copying;
  image.state = state;
  if (!running || unfinished) return;
  const ImageKey key = image.key;
  world.finish(copy->second, state == ImageState::available);
  const auto left = world.data().images.find(key);
  if (left != world.data().images.end()) left->second.state = state;
}

ControlResult update_image(Control& control) {
  ImageKey key;
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::optional<ImageState> state;
  std::map<std::string, std::string> tags;
  JsonReader reader(control.body, "body");
  read_key(reader, key);
  reader.read("name", name);
  reader.read("description", description);
  reader.read("tags", tags);
  reader.read_named("status", state, parse_image_state);
  if (const auto read = reader.done(); !read) return fail(read.error());
  World& world = control.parts.world;
  const auto found = world.data().images.find(key);
  if (found == world.data().images.end()) return fail(absent(key), 404);
  Image& image = found->second;
  if (name) image.name = *name;
  if (description) image.description = *description;
  if (control.body.contains("tags")) image.tags = tags;
  image.updated = world.now();
  if (state) set_state(world, image, *state);
  return done();
}

ControlResult get_requests(Control& control) {
  return control.parts.journal.to_json();
}

ControlResult get_counts(Control& control) {
  return json{{"counts", control.parts.journal.counts()}};
}

ControlResult clear_requests(Control& control) {
  control.parts.journal.clear();
  return done();
}

ControlResult get_faults(Control& control) {
  return control.parts.faults.to_json();
}

ControlResult add_fault(Control& control) {
  auto fault = parse_fault(control.body);
  if (!fault) return fail(fault.error());
  control.parts.faults.add(std::move(*fault));
  return control.parts.faults.to_json();
}

ControlResult clear_faults(Control& control) {
  control.parts.faults.clear();
  return done();
}

ControlResult get_clock(Control& control) {
  const Duration offset = control.parts.world.data().clock_offset;
  return json{{"now", format_milliseconds(control.parts.world.now())},
              {"offset_seconds", static_cast<double>(offset.count()) / 1000.0}};
}

ControlResult advance_clock(Control& control) {
  Duration advance{0};
  JsonReader reader(control.body, "body");
  reader.require("advance");
  reader.read("advance", advance);
  if (advance < Duration::zero()) reader.fail("advance", "must not be negative");
  if (const auto read = reader.done(); !read) return fail(read.error());
  control.parts.world.data().clock_offset += advance;
  control.parts.advance_world();
  return get_clock(control);
}

ControlResult add_seed(Control& control) {
  const auto applied = apply_seed(control.body, control.parts.world, control.parts.switches);
  if (!applied) return fail(applied.error());
  return done();
}

ControlResult get_switches(Control& control) {
  return to_json(control.parts.switches);
}

ControlResult set_switches(Control& control) {
  if (!control.body.is_object()) return fail("body must be a JSON object");
  Switches changed = control.parts.switches;
  for (const auto& [name, value] : control.body.items()) {
    if (const auto set = set_switch(changed, name, value); !set) return fail(set.error());
  }
  control.parts.switches = changed;
  return to_json(changed);
}

struct ControlRoute {
  std::string_view method;
  std::string_view path;
  ControlResult (*run)(Control& control);
};

constexpr ControlRoute route(std::string_view method, std::string_view path,
                             ControlResult (*run)(Control& control)) {
  return {.method = method, .path = path, .run = run};
}

constexpr std::array kRoutes = {
    route("GET", "/_emulator/images", get_images),
    route("POST", "/_emulator/images/delete", delete_image),
    route("POST", "/_emulator/images/update", update_image),
    route("GET", "/_emulator/snapshots", get_snapshots),
    route("GET", "/_emulator/jobs", get_jobs),
    route("GET", "/_emulator/requests", get_requests),
    route("DELETE", "/_emulator/requests", clear_requests),
    route("GET", "/_emulator/counts", get_counts),
    route("GET", "/_emulator/faults", get_faults),
    route("POST", "/_emulator/faults", add_fault),
    route("DELETE", "/_emulator/faults", clear_faults),
    route("GET", "/_emulator/clock", get_clock),
    route("POST", "/_emulator/clock", advance_clock),
    route("POST", "/_emulator/seed", add_seed),
    route("GET", "/_emulator/switches", get_switches),
    route("POST", "/_emulator/switches", set_switches),
};

ControlResult run(const RawRequest& request, Parts& parts) {
  const std::string path = path_of(request);
  const auto query = parse_query(query_of(request), true);
  bool path_known = false;
  for (const ControlRoute& known : kRoutes) {
    if (known.path != path) continue;
    path_known = true;
    if (known.method != request.method) continue;
    const json body = request.method == "POST" ? json::parse(request.body, nullptr, false) : json::object();
    if (body.is_discarded()) return fail("the body is not JSON");
    parts.advance_world();
    Control control = {.parts = parts, .query = query, .body = body};
    return known.run(control);
  }
  if (path_known) return fail(path + " does not support " + request.method, 405);
  std::vector<std::string> calls;
  for (const ControlRoute& known : kRoutes) {
    calls.push_back(std::string(known.method) + " " + std::string(known.path));
  }
  return fail("there is no " + path + "; the calls are " + core::join(calls, ", "), 404);
}

}  // namespace

http::Response handle_control(const RawRequest& request, Parts& parts) {
  const ControlResult result = run(request, parts);
  const json body = result ? *result : json{{"error", result.error().text}};
  return {.status = result ? 200 : result.error().status,
          .headers = {{.name = "Content-Type", .value = "application/json"}},
          .body = body.dump(-1, ' ', false, json::error_handler_t::replace) + "\n"};
}

}  // namespace emulator
