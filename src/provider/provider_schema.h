#pragma once

#include "tf/schema.h"

namespace copy {

/// The schema of the provider block.
tf::Schema provider_schema();

}  // namespace copy
