#include <fstream>

#include "src/core/text.h"
#include "tests/acceptance/conformance.h"
#include "tests/support/catch.h"

// What works, of the conformance checklist.

using acceptance::AppliedWorkspace;
using acceptance::Arguments;
using acceptance::kAddress;
using acceptance::resource;
using acceptance::seed_with_extras;
using acceptance::Workspace;
using nlohmann::json;

TEST_CASE("12.47 validate needs no network and no credentials") {
  Workspace workspace(seed_with_extras());
  workspace.configure("", resource({}));
  workspace.must({"init"});
  workspace.emulator().kill();
  workspace.must({"validate"});
}

TEST_CASE("12.48 after a create, a plan has no changes") {
  AppliedWorkspace workspace;
  CHECK(workspace.plans_no_changes());
}

TEST_CASE("12.49 a change of each argument is an update or a replacement, and then a plan has no changes") {
  const json update = {"update"};
  const json replacement = {"delete", "create"};
  const Arguments encrypted = {{"encrypted", "true"}, {"kms_key_id", "\"key-1\""}};
  struct Change {
    Arguments before;
    Arguments after;
    json actions;
  };
  const auto change = GENERATE_COPY(values<Change>({
      {{}, {{"source_image_id", "\"m-bp1second0000000001\""}}, replacement},
      {{}, {{"source_region", "\"cn-beijing\""}}, replacement},
      {{}, {{"destination_region", "\"cn-beijing\""}}, replacement},
      {{}, {{"name", "\"other\""}}, update},
      {{}, {{"description", "\"described\""}}, update},
      {{{"description", "\"described\""}}, {{"description", "\"otherwise\""}}, update},
      {{{"description", "\"described\""}}, {}, replacement},
      {{}, {{"encrypted", "true"}}, replacement},
      {encrypted, {{"encrypted", "true"}, {"kms_key_id", "\"key-2\""}}, replacement},
      {encrypted, {}, replacement},
      {{}, {{"resource_group_id", "\"rg-1\""}}, replacement},
      {{{"resource_group_id", "\"rg-1\""}}, {{"resource_group_id", "\"rg-2\""}}, replacement},
      {{}, {{"wait_until", "\"submitted\""}}, update},
      {{}, {{"timeouts", "{ create = \"1h\" }"}}, update},
      {{},
       {{"cloud", "\"baiducloud\""},
        {"source_image_id", "\"m-nky7qeom\""},
        {"source_region", "\"bj\""},
        {"destination_region", "\"gz\""}},
       replacement},
  }));
  AppliedWorkspace workspace(change.before);
  const std::string config = resource(change.after);
  CAPTURE(config);
  workspace.configure(config);
  CHECK(workspace.planned_actions(kAddress) == change.actions);
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.plans_no_changes());
}

TEST_CASE("12.50 arguments that are not known while planning can be planned and applied") {
  Workspace workspace(seed_with_extras());
  std::string config;
  Arguments arguments;
  for (const auto& [name, value] : Arguments{{"source_image_id", "\"m-bp1example000000001\""},
                                             {"source_region", "\"cn-hangzhou\""},
                                             {"destination_region", "\"cn-shanghai\""},
                                             {"name", "\"golden-copy\""},
                                             {"description", "\"described\""},
                                             {"encrypted", "true"},
                                             {"kms_key_id", "\"key-1\""},
                                             {"resource_group_id", "\"rg-1\""},
                                             {"wait_until", "\"available\""},
                                             {"timeouts", "{ create = \"1h\" }"}}) {
    config += R"(resource "terraform_data" ")" + name + "\" {\n  input = " + value + "\n}\n";
    arguments[name] = "terraform_data." + name + ".output";
  }
  workspace.configure(config + resource(arguments));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).at("description") == "described");
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
}

TEST_CASE("12.51 a provider configuration that is not known while planning can be planned and applied with") {
  Workspace workspace(seed_with_extras());
  const std::string secret = std::string("\"") + acceptance::kSecretKey + "\"";
  workspace.configure(
      core::replace_all(workspace.provider_block(), secret, "terraform_data.secret.output"),
      "resource \"terraform_data\" \"secret\" {\n  input = " + secret + "\n}\n" + resource({}));
  workspace.must({"init"});
  workspace.must({"plan"});
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).at("status") == "available");
}

TEST_CASE("12.52 an empty description is the same as none") {
  AppliedWorkspace workspace;
  workspace.configure(resource({{"description", "\"\""}}));
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.emulator().calls("alicloud", "ModifyImageAttribute") == 0);
  CHECK(workspace.plans_no_changes());
}

TEST_CASE("12.54 a change made outside of Terraform is shown and repaired") {
  AppliedWorkspace workspace;
  workspace.emulator().change_image({{"cloud", "alicloud"},
                                     {"region", "cn-shanghai"},
                                     {"id", workspace.image_id()},
                                     {"name", "changed-by-others"}});
  CHECK(workspace.planned_actions(kAddress) == json({"update"}));
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.copies().at(0).at("name") == "golden-copy");
  CHECK(workspace.plans_no_changes());
}

TEST_CASE("12.62 private data survives a refresh: a copy that is not listed yet stays in the state") {
  Workspace workspace(seed_with_extras());
  workspace.emulator().set_switch("hidden_reads", 3);
  workspace.configure(resource({{"wait_until", "\"submitted\""}}));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  for (int i = 0; i < 2; ++i) {
    workspace.must({"refresh"});
    CHECK_FALSE(workspace.attributes(kAddress).is_null());
  }
}

TEST_CASE("12.66 fifty copies, at the usual parallelism and at fifty") {
  const std::string parallelism = GENERATE("10", "50");
  Workspace workspace(seed_with_extras());
  workspace.configure(resource({{"count", "50"}, {"name", "\"golden-copy-${count.index}\""}}));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve", "-parallelism=" + parallelism});
  CHECK(workspace.emulator().images("alicloud", "cn-shanghai").size() == 50);
  CHECK(workspace.emulator().calls("alicloud", "CopyImage") == 50);
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
  workspace.must({"destroy", "-auto-approve", "-parallelism=" + parallelism});
  CHECK(workspace.emulator().images("alicloud", "cn-shanghai").empty());
}

TEST_CASE("12.67 saved plans, -refresh=false, -replace, taint and create_before_destroy work") {
  AppliedWorkspace workspace;
  const std::string first = workspace.image_id();
  workspace.configure(resource({{"name", "\"renamed\""}}));
  workspace.must({"plan", "-out=saved"});
  workspace.must({"apply", "saved"});
  CHECK(workspace.image_id() == first);
  CHECK(workspace.run({"plan", "-refresh=false", "-detailed-exitcode"}).exit_code == 0);

  workspace.must({"apply", "-auto-approve", "-replace=image_copy.it"});
  const std::string second = workspace.image_id();
  CHECK(second != first);
  workspace.must({"taint", kAddress});
  workspace.must({"apply", "-auto-approve"});
  const std::string third = workspace.image_id();
  CHECK(third != second);

  workspace.configure(resource({{"name", "\"next\""}, {"source_image_id", "\"m-bp1second0000000001\""}}, "it",
                               "  lifecycle {\n    create_before_destroy = true\n  }\n"));
  CHECK(workspace.planned_actions(kAddress) == json({"create", "delete"}));
  workspace.must({"apply", "-auto-approve"});
  REQUIRE(workspace.copies().size() == 1);
  CHECK(workspace.copies().at(0).at("name") == "next");
}

TEST_CASE("12.68 a state with surplus and missing attributes is read") {
  AppliedWorkspace workspace;
  const std::string path = workspace.folder().path() + "/terraform.tfstate";
  json state = json::parse(harness::read_file(path));
  json& attributes = state["resources"][0]["instances"][0]["attributes"];
  attributes.erase("status_reason");
  attributes["from_another_time"] = "surplus";
  std::ofstream(path) << state.dump();
  CHECK(workspace.plans_no_changes());
}

TEST_CASE("12.69 a state of a newer schema is refused, and left unchanged") {
  AppliedWorkspace workspace;
  const std::string path = workspace.folder().path() + "/terraform.tfstate";
  json state = json::parse(harness::read_file(path));
  state["resources"][0]["instances"][0]["schema_version"] = 99;
  std::ofstream(path) << state.dump();
  const auto plan = workspace.run({"plan"});
  CHECK(plan.exit_code == 1);
  CHECK(json::parse(harness::read_file(path)) == state);
}

TEST_CASE("12.70 an import block generates a configuration without changes") {
  AppliedWorkspace workspace;
  const std::string id = workspace.attributes(kAddress).at("id");
  workspace.must({"state", "rm", kAddress});
  workspace.configure("import {\n  to = image_copy.imported\n  id = \"" + id + "\"\n}\n");
  workspace.must({"plan", "-generate-config-out=generated.tf"});
  CAPTURE(harness::read_file(workspace.folder().path() + "/generated.tf"));
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.plans_no_changes());
  CHECK(workspace.emulator().calls("alicloud", "CopyImage") == 1);
}

TEST_CASE("12.72 a move from another resource type is refused, and nothing is lost") {
  Workspace workspace(seed_with_extras());
  workspace.configure("resource \"terraform_data\" \"old\" {\n  input = \"kept\"\n}\n");
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  workspace.configure("moved {\n  from = terraform_data.old\n  to = image_copy.it\n}\n" + resource({}));
  const auto plan = workspace.run({"plan"});
  CHECK(plan.exit_code == 1);
  CHECK_FALSE(workspace.attributes("terraform_data.old").is_null());
}
