#pragma once

#include "src/cloud/argument.h"
#include "tf/value.h"

namespace provider {

/// The argument that a value of a configuration, plan or state holds; null: left out.
inline cloud::TextArgument text_argument(const tf::Value& value) {
  if (value.is_unknown()) return cloud::TextArgument::unknown();
  const auto text = value.text();
  return text ? cloud::TextArgument(*text) : cloud::TextArgument();
}

inline cloud::FlagArgument flag_argument(const tf::Value& value) {
  if (value.is_unknown()) return cloud::FlagArgument::unknown();
  const auto flag = value.boolean();
  return flag ? cloud::FlagArgument(*flag) : cloud::FlagArgument();
}

/// An argument of a nested object; unknown if the object is.
inline cloud::TextArgument text_argument(const tf::Value& object, std::string_view name) {
  return object.is_unknown() ? cloud::TextArgument::unknown() : text_argument(object[name]);
}

/// The value that a state holds for an argument; null if it is left out or unknown.
template <typename T>
tf::Value value_of(const cloud::Argument<T>& argument) {
  return tf::Value::of(argument.to_optional());
}

}  // namespace provider
