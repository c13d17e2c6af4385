#pragma once

#include <string>
#include <string_view>

#include "src/cloud/copy_rules.h"

namespace cloud {

/// Checks the source image of a copy. Size limits that are not documented are left to the cloud.
Violations check_source(const Vendor& vendor, const SourceImage& source, const CopySpec& spec);

/// Collects the violations of rules on the source image. Each vendor adds its own rules.
class SourceRules {
 public:
  SourceRules(const SourceImage& source, const CopySpec& spec) : source_(source), spec_(spec) {}

  [[nodiscard]] const SourceImage& source() const { return source_; }
  [[nodiscard]] const CopySpec& spec() const { return spec_; }

  /// Both return false while one of the regions is not known.
  [[nodiscard]] bool across_regions() const;
  [[nodiscard]] bool in_region() const;

  /// Refuses public and marketplace images.
  void check_public_and_market(std::string_view display_name);

  /// `what`: the problem, as the rest of a sentence that begins with the image.
  void add_violation(std::string summary, const std::string& what);
  /// Adds a warning, because the cloud may accept the image.
  void doubt(std::string summary, const std::string& what);
  /// Refuses the image because of another member of the spec.
  void add_member_violation(std::string_view member, std::string summary, const std::string& what);

  Violations violations() && { return std::move(violations_); }

 private:
  void add(std::string_view member, std::string summary, const std::string& what, bool is_doubt);

  const SourceImage& source_;
  const CopySpec& spec_;
  Violations violations_;
};

}  // namespace cloud
