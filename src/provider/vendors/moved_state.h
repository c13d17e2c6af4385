#pragma once

#include <string_view>

#include "tf/value.h"

/// Reading of states that the vendors' own providers wrote.
namespace provider {

/// The text; null where it is empty, for those providers write empty text for what is not set.
tf::Value moved_text(const tf::Value& foreign, std::string_view name);

/// The first of the two that is set.
tf::Value first_moved_text(const tf::Value& foreign, std::string_view name, std::string_view otherwise);

}  // namespace provider
