#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::Outcome;
using acceptance::SampleCopy;
using acceptance::Workspace;
using nlohmann::json;

TEST_CASE("functions of the provider parse and format IDs") {
  Workspace workspace(acceptance::sample_seed("1s"));
  const SampleCopy& copy = acceptance::each_copy();
  workspace.configure(resource_block(copy) + R"(
output "parts" {
  value = provider::image::parse_id(image_copy.it.id)
}
output "whole" {
  value = provider::image::import_id(image_copy.it.cloud, image_copy.it.destination_region, image_copy.it.image_id)
}
output "job" {
  value = provider::image::parse_id(provider::image::import_id("huaweicloud", "cn-north-4", "job/9a17"))
}
)");
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  const json outputs = json::parse(workspace.must({"output", "-json"}));
  const json attributes = workspace.attributes("image_copy.it");
  CHECK(outputs.at("whole").at("value") == attributes.at("id"));
  const json& parts = outputs.at("parts").at("value");
  CHECK(parts.at("cloud") == copy.cloud);
  CHECK(parts.at("region") == attributes.at("destination_region"));
  CHECK(parts.at("image_id") == attributes.at("image_id"));
  CHECK(parts.at("job_id").is_null());
  CHECK(
      outputs.at("job").at("value") ==
      json({{"cloud", "huaweicloud"}, {"region", "cn-north-4"}, {"image_id", nullptr}, {"job_id", "9a17"}}));
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
}

TEST_CASE("a wrong argument of a function is an error at that argument") {
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure(R"(
output "parts" {
  value = provider::image::parse_id("azure/west/m-1")
}
output "whole" {
  value = provider::image::import_id("alicloud", "", "m-1")
}
)");
  workspace.must({"init"});
  const Outcome plan = workspace.run({"plan"});
  CAPTURE(plan.text);
  CHECK(plan.exit_code == 1);
  CHECK(plan.says("Invalid value for \"id\" parameter"));
  CHECK(plan.says("must begin with alicloud, baiducloud or"));
  CHECK(plan.says("Invalid value for \"region\" parameter"));
}
