#include "src/provider/vendor_states.h"

#include "src/provider/image_copy/private_state.h"
#include "src/provider/image_copy/schema.h"
#include "tests/provider/image_copy/resource_world.h"

using fakes::ResourceWorld;
using tf::Value;

namespace {

std::optional<tf::StateResponse> move(const std::string& type, const std::string& json) {
  return provider::move_vendor_state(provider::image_copy_schema(),
                                     {.provider_address = "registry.terraform.io/vendor/cloud",
                                      .type_name = type,
                                      .version = 0,
                                      .state_json = json,
                                      .private_state = "not ours"});
}

constexpr const char* kHuaweicloud = "huaweicloud_images_image_copy";

}  // namespace

TEST_CASE("only the vendors' copies can be moved") {
  CHECK_FALSE(move("alicloud_image", R"({"id":"m-1"})"));
  CHECK_FALSE(move("huaweicloud_images_image", R"({"id":"m-1"})"));
  CHECK(move("alicloud_image_copy", R"({"id":"m-1"})"));
  CHECK(move("alicloud_copy_image", R"({"id":"m-1"})"));
}

TEST_CASE("a moved state fits this schema, is wholly known, and is marked as imported") {
  const auto moved = move("alicloud_image_copy",
                          R"({"id":"m-1","image_name":"","name":"old","source_region_id":"r1","force":true,
                              "encrypted":true,"kms_key_id":"k-1","tags":{"a":"b"},"delete_auto_snapshot":true})");
  REQUIRE(moved);
  CHECK(moved->diagnostics.empty());
  CHECK(moved->state.is_wholly_known());
  CHECK(moved->state["name"] == Value("old"));
  CHECK(moved->state["encrypted"] == Value(true));
  CHECK(moved->state["kms_key_id"] == Value("k-1"));
  CHECK(moved->state["force_delete"] == Value(true));
  CHECK(moved->state["delete_snapshots"] == Value(true));
  CHECK(moved->state["wait_until"] == Value("available"));
  CHECK(moved->state["tags"] == Value(Value::Attributes{{"a", "b"}}));
  CHECK(moved->state["destination_region"].is_null());
  CHECK(moved->state["id"].is_null());
  CHECK(provider::read_private_state(moved->private_state) ==
        provider::PrivateState{.visibility = {.started = {}, .listed = true}, .imported = true});
}

TEST_CASE("arguments of Huawei Cloud's resource that do not apply to this kind of copy are dropped") {
  const auto inside = move(kHuaweicloud, R"({"id":"i-1","region":"r1","target_region":"r1","agency_name":"a",
                                             "kms_key_id":"k","enterprise_project_id":"p"})");
  REQUIRE(inside);
  CHECK(inside->state["destination_region"] == Value("r1"));
  CHECK(inside->state["huaweicloud"].is_null());
  CHECK(inside->state["kms_key_id"] == Value("k"));
  CHECK(inside->state["resource_group_id"] == Value("p"));
  const auto across = move(kHuaweicloud, R"({"id":"i-1","region":"r1","target_region":"r2","agency_name":"a",
                                             "kms_key_id":"k","enterprise_project_id":"p"})");
  REQUIRE(across);
  CHECK(across->state["id"] == Value("huaweicloud/r2/i-1"));
  CHECK(across->state["huaweicloud"]["agency_name"] == Value("a"));
  CHECK(across->state["huaweicloud"]["vault_id"].is_null());
  CHECK(across->state["kms_key_id"].is_null());
  CHECK(across->state["resource_group_id"].is_null());
}

TEST_CASE("a move always returns a state or an error") {
  for (const char* json :
       {"", "null", "[]", "5", "{", "{}", R"({"id":null})", R"({"id":""})", R"({"id":7})",
        R"({"id":["m-1"]})", R"({"id":"m-1","tags":5})", R"({"id":"m-1","tags":{"a":{"b":"c"}}})",
        R"({"id":"m-1","tags":["a"]})", R"({"id":"m-1","encrypted":"perhaps"})",
        R"({"id":"m-1","timeouts":[{"create":"5m"}]})", R"({"id":"m-1","timeouts":{"create":{}}})",
        R"({"id":"m-1","source_image_id":{}})"}) {
    for (const char* type : {"alicloud_image_copy", kHuaweicloud}) {
      CAPTURE(json, type);
      const auto moved = move(type, json);
      REQUIRE(moved);
      CHECK(moved->state.is_null() == tf::has_error(moved->diagnostics));
    }
  }
}

TEST_CASE("a resource of this type at another provider address keeps its state and private state") {
  ResourceWorld world;
  const auto moved = world.resource.move({.provider_address = "registry.example.com/fork/image",
                                          .type_name = "image_copy",
                                          .version = 0,
                                          .state_json = R"({"cloud":"alicloud","image_id":"m-1"})",
                                          .private_state = R"({"listed":true})"});
  REQUIRE(moved);
  CHECK(moved->state["image_id"] == Value("m-1"));
  CHECK(moved->state["on_timeout"] == Value("fail"));
  CHECK(moved->private_state == R"({"listed":true})");
}
