#include "src/cloud/tag_rules.h"

#include <algorithm>

#include "src/cloud/text_rules.h"
#include "src/core/text.h"

namespace cloud {
namespace {

bool begins(const std::string& text, const std::vector<std::string_view>& prefixes) {
  return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

/// `"a", "b" or "c"`.
std::string quoted(const std::vector<std::string_view>& texts) {
  std::vector<std::string> quoted;
  for (const std::string_view text : texts) quoted.push_back("\"" + std::string(text) + "\"");
  return core::enumerate(quoted, "or");
}

bool holds(const std::string& text, const std::vector<std::string_view>& parts) {
  return std::ranges::any_of(parts,
                             [&](std::string_view part) { return text.find(part) != std::string::npos; });
}

/// `- _ space`.
std::string listed(std::string_view signs) {
  std::vector<std::string> names;
  for (const char sign : signs) names.push_back(sign == ' ' ? "space" : std::string(1, sign));
  return core::join(names, " ");
}

/// Returns what is wrong with a tag, as the rest of a sentence that begins with the tag; empty if nothing is.
std::string problem_with(const std::string& key, const std::string& value, const TagRules& rules) {
  const std::string cloud(rules.cloud);
  const std::size_t key_length = core::count_characters(key);
  if (key_length < 1 || key_length > rules.max_key) {
    return "must have a key of 1 to " + std::to_string(rules.max_key) + " characters on " + cloud;
  }
  if (begins(key, rules.reserved_keys)) {
    return "must not begin with " + quoted(rules.reserved_keys) + ", which " + cloud +
           " or this provider reserves";
  }
  if (holds(key, rules.forbidden) || holds(value, rules.forbidden)) {
    return "must not contain " + quoted(rules.forbidden) + " on " + cloud;
  }
  if (!rules.signs.empty() && !(holds_only(key, rules.signs) && holds_only(value, rules.signs))) {
    return "may contain only letters, digits and these characters on " + cloud + ": " + listed(rules.signs);
  }
  if (!rules.allows_outer_blanks && (core::trim(key) != key || core::trim(value) != value)) {
    return "must not begin or end with a space on " + cloud;
  }
  if (core::count_characters(value) > rules.max_value || begins(value, rules.reserved_values)) {
    return "must have a value of at most " + std::to_string(rules.max_value) + " characters on " + cloud +
           (rules.reserved_values.empty() ? ""
                                          : ", which must not begin with " + quoted(rules.reserved_values));
  }
  return "";
}

}  // namespace

void check_tags(const CopySpec& spec, const TagRules& rules, Violations& violations) {
  if (spec.tags.size() > rules.max_tags) {
    add_violation(violations, "tags", "Too Many Tags",
                  "A copy can have at most " + std::to_string(rules.max_tags) + " tags of its own on " +
                      std::string(rules.cloud) + ", including the provider's default_tags, not " +
                      std::to_string(spec.tags.size()) + ".");
  }
  for (const auto& [key, value] : spec.tags) {
    const std::string problem = problem_with(key, value, rules);
    if (problem.empty()) continue;
    add_violation(violations, "tags", "Invalid Tag",
                  "The tag \"" + core::shorten(key, 200) + "\" " + problem + ".");
  }
}

}  // namespace cloud
