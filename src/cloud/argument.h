#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <utility>

namespace cloud {

/// An argument of a copy: set, left out, or unknown until other resources are applied.
template <typename T>
class Argument {
 public:
  Argument() = default;  ///< left out

  // Implicit, so that specs can be written as literals.
  Argument(T value) : state_(State::set), value_(std::move(value)) {}
  Argument(const char* text)
    requires std::same_as<T, std::string>
      : Argument(std::string(text)) {}

  [[nodiscard]] static Argument unknown() {
    Argument argument;
    argument.state_ = State::unknown;
    return argument;
  }

  [[nodiscard]] bool is_known() const { return state_ != State::unknown; }

  /// Whether it is set, if only to the empty text.
  [[nodiscard]] bool has_value() const { return state_ == State::set; }

  /// Whether it is set to something. To a cloud, the empty text is the same as an argument that is left out.
  [[nodiscard]] bool is_set() const {
    if constexpr (std::same_as<T, std::string>) return !value_.empty();
    return has_value();
  }

  /// Whether it is known that it is not set to anything.
  [[nodiscard]] bool is_unset() const { return is_known() && !is_set(); }

  /// The value; `T()` if it is left out or unknown.
  [[nodiscard]] const T& value() const { return value_; }

  /// Returns nullopt if it is left out or unknown.
  [[nodiscard]] std::optional<T> to_optional() const {
    return has_value() ? std::optional(value_) : std::nullopt;
  }

  bool operator==(const Argument&) const = default;

 private:
  enum class State { left_out, unknown, set };

  State state_ = State::left_out;
  T value_{};
};

using TextArgument = Argument<std::string>;
using FlagArgument = Argument<bool>;

}  // namespace cloud
