#include <nlohmann/json.hpp>

#include "src/core/text.h"
#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

// Which resource holds which image when addresses and names change.

using acceptance::SampleCopy;
using acceptance::Workspace;
using nlohmann::json;

namespace {

std::string labelled(const std::string& block, const std::string& label) {
  return core::replace_all(block, R"("image_copy" "it")", R"("image_copy" ")" + label + '"');
}

std::string renamed(const std::string& block) {
  return core::replace_all(block, "name = \"", "name = \"previous-");
}

}  // namespace

TEST_CASE("a copy that moves to another address without a moved block still exists once") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure(resource_block(copy));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  workspace.configure(labelled(resource_block(copy), "other"));
  workspace.must({"apply", "-auto-approve"});
  const json copies = copies_in(workspace, copy);
  REQUIRE(copies.size() == 1);
  CHECK(workspace.attributes("image_copy.other").at("image_id") == copies.at(0).at("id"));
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
}

TEST_CASE("the old name of a renamed copy is free for another copy in the same apply") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure(resource_block(copy));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  const json first = copies_in(workspace, copy).at(0).at("id");
  workspace.configure(renamed(resource_block(copy)) + labelled(resource_block(copy), "next"));
  workspace.must({"apply", "-auto-approve"});
  CHECK(copies_in(workspace, copy).size() == 2);
  CHECK(workspace.attributes("image_copy.it").at("image_id") == first);
  CHECK(workspace.attributes("image_copy.next").at("image_id") != first);
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);

  workspace.configure(renamed(resource_block(copy)));
  workspace.must({"apply", "-auto-approve"});
  REQUIRE(copies_in(workspace, copy).size() == 1);
  CHECK(copies_in(workspace, copy).at(0).at("id") == first);
}

TEST_CASE("a second resource for the same copy is an error of the plan, and nothing changes") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure(resource_block(copy));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  workspace.configure(resource_block(copy) + labelled(resource_block(copy), "duplicate"));
  const auto apply = workspace.run({"apply", "-auto-approve"});
  CAPTURE(apply.text);
  CHECK(apply.exit_code == 1);
  CHECK(apply.says("Duplicate Copy"));
  CHECK(workspace.attributes("image_copy.duplicate").is_null());
  // Neither -replace nor a tainted copy is a duplicate.
  workspace.configure(resource_block(copy));
  workspace.must({"apply", "-auto-approve", "-replace=image_copy.it"});
  workspace.must({"taint", "image_copy.it"});
  workspace.must({"apply", "-auto-approve"});
  CHECK(copies_in(workspace, copy).size() == 1);
}
