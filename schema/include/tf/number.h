#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tf {

/// An exact decimal number, as Terraform's `number` is one: integers of any length, decimals without
/// rounding. Infinity exists on the wire only; not-a-number does not exist at all.
class Number {
 public:
  Number() = default;
  Number(std::int64_t value);  // NOLINT(google-explicit-constructor): a number is a number

  static Number from_unsigned(std::uint64_t value);

  /// The exact value of the binary fraction; nothing for not-a-number.
  static std::optional<Number> from_double(double value);

  /// Decimal text with optional sign, fraction and exponent. Nothing for anything else, for text of more than
  /// 4096 bytes and for exponents beyond ±100000.
  static std::optional<Number> parse(std::string_view text);

  /// Only when it is an integer in range.
  [[nodiscard]] std::optional<std::int64_t> to_int64() const;
  [[nodiscard]] std::optional<std::uint64_t> to_uint64() const;

  /// Only when no digit would be lost.
  [[nodiscard]] std::optional<double> to_exact_double() const;

  [[nodiscard]] bool is_infinite() const { return infinite_; }

  /// Decimal text that `parse` reads back to the same number; `inf` or `-inf`.
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
