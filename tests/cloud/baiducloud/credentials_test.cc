#include "src/cloud/baiducloud/credentials.h"

#include "tests/cloud/credentials/fake_host.h"
#include "tests/support/catch.h"

using fakes::access_key_of;
using fakes::credentials_of;
using namespace std::chrono_literals;

namespace {

constexpr const char* kProfiles = R"({"current": "usual", "profiles": [
  {"name": "usual", "mode": "AK", "access_key_id": "usual-key", "secret_access_key": "s", "region": "gz"},
  {"name": "sts", "mode": "StsToken", "access_key_id": "sts-key", "secret_access_key": "s", "security_token": "t"},
  {"name": "browser", "mode": "OAuth"}]})";

struct World : fakes::FakeHost {
  cloud::VendorSettings settings = {{"sts_endpoint", "http://127.0.0.1/baiducloud/bj"}};

  World() { seed({{"roles", {"builder"}}}); }

  cloud::CredentialsResult find() {
    return cloud::baiducloud::find_credentials(settings, host, dependencies());
  }
};

}  // namespace

TEST_CASE("credentials for Baidu AI Cloud are searched for in the vendor's order") {
  World world;
  world.files = {{"/home/user/.bce/config.json", kProfiles}};
  world.variables["BAIDUCLOUD_ACCESS_KEY"] = "env-key";
  world.variables["BAIDUCLOUD_SECRET_KEY"] = "s";
  world.variables["BCE_ACCESS_KEY_ID"] = "tool-key";
  world.variables["BCE_SECRET_ACCESS_KEY"] = "s";
  world.settings["access_key"] = "static-key";
  world.settings["secret_key"] = "s";

  CHECK(access_key_of(world.find()) == "static-key");
  world.settings.erase("access_key");
  world.settings.erase("secret_key");
  world.settings["profile"] = "sts";
  CHECK(credentials_of(world.find()).security_token == "t");
  world.settings.erase("profile");
  CHECK(access_key_of(world.find()) == "env-key");
  world.variables.erase("BAIDUCLOUD_ACCESS_KEY");
  world.variables.erase("BAIDUCLOUD_SECRET_KEY");
  CHECK(access_key_of(world.find()) == "tool-key");
  world.variables.erase("BCE_ACCESS_KEY_ID");
  world.variables.erase("BCE_SECRET_ACCESS_KEY");
  CHECK(access_key_of(world.find()) == "usual-key");
  CHECK(world.find()->region == "gz");
  world.files.clear();
  const auto found = world.find();
  REQUIRE_FALSE(found);
  CHECK(found.error().find("4. /home/user/.bce/config.json: does not exist") != std::string::npos);
}

TEST_CASE("an unusable profile of Baidu AI Cloud is an error that gives the reason") {
  World world;
  world.settings["profile"] = "browser";
  CHECK(world.find().error().find("does not exist") != std::string::npos);
  world.files = {{"/home/user/.bce/config.json", kProfiles}};
  CHECK(world.find().error().find("The mode \"OAuth\"") != std::string::npos);
}

TEST_CASE("a role of Baidu AI Cloud is assumed, and its credentials are refreshed before they expire") {
  World world;
  world.settings["access_key"] = "EMULATORACCESSKEY01";
  world.settings["secret_key"] = "emulator-secret-key-01";
  world.settings["assume_role.account_id"] = "1";
  world.settings["assume_role.role_name"] = "builder";
  const auto found = world.find();
  const cloud::Credentials first = credentials_of(found);
  CHECK(first.access_key != "EMULATORACCESSKEY01");
  CHECK_FALSE(first.security_token.empty());
  world.clock.advance(1h);
  CHECK(credentials_of(found) == first);
  world.clock.advance(50min);
  CHECK(credentials_of(found) != first);
  world.settings["assume_role.role_name"] = "unknown";
  CHECK(world.find()->credentials->get({}).error().code == "AccessDenied");
}
