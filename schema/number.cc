#include "tf/number.h"

#include <array>
#include <charconv>
#include <cmath>

namespace tf {
namespace {

constexpr std::size_t kMaxTextBytes = 4096;
constexpr std::int64_t kMaxExponent = 100000;
/// Numbers with more zeros than this are written with an exponent.
constexpr std::int64_t kMaxPaddedZeros = 400;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view take_digits(std::string_view& text) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  const std::string_view digits = text.substr(0, length);
  text.remove_prefix(length);
  return digits;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// Reads the exponent after `e`. Returns nullopt if it is missing or too large.
std::optional<std::int64_t> take_exponent(std::string_view& text) {
  const bool negative = take(text, '-');
  if (!negative) take(text, '+');
  const std::string_view digits = take_digits(text);
  std::int64_t exponent = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  if (error != std::errc() || exponent > kMaxExponent) return std::nullopt;
  return negative ? -exponent : exponent;
}

}  // namespace

Number::Number(std::int64_t value) : Number(*parse(std::to_string(value))) {}

Number Number::from_unsigned(std::uint64_t value) {
  return *parse(std::to_string(value));
}

std::optional<Number> Number::from_double(double value) {
  if (std::isnan(value)) return std::nullopt;
  if (std::isinf(value)) {
    Number number;
    number.infinite_ = true;
    number.negative_ = value < 0;
    return number;
  }
  constexpr int kMaxFractionDigits = 1074;
  std::array<char, 1500> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value,
                                          std::chars_format::fixed, kMaxFractionDigits);
  if (error != std::errc()) return std::nullopt;
  return parse(std::string_view(text.data(), static_cast<std::size_t>(end - text.data())));
}

std::optional<Number> Number::parse(std::string_view text) {
  if (text.size() > kMaxTextBytes) return std::nullopt;
  Number number;
  number.negative_ = take(text, '-');
  if (!number.negative_) take(text, '+');
  number.digits_ = take_digits(text);
  if (take(text, '.')) {
    const std::string_view fraction = take_digits(text);
    number.digits_ += fraction;
    number.exponent_ -= static_cast<std::int64_t>(fraction.size());
  }
  if (number.digits_.empty()) return std::nullopt;
  if (take(text, 'e') || take(text, 'E')) {
    const auto exponent = take_exponent(text);
    if (!exponent) return std::nullopt;
    number.exponent_ += *exponent;
  }
  if (!text.empty()) return std::nullopt;

  number.digits_.erase(0, std::min(number.digits_.find_first_not_of('0'), number.digits_.size()));
  while (number.digits_.ends_with('0')) {
    number.digits_.pop_back();
    ++number.exponent_;
  }
  if (number.digits_.empty()) return Number();
  return number;
}

std::optional<std::int64_t> Number::to_int64() const {
  // Every 64-bit integer fits in twenty digits.
  if (!is_integer() || digits_.size() + static_cast<std::size_t>(exponent_) > 20) return std::nullopt;
  const std::string text = to_string();
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> Number::to_uint64() const {
  if (!is_integer() || negative_ || digits_.size() + static_cast<std::size_t>(exponent_) > 20)
    return std::nullopt;
  const std::string text = to_string();
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  return value;
}

std::optional<double> Number::to_exact_double() const {
  if (infinite_) return negative_ ? -HUGE_VAL : HUGE_VAL;
  const std::string text = to_string();
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || from_double(value) != *this) return std::nullopt;
  return value;
}

std::string Number::to_string() const {
  const std::string sign = negative_ ? "-" : "";
  if (infinite_) return sign + "inf";
  if (digits_.empty()) return "0";
  const auto length = static_cast<std::int64_t>(digits_.size());
  if (exponent_ > kMaxPaddedZeros || -exponent_ > length + kMaxPaddedZeros) {
    return sign + digits_ + "e" + std::to_string(exponent_);
  }
  if (exponent_ >= 0) return sign + digits_ + std::string(static_cast<std::size_t>(exponent_), '0');
  if (-exponent_ < length) {
    const auto point = static_cast<std::size_t>(length + exponent_);
    return sign + digits_.substr(0, point) + "." + digits_.substr(point);
  }
  return sign + "0." + std::string(static_cast<std::size_t>(-exponent_ - length), '0') + digits_;
}

std::strong_ordering Number::operator<=>(const Number& other) const {
  const auto rank = [](const Number& n) {
    const int size = n.infinite_ ? 2 : static_cast<int>(!n.digits_.empty());
    return n.negative_ ? -size : size;
  };
  if (const auto order = rank(*this) <=> rank(other); order != 0) return order;
  if (infinite_ || digits_.empty()) return std::strong_ordering::equal;
  const auto magnitude = [](const Number& n) {
    return static_cast<std::int64_t>(n.digits_.size()) + n.exponent_;
  };
  auto order = magnitude(*this) <=> magnitude(other);
  // Digits have no zeros at either end, so that those of equal magnitude can be compared as text.
  if (order == 0) order = digits_.compare(other.digits_) <=> 0;
  return negative_ ? 0 <=> order : order;
}

}  // namespace tf
