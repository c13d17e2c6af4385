#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/emulator/alicloud/test_client.h"
#include "tests/emulator/state_file.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

/// A path in a folder of its own, removed with it.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "emulator-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::filesystem::path path() const { return folder_ / "world.json"; }
  [[nodiscard]] std::string content() const {
    std::ifstream file(path());
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::filesystem::path folder_;
};

const json kSeed = {
    {"images",
     {{{"cloud", "alicloud"},
       {"region", "cn-hangzhou"},
       {"id", "m-1"},
       {"tags", {{"a", "b"}}},
       {"copy_duration", "100s"}},
      {{"cloud", "huaweicloud"},
       {"region", "cn-north-4"},
       {"id", "00000000-0000-4000-8000-000000000001"},
       {"outcome", "fail"}}}},
    {"accounts", {{{"access_key", "OTHER"}, {"secret_key", "s"}, {"expires_at", "2030-01-01T00:00:00Z"}}}},
    {"kms_keys", {{{"cloud", "alicloud"}, {"region", "cn-shanghai"}, {"id", "k"}}}},
    {"vaults", {{{"region", "cn-south-1"}, {"id", "v"}}}},
    {"agencies", {"ims_copy"}}};

Options from(const TemporaryFile& file) {
  Options options = {.state_file = file.path()};
  if (std::filesystem::exists(file.path())) {
    auto world = read_world(file.content());
    REQUIRE(world.has_value());
    options.world = std::move(*world);
  }
  return options;
}

}  // namespace

TEST_CASE("the world continues after a restart from its file, including running copies") {
  const TemporaryFile file;
  std::string id;
  json images;
  {
    const TestEmulator emulator(kSeed, from(file));
    const Parameters order = {
        {"ImageId", "m-1"}, {"DestinationRegionId", "cn-shanghai"}, {"ClientToken", "t"}};
    id = alicloud::call(emulator, "cn-hangzhou", "CopyImage", order).body["ImageId"];
    emulator.advance("40s");
    images = emulator.control("GET", "images").body;
  }
  const TestEmulator emulator(json::object(), from(file));
  CHECK(emulator.control("GET", "images").body == images);
  CHECK(emulator.image("cn-shanghai", id)["progress_percent"] == 40);
  const Parameters order = {{"ImageId", "m-1"}, {"DestinationRegionId", "cn-shanghai"}, {"ClientToken", "t"}};
  CHECK(alicloud::call(emulator, "cn-hangzhou", "CopyImage", order).body["ImageId"] == id);
  emulator.advance("60s");
  CHECK(emulator.image("cn-shanghai", id)["status"] == "Available");
}

TEST_CASE("a world that was written and read is written the same way again") {
  const TemporaryFile file;
  {
    const TestEmulator emulator(kSeed, from(file));
    alicloud::call(emulator, "cn-hangzhou", "CopyImage",
                   {{"ImageId", "m-1"}, {"DestinationRegionId", "cn-shanghai"}});
  }
  const std::string text = file.content();
  const auto world = read_world(text);
  REQUIRE(world.has_value());
  CHECK(write_world(*world) == text);
  CHECK(world->images.size() == 3);
  CHECK(world->access_keys.at("OTHER").expires.has_value());
}

TEST_CASE("the file is written only when something has changed") {
  const TemporaryFile file;
  const TestEmulator emulator(kSeed, from(file));
  REQUIRE(std::filesystem::remove(file.path()));
  alicloud::call(emulator, "cn-hangzhou", "DescribeImages");
  CHECK_FALSE(std::filesystem::exists(file.path()));
  alicloud::call(emulator, "cn-hangzhou", "DeleteImage", {{"ImageId", "m-1"}});
  CHECK(std::filesystem::exists(file.path()));
  CHECK(std::distance(std::filesystem::directory_iterator(file.path().parent_path()), {}) == 1);
}

TEST_CASE("an invalid state file is rejected with a reason") {
  CHECK(read_world("{").error().contains("not a state file"));
  CHECK(read_world("{}").error().contains("clock_offset"));
}

}  // namespace emulator
