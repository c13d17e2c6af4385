#include "src/copy/copy_key.h"

#include <set>

#include "src/cloud/huaweicloud/extras.h"
#include "tests/support/catch.h"

namespace {

cloud::CopySpec spec() {
  cloud::CopySpec spec;
  spec.source_region = "cn-hangzhou";
  spec.source_image_id = "m-src";
  spec.destination_region = "cn-shanghai";
  spec.name = "golden";
  return spec;
}

using Field = cloud::TextArgument cloud::CopySpec::*;

/// The fields that identify a copy.
constexpr std::array<Field, 7> kFields = {&cloud::CopySpec::source_region,
                                          &cloud::CopySpec::source_image_id,
                                          &cloud::CopySpec::destination_region,
                                          &cloud::CopySpec::project_name,
                                          &cloud::CopySpec::name,
                                          &cloud::CopySpec::kms_key_id,
                                          &cloud::CopySpec::resource_group_id};

}  // namespace

TEST_CASE("the key of a copy is the same in every version, because states and images store it") {
  CHECK(copy::copy_key("alicloud", spec()) == "copy-b6106d11d3c78e411b19e60454728a1a");
  cloud::CopySpec other = spec();
  other.source_region = "cn-north-4";
  other.destination_region = "cn-south-1";
  other.project_name = "p-1";
  other.encrypted = true;
  other.kms_key_id = "kms-1";
  other.resource_group_id = "group-1";
  CHECK(copy::copy_key("huaweicloud", other) == "copy-98849ffe5a43a0cfdd039013d6d0ab6b");
}

TEST_CASE("each field that identifies a copy changes its key, and while one is unknown there is no key") {
  std::set<std::string> keys = {copy::copy_key("alicloud", spec()).value()};
  keys.insert(copy::copy_key("baiducloud", spec()).value());
  for (const Field field : kFields) {
    cloud::CopySpec other = spec();
    other.*field = "something else";
    keys.insert(copy::copy_key("alicloud", other).value());
    other.*field = cloud::TextArgument::unknown();
    CHECK(copy::copy_key("alicloud", other) == std::nullopt);
  }
  for (const bool encrypted : {true, false}) {
    cloud::CopySpec other = spec();
    other.encrypted = encrypted;
    keys.insert(copy::copy_key("alicloud", other).value());
  }
  CHECK(keys.size() == kFields.size() + 4);

  cloud::CopySpec other = spec();
  other.encrypted = cloud::FlagArgument::unknown();
  CHECK(copy::copy_key("alicloud", other) == std::nullopt);
}

TEST_CASE("arguments that can be changed in place are not part of the key") {
  cloud::CopySpec other = spec();
  other.description = "described";
  other.tags = {{"stage", "prod"}};
  other.extras = cloud::Extras(cloud::huaweicloud::CopyExtras{.agency_name = "agency", .vault_id = "vault"});
  CHECK(copy::copy_key("alicloud", other) == copy::copy_key("alicloud", spec()));
}

TEST_CASE("values of adjacent fields cannot be confused") {
  cloud::CopySpec one = spec();
  one.source_region = "a";
  one.source_image_id = "bc";
  cloud::CopySpec other = spec();
  other.source_region = "ab";
  other.source_image_id = "c";
  CHECK(copy::copy_key("alicloud", one) != copy::copy_key("alicloud", other));
}
