#pragma once

#include <string>
#include <string_view>

#include "src/cloud/copy_rules.h"

namespace cloud {

/// What the source image itself forbids. Sizes that the documents leave to the cloud are left to the cloud.
Violations check_source(const Vendor& vendor, const SourceImage& source, const CopySpec& spec);

/// Collects what is wrong with a copy of one image. Each vendor adds its own rules.
class SourceRules {
 public:
  SourceRules(const SourceImage& source, const CopySpec& spec) : source_(source), spec_(spec) {}

  [[nodiscard]] const SourceImage& source() const { return source_; }
  [[nodiscard]] const CopySpec& spec() const { return spec_; }

  /// Both false while one of the regions is not known.
  [[nodiscard]] bool across_regions() const;
  [[nodiscard]] bool in_region() const;

  /// For vendors that copy the account's own images and perhaps shared ones, but none of these.
  void refuse_public_and_market(std::string_view display_name);

  /// `what`: what is wrong with the image, as the rest of a sentence that begins with it.
  void refuse(std::string summary, const std::string& what);
  /// The same, of what the cloud may accept.
  void doubt(std::string summary, const std::string& what);
  /// The same, where not the image is to blame but another member of the spec.
  void refuse_member(std::string_view member, std::string summary, const std::string& what);

  Violations violations() && { return std::move(violations_); }

 private:
  void add(std::string_view member, std::string summary, const std::string& what, bool is_doubt);

  const SourceImage& source_;
  const CopySpec& spec_;
  Violations violations_;
};

}  // namespace cloud
