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

/// Whether the configuration, the provider or either sets an attribute (PROTOCOL.md 7.1).
enum class Presence { required, optional, computed, optional_computed };

/// The collection that nested attributes form (PROTOCOL.md 7.3).
enum class Nesting { single, list, set, map };

/// When a change of an attribute forces a new object.
enum class Replacement {
  never,
  on_change,
  on_change_of_known,  ///< unless the state holds null, as after an import that could not determine the value
};

/// Checks one known, non-null value of the attribute's type. Returns a sentence that says what is wrong with
/// it, or nullopt.
using Validator = std::function<std::optional<std::string>(const Value&)>;

struct Attribute;

/// Attributes inside an attribute, in place of a type.
struct NestedAttributes {
  Nesting nesting = Nesting::single;
  std::vector<Attribute> attributes;
};

struct Attribute {
  std::string name;
  Type type = Type::string();
  Presence presence = Presence::optional;
  std::string description;                                   ///< Markdown
  std::shared_ptr<const NestedAttributes> nested = nullptr;  ///< if set, `type` is ignored
  bool sensitive = false;
  /// Only with `required`: null is rejected when an object is created, but accepted for an existing one. This
  /// allows a configuration that was generated from an import which could not determine the value.
  bool required_to_create = false;
  Replacement replacement = Replacement::never;
  std::optional<Value> default_value = std::nullopt;  ///< only with `optional_computed`
  std::vector<Validator> validators;
  std::string deprecation;  ///< what to use instead; empty: not deprecated

  [[nodiscard]] bool is_computed() const {
    return presence == Presence::computed || presence == Presence::optional_computed;
  }

  /// The type of the attribute's values, including nested attributes.
  [[nodiscard]] Type value_type() const;
};

struct Schema {
  std::int64_t version = 0;
  std::string description;  ///< Markdown
  std::vector<Attribute> attributes;

  /// Returns nullptr if there is no attribute of that name.
  [[nodiscard]] const Attribute* find(std::string_view name) const;

  /// The object type that the schema describes.
  [[nodiscard]] Type type() const;
};

/// Returns an attribute that holds a single object of nested attributes.
Attribute nested_object(std::string name, Presence presence, std::string description,
                        std::vector<Attribute> attributes);

/// Returns an object of the type with every attribute null.
Value null_object(const Type& object_type);

/// Returns an object of the schema with every default set and every other attribute null.
Value default_object(const Schema& schema);

/// Returns the schema's violations of Terraform's rules (PROTOCOL.md 7.1 to 7.3), one text each; empty if it
/// is valid. For tests: an invalid schema can crash Terraform.
std::vector<std::string> schema_problems(const Schema& schema);

}  // namespace tf
