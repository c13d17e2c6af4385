#include "src/cloud/copy_rules.h"

#include <algorithm>

#include "src/cloud/alicloud/client.h"
#include "src/cloud/baiducloud/client.h"
#include "src/cloud/huaweicloud/client.h"
#include "src/core/text.h"

namespace cloud {
namespace {

bool is_set(const std::optional<std::string>& value) {
  return value && !value->empty();
}

/// Nothing while one of the regions is not known.
std::optional<bool> stays_in_region(const CopySpec& wish) {
  if (!is_set(wish.source_region) || !is_set(wish.destination_region)) return std::nullopt;
  return *wish.source_region == *wish.destination_region;
}

void refuse(std::vector<Violation>& violations, std::string_view member, std::string summary,
            std::string detail) {
  violations.push_back({.member = member, .summary = std::move(summary), .detail = std::move(detail)});
}

void check_image_id(const CopySpec& wish, std::vector<Violation>& violations) {
  if (!wish.source_image_id) return;
  const bool odd = wish.source_image_id->empty() ||
                   wish.source_image_id->find_first_of("/?#%,& \t\r\n") != std::string::npos;
  if (odd) {
    refuse(violations, "source_image_id", "Invalid Source Image Id",
           "\"" + *wish.source_image_id +
               "\" cannot be the id of an image. Give the id as the cloud prints it, "
               "without region or name.");
  }
}

/// A region becomes part of a host name. Which regions there are is for the cloud to say: the lists grow.
void check_region(const std::optional<std::string>& region, std::string_view member,
                  std::vector<Violation>& violations) {
  if (!is_set(region)) return;
  const bool possible = std::ranges::all_of(*region, [](char c) {
    return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  if (possible) return;
  refuse(violations, member, "Invalid Region",
         "\"" + core::shorten(*region, 100) +
             "\" cannot be the id of a region, which is made of letters, digits and hyphens, such as "
             "\"cn-north-4\" or \"bj\".");
}

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Bytes of Chinese and other letters, which every cloud takes.
bool is_beyond_ascii(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

bool is_letter_or_digit(char c) {
  return is_ascii_letter(c) || is_beyond_ascii(c) || (c >= '0' && c <= '9');
}

bool holds_only(std::string_view text, std::string_view signs) {
  return std::ranges::all_of(
      text, [&](char c) { return is_letter_or_digit(c) || signs.find(c) != std::string_view::npos; });
}

/// Reports the first rule that a text breaks.
class TextRules {
 public:
  TextRules(const std::optional<std::string>& text, std::string_view member, std::string_view what,
            std::vector<Violation>& violations)
      : text_(text), member_(member), what_(what), violations_(violations), done_(!is_set(text)) {}

  TextRules& length(std::size_t least, std::size_t most) {
    if (done_) return *this;
    const std::size_t count = core::count_characters(*text_);
    return require(count >= least && count <= most, "has " + std::to_string(least) + " to " +
                                                        std::to_string(most) + " characters, not " +
                                                        std::to_string(count));
  }

  TextRules& require(bool kept, const std::string& rule) {
    if (done_ || kept) return *this;
    done_ = true;
    refuse(violations_, member_, "Invalid " + std::string(what_),
           "\"" + core::shorten(*text_, 200) + "\" is refused by this cloud: its " + core::to_lower(what_) +
               " " + rule + ".");
    return *this;
  }

  /// Only while nothing is reported.
  [[nodiscard]] std::string_view text() const {
    return done_ ? std::string_view() : std::string_view(*text_);
  }

 private:
  const std::optional<std::string>& text_;
  std::string_view member_;
  std::string_view what_;
  std::vector<Violation>& violations_;
  bool done_;
};

/// alicloud/API.md 3.1.
void check_alicloud_texts(const CopySpec& wish, std::vector<Violation>& violations) {
  TextRules name(wish.name, "name", "Name", violations);
  name.length(2, 128);
  if (const std::string_view text = name.text(); !text.empty()) {
    name.require(is_ascii_letter(text.front()) || is_beyond_ascii(text.front()), "begins with a letter")
        .require(!text.starts_with("aliyun") && !text.starts_with("acs:"),
                 R"(does not begin with "aliyun" or "acs:")")
        .require(holds_only(text, ".:_-"), R"(holds letters, digits, ".", ":", "_" and "-" only)");
  }
  TextRules description(wish.description, "description", "Description", violations);
  description.length(2, 256);
  if (const std::string_view text = description.text(); !text.empty()) {
    description.require(!text.starts_with("http://") && !text.starts_with("https://"),
                        R"(does not begin with "http://" or "https://")");
  }
}

/// huaweicloud/API.md 4.2.
void check_huaweicloud_texts(const CopySpec& wish, std::vector<Violation>& violations) {
  TextRules name(wish.name, "name", "Name", violations);
  name.length(1, 128);
  if (const std::string_view text = name.text(); !text.empty()) {
    name.require(text.front() != ' ' && text.back() != ' ', "does not begin or end with a blank")
        .require(holds_only(text, "-._ "), R"(holds letters, digits, "-", ".", "_" and blanks only)");
  }
  TextRules description(wish.description, "description", "Description", violations);
  description.length(1, 1024);
  if (const std::string_view text = description.text(); !text.empty()) {
    description.require(text.find_first_of("\r\n<>") == std::string_view::npos,
                        R"(holds no line breaks, no "<" and no ">")");
  }
  TextRules(wish.agency_name, "huaweicloud", "Agency Name", violations).length(1, 64);
}

/// Limits of each cloud's tags (alicloud/API.md 3.1, huaweicloud/API.md 3.8; Baidu documents none).
struct TagRules {
  std::size_t most = 0;
  std::size_t longest_key = 0;
  std::size_t longest_value = 0;
  std::vector<std::string_view> reserved_keys;    ///< how none may begin
  std::vector<std::string_view> reserved_values;  ///< likewise
  std::vector<std::string_view> forbidden;        ///< what no key and no value may hold
};

void check_tags(const CopySpec& wish, const TagRules& rules, std::vector<Violation>& violations) {
  const auto begins = [](const std::string& text, const std::vector<std::string_view>& prefixes) {
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
  };
  const auto holds_forbidden = [&](const std::string& text) {
    return std::ranges::any_of(rules.forbidden,
                               [&](std::string_view part) { return text.find(part) != std::string::npos; });
  };
  const auto bad = [&](const std::string& key, const std::string& why) {
    refuse(violations, "tags", "Invalid Tag", "The tag \"" + core::shorten(key, 200) + "\" " + why + ".");
  };
  if (wish.tags.size() > rules.most) {
    refuse(violations, "tags", "Too Many Tags",
           "This cloud takes " + std::to_string(rules.most) + " tags, not " +
               std::to_string(wish.tags.size()) + ".");
  }
  for (const auto& [key, value] : wish.tags) {
    const std::size_t key_length = core::count_characters(key);
    if (key_length < 1 || key_length > rules.longest_key) {
      bad(key, "must have a key of 1 to " + std::to_string(rules.longest_key) + " characters on this cloud");
    } else if (begins(key, rules.reserved_keys)) {
      bad(key, "begins as only the cloud's own tags may");
    } else if (holds_forbidden(key) || holds_forbidden(value)) {
      bad(key, "holds " + core::join({rules.forbidden.begin(), rules.forbidden.end()}, " or ") +
                   ", which this cloud refuses");
    } else if (core::count_characters(value) > rules.longest_value || begins(value, rules.reserved_values)) {
      bad(key, "has a value that this cloud refuses: it may have " + std::to_string(rules.longest_value) +
                   " characters at most, and not begin as the cloud's own do");
    }
  }
}

/// Only Huawei Cloud has these.
void refuse_huaweicloud_arguments(const CopySpec& wish, std::vector<Violation>& violations) {
  for (const auto* argument : {&wish.project_name, &wish.agency_name, &wish.vault_id}) {
    if (!is_set(*argument)) continue;
    refuse(violations, "huaweicloud", "Argument of Another Cloud",
           "The arguments in \"huaweicloud\" mean nothing to this cloud. Remove them.");
    return;
  }
}

/// alicloud/API.md 4.4.
void check_alicloud(const CopySpec& wish, std::vector<Violation>& violations) {
  refuse_huaweicloud_arguments(wish, violations);
  check_alicloud_texts(wish, violations);
  // Of twenty, one holds the key of a copy that is to be started.
  check_tags(wish,
             {.most = wish.is_to_start ? std::size_t{19} : std::size_t{20},
              .longest_key = 128,
              .longest_value = 128,
              .reserved_keys = {"aliyun", "acs:", alicloud::kCopyKeyTag},
              .reserved_values = {"acs:"},
              .forbidden = {"http://", "https://"}},
             violations);
  if (is_set(wish.kms_key_id) && wish.encrypted && wish.encrypted != "true") {
    refuse(violations, "kms_key_id", "Key Without Encryption",
           "Alibaba Cloud takes a key only together with encrypted = true.");
  }
}

/// baiducloud/API.md 3.1, 3.12 and 4.4.
void check_baiducloud(const CopySpec& wish, std::vector<Violation>& violations) {
  refuse_huaweicloud_arguments(wish, violations);
  // The other rules on names are known by analogy only (baiducloud/API.md 4.4): the cloud decides.
  TextRules(wish.name, "name", "Name", violations).length(1, 65);
  if (stays_in_region(wish) == true) {
    refuse(violations, "destination_region", "Copy Inside One Region",
           "Baidu AI Cloud copies images to other regions only. Set destination_region to a region other "
           "than \"" +
               *wish.source_region + "\".");
  }
  const auto refuse_if_set = [&](const std::optional<std::string>& value, std::string_view member,
                                 const std::string& what) {
    if (is_set(value))
      refuse(violations, member, "Not Possible on Baidu AI Cloud", what + " Remove this argument.");
  };
  refuse_if_set(wish.description, "description", "Copies cannot be given a description on Baidu AI Cloud.");
  refuse_if_set(wish.encrypted, "encrypted", "Encryption cannot be chosen for copies on Baidu AI Cloud.");
  refuse_if_set(wish.kms_key_id, "kms_key_id", "Copies cannot be encrypted with a key on Baidu AI Cloud.");
  refuse_if_set(wish.resource_group_id, "resource_group_id",
                "Images belong to no resource group on Baidu AI Cloud.");
}

void check_huaweicloud_in_region(const CopySpec& wish, std::vector<Violation>& violations) {
  for (const auto& [value, argument] :
       {std::pair{&wish.agency_name, "agency_name"}, std::pair{&wish.vault_id, "vault_id"},
        std::pair{&wish.project_name, "project_name"}}) {
    if (!is_set(*value)) continue;
    refuse(violations, "huaweicloud", "Argument of a Copy Across Regions",
           std::string("A copy inside one region takes no ") + argument +
               ". Remove it, or set destination_region to another region.");
  }
  if (wish.encrypted == "true" && wish.kms_key_id && wish.kms_key_id->empty()) {
    refuse(violations, "kms_key_id", "Encryption Without Key",
           "Huawei Cloud encrypts a copy only with a key that is named. Set kms_key_id.");
  }
  if (wish.encrypted == "false" && is_set(wish.kms_key_id)) {
    refuse(violations, "kms_key_id", "Key Without Encryption",
           "encrypted is false, but kms_key_id names a key to encrypt with. Remove one of them.");
  }
}

/// huaweicloud/API.md 3.2 and 4.1.
void check_huaweicloud_across_regions(const CopySpec& wish, std::vector<Violation>& violations) {
  if (wish.is_to_start && wish.agency_name && wish.agency_name->empty()) {
    refuse(violations, "huaweicloud", "Missing Agency",
           "A copy across regions needs an IAM agency that lets the image service act in the destination "
           "region. "
           "Set agency_name in \"huaweicloud\".");
  }
  if (wish.encrypted == "true") {
    refuse(violations, "encrypted", "Encryption Across Regions",
           "Huawei Cloud encrypts copies only inside one region. Copy there first, or leave encryption out.");
  }
  if (is_set(wish.kms_key_id)) {
    refuse(violations, "kms_key_id", "Encryption Across Regions",
           "Huawei Cloud encrypts copies only inside one region. Copy there first, or leave the key out.");
  }
  if (is_set(wish.resource_group_id)) {
    refuse(violations, "resource_group_id", "Enterprise Project Across Regions",
           "Huawei Cloud takes no enterprise project for a copy across regions. Remove this argument.");
  }
}

void check_huaweicloud(const CopySpec& wish, std::vector<Violation>& violations) {
  check_huaweicloud_texts(wish, violations);
  check_tags(wish,
             {.most = 20,
              .longest_key = 128,
              .longest_value = 255,
              .reserved_keys = {},
              .reserved_values = {},
              .forbidden = {}},
             violations);
  const auto in_region = stays_in_region(wish);
  if (!in_region) return;
  if (*in_region) {
    check_huaweicloud_in_region(wish, violations);
  } else {
    check_huaweicloud_across_regions(wish, violations);
  }
}

}  // namespace

std::vector<Violation> check_copy(std::string_view cloud, const CopySpec& wish) {
  std::vector<Violation> violations;
  check_image_id(wish, violations);
  if (wish.name && wish.name->empty()) {
    refuse(violations, "name", "Missing Name", "The new image needs a name that is not empty.");
  }
  check_region(wish.source_region, "source_region", violations);
  check_region(wish.destination_region, "destination_region", violations);
  if (wish.force_delete && cloud != alicloud::traits().name) {
    refuse(violations, "force_delete", "Argument of Another Cloud",
           "Only Alibaba Cloud deletes images that instances use. Remove this argument.");
  }
  if (cloud == alicloud::traits().name) check_alicloud(wish, violations);
  if (cloud == baiducloud::traits().name) check_baiducloud(wish, violations);
  if (cloud == huaweicloud::traits().name) check_huaweicloud(wish, violations);
  return violations;
}

}  // namespace cloud
