#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::Outcome;
using acceptance::SampleCopy;
using acceptance::Workspace;
using nlohmann::json;

namespace {

constexpr const char* kAddress = "image_copy.it";

/// Applies as a user does after a crash. Where the cloud does not identify copies, runs the import command
/// that the error prints.
void recover(Workspace& workspace, const SampleCopy& copy) {
  const Outcome again = workspace.run({"apply", "-auto-approve"});
  CAPTURE(again.text);
  if (again.exit_code == 0) return;
  REQUIRE_FALSE(copy.vendor().traits.identifies_copies());
  const json copies = copies_in(workspace, copy);
  REQUIRE(copies.size() == 1);
  REQUIRE(again.says("terraform import ADDRESS " + import_id(copy, copies.at(0))));
  workspace.must({"import", kAddress, import_id(copy, copies.at(0))});
  workspace.must({"apply", "-auto-approve"});
}

void check_one_copy(Workspace& workspace, const SampleCopy& copy) {
  const json copies = copies_in(workspace, copy);
  REQUIRE(copies.size() == 1);
  CHECK(workspace.attributes(kAddress).at("image_id") == copies.at(0).at("id"));
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
}

}  // namespace

TEST_CASE("after a kill while the copy is started or runs, the next apply finds the copy") {
  const SampleCopy& copy = acceptance::each_copy();
  const bool while_polling = GENERATE(false, true);
  CAPTURE(copy.title, while_polling);
  Workspace workspace(acceptance::sample_seed("5s"));
  workspace.configure(resource_block(copy));
  workspace.must({"init"});
  const auto apply = workspace.start({"apply", "-auto-approve"});
  if (while_polling) {
    workspace.emulator().wait_for_calls_after(copy.cloud, copy.copy_call, copy.describe_call, 1);
  } else {
    workspace.emulator().wait_for_calls(copy.cloud, copy.copy_call, 1);
  }
  // Kills Terraform alone, or with its provider, as a power failure does.
  REQUIRE(::kill(while_polling ? -apply->pid() : apply->pid(), SIGKILL) == 0);
  CHECK(Workspace::finish(*apply).exit_code != 0);
  recover(workspace, copy);
  check_one_copy(workspace, copy);
  // Where the cloud does not list a new copy at once, there may have been two, of which the older one was
  // kept.
  const bool may_be_hidden = !copy.listed_at_once && !while_polling;
  CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) <= (may_be_hidden ? 2 : 1));
}

TEST_CASE("two pipelines that apply the same configuration at the same time end with one copy") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("3s"));
  workspace.configure(resource_block(copy));
  workspace.must({"init"});
  const auto first = workspace.start({"apply", "-auto-approve"});
  const auto second = workspace.start({"apply", "-auto-approve", "-state=second.tfstate"});
  const Outcome one = Workspace::finish(*first);
  const Outcome other = Workspace::finish(*second);
  CAPTURE(one.text, other.text);
  const json copies = copies_in(workspace, copy);
  REQUIRE(copies.size() == 1);
  if (!copy.vendor().traits.identifies_copies()) {
    // One of them reports the taken name.
    CHECK(one.exit_code + other.exit_code == 1);
    CHECK((one.says("Name Taken") || other.says("Name Taken")));
    return;
  }
  CHECK(one.exit_code == 0);
  CHECK(other.exit_code == 0);
  CHECK(workspace.attributes(kAddress).at("image_id") == copies.at(0).at("id"));
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
  CHECK(workspace.run({"plan", "-detailed-exitcode", "-state=second.tfstate"}).exit_code == 0);
}
