#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::SampleCopy;
using acceptance::Workspace;
using nlohmann::json;

TEST_CASE("the newest golden image is found and copied to a set of regions") {
  json seed = acceptance::sample_seed("1s");
  for (const char* month : {"01", "02", "03"}) {
    seed["images"].push_back({{"cloud", "alicloud"},
                              {"region", "cn-hangzhou"},
                              {"id", std::string("m-golden") + month},
                              {"name", std::string("golden-2026-") + month},
                              {"created_at", std::string("2026-") + month + "-01T00:00:00Z"}});
  }
  Workspace workspace(seed);
  workspace.configure(R"(
data "image_info" "golden" {
  cloud       = "alicloud"
  name_regex  = "^golden-2026-"
  most_recent = true
}

resource "image_copy" "golden" {
  for_each           = toset(["cn-shanghai", "cn-beijing", "ap-southeast-1"])
  cloud              = "alicloud"
  source_image_id    = data.image_info.golden.image_id
  destination_region = each.key
  name               = data.image_info.golden.name
}

output "ids" {
  value = { for region, copy in image_copy.golden : region => copy.image_id }
}
)");
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  const json ids = json::parse(workspace.must({"output", "-json", "ids"}));
  for (const char* region : {"cn-shanghai", "cn-beijing", "ap-southeast-1"}) {
    const json images = workspace.emulator().images("alicloud", region);
    REQUIRE(images.size() == 1);
    CHECK(images[0].at("name") == "golden-2026-03");
    CHECK(ids.at(region) == images[0].at("id"));
  }
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
}

TEST_CASE("images are listed and read on every cloud") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure(
      "data \"image_list\" \"all\" {\n  cloud = \"" + copy.cloud + "\"\n  region = \"" + copy.source_region +
      "\"\n}\ndata \"image_info\" \"one\" {\n  cloud = \"" + copy.cloud + "\"\n  region = \"" +
      copy.source_region + "\"\n  image_id = \"" + copy.source_image_id +
      "\"\n}\noutput \"ids\" {\n  value = data.image_list.all.ids\n}\noutput \"name\" {\n  value = "
      "data.image_info.one.name\n}\n");
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  CHECK(json::parse(workspace.must({"output", "-json", "ids"})) == json({copy.source_image_id}));
  CHECK(json::parse(workspace.must({"output", "-json", "name"})) == "golden");
}
