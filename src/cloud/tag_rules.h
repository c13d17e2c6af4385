#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "src/cloud/copy_rules.h"

namespace cloud {

/// A vendor's limits on the tags of an image.
struct TagRules {
  std::string_view cloud;  ///< the vendor's name in messages
  std::size_t max_tags = 0;
  std::size_t max_key = 0;                        ///< characters
  std::size_t max_value = 0;                      ///< characters
  std::vector<std::string_view> reserved_keys;    ///< prefixes that keys must not have
  std::vector<std::string_view> reserved_values;  ///< prefixes that values must not have
  std::vector<std::string_view> forbidden;        ///< parts that neither may contain
  std::string_view signs;           ///< besides letters and digits, what both may contain; empty: anything
  bool allows_outer_blanks = true;  ///< at the beginning or end of keys and values
};

/// Adds a violation for each tag that breaks a rule.
void check_tags(const CopySpec& spec, const TagRules& rules, Violations& violations);

}  // namespace cloud
