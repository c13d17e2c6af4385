#include "src/cloud/alicloud/credentials.h"

#include "tests/cloud/credentials/fake_host.h"
#include "tests/support/catch.h"

using fakes::access_key_of;
using fakes::credentials_of;
using namespace std::chrono_literals;

namespace {

constexpr const char* kProfiles = R"({"current": "usual", "profiles": [
  {"name": "usual", "mode": "AK", "access_key_id": "usual-key", "access_key_secret": "s", "region_id": "cn-beijing"},
  {"name": "other", "mode": "StsToken", "access_key_id": "other-key", "access_key_secret": "s", "sts_token": "t"},
  {"name": "role", "mode": "RamRoleArn", "access_key_id": "EMULATORACCESSKEY01",
   "access_key_secret": "emulator-secret-key-01", "ram_role_arn": "acs:ram::1:role/builder"},
  {"name": "base", "mode": "AK", "access_key_id": "EMULATORACCESSKEY01",
   "access_key_secret": "emulator-secret-key-01"},
  {"name": "chain", "mode": "ChainableRamRoleArn", "source_profile": "base",
   "ram_role_arn": "acs:ram::1:role/builder", "ram_session_name": "s"},
  {"name": "loop", "mode": "ChainableRamRoleArn", "source_profile": "loop", "ram_role_arn": "r"},
  {"name": "instance", "mode": "EcsRamRole", "ram_role_name": "on-instance"},
  {"name": "oidc", "mode": "OIDC", "oidc_provider_arn": "acs:ram::1:oidc-provider/ci",
   "oidc_token_file": "/token", "ram_role_arn": "acs:ram::1:role/builder"},
  {"name": "browser", "mode": "CloudSSO"},
  {"name": "hollow", "mode": "AK"}]})";

struct World : fakes::FakeHost {
  cloud::VendorSettings settings = {{"sts_endpoint", "http://127.0.0.1/alicloud/cn-hangzhou"},
                                    {"metadata_endpoint", "http://127.0.0.1/alicloud/metadata"}};

  World() { seed({{"roles", {"builder"}}, {"switches", {{"instance_role", "on-instance"}}}}); }

  cloud::CredentialsResult find() {
    return cloud::alicloud::find_credentials(settings, host, dependencies());
  }

  /// The report of a search that finds no usable credentials.
  std::string report() {
    const auto found = find();
    if (!found) return found.error();
    const auto credentials = found->credentials->get({});
    return credentials ? "found " + credentials->access_key : describe(credentials.error());
  }
};

}  // namespace

TEST_CASE("credentials for Alibaba Cloud are searched for in the vendor's order") {
  World world;
  world.files = {{"/home/user/.aliyun/config.json", kProfiles},
                 {"/home/user/.alibabacloud/credentials",
                  "[default]\naccess_key_id = ini-key\naccess_key_secret = s\n"}};
  world.variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "env-key";
  world.variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "s";
  world.variables["ALICLOUD_ACCESS_KEY"] = "old-key";
  world.variables["ALICLOUD_SECRET_KEY"] = "s";
  world.settings["access_key"] = "static-key";
  world.settings["secret_key"] = "s";

  CHECK(access_key_of(world.find()) == "static-key");
  world.settings.erase("access_key");
  world.settings.erase("secret_key");
  world.settings["profile"] = "other";
  CHECK(access_key_of(world.find()) == "other-key");
  world.settings.erase("profile");
  CHECK(access_key_of(world.find()) == "env-key");
  world.variables.erase("ALIBABA_CLOUD_ACCESS_KEY_ID");
  world.variables.erase("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
  CHECK(access_key_of(world.find()) == "old-key");
  world.variables.erase("ALICLOUD_ACCESS_KEY");
  world.variables.erase("ALICLOUD_SECRET_KEY");
  CHECK(access_key_of(world.find()) == "usual-key");
  world.variables["ALIBABA_CLOUD_PROFILE"] = "other";
  CHECK(access_key_of(world.find()) == "other-key");
  world.variables.erase("ALIBABA_CLOUD_PROFILE");
  world.variables["ALIBABA_CLOUD_CLI_PROFILE_DISABLED"] = "true";
  CHECK(access_key_of(world.find()) == "ini-key");
  world.files.clear();
  CHECK(access_key_of(world.find()).starts_with("STS."));
}

TEST_CASE("a profile of Alibaba Cloud provides the region and the security token, too") {
  World world;
  world.files = {{"/home/user/.aliyun/config.json", kProfiles}};
  CHECK(world.find()->region == "cn-beijing");
  world.settings["profile"] = "other";
  CHECK(credentials_of(world.find()).security_token == "t");
}

TEST_CASE("without credentials, the report lists every source of Alibaba Cloud in order") {
  World world;
  world.variables["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true";
  const std::string report = world.report();
  CAPTURE(report);
  std::size_t at = 0;
  for (const char* source :
       {"1. alicloud.access_key", "2. the environment variables ALIBABA_CLOUD_ACCESS_KEY_ID",
        "3. the environment variables ALICLOUD_ACCESS_KEY", "4. OIDC", "5. /home/user/.aliyun/config.json",
        "6. /home/user/.alibabacloud/credentials", "7. the RAM role of the instance: disabled",
        "8. the URI in ALIBABA_CLOUD_CREDENTIALS_URI: not set"}) {
    CAPTURE(source);
    const std::size_t found = report.find(source);
    CHECK(found != std::string::npos);
    CHECK(found >= at);
    at = found;
  }
}

TEST_CASE("for an instance without a role, the report includes the metadata service's response") {
  World world;
  world.seed({{"switches", {{"instance_role", ""}}}});
  const std::string report = world.report();
  CAPTURE(report);
  CHECK(report.find("8. the URI in ALIBABA_CLOUD_CREDENTIALS_URI: not set") != std::string::npos);
  CHECK(report.find("7. the RAM role of the instance: ") != std::string::npos);
  CHECK(report.find("(API call: GetRoleName, ") != std::string::npos);
  CHECK(report.find("This machine has no RAM role attached. (API call: ") != std::string::npos);
  CHECK(report.find("HTTP status 404, ") != std::string::npos);
  CHECK(report.find("URL http://127.0.0.1/alicloud/metadata/latest/meta-data/ram/security-credentials/)") !=
        std::string::npos);
}

TEST_CASE(
    "half a key pair, a key with a line feed and a token without a key pair are errors that name the "
    "source") {
  World world;
  world.settings["access_key"] = "k";
  CHECK(world.report().find("only the access key is set") != std::string::npos);
  world.settings["secret_key"] = "s\n";
  CHECK(world.report().find("line feed") != std::string::npos);
  CHECK(world.report().find("alicloud.access_key") != std::string::npos);
  world.settings.erase("access_key");
  world.settings.erase("secret_key");
  world.settings["security_token"] = "t";
  CHECK(world.report().find("only the security token is set") != std::string::npos);
}

TEST_CASE("a profile or file that the configuration names must exist and be usable") {
  World world;
  world.settings["profile"] = "missing";
  CHECK(world.report().find("/home/user/.aliyun/config.json does not exist") != std::string::npos);
  world.files = {{"/home/user/.aliyun/config.json", kProfiles}};
  CHECK(world.report().find("has no profile \"missing\"") != std::string::npos);
  world.settings["profile"] = "browser";
  CHECK(world.report().find("The mode \"CloudSSO\"") != std::string::npos);
  world.settings["profile"] = "hollow";
  CHECK(world.report().find("There is no key pair in the profile \"hollow\"") != std::string::npos);
  world.settings["profile"] = "loop";
  CHECK(world.report().find("refers back to that profile") != std::string::npos);
  world.settings["shared_credentials_file"] = "~/broken";
  world.files["/home/user/broken"] = "{\"profiles\": [";
  CHECK(world.report().find("/home/user/broken is not valid JSON") != std::string::npos);
}

TEST_CASE("a role is assumed with the credentials found, and its own are refreshed before they expire") {
  World world;
  world.settings["access_key"] = "EMULATORACCESSKEY01";
  world.settings["secret_key"] = "emulator-secret-key-01";
  world.settings["assume_role.role_arn"] = "acs:ram::1:role/builder";
  world.settings["assume_role.session_duration"] = "1200";
  const auto found = world.find();
  const cloud::Credentials first = credentials_of(found);
  CHECK(first.access_key.starts_with("STS."));
  CHECK_FALSE(first.security_token.empty());
  world.clock.advance(10min);
  CHECK(credentials_of(found) == first);
  world.clock.advance(6min);
  CHECK(credentials_of(found) != first);
}

TEST_CASE("a role that cannot be assumed is an error with the cloud's message") {
  World world;
  world.settings["access_key"] = "EMULATORACCESSKEY01";
  world.settings["secret_key"] = "emulator-secret-key-01";
  world.settings["assume_role.role_arn"] = "acs:ram::1:role/unknown";
  const std::string report = world.report();
  CAPTURE(report);
  CHECK(report.find("AssumeRole") != std::string::npos);
  CHECK(report.find("EntityNotExist.Role") != std::string::npos);
}

TEST_CASE("profiles that assume roles, directly, in a chain or by OIDC, give temporary credentials") {
  for (const char* profile : {"role", "chain", "oidc", "instance"}) {
    CAPTURE(profile);
    World world;
    world.files = {{"/home/user/.aliyun/config.json", kProfiles}, {"/token", "oidc-token\n"}};
    world.settings["profile"] = profile;
    CHECK(access_key_of(world.find()).starts_with("STS."));
  }
}

TEST_CASE("OIDC settings in the environment are used, and the token file is read at each refresh") {
  World world;
  world.variables["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"] = "acs:ram::1:oidc-provider/ci";
  world.variables["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] = "/token";
  world.variables["ALIBABA_CLOUD_ROLE_ARN"] = "acs:ram::1:role/builder";
  const auto found = world.find();
  REQUIRE(found);
  CHECK(describe(found->credentials->get({}).error()) == "The file with the OIDC token does not exist.");
  world.files["/token"] = "oidc-token";
  world.clock.advance(30s);
  const std::string first = access_key_of(found);
  CHECK(first.starts_with("STS."));
  world.clock.advance(1h);
  CHECK(access_key_of(found) != first);
}

TEST_CASE(
    "the instance's role is read with a metadata token, or without one where the older mode is allowed") {
  World world;
  CHECK(access_key_of(world.find()).starts_with("STS."));
  world.seed({{"switches", {{"alicloud_metadata_needs_token", true}}}});
  CHECK(access_key_of(world.find()).starts_with("STS."));
  world.variables["ALIBABA_CLOUD_ECS_METADATA"] = "another-role";
  CHECK(world.report().find("HTTP status 404") != std::string::npos);
}

TEST_CASE("a role of the INI file is assumed") {
  World world;
  world.files = {{"/creds",
                  "[default]\ntype = ram_role_arn\naccess_key_id = EMULATORACCESSKEY01\n"
                  "access_key_secret = emulator-secret-key-01\nrole_arn = acs:ram::1:role/builder\n"
                  "[odd]\ntype = rsa_key_pair\n"}};
  world.variables["ALIBABA_CLOUD_CREDENTIALS_FILE"] = "/creds";
  CHECK(access_key_of(world.find()).starts_with("STS."));
  world.variables["ALIBABA_CLOUD_PROFILE"] = "odd";
  CHECK(world.report().find("The type \"rsa_key_pair\"") != std::string::npos);
}

TEST_CASE("lines of an INI file may be indented, and no error shows one") {
  World world;
  world.variables["ALIBABA_CLOUD_CREDENTIALS_FILE"] = "/creds";
  world.files = {{"/creds",
                  "[default]\n  type = access_key\n  access_key_id = EMULATORACCESSKEY01\n"
                  "  access_key_secret = emulator-secret-key-01\n# " +
                      std::string(500, '-') + "\n"}};
  CHECK(access_key_of(world.find()) == "EMULATORACCESSKEY01");
  world.files = {{"/creds", "[default]\ntype = access_key_secret = secret-1\naccess_key_id = a\n"}};
  CHECK(world.report().find("secret-1") == std::string::npos);
  world.files = {{"/creds", "[default]\npolicy = " + std::string(300, 'p') + "\n"}};
  CHECK(world.report().find("line 2 has more than") != std::string::npos);
  CHECK(world.report().find("ppp") == std::string::npos);
}

TEST_CASE("a default profile that is not supported does not end the search") {
  World world;
  world.files = {{"/home/user/.aliyun/config.json",
                  R"({"current":"sso","profiles":[{"name":"sso","mode":"CloudSSO"}]})"},
                 {"/home/user/.alibabacloud/credentials",
                  "[default]\naccess_key_id = file-key\naccess_key_secret = s\n"}};
  CHECK(access_key_of(world.find()) == "file-key");
  world.variables["ALIBABA_CLOUD_PROFILE"] = "sso";
  CHECK(world.report().find("The mode \"CloudSSO\"") != std::string::npos);
}

TEST_CASE("a configured key pair is used as it is, whatever role the environment names") {
  World world;
  world.settings["access_key"] = "static-key";
  world.settings["secret_key"] = "s";
  world.variables["ALIBABA_CLOUD_ROLE_ARN"] = "acs:ram::1:role/builder";
  CHECK(access_key_of(world.find()) == "static-key");
}

TEST_CASE("the credentials URI may have a query, which no error shows") {
  World world;
  world.seed({{"switches", {{"instance_role", ""}}}});
  world.variables["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true";
  world.variables["ALIBABA_CLOUD_CREDENTIALS_URI"] = "http://127.0.0.1/nowhere?token=secret-2";
  const std::string report = world.report();
  CHECK(report.find("the URI in ALIBABA_CLOUD_CREDENTIALS_URI: ") != std::string::npos);
  CHECK(report.find("API call: GetCredentials, ") != std::string::npos);
  CHECK(report.find("secret-2") == std::string::npos);
  world.variables["ALIBABA_CLOUD_CREDENTIALS_URI"] = "ftp://127.0.0.1?token=secret-2";
  CHECK(world.report().find("must be an http or https URL") != std::string::npos);
  CHECK(world.report().find("secret-2") == std::string::npos);
}
