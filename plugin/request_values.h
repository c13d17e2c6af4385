#pragma once

#include <string_view>
#include <vector>

#include "plugin/generated.h"
#include "tf/function.h"
#include "tf/value.h"

/// Decoding of the values in Terraform's requests. All throw `ConversionError`, also for what Terraform never
/// sends.
namespace tf::plugin {

/// The value must not be wholly unknown. `name` names it in errors, such as `prior state`.
tf::Value object_or_null_from_wire(const tfplugin6::DynamicValue& message, const tf::Type& type,
                                   std::string_view name);

/// The value must not be null either.
tf::Value object_from_wire(const tfplugin6::DynamicValue& message, const tf::Type& type,
                           std::string_view name);

/// Null, which means that there is no provider block, becomes an object of nulls.
tf::Value provider_config_from_wire(const tfplugin6::DynamicValue& message, const tf::Type& type);

/// The arguments must match the parameters, and be known and not null.
std::vector<tf::Value> arguments_from_wire(const tfplugin6::CallFunction::Request& request,
                                           const tf::Function& function);

}  // namespace tf::plugin
