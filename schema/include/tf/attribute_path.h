#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tf {

/// A path to a part of a value: attributes by name, map elements by key, list elements by index from 0.
/// Elements of a set cannot be addressed; a path to one ends at the set (PROTOCOL.md 9).
class AttributePath {
 public:
  struct Attribute {
    std::string name;
    bool operator==(const Attribute&) const = default;
  };
  struct Key {
    std::string key;
    bool operator==(const Key&) const = default;
  };
  struct Index {
    std::int64_t index = 0;
    bool operator==(const Index&) const = default;
  };
  using Step = std::variant<Attribute, Key, Index>;

  AttributePath() = default;
  explicit AttributePath(std::string_view attribute) {
    steps_.emplace_back(Attribute{std::string(attribute)});
  }

  [[nodiscard]] AttributePath attribute(std::string_view name) const {
    return with(Attribute{std::string(name)});
  }
  [[nodiscard]] AttributePath key(std::string_view key) const { return with(Key{std::string(key)}); }
  [[nodiscard]] AttributePath index(std::int64_t index) const { return with(Index{index}); }

  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  [[nodiscard]] bool empty() const { return steps_.empty(); }

  /// The path as people write it: `timeouts.create`, `tags["team"]`, `rules[0]`. Empty for the whole value.
  [[nodiscard]] std::string to_string() const;

  bool operator==(const AttributePath&) const = default;

 private:
  [[nodiscard]] AttributePath with(Step step) const;

  std::vector<Step> steps_;
};

}  // namespace tf
