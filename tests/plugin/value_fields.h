#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/plugin/plugin_client.h"
#include "tf/type.h"

namespace harness {

/// What came back for one value; the same for every call.
struct FieldAnswer {
  grpc::Status status;
  int errors = 0;
  std::string diagnostics;
};

/// A place in a request that takes a value, all other places of it being as they should.
struct ValueField {
  std::string name;  ///< `PlanResourceChange.config`
  tf::Type type;
  std::function<FieldAnswer(PluginClient& client, const tfplugin6::DynamicValue& value)> send;
};

/// Every such place that a provider of this schema has.
std::vector<ValueField> value_fields(const tfplugin6::GetProviderSchema::Response& schema);

}  // namespace harness
