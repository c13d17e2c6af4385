#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/copy_rules.h"
#include "src/cloud/source_rules.h"
#include "src/cloud/vendors.h"
#include "tests/support/catch.h"

/// Copies and source images to check the vendors' rules with, and what the rules say about them.
namespace fakes {

/// A copy from r1 to `destination` without optional arguments.
inline cloud::CopySpec copy_to(const std::string& destination) {
  return {.source_region = "r1", .source_image_id = "m-1", .destination_region = destination, .name = "copy"};
}

using Members = std::vector<std::string_view>;

/// The members of the spec that violate a rule.
inline Members violated_members(const cloud::Vendor& vendor, const cloud::CopySpec& spec,
                                cloud::CopyStage stage = cloud::CopyStage::existing) {
  Members members;
  for (const auto& violation : cloud::check_copy(vendor, spec, stage)) members.push_back(violation.member);
  return members;
}

struct TextRow {
  std::string text;
  bool accepted = false;
};

/// Checks which texts the vendor's rules accept for one member of an otherwise valid spec.
inline void check_texts(const cloud::Vendor& vendor, cloud::CopySpec spec,
                        cloud::TextArgument cloud::CopySpec::* member, std::string_view violated_member,
                        const std::vector<TextRow>& rows) {
  for (const TextRow& row : rows) {
    spec.*member = row.text;
    CAPTURE(row.text);
    CHECK(violated_members(vendor, spec) == (row.accepted ? Members{} : Members{violated_member}));
  }
}

inline std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

/// An available image of the account's own.
inline cloud::SourceImage source_image() {
  return {.state = cloud::CopyState::available, .image = {.id = "m-1", .name = "golden", .size_gb = 40}};
}

using Summaries = std::vector<std::string>;

/// The summaries of the violations, with a question mark after doubts.
inline Summaries summaries_of(const cloud::Vendor& vendor, const cloud::SourceImage& source,
                              const cloud::CopySpec& spec) {
  Summaries summaries;
  for (const auto& violation : cloud::check_source(vendor, source, spec)) {
    CHECK(violation.detail.find("m-1") != std::string::npos);
    summaries.push_back(violation.summary + (violation.is_doubt ? "?" : ""));
  }
  return summaries;
}

}  // namespace fakes
