#include "src/cloud/alicloud/client.h"

#include "tests/cloud/contract_world.h"

// What only this vendor does. The contract suites test what all do.

using World = fakes::ContractWorld;

TEST_CASE("more tags than one call takes are changed in several calls") {
  World world(fakes::contract_vendor("alicloud"));
  const cloud::CopyReference copy = world.finish();
  cloud::Tags many;
  std::vector<std::string> keys;
  for (int i = 0; i < 45; ++i) keys.push_back("key-" + std::to_string(i));
  for (const std::string& key : keys) many[key] = "v";
  // The emulator gives an image twenty tags, so the second part is refused.
  CHECK(world.cloud->tagging()
            ->change_tags(copy, {.set = many, .remove = {}}, world.context)
            .error()
            .argument == "tags");
  CHECK(world.describe(copy).image->tags.value_or(cloud::Tags()).size() == 20);
  REQUIRE(world.cloud->tagging()->change_tags(copy, {.set = {}, .remove = keys}, world.context));
  CHECK(world.describe(copy).image->tags == cloud::Tags());
  CHECK(world.calls("UntagResources") == 3);
}
