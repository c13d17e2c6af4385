#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/copy_rules.h"

namespace cloud {

bool is_ascii_letter(char c);

/// Bytes of Chinese and other letters, which every cloud accepts.
bool is_beyond_ascii(char c);

/// Whether the text contains only letters, digits and these signs.
bool holds_only(std::string_view text, std::string_view signs);

/// Reports the first rule that a text breaks, and with it all rules. An unknown or empty text breaks none.
class TextRules {
 public:
  /// `cloud`: the vendor's name in messages. `what`: the text's, such as "Name".
  TextRules(std::string_view cloud, const TextArgument& text, std::string_view member, std::string_view what,
            Violations& violations);

  /// In characters.
  TextRules& length(std::size_t min, std::size_t max);

  /// `rule`: what must be, as in "must begin with a letter".
  TextRules& require(bool (*keeps)(std::string_view text), const std::string& rule);

  /// To be called when all rules are known.
  void report();

 private:
  TextRules& add(bool kept, const std::string& rule, const std::string& finding);

  std::string_view cloud_;
  std::string_view text_;
  std::string_view member_;
  std::string_view what_;
  Violations& violations_;
  std::vector<std::string> rules_;
  std::string problem_;  // the first broken rule
};

}  // namespace cloud
