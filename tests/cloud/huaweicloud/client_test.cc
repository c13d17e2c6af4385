#include "src/cloud/huaweicloud/client.h"

#include "src/cloud/huaweicloud/iam.h"
#include "tests/cloud/contract_world.h"

// What only this vendor does. The contract suites test what all do.

using cloud::ErrorKind;
using World = fakes::ContractWorld;
using namespace std::chrono_literals;

TEST_CASE("a user's tokens work in every region, and a wrong password is reported as unauthenticated") {
  World world(fakes::contract_vendor("huaweicloud"));
  const auto endpoint = *cloud::Endpoint::parse("http://127.0.0.1/huaweicloud/{region}");
  const cloud::Dependencies dependencies{
      .transport = world.transport, .clock = world.corrected, .log = world.log, .policies = {}};
  const auto with_password = [&](const std::string& password) {
    auto tokens = std::make_shared<cloud::huaweicloud::PasswordTokens>(
        dependencies, endpoint,
        cloud::huaweicloud::User{.name = "emulator-user", .password = password, .domain_name = "emulator"});
    world.cloud = std::make_unique<cloud::huaweicloud::Client>(
        cloud::huaweicloud::ClientConfig{nullptr, tokens, endpoint, endpoint}, dependencies);
  };
  with_password("emulator-password-01");
  const cloud::CopyReference copy = world.finish();
  CHECK(world.cloud->delete_image(copy, {}, world.context));
  with_password("wrong");
  CHECK(world.cloud->start_copy(world.setting.request, world.context).error().kind ==
        ErrorKind::unauthenticated);
}

TEST_CASE("two images that an expired job may have made are not confused") {
  World world(fakes::contract_vendor("huaweicloud"));
  world.transport.control("POST", "switches", {{"huaweicloud_job_lifetime", "10m"}});
  const cloud::CopyReference first = world.start();
  const cloud::CopyReference second = world.start();
  world.clock.advance(2h);
  world.context.deadline = world.clock.now() + 1h;
  for (const auto& copy : {first, second}) {
    const auto status = world.cloud->describe_copy(copy, world.context);
    REQUIRE_FALSE(status);
    CHECK(status.error().message.find("all named \"copy\"") != std::string::npos);
  }
}

TEST_CASE("a listing starts again when the image of its page marker disappears") {
  World world(fakes::contract_vendor("huaweicloud"));
  world.finish();
  const auto list = [&] {
    return world.cloud->list_images({.region = world.setting.request.spec.destination_region.value()},
                                    world.context);
  };
  const auto lose_markers = [&](int times) {
    world.transport.control("POST", "faults",
                            {{"action", "ListImages"},
                             {"skip", 1},
                             {"times", times},
                             {"effect", "status"},
                             {"status", 400},
                             {"code", "IMG.0144"},
                             {"message", "The marker is not among the images."}});
  };
  lose_markers(1);
  const auto listed = list();
  REQUIRE(listed);
  CHECK(listed->size() == 1);
  CHECK(list()->size() == 1);
  // A listing that cannot even start is an error.
  lose_markers(1000);
  CHECK(list().error().kind == ErrorKind::not_found);
}
