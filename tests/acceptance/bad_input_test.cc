#include <nlohmann/json.hpp>

#include "src/core/text.h"
#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::Outcome;
using acceptance::SampleCopy;
using acceptance::Workspace;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  return core::split(core::replace_all(text, part, "\1"), '\1').size() - 1;
}

/// Checks that there is one error with all of these texts, and nothing in the state.
void check_single_error(Workspace& workspace, const Outcome& outcome, const std::vector<std::string>& texts) {
  CAPTURE(outcome.text);
  CHECK(outcome.exit_code == 1);
  CHECK(count(outcome.text, "Error: ") == 1);
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK(outcome.says(text));
  }
  CHECK(workspace.attributes("image_copy.it").is_null());
}

}  // namespace

TEST_CASE("wrong credentials are one error while planning that names the cloud, its code and the request") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure(core::replace_all(workspace.provider_block(), acceptance::kSecretKey, "not-the-secret"),
                      resource_block(copy));
  workspace.must({"init"});
  const Outcome outcome = workspace.run({"plan"});
  check_single_error(
      workspace, outcome,
      {"Authentication Failed", copy.source_region, "code ", "request ID ", copy.cloud + ".secret_key"});
  CHECK(outcome.says("cloud = \"" + copy.cloud + "\""));
  CHECK_FALSE(outcome.says("not-the-secret"));
}

TEST_CASE("an unknown source image ends in one error at the attribute") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  SampleCopy missing = copy;
  missing.source_image_id = copy.unknown_image_id;
  workspace.configure(resource_block(missing));
  workspace.must({"init"});
  const Outcome outcome = workspace.run({"plan"});
  check_single_error(workspace, outcome,
                     {"Source Image Not Found", missing.source_image_id, missing.source_region});
  CHECK(outcome.says("source_image_id = \"" + missing.source_image_id + "\""));
}

TEST_CASE("an unknown destination region is one error while planning, which lists the regions of the cloud") {
  const SampleCopy& copy = acceptance::each_copy();
  if (copy.source_region == copy.destination_region) return;
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  SampleCopy nowhere = copy;
  nowhere.destination_region = "nowhere-9";
  workspace.configure(resource_block(nowhere));
  workspace.must({"init"});
  check_single_error(workspace, workspace.run({"plan"}),
                     {"Unknown Region", copy.destination_region, "destination_region = \"nowhere-9\""});
}

TEST_CASE("an unknown source region ends in one error at the attribute") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  SampleCopy nowhere = copy;
  nowhere.source_region = "nowhere-9";
  if (copy.source_region == copy.destination_region) nowhere.destination_region = "nowhere-9";
  workspace.configure(resource_block(nowhere));
  workspace.must({"init"});
  const std::string summary =
      copy.source_region == copy.destination_region ? "Copy Not Started" : "Unknown Region";
  check_single_error(workspace, workspace.run({"apply", "-auto-approve"}),
                     {summary, "source_region = \"nowhere-9\""});
}

TEST_CASE("an unreachable endpoint ends in one error that names it") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure(core::replace_all(workspace.provider_block("  max_retries = 1\n"),
                                        workspace.emulator().url(), "http://127.0.0.1:1"),
                      resource_block(copy));
  workspace.must({"init"});
  check_single_error(workspace, workspace.run({"apply", "-auto-approve"}),
                     {"Copy Not Started", "http://127.0.0.1:1", "No response", "endpoint"});
}

TEST_CASE("a cloud without credentials is reported while planning, with every source that was searched") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure("", resource_block(copy));
  workspace.must({"init"});
  workspace.must({"validate"});
  const Outcome outcome = workspace.run({"plan"});
  check_single_error(
      workspace, outcome,
      {"No Valid Credentials Found", copy.cloud + ".access_key", "environment variables", "cloud = "});
}

TEST_CASE("what a cloud does not support is an error at the argument, before any call") {
  Workspace workspace(acceptance::sample_seed("1s"));
  const auto plan = [&](const std::string& arguments) {
    workspace.configure("resource \"image_copy\" \"it\" {\n  name = \"copy\"\n  " +
                        core::replace_all(arguments, ", ", "\n  ") + "\n}\n");
    if (workspace.folder().sockets().empty()) workspace.must({"init"});
    const Outcome outcome = workspace.run({"plan"});
    CHECK(outcome.exit_code == 1);
    return outcome;
  };
  CHECK(plan("cloud = \"baiducloud\", source_image_id = \"m-nky7qeom\"").says("only between regions"));
  CHECK(plan("cloud = \"baiducloud\", source_image_id = \"m-nky7qeom\", destination_region = \"gz\", "
             "encrypted = true")
            .says("does not support encrypting"));
  CHECK(plan("cloud = \"huaweicloud\", source_image_id = \"i\", destination_region = \"cn-south-1\"")
            .says("agency_name"));
  CHECK(plan("cloud = \"huaweicloud\", source_image_id = \"i\", destination_region = \"cn-south-1\", "
             "huaweicloud = { agency_name = \"a\" }, kms_key_id = \"k\"")
            .says("only within a region"));
  CHECK(plan("cloud = \"huaweicloud\", source_image_id = \"i\", encrypted = true").says("Set kms_key_id"));
  CHECK(plan("cloud = \"alicloud\", source_image_id = \"i\", destination_region = \"cn-beijing\", kms_key_id "
             "= \"k\"")
            .says("requires encrypted"));
  CHECK(plan("cloud = \"othercloud\", source_image_id = \"i\"").says("baiducloud\" or \"huaweicloud\""));
  CHECK(plan("cloud = \"alicloud\", source_image_id = \"i\", timeouts = { create = \"soon\" }")
            .says("must be a duration"));
  CHECK(plan("cloud = \"alicloud\", source_image_id = \"a/b\", destination_region = \"cn-beijing\"")
            .says("is not an image ID"));
  CHECK(plan("cloud = \"alicloud\", source_image_id = null").says("is required, but its value is null"));
  CHECK(plan("cloud = \"alicloud\", source_image_id = \"i\", status = \"available\"")
            .says("set by the provider"));
  for (const SampleCopy& copy : acceptance::sample_copies()) {
    CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 0);
  }
}

TEST_CASE("12.71 a malformed or unknown import id is an error that shows the form") {
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure(resource_block(acceptance::sample_copy("Alibaba Cloud")));
  workspace.must({"init"});
  CHECK(workspace.run({"import", "image_copy.it", "m-1"}).says("cloud/region/image_id"));
  CHECK(workspace.run({"import", "image_copy.it", "azure/west/m-1"})
            .says("must begin with alicloud, baiducloud"));
  const Outcome missing = workspace.run({"import", "image_copy.it", "alicloud/cn-shanghai/m-nosuch"});
  CHECK(missing.exit_code == 1);
  CHECK(missing.says("Image Not Found"));
}
