#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/plugin/plugin_client.h"
#include "tf/type.h"

namespace harness {

/// The result of a call with a value, in the same form for every method.
struct FieldResult {
  grpc::Status status;
  int errors = 0;
  std::string diagnostics;
};

/// A field of a request that contains a value. All other fields of the request are valid.
struct ValueField {
  std::string name;  ///< `PlanResourceChange.config`
  tf::Type type;
  std::function<FieldResult(PluginClient& client, const tfplugin6::DynamicValue& value)> send;
};

/// Returns all such fields for a provider with this schema.
std::vector<ValueField> value_fields(const tfplugin6::GetProviderSchema::Response& schema);

}  // namespace harness
