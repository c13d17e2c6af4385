#include "src/cloud/copy_rules.h"

#include "tests/cloud/rule_checks.h"

// The rules that all vendors share. Those of one vendor are tested in its folder.

using cloud::CopySpec;
using cloud::FlagArgument;
using cloud::TextArgument;
using fakes::copy_to;
using fakes::Members;
using fakes::violated_members;

TEST_CASE("arguments that are not known yet are never refused") {
  const auto text = TextArgument::unknown();
  const CopySpec unknown{.source_region = text,
                         .source_image_id = text,
                         .destination_region = text,
                         .name = text,
                         .description = text,
                         .encrypted = FlagArgument::unknown(),
                         .kms_key_id = text,
                         .resource_group_id = text,
                         .project_name = text};
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    CAPTURE(vendor->name);
    CHECK(violated_members(*vendor, unknown, cloud::CopyStage::starting).empty());
  }
}

TEST_CASE("an image ID must not contain characters that would change a request's path") {
  CopySpec spec = copy_to("r2");
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    for (const char* id : {"", "a/b", "a?b", "a b", "a#b", "a,b", "a&b"}) {
      spec.source_image_id = id;
      CAPTURE(vendor->name, id);
      CHECK(violated_members(*vendor, spec) == Members{"source_image_id"});
    }
  }
}

TEST_CASE("a region may contain only characters that a host name may contain") {
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    CAPTURE(vendor->name);
    fakes::check_texts(*vendor, copy_to("r2"), &CopySpec::source_region, "source_region",
                       {{"cn-north-4", true},
                        {"evil.example.com/", false},
                        {"a b", false},
                        {"a@b", false},
                        {"région", false}});
    fakes::check_texts(*vendor, copy_to("r2"), &CopySpec::destination_region, "destination_region",
                       {{"hkg", true}, {"gz/../bj", false}});
  }
}

TEST_CASE("only a cloud that deletes images in use takes force_delete") {
  bool is_supported = false;
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    CAPTURE(vendor->name);
    const auto violations = cloud::check_deletion(*vendor, {.force = true});
    CHECK(violations.empty() == vendor->deletes_in_use);
    if (!violations.empty()) CHECK(violations.front().member == "force_delete");
    CHECK(cloud::check_deletion(*vendor, {}).empty());
    is_supported = is_supported || vendor->deletes_in_use;
  }
  CHECK(is_supported);
}
