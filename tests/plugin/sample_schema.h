#pragma once

#include "tf/schema.h"

/// A provider for tests. Its resource has every kind of attribute and misbehaves on request.
namespace sample {

const tf::Schema& provider_schema();

/// The schema of the resource `sample_thing`.
const tf::Schema& thing_schema();

}  // namespace sample
