#include "src/provider/image_sources.h"

#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_cloud.h"
#include "tf/validate.h"

using cloud::CopyState;
using cloud::ErrorKind;
using fakes::failure;
using tf::AttributePath;
using tf::Value;

namespace {

cloud::CopyStatus image(const std::string& id, const std::string& name, const std::string& created,
                        CopyState state = CopyState::available, cloud::Tags tags = {}) {
  return {.state = state,
          .image_id = id,
          .image = cloud::Image{
              .id = id, .name = name, .size_gb = 40, .created_at = created, .tags = std::move(tags)}};
}

/// One configured cloud, `alicloud`, whose default region is r1, with four images.
struct World {
  fakes::FakeClock clock;
  provider::CurrentClouds clouds;
  fakes::FakeCloud* cloud = nullptr;
  provider::ImageInfoSource info{clouds, clock};
  provider::ImageListSource list{clouds, clock};

  World() {
    auto fake = std::make_unique<fakes::FakeCloud>();
    cloud = fake.get();
    cloud->list_results = {std::vector{image("m-1", "golden-1", "2026-01-01T00:00:00Z"),
                                       image("m-3", "golden-3", "2026-03-01T00:00:00Z", CopyState::copying),
                                       image("m-2", "golden-2", "2026-02-01T00:00:00Z", CopyState::available,
                                             {{"stage", "prod"}, {"os", "linux"}}),
                                       image("m-4", "other", "2026-04-01T00:00:00Z")}};
    std::map<std::string, provider::Clouds::Entry, std::less<>> entries;
    entries.emplace("alicloud", provider::ConfiguredCloud(std::make_shared<core::CorrectedClock>(clock),
                                                          std::move(fake), nullptr, "r1"));
    clouds.set(std::make_shared<const provider::Clouds>(nullptr, std::move(entries)));
  }

  static Value config(const tf::DataSource& source, const Value::Attributes& set) {
    Value value = tf::null_object(source.schema().type());
    value.set("cloud", "alicloud");
    for (const auto& [name, attribute] : set) value.set(name, attribute);
    return value;
  }

  /// Validates the configuration as Terraform does, and then reads.
  tf::DataResponse read(tf::DataSource& source, const Value::Attributes& set) {
    const Value configuration = config(source, set);
    tf::DataResponse response{.state = {},
                              .diagnostics = tf::validate_config(source.schema(), configuration)};
    if (!tf::has_error(response.diagnostics)) response.diagnostics = source.validate(configuration);
    if (tf::has_error(response.diagnostics)) return response;
    response = source.read(configuration, {});
    if (!tf::has_error(response.diagnostics)) {
      CHECK(response.state.is_wholly_known());
      for (const auto& [name, value] : set) CHECK(response.state[name] == value);
    }
    return response;
  }

  /// The only diagnostic of a read, which has to fail.
  tf::Diagnostic error_of(tf::DataSource& source, const Value::Attributes& set) {
    const auto response = read(source, set);
    if (response.diagnostics.size() != 1) throw std::runtime_error("not one diagnostic");
    CHECK(response.state.is_null());
    return response.diagnostics[0];
  }
};

}  // namespace

TEST_CASE("the data sources' schemas are ones that Terraform accepts") {
  World world;
  CHECK(tf::schema_problems(world.info.schema()).empty());
  CHECK(tf::schema_problems(world.list.schema()).empty());
}

TEST_CASE("one image is found by its name, or as the newest that a regular expression matches") {
  World world;
  const auto exact = world.read(world.info, {{"name", "golden-2"}});
  CHECK(exact.diagnostics.empty());
  CHECK(exact.state["image_id"] == Value("m-2"));
  CHECK(exact.state["id"] == Value("alicloud/r1/m-2"));
  CHECK(exact.state["region"] == Value("r1"));
  CHECK(exact.state["tags"] == Value(Value::Attributes{{"stage", "prod"}, {"os", "linux"}}));
  CHECK(world.cloud->queries == std::vector<std::string>{"list r1"});

  // The newest golden image is still being made.
  const auto newest =
      world.read(world.info, {{"name_regex", "^golden-"}, {"most_recent", true}, {"region", "r9"}});
  CHECK(newest.state["image_id"] == Value("m-2"));
  CHECK(world.cloud->queries.back() == "list r9");
}

TEST_CASE("one image is found by its id, in whatever state it is") {
  World world;
  world.cloud->describe_results = {image("m-3", "golden-3", "2026-03-01T00:00:00Z", CopyState::copying)};
  const auto found = world.read(world.info, {{"image_id", "m-3"}});
  CHECK(found.state["status"] == Value("copying"));
  CHECK(found.state["name"] == Value("golden-3"));
  world.cloud->describe_results = {fakes::kAbsent};
  CHECK(world.error_of(world.info, {{"image_id", "m-9"}}).attribute == AttributePath("image_id"));
}

TEST_CASE("no match and several matches for one image are errors that describe what was found") {
  World world;
  const auto none = world.error_of(world.info, {{"name", "missing"}});
  CHECK(none.summary == "Image Not Found");
  CHECK(none.detail.find("named \"missing\" in region r1 on Fake Cloud") != std::string::npos);
  const auto several = world.error_of(world.info, {{"name_regex", "golden"}});
  CHECK(several.summary == "Multiple Images Found");
  CHECK(several.attribute == AttributePath("name_regex"));
  CHECK(several.detail.find("m-1") != std::string::npos);
  CHECK(several.detail.find("most_recent = true") != std::string::npos);
}

TEST_CASE("exactly one of the arguments that select an image must be set") {
  World world;
  const auto none = world.error_of(world.info, {});
  CHECK(none.summary == "Invalid Attribute Combination");
  CHECK(none.detail == "Set exactly one of image_id, name or name_regex; none is set.");
  CHECK(world.error_of(world.info, {{"name", "a"}, {"image_id", "m-1"}}).summary ==
        "Invalid Attribute Combination");
  CHECK(world.error_of(world.info, {{"image_id", "m-1"}, {"most_recent", true}}).attribute ==
        AttributePath("most_recent"));
  CHECK(world.error_of(world.info, {{"name_regex", "("}}).attribute == AttributePath("name_regex"));
  CHECK(world.error_of(world.info, {{"name_regex", ""}}).attribute == AttributePath("name_regex"));
  CHECK(world.info.validate(World::config(world.info, {{"name", Value::unknown()}, {"image_id", "m-1"}}))
            .empty());
}

TEST_CASE("all images or those that match are listed, newest first") {
  World world;
  const auto ids = [&](const Value::Attributes& set) {
    const auto found = world.read(world.list, set);
    CHECK(found.diagnostics.empty());
    CHECK(found.state["images"].as_elements()->size() == found.state["ids"].as_elements()->size());
    return found.state["ids"];
  };
  CHECK(ids({}) == Value(Value::Elements{"m-4", "m-3", "m-2", "m-1"}));
  CHECK(ids({{"status", "available"}}) == Value(Value::Elements{"m-4", "m-2", "m-1"}));
  CHECK(ids({{"name", "other"}}) == Value(Value::Elements{"m-4"}));
  CHECK(ids({{"name_regex", "n-[12]$"}}) == Value(Value::Elements{"m-2", "m-1"}));
  CHECK(ids({{"tags", Value::Attributes{{"stage", "prod"}}}}) == Value(Value::Elements{"m-2"}));
  CHECK(ids({{"tags", Value::Attributes{{"stage", "prod"}, {"os", "windows"}}}}) == Value(Value::Elements{}));
  CHECK(ids({{"name", "none"}}) == Value(Value::Elements{}));
}

TEST_CASE("a failed listing is an error, and filters that cannot match are refused") {
  World world;
  CHECK(world.error_of(world.list, {{"cloud", "baiducloud"}, {"tags", Value::Attributes{{"a", "b"}}}})
            .attribute == AttributePath("tags"));
  CHECK(world.error_of(world.list, {{"status", "ready"}}).attribute == AttributePath("status"));
  world.cloud->list_results = {std::unexpected(failure(ErrorKind::permission_denied))};
  CHECK(world.error_of(world.list, {}).summary == "Images Not Listed");
}
