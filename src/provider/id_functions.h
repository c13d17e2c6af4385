#pragma once

#include <map>
#include <string>

#include "tf/function.h"

namespace provider {

/// The provider's functions `import_id` and `parse_id`, by name.
std::map<std::string, tf::Function> id_functions();

}  // namespace provider
