#include "src/cli/status.h"

#include <deque>
#include <nlohmann/json.hpp>
#include <sstream>

#include "src/cli/copy_progress.h"
#include "src/cli/state.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tf/upgrade.h"

using namespace std::chrono_literals;
using nlohmann::json;
using tf::Presence;
using tf::Value;

namespace {

/// An `image_copy` with scripted reads. The last one is repeated.
class ScriptedCopy final : public tf::Resource {
 public:
  [[nodiscard]] const tf::Schema& schema() const override {
    static const tf::Schema kSchema = [] {
      tf::Schema schema;
      for (const char* name :
           {"cloud", "destination_region", "image_id", "job_id", "status", "status_reason", "created_at"}) {
        schema.attributes.push_back({.name = name, .presence = Presence::optional});
      }
      schema.attributes.push_back(
          {.name = "progress_percent", .type = tf::Type::number(), .presence = Presence::optional});
      return schema;
    }();
    return kSchema;
  }
  [[nodiscard]] tf::Diagnostics validate(const Value& /*config*/) const override { return {}; }
  tf::PlanResponse plan(const tf::PlanRequest&, const std::stop_token&) override { return {}; }
  tf::StateResponse create(tf::CreateRequest, const std::stop_token&) override { return {}; }
  tf::StateResponse update(const tf::UpdateRequest&, const std::stop_token&) override { return {}; }
  tf::StateResponse remove(const tf::DeleteRequest&, const std::stop_token&) override { return {}; }
  tf::StateResponse import(const std::string&, const std::stop_token&) override { return {}; }
  tf::StateResponse read(const tf::ReadRequest&, const std::stop_token&) override {
    tf::StateResponse next = reads.front();
    if (reads.size() > 1) reads.pop_front();
    return next;
  }
  [[nodiscard]] tf::StateResponse upgrade(const tf::UpgradeRequest& request) const override {
    return {.state = tf::upgrade_from_schema(schema(), request.state_json).value(),
            .private_state = "",
            .diagnostics = {}};
  }

  std::deque<tf::StateResponse> reads;
};

class ScriptedProvider final : public tf::Provider {
 public:
  [[nodiscard]] const tf::Schema& schema() const override { return schema_; }
  tf::Diagnostics configure(const tf::ConfigureRequest& /*request*/) override {
    ++configured;
    return {};
  }
  [[nodiscard]] const std::map<std::string, tf::Resource*>& resources() const override { return resources_; }

  ScriptedCopy copy;
  int configured = 0;

 private:
  tf::Schema schema_;
  std::map<std::string, tf::Resource*> resources_ = {{"image_copy", &copy}};
};

struct World {
  ScriptedProvider provider;
  fakes::FakeClock clock;
  std::ostringstream out;
  std::ostringstream messages;

  int run(const cli::StatusRequest& request, bool is_interactive = false) {
    const cli::Terminal terminal{
        .out = out, .messages = messages, .is_interactive = is_interactive, .columns = 120};
    return cli::show_status(request, provider, clock, terminal);
  }

  static std::string state(const std::string& status = "copying") {
    const json values = {{"cloud", "alicloud"}, {"destination_region", "r2"}, {"status", status}};
    const json resource = {{"address", "image_copy.it"},
                           {"mode", "managed"},
                           {"type", "image_copy"},
                           {"schema_version", 0},
                           {"values", values}};
    const json child = {{"resources", {resource}}};
    return json({{"format_version", "1.0"}, {"values", {{"root_module", {{"child_modules", {child}}}}}}})
        .dump();
  }

  static tf::StateResponse read_result(const std::string& status, std::optional<int> percent = std::nullopt) {
    Value state = tf::null_object(ScriptedCopy().schema().type());
    state.set("cloud", "alicloud");
    state.set("destination_region", "r2");
    state.set("status", status);
    state.set("progress_percent", Value::of(percent));
    return {.state = std::move(state), .private_state = "", .diagnostics = {}};
  }
};

}  // namespace

TEST_CASE("on a terminal a copy has a progress bar, which is redrawn until the copy has ended") {
  World world;
  world.provider.copy.reads = {World::read_result("copying", 25), World::read_result("copying", 50),
                               World::read_result("available", 100)};
  CHECK(world.run({.state_json = World::state(), .configuration = "", .watch = true}, true) == 0);
  const std::string drawn = world.out.str();
  CAPTURE(drawn);
  CHECK(drawn.find("[######------------------]  25 %") != std::string::npos);
  // A quarter took ten seconds, so the second half takes twenty.
  CHECK(drawn.find("[############------------]  50 %  20s left") != std::string::npos);
  CHECK(drawn.find("\x1b[1A") != std::string::npos);
  CHECK(world.clock.sleeps() == 2);
  // Each poll configures the provider again, so that nothing is cached.
  CHECK(world.provider.configured == 3);
}

TEST_CASE("without a terminal a line is printed for each change, without progress bars") {
  World world;
  world.provider.copy.reads = {World::read_result("copying", 25), World::read_result("copying", 25),
                               World::read_result("available", 100)};
  CHECK(world.run({.state_json = World::state(), .configuration = "", .watch = true}) == 0);
  const std::string printed = world.out.str();
  CAPTURE(printed);
  CHECK(std::ranges::count(printed, '\n') == 2);
  CHECK(printed.find('[') == std::string::npos);
  CHECK(printed.find('\x1b') == std::string::npos);
}

TEST_CASE(
    "a watched copy that fails or is gone has an exit code of its own, and without a watch it has none") {
  World world;
  world.provider.copy.reads = {GENERATE(World::read_result("failed"), tf::StateResponse())};
  CHECK(world.run({.state_json = World::state(), .configuration = "", .watch = true}) == 2);
  CHECK(world.run({.state_json = World::state(), .configuration = ""}) == 0);
}

TEST_CASE("a copy that cannot be read is reported, and a watch ends if no copy can be read") {
  World world;
  world.provider.copy.reads = {
      {.state = {}, .private_state = "", .diagnostics = {tf::error("No", "Wrong credentials.")}}};
  CHECK(world.run({.state_json = World::state(), .configuration = "", .watch = true}) == 1);
  CHECK(world.messages.str() == "image_copy.it: No: Wrong credentials.\n");
  CHECK(world.clock.sleeps() == 2);
}

TEST_CASE("copies that have ended are not read") {
  World world;
  CHECK(world.run({.state_json = World::state("available"), .configuration = ""}) == 0);
  CHECK(world.provider.configured == 0);
  CHECK(world.run({.state_json = World::state("available"), .configuration = "", .as_json = true}) == 0);
  CHECK(json::parse(world.out.str()) == json::array());
}

TEST_CASE("the time left is computed from the creation of the image, or else from the first poll") {
  const core::UtcTime created = core::UtcTime(std::chrono::seconds(1767225600));  // 2026-01-01T00:00:00Z
  cli::TimeLeft with_creation_time;
  CHECK(with_creation_time.after(created + 10min, "2026-01-01T00:00:00Z", 25) == 30min);
  cli::TimeLeft without_creation_time;
  CHECK(without_creation_time.after(created, "", 25) == std::nullopt);
  CHECK(without_creation_time.after(created + 10min, "", 50) == 20min);
  // Until the next percent is reported, the remaining time just decreases.
  CHECK(without_creation_time.after(created + 15min, "", 50) == 15min);
  CHECK(without_creation_time.after(created + 31min, "", 50) == std::nullopt);
  CHECK(without_creation_time.after(created + 20min, "", 20) == std::nullopt);
}

TEST_CASE("states and plans are read with all their modules, and other text is refused") {
  CHECK(cli::read_state(World::state(), "image_copy", "imagecopy/image")->front().address == "image_copy.it");
  json deposed = json::parse(World::state());
  deposed["values"]["root_module"]["child_modules"][0]["resources"][0]["deposed_key"] = "ab12";
  CHECK(cli::read_state(deposed.dump(), "image_copy", "imagecopy/image")->front().address ==
        "image_copy.it (deposed ab12)");
  CHECK(cli::read_state(World::state(), "other", "imagecopy/image")->empty());
  const json plan = {{"format_version", "1.2"}, {"prior_state", json::parse(World::state())}};
  CHECK(cli::read_state(plan.dump(), "image_copy", "imagecopy/image")->size() == 1);
  json others = json::parse(World::state());
  others["values"]["root_module"]["child_modules"][0]["resources"][0]["provider_name"] =
      "registry.terraform.io/a/b";
  CHECK(cli::read_state(others.dump(), "image_copy", "imagecopy/image")->empty());
  std::string deep = R"({"format_version":"1.0","values":{"root_module":)";
  constexpr int kDepth = 100000;
  for (int i = 0; i < kDepth; ++i) deep += R"({"child_modules":[)";
  for (int i = 0; i < kDepth; ++i) deep += "]}";
  CHECK(cli::read_state(deep + "}}", "image_copy", "imagecopy/image")->empty());
  for (const char* text : {"", "[]", "{}", "null", R"({"version":4,"lineage":"l","resources":[]})",
                           R"({"format_version":"1.0","provider_schemas":{}})"}) {
    CAPTURE(text);
    CHECK_FALSE(cli::read_state(text, "image_copy", "imagecopy/image"));
  }
}

TEST_CASE("on a narrow terminal the progress bar is left out first, then the beginning of the address") {
  World world;
  world.provider.copy.reads = {World::read_result("copying", 25)};
  json state = json::parse(World::state());
  state["values"]["root_module"]["child_modules"][0]["resources"][0]["address"] =
      R"(module.images.image_copy.golden["ap-southeast-1"])";
  const auto drawn_in = [&](std::size_t columns) {
    world.out.str("");
    const cli::Terminal terminal{
        .out = world.out, .messages = world.messages, .is_interactive = true, .columns = columns};
    CHECK(cli::show_status({.state_json = state.dump(), .configuration = ""}, world.provider, world.clock,
                           terminal) == 0);
    return world.out.str();
  };
  const std::string wide = drawn_in(120);
  CHECK(wide.find("image_copy.golden[\"ap-southeast-1\"]  r2") != std::string::npos);
  CHECK(wide.find("[######------------------]  25 %") != std::string::npos);
  const std::string usual = drawn_in(90);
  CHECK(usual.find("module.images.image_copy.golden[\"ap-southeast-1\"]  r2") != std::string::npos);
  CHECK(usual.find("  25 %") != std::string::npos);
  CHECK(usual.find("----") == std::string::npos);
  const std::string narrow = drawn_in(60);
  CHECK(narrow.find("...") != std::string::npos);
  CHECK(narrow.find("[\"ap-southeast-1\"]  r2") != std::string::npos);
  CHECK(narrow.find("  25 %\n") != std::string::npos);
}

TEST_CASE(
    "a copy that has failed before is shown, and ends a watch at once with the exit code of a failure") {
  World world;
  CHECK(world.run({.state_json = World::state("failed"), .configuration = ""}) == 0);
  CHECK(world.out.str().find("failed") != std::string::npos);
  CHECK(world.run({.state_json = World::state("failed"), .configuration = "", .watch = true}) == 2);
  CHECK(world.run({.state_json = World::state("available"), .configuration = "", .watch = true}) == 0);
  CHECK(world.messages.str().find("No copy in this state is running.") != std::string::npos);
}

TEST_CASE("on a terminal an error is printed once and in full") {
  World world;
  world.provider.copy.reads = {{.state = {},
                                .private_state = "",
                                .diagnostics = {tf::error("Image Not Read", "The credentials are wrong.")}}};
  CHECK(world.run({.state_json = World::state(), .configuration = "", .watch = true}, true) == 1);
  CHECK(world.messages.str() == "image_copy.it: Image Not Read: The credentials are wrong.\n");
}

TEST_CASE("no more lines are drawn than the terminal has") {
  World world;
  world.provider.copy.reads = {World::read_result("copying", 25)};
  json state = json::parse(World::state());
  json& resources = state["values"]["root_module"]["child_modules"][0]["resources"];
  for (int i = 0; i < 50; ++i) resources.push_back(resources[0]);
  const cli::Terminal terminal{
      .out = world.out, .messages = world.messages, .is_interactive = true, .columns = 40, .rows = 10};
  CHECK(cli::show_status({.state_json = state.dump(), .configuration = ""}, world.provider, world.clock,
                         terminal) == 0);
  const std::string drawn = world.out.str();
  CAPTURE(drawn);
  CHECK(std::ranges::count(drawn, '\n') == 9);
  CHECK(drawn.find("and 43 more") != std::string::npos);
}

TEST_CASE("output that cannot be written is an error") {
  World world;
  world.provider.copy.reads = {World::read_result("copying", 25)};
  world.out.setstate(std::ios::badbit);
  CHECK(world.run({.state_json = World::state(), .configuration = "", .watch = true}) == 1);
  CHECK(world.messages.str().find("Output Not Written") != std::string::npos);
}
