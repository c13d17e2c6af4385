#include "src/cloud/copy_spec.h"

#include <vector>

#include "src/cloud/alicloud/extras.h"
#include "src/cloud/huaweicloud/extras.h"
#include "tests/support/catch.h"

using cloud::CopySpec;
using cloud::Extras;
using cloud::FlagArgument;
using cloud::TextArgument;

TEST_CASE("an argument is set, unset or unknown, and an empty text counts as unset") {
  struct Case {
    TextArgument argument;
    bool is_known;
    bool has_value;
    bool is_set;
    bool is_unset;
  };
  const std::vector<Case> cases = {
      {"text", true, true, true, false},
      {"", true, true, false, true},
      {{}, true, false, false, true},
      {TextArgument::unknown(), false, false, false, false},
  };
  for (const Case& each : cases) {
    CAPTURE(each.argument.value(), each.is_known, each.has_value);
    CHECK(each.argument.is_known() == each.is_known);
    CHECK(each.argument.has_value() == each.has_value);
    CHECK(each.argument.is_set() == each.is_set);
    CHECK(each.argument.is_unset() == each.is_unset);
    CHECK(each.argument.to_optional().has_value() == each.has_value);
  }
  CHECK(TextArgument("") != TextArgument());
  CHECK(TextArgument() != TextArgument::unknown());
}

TEST_CASE("a flag that is false is set") {
  CHECK(FlagArgument(false).is_set());
  CHECK(FlagArgument(false) != FlagArgument());
  CHECK_FALSE(FlagArgument().value());
  CHECK_FALSE(FlagArgument::unknown().value());
}

TEST_CASE("extras have one vendor's type, and for another vendor's type they have the defaults") {
  const Extras none;
  const Extras extras(cloud::huaweicloud::CopyExtras{.agency_name = "agency"});
  CHECK(extras.get<cloud::huaweicloud::CopyExtras>().agency_name == TextArgument("agency"));
  CHECK_FALSE(extras.get<cloud::alicloud::ImageExtras>().is_deprecated);
  CHECK_FALSE(none.get<cloud::alicloud::ImageExtras>().is_deprecated);

  CHECK(extras == Extras(cloud::huaweicloud::CopyExtras{.agency_name = "agency"}));
  CHECK(extras != Extras(cloud::huaweicloud::CopyExtras{.agency_name = "another"}));
  CHECK(extras != Extras(cloud::alicloud::ImageExtras{}));
  CHECK(extras != none);
  CHECK(none == Extras());
}

TEST_CASE("whether a copy stays in its region is unknown while one of the regions is unknown") {
  const auto stays = [](TextArgument source, TextArgument destination) {
    return CopySpec{.source_region = std::move(source), .destination_region = std::move(destination)}
        .stays_in_region();
  };
  CHECK(stays("r1", "r1") == true);
  CHECK(stays("r1", "r2") == false);
  CHECK(stays("r1", TextArgument::unknown()) == std::nullopt);
  CHECK(stays(TextArgument::unknown(), "r1") == std::nullopt);
  CHECK(stays("r1", {}) == std::nullopt);
}
