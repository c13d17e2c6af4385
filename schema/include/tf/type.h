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

/// A type constraint of Terraform (PROTOCOL.md 6.2). Cheap to copy: copies share the types they are composed
/// of.
class Type {
 public:
  enum class Kind { string, number, boolean, dynamic, list, set, map, object, tuple };

  static Type string() { return Type(Kind::string); }
  static Type number() { return Type(Kind::number); }
  static Type boolean() { return Type(Kind::boolean); }
  /// Any type: each value carries its own.
  static Type dynamic() { return Type(Kind::dynamic); }
  static Type list(Type element);
  static Type set(Type element);
  static Type map(Type element);
  /// Attributes in `optional` may be omitted from a configuration; their values are then null.
  static Type object(std::map<std::string, Type> attributes, std::set<std::string> optional = {});
  static Type tuple(std::vector<Type> elements);

  [[nodiscard]] Kind kind() const { return kind_; }

  /// The element type of a list, set or map. Must not be called for other kinds; likewise below.
  [[nodiscard]] const Type& element() const;
  /// The attribute types of an object.
  [[nodiscard]] const std::map<std::string, Type>& attributes() const;
  [[nodiscard]] const std::set<std::string>& optional_attributes() const;
  /// The element types of a tuple.
  [[nodiscard]] const std::vector<Type>& elements() const;

  /// The type as the protocol's compact JSON, such as `["list","string"]`.
  [[nodiscard]] std::string to_json() const;

  /// Parses what `to_json` returns. The error says what is wrong with the text.
  static std::expected<Type, std::string> from_json(std::string_view text);

  /// Does the same for JSON that was already parsed (`tf/tree.h`).
  static std::expected<Type, std::string> from_tree(const Value& tree);

  /// A short description for messages: `list of string`, `object`.
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
