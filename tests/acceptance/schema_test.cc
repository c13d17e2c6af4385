#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using nlohmann::json;

TEST_CASE("terraform prints the schema") {
  acceptance::Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure("");
  workspace.must({"init"});
  const json printed = json::parse(workspace.must({"providers", "schema", "-json"}));
  const json& schema = printed.at("provider_schemas").at("registry.terraform.io/imagecopy/image");
  const json& attributes = schema.at("resource_schemas").at("image_copy").at("block").at("attributes");
  for (const char* name : {"cloud", "source_image_id", "name"})
    CHECK(attributes.at(name).at("required") == true);
  for (const char* name : {"id", "image_id", "job_id", "status", "progress_percent"}) {
    CHECK(attributes.at(name).at("computed") == true);
  }
  CHECK(attributes.at("timeouts").at("nested_type").at("nesting_mode") == "single");
  const json& provider = schema.at("provider").at("block").at("attributes");
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) {
    CHECK(provider.at(cloud).at("nested_type").at("attributes").at("secret_key").at("sensitive") == true);
  }
}
