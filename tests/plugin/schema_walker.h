#pragma once

#include <string>
#include <vector>

#include "plugin/generated.h"
#include "tf/schema.h"

namespace harness {

/// What Terraform core would refuse, or crash on, in an answer to GetProviderSchema: one sentence each
/// (PROTOCOL.md 7.1 to 7.3). Empty if it is legal.
std::vector<std::string> schema_faults(const tfplugin6::GetProviderSchema::Response& schema);

/// The object type that values of the block have on the wire. Throws if the block is not legal.
tf::Type block_type(const tfplugin6::Schema::Block& block);

/// A configuration of the block in which everything that can be set is unknown.
tf::Value unknown_config(const tfplugin6::Schema::Block& block);

}  // namespace harness
