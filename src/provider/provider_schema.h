#pragma once

#include "tf/schema.h"

namespace provider {

/// The schema of the provider block.
tf::Schema provider_schema();

}  // namespace provider
