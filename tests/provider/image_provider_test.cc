#include "src/provider/image_provider.h"

#include "src/provider/provider_schema.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/scripted_transport.h"
#include "tf/validate.h"

using tf::AttributePath;
using tf::Value;

namespace {

/// A cloud, and the object with the arguments that its copies across regions require.
struct Cloud {
  std::string name;
  Value copy_object;
};

std::vector<Cloud> clouds() {
  return {{"alicloud", {}}, {"baiducloud", {}}, {"huaweicloud", Value::Attributes{{"agency_name", "a"}}}};
}

/// The provider on a host with only these environment variables and files.
struct World {
  std::map<std::string, std::string> variables;
  std::map<std::string, std::string> files;
  fakes::FakeClock clock;
  core::NullLogger log;
  fakes::ScriptedTransport* transport = nullptr;
  provider::ImageProvider provider{
      {.clock = clock,
       .log = log,
       .host = {.environment = [this](const char* name) -> std::optional<std::string> {
                  const auto found = variables.find(name);
                  return found == variables.end() ? std::nullopt : std::optional(found->second);
                },
                .read_file = [this](const std::string& path) -> core::FileResult {
                  const auto found = files.find(path);
                  if (found == files.end()) return std::unexpected("does not exist");
                  return found->second;
                }},
       .make_transport =
           [this](const http::CurlOptions&) {
             auto made = std::make_unique<fakes::ScriptedTransport>();
             made->results = {fakes::status(500)};
             transport = made.get();
             return made;
           },
       .version = "0.0.0"}};

  [[nodiscard]] Value config(const Value::Attributes& set = {}) const {
    Value value = tf::null_object(provider.schema().type());
    for (const auto& [name, attribute] : set) value.set(name, attribute);
    return value;
  }

  tf::Diagnostics configure(const Value::Attributes& set = {}) {
    return provider.configure({.terraform_version = "1.11.4", .config = config(set)});
  }

  /// The diagnostics of a plan for a copy on that cloud.
  tf::Diagnostics plan(const Cloud& cloud) {
    tf::Resource& resource = *provider.resources().at("image_copy");
    Value copy = tf::null_object(resource.schema().type());
    for (const auto& [name, value] : Value::Attributes{{"cloud", cloud.name},
                                                       {"source_image_id", "m-1"},
                                                       {"source_region", "r1"},
                                                       {"destination_region", "r2"},
                                                       {"name", "copy"}}) {
      copy.set(name, value);
    }
    if (!cloud.copy_object.is_null()) copy.set(cloud.name, cloud.copy_object);
    return resource.plan({.config = copy}, {}).diagnostics;
  }

  tf::Diagnostics validation_errors(const Value::Attributes& set) {
    return tf::validate_config(provider.schema(), config(set));
  }
};

}  // namespace

TEST_CASE("the provider's schema is one that Terraform accepts") {
  CHECK(tf::schema_problems(provider::provider_schema()).empty());
}

TEST_CASE("credentials from the environment are sufficient") {
  World world;
  world.variables = {{"ALIBABA_CLOUD_ACCESS_KEY_ID", "a"},
                     {"ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s"},
                     {"BAIDUCLOUD_ACCESS_KEY", "a"},
                     {"BAIDUCLOUD_SECRET_KEY", "s"},
                     {"HW_ACCESS_KEY", "a"},
                     {"HW_SECRET_KEY", "s"}};
  CHECK(world.configure().empty());
  for (const Cloud& cloud : clouds()) {
    CHECK_FALSE(tf::has_error(world.plan(cloud)));
  }
}

TEST_CASE("a cloud without credentials is an error of its copies, at the argument cloud") {
  World world;
  world.variables = {{"ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true"}, {"HW_ECS_METADATA_DISABLED", "true"}};
  CHECK(world.configure().empty());
  for (const Cloud& cloud : clouds()) {
    const auto diagnostics = world.plan(cloud);
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].attribute == AttributePath("cloud"));
    CHECK(diagnostics[0].detail.find("which were searched in this order:") != std::string::npos);
    CHECK(diagnostics[0].detail.find(cloud.name + ".access_key") != std::string::npos);
  }
  CHECK(world.transport->requests.empty());
}

TEST_CASE("a missing CA file is an error at its attribute") {
  World world;
  const auto diagnostics = world.configure({{"ca_file", "/nowhere.pem"}});
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].attribute == AttributePath("ca_file"));
  world.files["/here.pem"] = "certificates";
  CHECK(world.configure({{"ca_file", "/here.pem"}}).empty());
}

TEST_CASE("a proxy must be a URL or a host with a port") {
  World world;
  for (const char* url : {"http://proxy.example.com:3128", "http://user:word@10.0.0.1:8080/",
                          "socks5h://127.0.0.1", "proxy.example.com:3128"}) {
    CAPTURE(url);
    CHECK(world.validation_errors({{"proxy_url", url}}).empty());
  }
  for (const char* url : {"", "http://", "ftp://proxy", "http://a b", "http://proxy/path", "proxy\n"}) {
    CAPTURE(url);
    const auto errors = world.validation_errors({{"proxy_url", url}});
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].attribute == AttributePath("proxy_url"));
  }
}

TEST_CASE("an endpoint must be a URL with no placeholder but that of the region") {
  World world;
  const auto errors = [&](const char* url) {
    Value block = tf::null_object(world.provider.schema().find("alicloud")->value_type());
    block.set("endpoint", url);
    return world.validation_errors({{"alicloud", block}});
  };
  CHECK(errors("https://ecs.{region}.example.com").empty());
  CHECK(errors("ftp://x").size() == 1);
  CHECK(errors("https://{zone}.example.com").size() == 1);
}
