#include "tests/plugin/value_fields.h"

#include "tests/plugin/responses.h"
#include "tests/plugin/schema_walker.h"
#include "tf/codec.h"
#include "tf/schema.h"

namespace harness {
namespace {

using Stub = PluginClient::Stub;
using tfplugin6::DynamicValue;

/// `fill` sets the field to the value, and all other fields that the request requires.
template <typename Request, typename Response, typename Fill>
ValueField field(const std::string& name, const tf::Type& type, Rpc<Request, Response> rpc,
                 const Fill& fill) {
  const auto send = [rpc, fill](PluginClient& client, const DynamicValue& value) {
    Request request;
    fill(request, value);
    const CallResult<Response> result = client.call(rpc, request);
    return FieldResult{.status = result.status,
                       .errors = count_errors(result.response),
                       .diagnostics = all_diagnostics(result.response)};
  };
  return {.name = name, .type = type, .send = send};
}

DynamicValue object_of_nulls(const tf::Type& type) {
  DynamicValue message;
  message.set_msgpack(*tf::encode_msgpack(tf::null_object(type), type));
  return message;
}

void add_plan_fields(const std::string& name, const tf::Type& type, std::vector<ValueField>& fields) {
  using Request = tfplugin6::PlanResourceChange::Request;
  const auto prepare = [name, object = object_of_nulls(type)](Request& request) {
    request.set_type_name(name);
    *request.mutable_proposed_new_state() = object;
    *request.mutable_config() = object;
  };
  fields.push_back(field("PlanResourceChange.prior_state", type, &Stub::PlanResourceChange,
                         [prepare](Request& request, const DynamicValue& value) {
                           prepare(request);
                           *request.mutable_prior_state() = value;
                         }));
  fields.push_back(field("PlanResourceChange.proposed_new_state", type, &Stub::PlanResourceChange,
                         [prepare](Request& request, const DynamicValue& value) {
                           prepare(request);
                           *request.mutable_proposed_new_state() = value;
                         }));
  fields.push_back(field("PlanResourceChange.config", type, &Stub::PlanResourceChange,
                         [prepare](Request& request, const DynamicValue& value) {
                           prepare(request);
                           *request.mutable_config() = value;
                         }));
}

void add_apply_fields(const std::string& name, const tf::Type& type, std::vector<ValueField>& fields) {
  using Request = tfplugin6::ApplyResourceChange::Request;
  const auto prepare = [name, object = object_of_nulls(type)](Request& request) {
    request.set_type_name(name);
    *request.mutable_planned_state() = object;
    *request.mutable_config() = object;
  };
  fields.push_back(field("ApplyResourceChange.prior_state", type, &Stub::ApplyResourceChange,
                         [prepare](Request& request, const DynamicValue& value) {
                           prepare(request);
                           *request.mutable_prior_state() = value;
                         }));
  fields.push_back(field("ApplyResourceChange.planned_state", type, &Stub::ApplyResourceChange,
                         [prepare](Request& request, const DynamicValue& value) {
                           prepare(request);
                           *request.mutable_planned_state() = value;
                         }));
  fields.push_back(field("ApplyResourceChange.config", type, &Stub::ApplyResourceChange,
                         [prepare](Request& request, const DynamicValue& value) {
                           prepare(request);
                           *request.mutable_config() = value;
                         }));
}

void add_resource_fields(const std::string& name, const tf::Type& type, std::vector<ValueField>& fields) {
  fields.push_back(
      field("ValidateResourceConfig.config", type, &Stub::ValidateResourceConfig,
            [name](tfplugin6::ValidateResourceConfig::Request& request, const DynamicValue& value) {
              request.set_type_name(name);
              *request.mutable_config() = value;
            }));
  fields.push_back(field("ReadResource.current_state", type, &Stub::ReadResource,
                         [name](tfplugin6::ReadResource::Request& request, const DynamicValue& value) {
                           request.set_type_name(name);
                           *request.mutable_current_state() = value;
                         }));
  add_plan_fields(name, type, fields);
  add_apply_fields(name, type, fields);
}

void add_data_source_fields(const std::string& name, const tf::Type& type, std::vector<ValueField>& fields) {
  fields.push_back(
      field("ValidateDataResourceConfig.config", type, &Stub::ValidateDataResourceConfig,
            [name](tfplugin6::ValidateDataResourceConfig::Request& request, const DynamicValue& value) {
              request.set_type_name(name);
              *request.mutable_config() = value;
            }));
  fields.push_back(field("ReadDataSource.config", type, &Stub::ReadDataSource,
                         [name](tfplugin6::ReadDataSource::Request& request, const DynamicValue& value) {
                           request.set_type_name(name);
                           *request.mutable_config() = value;
                         }));
}

}  // namespace

std::vector<ValueField> value_fields(const tfplugin6::GetProviderSchema::Response& schema) {
  std::vector<ValueField> fields;
  const tf::Type provider = block_type(schema.provider().block());
  fields.push_back(field("ValidateProviderConfig.config", provider, &Stub::ValidateProviderConfig,
                         [](tfplugin6::ValidateProviderConfig::Request& request, const DynamicValue& value) {
                           *request.mutable_config() = value;
                         }));
  fields.push_back(field("ConfigureProvider.config", provider, &Stub::ConfigureProvider,
                         [](tfplugin6::ConfigureProvider::Request& request, const DynamicValue& value) {
                           *request.mutable_config() = value;
                         }));
  for (const auto& [name, resource] : schema.resource_schemas()) {
    add_resource_fields(name, block_type(resource.block()), fields);
  }
  for (const auto& [name, source] : schema.data_source_schemas()) {
    add_data_source_fields(name, block_type(source.block()), fields);
  }
  return fields;
}

}  // namespace harness
