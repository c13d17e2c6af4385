#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tf/type.h"
#include "tf/value.h"

namespace tf {

/// Who sets an attribute (PROTOCOL.md 7.1).
enum class Presence { required, optional, computed, optional_computed };

/// How nested attributes are collected.
enum class Nesting { single, list, set, map };

/// When a changed value means a new object. `on_change_of_known`: not if the state holds null, as it does
/// after an import of what the remote system cannot tell.
enum class Replacement { never, on_change, on_change_of_known };

/// Looks at one known, non-null value of the attribute's type; the answer says what is wrong with it, as a
/// sentence.
using Validator = std::function<std::optional<std::string>(const Value&)>;

struct Attribute;

/// Attributes inside an attribute, where it has them in place of a type.
struct NestedAttributes {
  Nesting nesting = Nesting::single;
  std::vector<Attribute> attributes;
};

struct Attribute {
  std::string name;
  Type type = Type::string();
  Presence presence = Presence::optional;
  std::string description;  ///< Markdown
  std::shared_ptr<const NestedAttributes> nested = nullptr;
  bool sensitive = false;
  /// Only with `required`: null is refused for an object that is to be created, and accepted later, for a
  /// configuration that was generated from an import which could not tell it.
  bool required_to_create = false;
  Replacement replacement = Replacement::never;
  std::optional<Value> default_value = std::nullopt;  ///< only with `optional_computed`
  std::vector<Validator> validators;
  std::string deprecation;  ///< what to use instead; empty: not deprecated

  [[nodiscard]] bool is_computed() const {
    return presence == Presence::computed || presence == Presence::optional_computed;
  }

  /// The type of its values, nested attributes included.
  [[nodiscard]] Type value_type() const;
};

struct Schema {
  std::int64_t version = 0;
  std::string description;  ///< Markdown
  std::vector<Attribute> attributes;

  /// Null if there is none of that name.
  [[nodiscard]] const Attribute* find(std::string_view name) const;

  /// The object type of the whole.
  [[nodiscard]] Type type() const;
};

/// An attribute that holds an object of nested attributes.
Attribute nested_object(std::string name, Presence presence, std::string description,
                        std::vector<Attribute> attributes);

/// An object of the type whose attributes are all null.
Value null_object(const Type& object_type);

/// An object of the schema that holds every default, and null elsewhere.
Value default_object(const Schema& schema);

/// What Terraform core would not accept of a schema, as sentences (PROTOCOL.md 7.1 to 7.3); empty if
/// it is legal. For tests: an illegal schema can crash Terraform.
std::vector<std::string> schema_problems(const Schema& schema);

}  // namespace tf
