#include "src/cloud/source_rules.h"

#include "tests/cloud/rule_checks.h"

// The rules that all vendors share. Those of one vendor are tested in its folder.

using cloud::CopySpec;
using cloud::CopyState;
using cloud::ImageOwner;
using cloud::SourceImage;
using fakes::copy_to;
using fakes::source_image;
using fakes::Summaries;
using fakes::summaries_of;

namespace {

const CopySpec kAcross = copy_to("r2");
const CopySpec kInside = copy_to("r1");

}  // namespace

TEST_CASE("an available image of the account's own violates no rule") {
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    CAPTURE(vendor->name);
    CHECK(summaries_of(*vendor, source_image(), kAcross).empty());
    CHECK(summaries_of(*vendor, source_image(), kInside).empty());
    CHECK(summaries_of(*vendor, source_image(), {}).empty());
  }
}

TEST_CASE("public and market images cannot be copied") {
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    CAPTURE(vendor->name);
    SourceImage source = source_image();
    source.owner = ImageOwner::cloud;
    CHECK(summaries_of(*vendor, source, kAcross) == Summaries{"Public Image Not Supported"});
    source.owner = ImageOwner::market;
    CHECK(summaries_of(*vendor, source, kInside) == Summaries{"Marketplace Image Not Supported"});
  }
}

TEST_CASE("a source image that is being made is only a doubt, and a failed one cannot be copied") {
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    CAPTURE(vendor->name);
    SourceImage source = source_image();
    source.state = CopyState::copying;
    CHECK(summaries_of(*vendor, source, kAcross) == Summaries{"Source Image Not Ready?"});
    source.state = CopyState::failed;
    CHECK(summaries_of(*vendor, source, kAcross) == Summaries{"Source Image Failed"});
  }
}
