#pragma once

#include "tf/schema.h"

/// A provider that exists to be tested with: its resource has every kind of attribute and misbehaves on
/// demand.
namespace sample {

const tf::Schema& provider_schema();

/// Of the resource `sample_thing`.
const tf::Schema& thing_schema();

}  // namespace sample
