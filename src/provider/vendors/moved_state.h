#pragma once

#include <string_view>

#include "tf/value.h"

/// Reads states that the vendors' own providers wrote.
namespace provider {

/// The string, or null if it is empty: those providers write an empty string for what is not set.
tf::Value moved_text(const tf::Value& moved, std::string_view name);

/// The first of the two attributes that is set; null if neither is.
tf::Value first_moved_text(const tf::Value& moved, std::string_view name, std::string_view otherwise);

}  // namespace provider
