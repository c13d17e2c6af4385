#pragma once

#include <expected>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tf {

class Value;

/// A type constraint of Terraform (PROTOCOL.md 6.2). A cheap value: composite parts are shared.
class Type {
 public:
  enum class Kind { string, number, boolean, dynamic, list, set, map, object, tuple };

  static Type string() { return Type(Kind::string); }
  static Type number() { return Type(Kind::number); }
  static Type boolean() { return Type(Kind::boolean); }
  /// Decided by the value itself.
  static Type dynamic() { return Type(Kind::dynamic); }
  static Type list(Type element);
  static Type set(Type element);
  static Type map(Type element);
  /// Names in `optional` may be left out in a configuration; their values are then null.
  static Type object(std::map<std::string, Type> attributes, std::set<std::string> optional = {});
  static Type tuple(std::vector<Type> elements);

  [[nodiscard]] Kind kind() const { return kind_; }

  /// Of a list, set or map.
  [[nodiscard]] const Type& element() const;
  /// Of an object.
  [[nodiscard]] const std::map<std::string, Type>& attributes() const;
  [[nodiscard]] const std::set<std::string>& optional_attributes() const;
  /// Of a tuple.
  [[nodiscard]] const std::vector<Type>& elements() const;

  /// The compact JSON text of the protocol, such as `["list","string"]`.
  [[nodiscard]] std::string to_json() const;

  /// The error says what is wrong with the text.
  static std::expected<Type, std::string> from_json(std::string_view text);

  /// The same from JSON that was read already (`schema/tree.h`).
  static std::expected<Type, std::string> from_tree(const Value& tree);

  /// For messages: `list of string`, `object`.
  [[nodiscard]] std::string describe() const;

  bool operator==(const Type& other) const;

 private:
  struct Parts;

  explicit Type(Kind kind, std::shared_ptr<const Parts> parts = nullptr)
      : kind_(kind), parts_(std::move(parts)) {}

  Kind kind_;
  std::shared_ptr<const Parts> parts_;
};

}  // namespace tf
