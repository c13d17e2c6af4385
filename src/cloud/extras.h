#pragma once

#include <concepts>
#include <memory>
#include <utility>

namespace cloud {

/// Data that only one vendor has, as that vendor's own type. A value type.
class Extras {
 public:
  Extras() = default;

  template <std::equality_comparable T>
    requires(!std::same_as<T, Extras>)
  explicit Extras(T extras) : held_(std::make_shared<const HeldValue<T>>(std::move(extras))) {}

  /// The vendor's own; `T()` if there are none, or another vendor's.
  template <typename T>
  [[nodiscard]] T get() const {
    const auto* held = dynamic_cast<const HeldValue<T>*>(held_.get());
    return held == nullptr ? T() : held->value;
  }

  friend bool operator==(const Extras& one, const Extras& other) {
    if (one.held_ == nullptr || other.held_ == nullptr) return one.held_ == other.held_;
    return one.held_->equals(*other.held_);
  }

 private:
  struct Held {
    virtual ~Held() = default;
    [[nodiscard]] virtual bool equals(const Held& other) const = 0;
  };

  template <typename T>
  struct HeldValue : Held {
    explicit HeldValue(T extras) : value(std::move(extras)) {}
    [[nodiscard]] bool equals(const Held& other) const override {
      const auto* same = dynamic_cast<const HeldValue*>(&other);
      return same != nullptr && same->value == value;
    }

    T value;
  };

  std::shared_ptr<const Held> held_;
};

}  // namespace cloud
