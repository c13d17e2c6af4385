#pragma once

#include <string>
#include <vector>

#include "plugin/generated.h"
#include "tf/schema.h"

namespace harness {

/// Returns what Terraform core would reject or crash on in a response to GetProviderSchema, one text each
/// (PROTOCOL.md 7.1 to 7.3). Empty if the schema is valid.
std::vector<std::string> schema_faults(const tfplugin6::GetProviderSchema::Response& schema);

/// Returns the object type of the block's values on the wire. Throws if the block is not valid.
tf::Type block_type(const tfplugin6::Schema::Block& block);

/// Returns a configuration of the block in which every configurable attribute is unknown.
tf::Value unknown_config(const tfplugin6::Schema::Block& block);

}  // namespace harness
