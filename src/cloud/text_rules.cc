#include "src/cloud/text_rules.h"

#include <algorithm>

#include "src/core/text.h"

namespace cloud {

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_beyond_ascii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

bool holds_only(std::string_view text, std::string_view signs) {
  return std::ranges::all_of(text, [&](char c) {
    return is_ascii_letter(c) || is_beyond_ascii(c) || (c >= '0' && c <= '9') ||
           signs.find(c) != std::string_view::npos;
  });
}

TextRules::TextRules(std::string_view cloud, const TextArgument& text, std::string_view member,
                     std::string_view what, Violations& violations)
    : cloud_(cloud), text_(text.value()), member_(member), what_(what), violations_(violations) {}

TextRules& TextRules::length(std::size_t min, std::size_t max) {
  const std::size_t count = core::count_characters(text_);
  return add(count >= min && count <= max,
             "must have " + std::to_string(min) + " to " + std::to_string(max) + " characters",
             ", not " + std::to_string(count));
}

TextRules& TextRules::require(bool (*keeps)(std::string_view), const std::string& rule) {
  return add(text_.empty() || keeps(text_), rule, "");
}

TextRules& TextRules::add(bool kept, const std::string& rule, const std::string& finding) {
  if (!kept && problem_.empty()) problem_ = rule + finding;
  rules_.push_back(rule);
  return *this;
}

void TextRules::report() {
  if (text_.empty() || problem_.empty()) return;
  const std::string what = core::to_lower(what_);
  const std::string cloud(cloud_);
  std::string detail = "The " + what + " \"" + core::shorten(text_, 200) + "\" is not valid on " + cloud +
                       ": it " + problem_ + ".";
  if (rules_.size() > 1) {
    detail += " On " + cloud + ", a " + what + " " + core::enumerate(rules_, "and") + ".";
  }
  add_violation(violations_, member_, "Invalid " + std::string(what_), std::move(detail));
}

}  // namespace cloud
