#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

// Each case runs once for each kind of copy, as a section of the copy's title.

using acceptance::SampleCopy;
using acceptance::Workspace;
using nlohmann::json;

namespace {

constexpr const char* kAddress = "image_copy.it";

std::size_t snapshots_in(Workspace& workspace, const SampleCopy& copy) {
  return workspace.emulator().snapshots(copy.cloud, copy.destination_region).size();
}

bool source_exists(Workspace& workspace, const SampleCopy& copy) {
  for (const json& image : workspace.emulator().images(copy.cloud, copy.source_region)) {
    if (image.at("id") == copy.source_image_id) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a copy is made, then plans no changes, and is deleted") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("2s"));
  workspace.configure(resource_block(copy));
  workspace.must({"init"});
  workspace.must({"validate"});
  CHECK(workspace.planned_actions(kAddress) == json({"create"}));
  workspace.must({"apply", "-auto-approve"});

  const json copies = copies_in(workspace, copy);
  REQUIRE(copies.size() == 1);
  const json attributes = workspace.attributes(kAddress);
  CHECK(attributes.at("id") == import_id(copy, copies[0]));
  CHECK(attributes.at("image_id") == copies[0].at("id"));
  CHECK(attributes.at("status") == "available");
  CHECK(attributes.at("progress_percent") == 100);
  CHECK(attributes.at("name") == copies[0].at("name"));
  CHECK(attributes.at("job_id").is_null() == !copy.vendor().has_jobs);
  CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 1);
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);

  workspace.must({"destroy", "-auto-approve"});
  CHECK(copies_in(workspace, copy).empty());
  CHECK(snapshots_in(workspace, copy) == 0);
  CHECK(source_exists(workspace, copy));
  CHECK(workspace.emulator().calls(copy.cloud, copy.delete_call) == 1);
  CHECK(workspace.attributes(kAddress).is_null());
}

TEST_CASE("a refresh shows the progress of a running copy") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("100m"));
  workspace.configure(resource_block(copy, "wait_until = \"submitted\""));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).at("status") == "queued");

  workspace.emulator().advance_clock("40m");
  workspace.must({"refresh"});
  const json middle = workspace.attributes(kAddress);
  CHECK(middle.at("status") == "copying");
  CHECK(middle.at("progress_percent").is_number() == copy.reports_progress);
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);

  workspace.emulator().advance_clock("30m");
  workspace.must({"refresh"});
  const json later = workspace.attributes(kAddress);
  CHECK(later.at("status") == "copying");
  if (copy.reports_progress)
    CHECK(later.at("progress_percent").get<int>() > middle.at("progress_percent").get<int>());

  workspace.emulator().advance_clock("31m");
  workspace.must({"refresh"});
  const json end = workspace.attributes(kAddress);
  CHECK(end.at("status") == "available");
  CHECK(end.at("progress_percent") == 100);
  CHECK(end.at("id") == import_id(copy, copies_in(workspace, copy).at(0)));
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
}

TEST_CASE("destroying a running copy cancels it, or waits for its end where the cloud cannot cancel") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("100m"));
  workspace.configure(resource_block(copy, "wait_until = \"submitted\""));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  workspace.emulator().advance_clock("40m");

  if (copy.cancels) {
    workspace.must({"destroy", "-auto-approve"});
    CHECK(workspace.emulator().calls(copy.cloud, copy.cancel_call) == 1);
    CHECK(workspace.emulator().calls(copy.cloud, copy.delete_call) == 0);
  } else {
    const int calls_before = workspace.emulator().calls(copy.cloud, copy.describe_call);
    const auto destroy = workspace.start({"destroy", "-auto-approve"});
    // The refresh before the plan is one call. The next three are the destroy that waits.
    workspace.emulator().wait_for_calls(copy.cloud, copy.describe_call, calls_before + 4);
    CHECK(workspace.emulator().calls(copy.cloud, copy.delete_call) == 0);
    workspace.emulator().advance_clock("2h");
    const auto outcome = Workspace::finish(*destroy);
    CAPTURE(outcome.text);
    REQUIRE(outcome.exit_code == 0);
    CHECK(workspace.emulator().calls(copy.cloud, copy.delete_call) == 1);
  }
  CHECK(copies_in(workspace, copy).empty());
  CHECK(source_exists(workspace, copy));
  CHECK(workspace.attributes(kAddress).is_null());
}

TEST_CASE("a finished copy can be imported, and the next plan does not replace it") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure(resource_block(copy));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  const json image = copies_in(workspace, copy).at(0);
  workspace.must({"state", "rm", kAddress});
  workspace.must({"import", kAddress, import_id(copy, image)});

  const json actions = workspace.planned_actions(kAddress);
  // Huawei Cloud reports the source of an image, but no cloud reports the agency. What is not reported is
  // recorded without a call.
  CHECK(actions == (copy.reports_arguments ? json({"no-op"}) : json({"update"})));
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
  CHECK(copies_in(workspace, copy) == json({image}));
  CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 1);
}

TEST_CASE("12.53 a copy that was deleted outside of Terraform is planned to be made again") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure(resource_block(copy));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  const std::string id = copies_in(workspace, copy).at(0).at("id");
  workspace.emulator().forget_image(copy.cloud, copy.destination_region, id);
  // Where the cloud keeps its snapshots, they are deleted first.
  const bool keeps_snapshots = copy.vendor().keeps_snapshots;
  const json made_again = keeps_snapshots ? json({"delete", "create"}) : json({"create"});
  CHECK(workspace.planned_actions(kAddress) == made_again);
  workspace.must({"apply", "-auto-approve"});
  REQUIRE(copies_in(workspace, copy).size() == 1);
  CHECK(copies_in(workspace, copy).at(0).at("id") != id);
  if (keeps_snapshots) CHECK(snapshots_in(workspace, copy) == 1);
}

TEST_CASE("tags and default tags are set, changed, repaired and removed") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  const auto tags = [&] {
    json all = copies_in(workspace, copy).at(0).at("tags");
    // On Alibaba Cloud, the copy key is a tag that is not the user's.
    all.erase("image-copy-key");
    return all;
  };
  const auto apply = [&](const std::string& default_tags, const std::string& own) {
    workspace.configure(workspace.provider_block("  default_tags = " + default_tags + "\n"),
                        resource_block(copy, "tags = " + own));
    workspace.must({"apply", "-auto-approve"});
    CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
  };
  workspace.configure("");
  workspace.must({"init"});
  apply(R"({ team = "images" })", R"({ stage = "dev" })");
  CHECK(tags() == json({{"team", "images"}, {"stage", "dev"}}));
  CHECK(workspace.attributes(kAddress).at("tags_all") == tags());
  CHECK(workspace.attributes(kAddress).at("tags") == json({{"stage", "dev"}}));
  apply(R"({ team = "images" })", R"({ stage = "prod", os = "linux" })");
  CHECK(tags() == json({{"team", "images"}, {"stage", "prod"}, {"os", "linux"}}));

  if (copy.vendor().traits.reports_tags) {
    const std::string id = copies_in(workspace, copy).at(0).at("id");
    workspace.emulator().change_image({{"cloud", copy.cloud},
                                       {"region", copy.destination_region},
                                       {"id", id},
                                       {"tags", {{"team", "others"}, {"stage", "prod"}, {"os", "linux"}}}});
    CHECK(workspace.planned_actions(kAddress) == json({"update"}));
    workspace.must({"apply", "-auto-approve"});
    CHECK(tags().at("team") == "images");
  }
  apply("{}", "null");
  CHECK(tags().empty());
  CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 1);
}

TEST_CASE("with delete_snapshots = false snapshots are kept") {
  Workspace workspace(acceptance::sample_seed("1s"));
  const SampleCopy& copy = acceptance::sample_copy("Alibaba Cloud");
  workspace.configure(resource_block(copy, "delete_snapshots = false"));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  CHECK(snapshots_in(workspace, copy) == 1);
  workspace.must({"destroy", "-auto-approve"});
  CHECK(copies_in(workspace, copy).empty());
  CHECK(snapshots_in(workspace, copy) == 1);
}
