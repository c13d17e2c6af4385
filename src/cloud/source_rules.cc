#include "src/cloud/source_rules.h"

#include "src/cloud/vendor.h"

namespace cloud {
namespace {

/// A copy waits for a source that is itself still being copied.
void check_state(SourceRules& rules) {
  switch (rules.source().state) {
    case CopyState::failed:
      return rules.add_violation("Source Image Failed", "has failed or is broken, so it cannot be copied");
    case CopyState::queued:
    case CopyState::copying:
      return rules.doubt("Source Image Not Ready",
                         "is not available yet. The copy waits for it, up to timeouts.create");
    case CopyState::available:
    case CopyState::absent:
    case CopyState::unknown: return;
  }
}

}  // namespace

Violations check_source(const Vendor& vendor, const SourceImage& source, const CopySpec& spec) {
  SourceRules rules(source, spec);
  vendor.check_source(rules);
  check_state(rules);
  return std::move(rules).violations();
}

bool SourceRules::across_regions() const {
  return spec_.stays_in_region() == false;
}

bool SourceRules::in_region() const {
  return spec_.stays_in_region() == true;
}

void SourceRules::check_public_and_market(std::string_view display_name) {
  const std::string cloud(display_name);
  if (source_.owner == ImageOwner::cloud) {
    add_violation("Public Image Not Supported",
                  "is a public image, but " + cloud + " copies only the account's own images");
  }
  if (source_.owner == ImageOwner::market) {
    add_violation("Marketplace Image Not Supported",
                  "is a marketplace image, but " + cloud + " copies only the account's own images");
  }
}

void SourceRules::add_violation(std::string summary, const std::string& what) {
  add("source_image_id", std::move(summary), what, false);
}

void SourceRules::doubt(std::string summary, const std::string& what) {
  add("source_image_id", std::move(summary), what, true);
}

void SourceRules::add_member_violation(std::string_view member, std::string summary,
                                       const std::string& what) {
  add(member, std::move(summary), what, false);
}

void SourceRules::add(std::string_view member, std::string summary, const std::string& what, bool is_doubt) {
  violations_.push_back({.member = member,
                         .summary = std::move(summary),
                         .detail = "The image " + source_.image.id + " (\"" + source_.image.name +
                                   "\") in region " + spec_.source_region.value() + " " + what + ".",
                         .is_doubt = is_doubt});
}

}  // namespace cloud
