#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tf/number.h"
#include "tf/type.h"

namespace tf {

class Value;

/// The lower or upper bound of a range of numbers.
struct Bound {
  Number number;
  bool inclusive = true;

  bool operator==(const Bound&) const = default;
};

/// What is already known about an unknown value (PROTOCOL.md 6.4).
struct Refinement {
  bool not_null = false;
  std::optional<std::string> string_prefix;
  std::optional<Bound> lower;
  std::optional<Bound> upper;
  std::optional<std::int64_t> min_length;
  std::optional<std::int64_t> max_length;

  bool operator==(const Refinement&) const = default;
  [[nodiscard]] bool empty() const { return *this == Refinement(); }
};

struct Unknown {
  Refinement refinement;

  bool operator==(const Unknown&) const = default;
};

/// A value of type `dynamic`, together with its actual type.
struct TypedValue;

/// A Terraform value: null, unknown or known. Lists, sets and tuples are `Elements`; maps and objects are
/// `Attributes`. A value does not carry its type; the schema has it.
class Value {
 public:
  using Elements = std::vector<Value>;
  using Attributes = std::map<std::string, Value, std::less<>>;

  Value() = default;
  Value(bool value) : content_(value) {}
  Value(Number value) : content_(std::move(value)) {}
  Value(std::int64_t value) : content_(Number(value)) {}
  Value(int value) : content_(Number(value)) {}
  Value(std::string value) : content_(std::move(value)) {}
  Value(std::string_view value) : content_(std::string(value)) {}
  Value(const char* value) : content_(std::string(value)) {}
  Value(Elements value) : content_(std::move(value)) {}
  Value(Attributes value) : content_(std::move(value)) {}

  static Value null() { return {}; }
  static Value unknown(Refinement refinement = {});
  static Value typed(Type type, Value value);

  /// Returns null for nullopt.
  template <typename T>
  static Value of(const std::optional<T>& value) {
    return value ? Value(*value) : Value();
  }

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(content_); }
  [[nodiscard]] bool is_unknown() const { return as_unknown() != nullptr; }
  [[nodiscard]] bool is_known() const { return !is_unknown(); }
  /// Returns whether the value contains no unknown value at any depth.
  [[nodiscard]] bool is_wholly_known() const;

  /// Returns nullptr if the value is null, unknown or of another kind; likewise below.
  [[nodiscard]] const Unknown* as_unknown() const;
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&content_); }
  [[nodiscard]] const Number* as_number() const { return std::get_if<Number>(&content_); }
  [[nodiscard]] const std::string* as_string() const { return std::get_if<std::string>(&content_); }
  [[nodiscard]] const Elements* as_elements() const { return std::get_if<Elements>(&content_); }
  [[nodiscard]] const Attributes* as_attributes() const { return std::get_if<Attributes>(&content_); }
  [[nodiscard]] const TypedValue* as_typed() const;

  /// Returns a copy, or nullopt if the value is null, unknown or of another kind; likewise below. `integer`
  /// also returns nullopt for numbers that are not 64-bit integers.
  [[nodiscard]] std::optional<std::string> text() const;
  [[nodiscard]] std::optional<bool> boolean() const;
  [[nodiscard]] std::optional<std::int64_t> integer() const;

  /// An attribute of an object or element of a map. Returns a null value if there is none, or if this is
  /// neither.
  [[nodiscard]] const Value& operator[](std::string_view name) const;

  /// Sets an attribute of an object or element of a map. Any other value is replaced by an empty object
  /// first.
  void set(std::string_view name, Value value);

  bool operator==(const Value& other) const;

 private:
  std::variant<std::monostate, std::shared_ptr<const Unknown>, bool, Number, std::string, Elements,
               Attributes, std::shared_ptr<const TypedValue>>
      content_;
};

struct TypedValue {
  Type type;
  Value value;

  bool operator==(const TypedValue&) const = default;
};

}  // namespace tf
