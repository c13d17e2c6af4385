#include "tests/plugin/terraform.h"

#include <nlohmann/json.hpp>
#include <set>

#include "tests/plugin/sample_schema.h"
#include "tests/support/catch.h"

using namespace harness;
using nlohmann::json;

namespace {

/// Sets every attribute, some to values that are unknown until the first thing exists.
constexpr const char* kEveryAttribute = R"(
provider "sample" {
  token = "hidden"
  tags  = { team = "x" }
}

resource "sample_thing" "full" {
  name     = "full"
  text     = "text with é and 😀"
  amount   = 0.1
  enabled  = true
  size     = 7
  secret   = "open sesame"
  zone     = "z1"
  mode     = "slow"
  region   = "here"
  items    = ["a", "b"]
  numbers  = [3, 1.5, 9223372036854775808]
  labels   = { team = "x", empty = "" }
  shape    = { width = 3 }
  pair     = ["p", 1]
  anything = { list = [1, "two", true], nothing = null }
  limits   = { most = 10 }
  rules    = [{ port = 22, note = "for people" }, { port = 80 }]
  mounts   = { data = { path = "/data", access = "rw" }, logs = { path = "/logs" } }
  ports    = [{ number = 80 }, { number = 443 }]
}

resource "sample_thing" "follows" {
  name     = sample_thing.full.id
  old_text = sample_thing.full.history[0]
  amount   = sample_thing.full.revision
  items    = [sample_thing.full.id]
  labels   = { id = sample_thing.full.id }
  anything = sample_thing.full.history
  limits   = { most = sample_thing.full.limits.used }
  rules    = [{ port = sample_thing.full.revision }]
}

resource "sample_thing" "bare" {
  name = "bare"
}
)";

TerraformRun check_run(const Terraform& terraform, const std::vector<std::string>& arguments, int code) {
  TerraformRun run = terraform.run(arguments);
  CAPTURE(arguments, run.output);
  CHECK(run.code == code);
  CHECK_FALSE(run.left_processes);
  CHECK(terraform.sockets().empty());
  return run;
}

/// The values of all things in the state, by name.
json values_in_state(const Terraform& terraform) {
  const json state = json::parse(check_run(terraform, {"show", "-json"}, 0).output);
  json values;
  if (!state.contains("values")) return values;
  for (const json& resource : state["values"]["root_module"]["resources"]) {
    values[resource["name"].get<std::string>()] = resource["values"];
  }
  return values;
}

void check_state(const Terraform& terraform) {
  const json values = values_in_state(terraform);
  REQUIRE(values.size() == 3);
  const json& full = values["full"];
  CHECK(full["id"] == "thing-full");
  CHECK(full["text"] == "text with é and 😀");
  CHECK(full["amount"] == 0.1);
  CHECK(full["labels"] == json({{"team", "x"}, {"empty", ""}}));
  CHECK(full["shape"] == json({{"note", nullptr}, {"width", 3}}));
  CHECK(full["anything"] == json({{"list", {1, "two", true}}, {"nothing", nullptr}}));
  CHECK(full["rules"][1] == json({{"port", 80}, {"note", nullptr}, {"state", "settled"}}));
  CHECK(full["mounts"]["logs"] == json({{"path", "/logs"}, {"access", "ro"}}));
  CHECK(full["ports"].size() == 2);
  CHECK(values["follows"]["labels"] == json({{"id", "thing-full"}}));
  CHECK(values["follows"]["anything"] == json({"created"}));
  CHECK(values["bare"]["mode"] == "fast");
  CHECK(values["bare"]["rules"].is_null());
}

/// Applies the configuration with one text replaced, and checks that the next plan is empty.
void check_change(const Terraform& terraform, std::string_view before, std::string_view after,
                  std::string_view summary) {
  std::string config = kEveryAttribute;
  config.replace(config.find(before), before.size(), after);
  terraform.configure(config);
  const TerraformRun run = check_run(terraform, {"apply", "-no-color", "-auto-approve"}, 0);
  CAPTURE(run.output);
  CHECK(run.output.find(summary) != std::string::npos);
  check_run(terraform, {"plan", "-no-color", "-detailed-exitcode"}, 0);
}

void check_whole_life(const Terraform& terraform) {
  terraform.configure(kEveryAttribute);
  check_run(terraform, {"validate", "-no-color"}, 0);
  check_run(terraform, {"plan", "-no-color", "-detailed-exitcode"}, 2);
  check_run(terraform, {"apply", "-no-color", "-auto-approve"}, 0);
  check_run(terraform, {"plan", "-no-color", "-detailed-exitcode"}, 0);
  check_state(terraform);
  check_change(terraform, "\"bare\"\n}", "\"bare\"\n  text = \"x\"\n}", "0 added, 1 changed, 0 destroyed");
  check_change(terraform, "\"z1\"", "\"z2\"", "1 added, 1 changed, 1 destroyed");
  check_run(terraform, {"destroy", "-no-color", "-auto-approve"}, 0);
  CHECK(values_in_state(terraform).empty());
}

/// Checks that Terraform shows the attribute as in the schema.
void check_shown(const json& shown, const tf::Attribute& attribute) {
  CAPTURE(attribute.name, shown.dump());
  const auto flag = [&](const char* name) { return shown.value(name, false); };
  CHECK(flag("required") == (attribute.presence == tf::Presence::required));
  CHECK(flag("computed") == attribute.is_computed());
  CHECK(flag("sensitive") == attribute.sensitive);
  CHECK(flag("deprecated") == !attribute.deprecation.empty());
  CHECK(shown.value("description", "") == attribute.description);
  if (!attribute.nested) {
    CHECK(shown["type"].dump() == attribute.type.to_json());
    return;
  }
  const json& nested = shown["nested_type"]["attributes"];
  CHECK(nested.size() == attribute.nested->attributes.size());
  for (const tf::Attribute& inner : attribute.nested->attributes) check_shown(nested[inner.name], inner);
}

}  // namespace

TEST_CASE("12.16 and 12.29 a whole run of Terraform works and leaves no sockets or processes") {
  const Terraform terraform;
  check_whole_life(terraform);
}

TEST_CASE("12.21 the same without TLS") {
  const Terraform terraform(Environment{{"TF_DISABLE_PLUGIN_TLS", "1"}});
  check_whole_life(terraform);
}

TEST_CASE("12.29 Terraform's log has the plugin's structured lines, no secrets, and a graceful exit") {
  const Terraform terraform(Environment{{"TF_LOG", "trace"}});
  terraform.configure(kEveryAttribute);
  check_run(terraform, {"apply", "-no-color", "-auto-approve"}, 0);
  const std::string log = terraform.log();
  // Terraform parses the provider's structured lines.
  CHECK(log.find("tf_rpc=ApplyResourceChange") != std::string::npos);
  CHECK(log.find("open sesame") == std::string::npos);
#ifndef __SANITIZE_ADDRESS__
  // A process under a sanitizer may take longer to end than Terraform waits.
  CHECK(log.find("plugin process exited") != std::string::npos);
  CHECK(log.find("exit gracefully") == std::string::npos);
#endif
}

#ifndef __SANITIZE_ADDRESS__
TEST_CASE("12.27 after values of ten megabytes the plugin still ends before Terraform kills it") {
  const Terraform terraform(Environment{{"TF_LOG", "debug"}});
  terraform.write_file("big.txt", std::string(10'000'000, 'x'));
  terraform.configure("resource \"sample_thing\" \"a\" {\n  name = \"a\"\n  text = file(\"big.txt\")\n}\n");
  check_run(terraform, {"apply", "-no-color", "-auto-approve"}, 0);
  check_run(terraform, {"destroy", "-no-color", "-auto-approve"}, 0);
  CHECK(terraform.log().find("plugin process exited") != std::string::npos);
  CHECK(terraform.log().find("exit gracefully") == std::string::npos);
}
#endif

TEST_CASE("12.32 terraform providers schema -json shows the schema as it is") {
  const Terraform terraform;
  terraform.configure("");
  const json shown = json::parse(check_run(terraform, {"providers", "schema", "-json"}, 0).output);
  const json& provider = shown["provider_schemas"]["registry.terraform.io/imagecopy/sample"];
  const json& thing = provider["resource_schemas"]["sample_thing"];
  CHECK(thing["version"] == sample::thing_schema().version);
  CHECK(thing["block"]["attributes"].size() == sample::thing_schema().attributes.size());
  for (const tf::Attribute& attribute : sample::thing_schema().attributes) {
    check_shown(thing["block"]["attributes"][attribute.name], attribute);
  }
  for (const tf::Attribute& attribute : sample::provider_schema().attributes) {
    check_shown(provider["provider"]["block"]["attributes"][attribute.name], attribute);
  }
}

TEST_CASE("12.46 an error is shown at the line that causes it") {
  const Terraform terraform;
  terraform.configure("resource \"sample_thing\" \"a\" {\n  name = \"a\"\n  mode = \"sideways\"\n}\n");
  const TerraformRun run = check_run(terraform, {"validate", "-no-color"}, 1);
  CHECK(run.output.find("mode = \"sideways\"") != std::string::npos);
  CHECK(run.output.find("The value must be \"fast\" or \"slow\"") != std::string::npos);
}

TEST_CASE("12.73 an exception is shown as a bug of the provider, and other things are created") {
  const Terraform terraform;
  terraform.configure(
      "resource \"sample_thing\" \"a\" {\n  name = \"a\"\n  behaviour = \"create:throw\"\n}\n"
      "resource \"sample_thing\" \"b\" {\n  name = \"b\"\n}\n");
  const TerraformRun run = check_run(terraform, {"apply", "-no-color", "-auto-approve"}, 1);
  CHECK(run.output.find("Provider Bug") != std::string::npos);
  CHECK(run.output.find("the sample throws") != std::string::npos);
  const json values = values_in_state(terraform);
  CHECK(values.size() == 1);
  CHECK(values.contains("b"));
}

#ifndef __SANITIZE_ADDRESS__
TEST_CASE("12.74 Terraform shows its user the stack of a plugin that crashed") {
  const Terraform terraform;
  terraform.configure(
      "resource \"sample_thing\" \"a\" {\n  name = \"a\"\n  behaviour = \"create:crash\"\n}\n");
  // The socket of a plugin that crashed stays behind.
  const TerraformRun run = terraform.run({"apply", "-no-color", "-auto-approve"});
  CAPTURE(run.output);
  CHECK(run.code == 1);
  CHECK(run.output.find("Stack trace from the terraform-provider-sample plugin") != std::string::npos);
  CHECK(run.output.find("panic: invalid memory access (SIGSEGV)") != std::string::npos);
}
#endif
