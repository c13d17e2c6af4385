#include "tests/cloud/toy_vendor.h"

#include "src/cloud/copy_rules.h"
#include "src/cloud/source_rules.h"
#include "tests/cloud/credentials/fake_host.h"
#include "tests/support/catch.h"

// A vendor works through its entry alone: shared code has no list of names. The engine's contract suite tests
// the engine on it.

namespace {

struct World : fakes::FakeHost {
  cloud::VendorSettings settings;

  cloud::CredentialsResult find() {
    return cloud::find_credentials(toy::vendor(), settings, host, dependencies());
  }
};

std::vector<std::string_view> violated_members(const cloud::CopySpec& spec) {
  std::vector<std::string_view> members;
  for (const auto& violation : cloud::check_copy(toy::vendor(), spec, cloud::CopyStage::starting))
    members.push_back(violation.member);
  return members;
}

}  // namespace

TEST_CASE("a vendor's credentials come from its own sources, its region from its own variables") {
  World world;
  const auto nowhere = world.find();
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().starts_with("No credentials for Toy Cloud were found."));
  CHECK(nowhere.error().find("TOY_KEY and TOY_SECRET") != std::string::npos);

  world.variables = {{"TOY_KEY", "env-key"}, {"TOY_SECRET", "s"}, {"TOY_REGION", "west"}};
  CHECK(fakes::access_key_of(world.find()) == "env-key");
  CHECK(world.find()->region == "west");
  world.settings = {{"access_key", "static-key"}, {"secret_key", "s"}, {"region", "east"}};
  CHECK(fakes::access_key_of(world.find()) == "static-key");
  CHECK(world.find()->region == "east");
}

TEST_CASE("a vendor's copies are checked by the shared rules and by its own") {
  const cloud::CopySpec plain{.source_image_id = "i-golden", .name = "copy"};
  CHECK(violated_members(plain).empty());
  cloud::CopySpec spec = plain;
  spec.name = "";
  spec.source_region = "a b";
  spec.kms_key_id = "key";
  CHECK(violated_members(spec) == std::vector<std::string_view>{"name", "source_region", "kms_key_id"});

  REQUIRE(cloud::check_deletion(toy::vendor(), {.force = true}).size() == 1);

  cloud::SourceImage source{.state = cloud::CopyState::failed, .owner = cloud::ImageOwner::market};
  const auto violations = cloud::check_source(toy::vendor(), source, plain);
  REQUIRE(violations.size() == 2);
  CHECK(violations[0].summary == "Marketplace Image Not Supported");
  CHECK(violations[0].detail.find("Toy Cloud copies only the account's own") != std::string::npos);
  CHECK(violations[1].summary == "Source Image Failed");
}

TEST_CASE("a vendor's client knows its vendor and has the capabilities that the vendor declares") {
  World world;
  world.settings = {{"access_key", "key"}, {"secret_key", "s"}};
  for (const cloud::Vendor* vendor : {&toy::vendor(), &toy::bare_vendor()}) {
    CAPTURE(vendor->name);
    const auto client = vendor->make_client(world.settings, *world.find(), world.host, world.dependencies());
    CHECK(&client->vendor() == vendor);
    const bool has_all = vendor == &toy::vendor();
    CHECK((client->editing() != nullptr) == has_all);
    CHECK((client->inventory() != nullptr) == has_all);
    CHECK((client->projects() != nullptr) == has_all);
    CHECK((client->quotas() != nullptr) == has_all);
    CHECK((client->snapshots() != nullptr) == vendor->keeps_snapshots);
    CHECK((client->tag_lookup() != nullptr) == has_all);
    CHECK((client->tagging() != nullptr) == has_all);
  }
}
