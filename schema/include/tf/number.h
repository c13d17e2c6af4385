#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tf {

/// An exact decimal number like Terraform's `number` (PROTOCOL.md 6.3): integers of any length, and decimals
/// without rounding. Infinity exists only on the wire; there is no NaN.
class Number {
 public:
  Number() = default;
  Number(std::int64_t value);

  static Number from_unsigned(std::uint64_t value);

  /// The exact value of the binary fraction. Returns nullopt for NaN.
  static std::optional<Number> from_double(double value);

  /// Parses decimal text with optional sign, fraction and exponent. Returns nullopt for other text, for more
  /// than 4096 bytes, and for exponents beyond ±100000.
  static std::optional<Number> parse(std::string_view text);

  /// Returns nullopt if the number is not an integer or is out of range.
  [[nodiscard]] std::optional<std::int64_t> to_int64() const;
  [[nodiscard]] std::optional<std::uint64_t> to_uint64() const;

  /// Returns nullopt if a double cannot represent the number exactly.
  [[nodiscard]] std::optional<double> to_exact_double() const;

  [[nodiscard]] bool is_infinite() const { return infinite_; }

  /// Decimal text that `parse` reads back as the same number, or `inf` or `-inf`.
  [[nodiscard]] std::string to_string() const;

  bool operator==(const Number&) const = default;
  std::strong_ordering operator<=>(const Number& other) const;

 private:
  [[nodiscard]] bool is_integer() const { return !infinite_ && exponent_ >= 0; }

  // The value is digits_ times ten to the power of exponent_; digits_ neither starts nor ends with a zero and
  // is empty for zero, so that equal numbers have equal members.
  bool negative_ = false;
  bool infinite_ = false;
  std::string digits_;
  std::int64_t exponent_ = 0;
};

}  // namespace tf
