#include "src/provider/image_copy/resource.h"

#include "tests/provider/image_copy/resource_world.h"

using tf::Value;
using World = fakes::ResourceWorld;

TEST_CASE("the schema is one that Terraform accepts") {
  World world;
  CHECK(tf::schema_problems(world.resource.schema()).empty());
}

TEST_CASE("a state that names no cloud is an error, not a crash") {
  World world;
  Value state = world.available_state();
  for (const Value& cloud : {Value(), Value("aws")}) {
    state.set("cloud", cloud);
    CHECK(tf::has_error(world.resource.read({.state = state}, world.stop.get_token()).diagnostics));
    CHECK(tf::has_error(world.resource.remove({.prior_state = state}, world.stop.get_token()).diagnostics));
  }
}

TEST_CASE("state of this version loads, even with missing attributes, and other versions are refused") {
  World world;
  const auto loaded =
      world.resource.upgrade({.version = 0, .state_json = R"({"cloud":"alicloud","name":"copy"})"});
  CHECK(loaded.diagnostics.empty());
  CHECK(loaded.state["name"] == Value("copy"));
  CHECK(loaded.state["status"].is_null());
  for (const auto& [version, json] :
       {std::pair{7, "{}"}, std::pair{0, "null"}, std::pair{0, "{"}, std::pair{0, ""}}) {
    const auto refused = world.resource.upgrade({.version = version, .state_json = json});
    CHECK(tf::has_error(refused.diagnostics));
  }
}
