#include "src/cloud/huaweicloud/credentials.h"

#include "tests/cloud/credentials/fake_host.h"
#include "tests/support/catch.h"

using fakes::access_key_of;
using fakes::credentials_of;
using namespace std::chrono_literals;

namespace {

constexpr const char* kProfiles = R"({"current": "usual", "profiles": [
  {"name": "usual", "mode": "AKSK", "accessKeyId": "usual-key", "secretAccessKey": "s", "region": "cn-north-4"},
  {"name": "agency", "accessKeyId": "EMULATORACCESSKEY01", "secretAccessKey": "emulator-secret-key-01",
   "region": "cn-north-4", "agencyName": "builders", "agencyDomainName": "emulator"}]})";

struct World : fakes::FakeHost {
  cloud::VendorSettings settings = {{"region", "cn-north-4"},
                                    {"iam_endpoint", "http://127.0.0.1/huaweicloud/{region}"},
                                    {"metadata_endpoint", "http://127.0.0.1/huaweicloud/metadata"}};

  World() { seed({{"agencies", {"builders"}}, {"switches", {{"instance_role", "on-instance"}}}}); }

  cloud::CredentialsResult find() {
    return cloud::huaweicloud::find_credentials(settings, host, dependencies());
  }

  cloud::Token token(const std::string& project = "cn-north-4") {
    const auto found = find();
    if (!found || !found->tokens) throw std::runtime_error("no tokens were found");
    const auto token = found->tokens->token("cn-north-4", project, {});
    if (!token) throw std::runtime_error(describe(token.error()));
    return *token;
  }
};

}  // namespace

TEST_CASE("credentials for Huawei Cloud are searched for in the vendor's order") {
  World world;
  world.files = {{"/home/user/.hcloud/config.json", kProfiles}};
  world.variables = {{"HOME", "/home/user"},
                     {"HW_AUTH_TOKEN", "env-token"},
                     {"HW_ACCESS_KEY", "env-key"},
                     {"HW_SECRET_KEY", "s"},
                     {"HW_USER_NAME", "emulator-user"},
                     {"HW_USER_PASSWORD", "emulator-password-01"},
                     {"HW_DOMAIN_NAME", "emulator"}};
  world.settings["access_key"] = "static-key";
  world.settings["secret_key"] = "s";

  CHECK(access_key_of(world.find()) == "static-key");
  world.settings.erase("access_key");
  world.settings.erase("secret_key");
  CHECK(world.token().text == "env-token");
  world.variables.erase("HW_AUTH_TOKEN");
  CHECK(access_key_of(world.find()) == "env-key");
  world.variables.erase("HW_ACCESS_KEY");
  world.variables.erase("HW_SECRET_KEY");
  CHECK_FALSE(world.token().project_id.empty());
  world.variables.erase("HW_USER_PASSWORD");
  CHECK(access_key_of(world.find()) == "usual-key");
  CHECK(world.find()->region == "cn-north-4");
  world.files.clear();
  CHECK_FALSE(credentials_of(world.find()).security_token.empty());
  world.variables["HW_ECS_METADATA_DISABLED"] = "true";
  const auto found = world.find();
  REQUIRE_FALSE(found);
  CHECK(found.error().find("8. the agency of the instance: disabled") != std::string::npos);
}

TEST_CASE("a user's password gives a token for each project, which is kept until shortly before it expires") {
  World world;
  world.settings["user_name"] = "emulator-user";
  world.settings["password"] = "emulator-password-01";
  world.settings["domain_name"] = "emulator";
  const auto found = world.find();
  REQUIRE(found);
  const auto token = [&](const std::string& region) { return *found->tokens->token(region, region, {}); };
  const cloud::Token first = token("cn-north-4");
  CHECK(token("cn-north-4") == first);
  CHECK(token("cn-south-1").project_id != first.project_id);
  world.clock.advance(23h + 50min);
  CHECK(token("cn-north-4") != first);
}

TEST_CASE("a wrong password is an error without the password in it") {
  World world;
  world.settings["user_name"] = "emulator-user";
  world.settings["password"] = "not-the-password";
  world.settings["domain_name"] = "emulator";
  const auto token = world.find()->tokens->token("cn-north-4", "cn-north-4", {});
  REQUIRE_FALSE(token);
  const std::string text = describe(token.error());
  CHECK(text.find("KeystoneCreateUserTokenByPassword") != std::string::npos);
  CHECK(text.find("HTTP status 401") != std::string::npos);
  CHECK(text.find("not-the-password") == std::string::npos);
}

TEST_CASE("an agency is assumed with a key pair, with a user's token and by a profile") {
  const auto check = [](World& world) {
    const auto found = world.find();
    const cloud::Credentials first = credentials_of(found);
    CHECK_FALSE(first.security_token.empty());
    world.clock.advance(23h + 50min);
    CHECK(credentials_of(found) != first);
  };
  World by_key_pair;
  by_key_pair.settings["access_key"] = "EMULATORACCESSKEY01";
  by_key_pair.settings["secret_key"] = "emulator-secret-key-01";
  by_key_pair.settings["assume_role.agency_name"] = "builders";
  by_key_pair.settings["assume_role.domain_name"] = "emulator";
  check(by_key_pair);

  World by_password;
  by_password.settings["user_name"] = "emulator-user";
  by_password.settings["password"] = "emulator-password-01";
  by_password.settings["domain_name"] = "emulator";
  by_password.variables["HW_ASSUME_ROLE_AGENCY_NAME"] = "builders";
  by_password.variables["HW_ASSUME_ROLE_DOMAIN_NAME"] = "emulator";
  check(by_password);

  World by_profile;
  by_profile.files = {{"/home/user/.hcloud/config.json", kProfiles}};
  by_profile.settings["profile"] = "agency";
  check(by_profile);
}

TEST_CASE("an unknown agency is an error with IAM's message") {
  World world;
  world.settings["access_key"] = "EMULATORACCESSKEY01";
  world.settings["secret_key"] = "emulator-secret-key-01";
  world.settings["assume_role.agency_name"] = "strangers";
  world.settings["assume_role.domain_name"] = "emulator";
  const auto credentials = world.find()->credentials->get({});
  REQUIRE_FALSE(credentials);
  CHECK(describe(credentials.error()).find("There is no agency strangers") != std::string::npos);
}

TEST_CASE("an incomplete login in the configuration is an error, and no other credentials are used") {
  World world;
  world.files = {{"/home/user/.hcloud/config.json", kProfiles}};
  world.settings["user_name"] = "emulator-user";
  world.settings["domain_name"] = "emulator";
  CHECK(world.find().error().find("user_name, password and domain_name") != std::string::npos);
}

TEST_CASE("encrypted profiles are an error that says how to decrypt them") {
  World world;
  world.files = {
      {"/home/user/.hcloud/config.json",
       R"({"current": "p", "authEncrypt": "true", "profiles": [{"name": "p", "accessKeyId": "x"}]})"}};
  CHECK(world.find().error().find("hcloud configure set --cli-auth-encrypt=false") != std::string::npos);
}

TEST_CASE("credentials of any kind in the configuration take precedence over the environment") {
  World world;
  world.settings["user_name"] = "emulator-user";
  world.settings["password"] = "emulator-password-01";
  world.settings["domain_name"] = "emulator";
  world.variables["HW_AUTH_TOKEN"] = "env-token";
  world.variables["HW_ACCESS_KEY"] = "env-key";
  world.variables["HW_SECRET_KEY"] = "s";
  CHECK_FALSE(world.token().project_id.empty());
}
