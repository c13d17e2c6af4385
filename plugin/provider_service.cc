#include "plugin/provider_service.h"

#include <chrono>

#include "plugin/conversion.h"
#include "plugin/request_values.h"
#include "tf/validate.h"

namespace tf::plugin {
namespace {

using grpc::ServerContext;
using grpc::Status;

void set_capabilities(tfplugin6::ServerCapabilities& capabilities) {
  capabilities.set_get_provider_schema_optional(true);
  capabilities.set_move_resource_state(true);
}

tf::Diagnostic bug(std::string_view rpc, std::string_view reason) {
  return tf::error("Provider Bug", "The provider failed unexpectedly in " + std::string(rpc) + ": " +
                                       std::string(reason) +
                                       ". This is a bug in the provider. Please report it with the "
                                       "configuration that caused it.");
}

/// Replaces what a failed call left unknown by null, because state must not contain unknown values.
tf::Value without_unknowns(const tf::Value& value) {
  if (value.is_unknown()) return {};
  if (const auto* attributes = value.as_attributes()) {
    tf::Value::Attributes known;
    for (const auto& [name, attribute] : *attributes) known.emplace(name, without_unknowns(attribute));
    return known;
  }
  if (const auto* elements = value.as_elements()) {
    tf::Value::Elements known;
    for (const tf::Value& element : *elements) known.push_back(without_unknowns(element));
    return known;
  }
  if (const auto* typed = value.as_typed())
    return tf::Value::typed(typed->type, without_unknowns(typed->value));
  return value;
}

template <typename Response>
void set_functions(Response& response, const tf::Provider& provider) {
  for (const auto& [name, function] : provider.functions()) {
    (*response.mutable_functions())[name] = to_wire(function);
  }
}

/// Copies the outcome of a call that reads or changes an object into the response.
template <typename Response>
void set_state(Response& response, tf::StateResponse outcome, const tf::Type& type,
               tf::Diagnostics& diagnostics) {
  // Diagnostics come first, so that they are reported even if the state cannot be encoded.
  tf::append(diagnostics, std::move(outcome.diagnostics));
  *response.mutable_new_state() = to_wire(without_unknowns(outcome.state), type, "new state");
  response.set_private_(std::move(outcome.private_state));
}

}  // namespace

ProviderService::ProviderService(tf::Provider& provider, StopGate& stop, RunningCalls& running,
                                 core::Logger& log)
    : provider_(provider), stop_(stop), running_(running), log_(log) {
  const auto remember = [&](const tf::Schema& schema) { types_.emplace(&schema, schema.type()); };
  remember(provider_.schema());
  for (const auto& [name, resource] : provider_.resources()) remember(resource->schema());
  for (const auto& [name, source] : provider_.data_sources()) remember(source->schema());
}

tf::Resource& ProviderService::resource(const std::string& type_name) {
  const auto found = provider_.resources().find(type_name);
  if (found != provider_.resources().end()) return *found->second;
  throw ConversionError{
      tf::error("Unknown Resource Type", "This provider has no resource type \"" + type_name + "\".")};
}

tf::DataSource& ProviderService::data_source(const std::string& type_name) {
  const auto found = provider_.data_sources().find(type_name);
  if (found != provider_.data_sources().end()) return *found->second;
  throw ConversionError{
      tf::error("Unknown Data Source", "This provider has no data source \"" + type_name + "\".")};
}

template <typename Response, typename Body>
Status ProviderService::handle(std::string_view rpc, std::string_view type_name, Response& response,
                               const Body& body) {
  const auto start = std::chrono::steady_clock::now();
  const RunningCalls::Call call(running_);
  tf::Diagnostics diagnostics;
  try {
    body(diagnostics);
  } catch (const ConversionError& error) {
    diagnostics.push_back(error.diagnostic);
  } catch (const std::exception& exception) {
    diagnostics.push_back(bug(rpc, exception.what()));
  } catch (...) {
    diagnostics.push_back(bug(rpc, "an exception of unknown type"));
  }
  for (const tf::Diagnostic& diagnostic : diagnostics) *response.add_diagnostics() = to_wire(diagnostic);
  const auto duration =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  log_.debug("Served request", {{.key = "tf_rpc", .value = std::string(rpc)},
                                {.key = "tf_resource_type", .value = std::string(type_name)},
                                {.key = "tf_req_duration_ms", .value = std::to_string(duration.count())},
                                {.key = "diagnostic_count", .value = std::to_string(diagnostics.size())}});
  return Status::OK;
}

Status ProviderService::GetMetadata(ServerContext* /*context*/,
                                    const tfplugin6::GetMetadata::Request* /*request*/,
                                    tfplugin6::GetMetadata::Response* response) {
  return handle("GetMetadata", "", *response, [&](tf::Diagnostics& /*diagnostics*/) {
    set_capabilities(*response->mutable_server_capabilities());
    for (const auto& [name, resource] : provider_.resources()) response->add_resources()->set_type_name(name);
    for (const auto& [name, source] : provider_.data_sources()) {
      response->add_data_sources()->set_type_name(name);
    }
    for (const auto& [name, function] : provider_.functions()) response->add_functions()->set_name(name);
  });
}

Status ProviderService::GetProviderSchema(ServerContext* /*context*/,
                                          const tfplugin6::GetProviderSchema::Request* /*request*/,
                                          tfplugin6::GetProviderSchema::Response* response) {
  return handle("GetProviderSchema", "", *response, [&](tf::Diagnostics& /*diagnostics*/) {
    set_capabilities(*response->mutable_server_capabilities());
    *response->mutable_provider() = to_wire(provider_.schema());
    for (const auto& [name, resource] : provider_.resources()) {
      (*response->mutable_resource_schemas())[name] = to_wire(resource->schema());
    }
    for (const auto& [name, source] : provider_.data_sources()) {
      (*response->mutable_data_source_schemas())[name] = to_wire(source->schema());
    }
    set_functions(*response, provider_);
  });
}

Status ProviderService::GetResourceIdentitySchemas(
    ServerContext* /*context*/, const tfplugin6::GetResourceIdentitySchemas::Request* /*request*/,
    tfplugin6::GetResourceIdentitySchemas::Response* /*response*/) {
  return Status::OK;
}

Status ProviderService::GetFunctions(ServerContext* /*context*/,
                                     const tfplugin6::GetFunctions::Request* /*request*/,
                                     tfplugin6::GetFunctions::Response* response) {
  return handle("GetFunctions", "", *response,
                [&](tf::Diagnostics& /*diagnostics*/) { set_functions(*response, provider_); });
}

Status ProviderService::CallFunction(ServerContext* context, const tfplugin6::CallFunction::Request* request,
                                     tfplugin6::CallFunction::Response* response) {
  if (provider_.functions().empty()) return Service::CallFunction(context, request, response);
  const RunningCalls::Call call(running_);
  try {
    const auto found = provider_.functions().find(request->name());
    if (found == provider_.functions().end()) {
      *response->mutable_error() =
          to_wire({.text = "This provider has no function \"" + request->name() + "\"."});
      return Status::OK;
    }
    const tf::Function& function = found->second;
    const auto result = function.call(arguments_from_wire(*request, function));
    if (result) {
      *response->mutable_result() = to_wire(*result, function.result, "result");
    } else {
      *response->mutable_error() = to_wire(result.error());
    }
  } catch (const ConversionError& error) {
    *response->mutable_error() = to_wire({.text = error.diagnostic.detail});
  } catch (const std::exception& exception) {
    *response->mutable_error() = to_wire({.text = bug("CallFunction", exception.what()).detail});
  } catch (...) {
    *response->mutable_error() =
        to_wire({.text = bug("CallFunction", "an exception of unknown type").detail});
  }
  return Status::OK;
}

Status ProviderService::ValidateProviderConfig(ServerContext* /*context*/,
                                               const tfplugin6::ValidateProviderConfig::Request* request,
                                               tfplugin6::ValidateProviderConfig::Response* response) {
  return handle("ValidateProviderConfig", "", *response, [&](tf::Diagnostics& diagnostics) {
    const tf::Schema& schema = provider_.schema();
    const tf::Value config = provider_config_from_wire(request->config(), type_of(schema));
    diagnostics = tf::validate_config(schema, config);
    if (!tf::has_error(diagnostics)) tf::append(diagnostics, provider_.validate(config));
  });
}

Status ProviderService::ConfigureProvider(ServerContext* /*context*/,
                                          const tfplugin6::ConfigureProvider::Request* request,
                                          tfplugin6::ConfigureProvider::Response* response) {
  return handle("ConfigureProvider", "", *response, [&](tf::Diagnostics& diagnostics) {
    tf::Value config = provider_config_from_wire(request->config(), type_of(provider_.schema()));
    const bool replaces = replaces_configuration(config);
    diagnostics =
        provider_.configure({.terraform_version = request->terraform_version(), .config = std::move(config)});
    if (!replaces) return;
    diagnostics.push_back(tf::warning(
        "Provider Configuration Replaced",
        "This provider process was started from the command line and has one configuration for all runs that "
        "are attached to it. The configuration of this run has replaced a different one. Provider blocks "
        "with an alias and concurrent runs are not isolated from each other. Continue only if this run has "
        "a single provider block and no other run uses the process."));
  });
}

bool ProviderService::replaces_configuration(const tf::Value& config) {
  const std::scoped_lock lock(mutex_);
  const bool replaces = configuration_ && *configuration_ != config;
  configuration_ = config;
  return replaces;
}

Status ProviderService::ValidateResourceConfig(ServerContext* /*context*/,
                                               const tfplugin6::ValidateResourceConfig::Request* request,
                                               tfplugin6::ValidateResourceConfig::Response* response) {
  return handle("ValidateResourceConfig", request->type_name(), *response, [&](tf::Diagnostics& diagnostics) {
    const tf::Resource& called = resource(request->type_name());
    const tf::Value config = object_from_wire(request->config(), type_of(called.schema()), "configuration");
    diagnostics = tf::validate_config(called.schema(), config);
    if (!tf::has_error(diagnostics)) tf::append(diagnostics, called.validate(config));
  });
}

Status ProviderService::ValidateDataResourceConfig(
    ServerContext* /*context*/, const tfplugin6::ValidateDataResourceConfig::Request* request,
    tfplugin6::ValidateDataResourceConfig::Response* response) {
  return handle("ValidateDataResourceConfig", request->type_name(), *response,
                [&](tf::Diagnostics& diagnostics) {
                  const tf::DataSource& called = data_source(request->type_name());
                  const tf::Value config =
                      object_from_wire(request->config(), type_of(called.schema()), "configuration");
                  diagnostics = tf::validate_config(called.schema(), config);
                  if (!tf::has_error(diagnostics)) tf::append(diagnostics, called.validate(config));
                });
}

Status ProviderService::ReadDataSource(ServerContext* /*context*/,
                                       const tfplugin6::ReadDataSource::Request* request,
                                       tfplugin6::ReadDataSource::Response* response) {
  return handle("ReadDataSource", request->type_name(), *response, [&](tf::Diagnostics& diagnostics) {
    tf::DataSource& called = data_source(request->type_name());
    const tf::Type& type = type_of(called.schema());
    const tf::Value config = object_from_wire(request->config(), type, "configuration");
    tf::DataResponse outcome = called.read(config, stop_.token());
    // Diagnostics come first, so that they are reported even if the state cannot be encoded.
    tf::append(diagnostics, std::move(outcome.diagnostics));
    *response->mutable_state() = to_wire(without_unknowns(outcome.state), type, "state");
  });
}

Status ProviderService::UpgradeResourceState(ServerContext* /*context*/,
                                             const tfplugin6::UpgradeResourceState::Request* request,
                                             tfplugin6::UpgradeResourceState::Response* response) {
  return handle("UpgradeResourceState", request->type_name(), *response, [&](tf::Diagnostics& diagnostics) {
    const tf::Resource& called = resource(request->type_name());
    tf::StateResponse outcome =
        called.upgrade({.version = request->version(), .state_json = request->raw_state().json()});
    diagnostics = std::move(outcome.diagnostics);
    // A response without a state would remove the object from the state.
    if (outcome.state.is_null() && !tf::has_error(diagnostics)) {
      diagnostics.push_back(bug("UpgradeResourceState", "the upgraded state is empty"));
    }
    *response->mutable_upgraded_state() =
        to_wire(without_unknowns(outcome.state), type_of(called.schema()), "upgraded state");
  });
}

Status ProviderService::ReadResource(ServerContext* /*context*/,
                                     const tfplugin6::ReadResource::Request* request,
                                     tfplugin6::ReadResource::Response* response) {
  // After an error, the stored state remains unchanged.
  *response->mutable_new_state() = request->current_state();
  response->set_private_(request->private_());
  return handle("ReadResource", request->type_name(), *response, [&](tf::Diagnostics& diagnostics) {
    tf::Resource& called = resource(request->type_name());
    const tf::Type& type = type_of(called.schema());
    tf::Value state = object_or_null_from_wire(request->current_state(), type, "state");
    if (state.is_null()) return;
    set_state(*response,
              called.read({.state = std::move(state), .private_state = request->private_()}, stop_.token()),
              type, diagnostics);
  });
}

Status ProviderService::PlanResourceChange(ServerContext* /*context*/,
                                           const tfplugin6::PlanResourceChange::Request* request,
                                           tfplugin6::PlanResourceChange::Response* response) {
  *response->mutable_planned_state() = request->prior_state();
  response->set_planned_private(request->prior_private());
  return handle("PlanResourceChange", request->type_name(), *response, [&](tf::Diagnostics& diagnostics) {
    tf::Resource& called = resource(request->type_name());
    const tf::Type& type = type_of(called.schema());
    const tf::Value proposed =
        object_or_null_from_wire(request->proposed_new_state(), type, "proposed state");
    if (proposed.is_null()) {
      *response->mutable_planned_state() = to_wire(proposed, type, "planned state");
      return;
    }
    tf::Value prior = object_or_null_from_wire(request->prior_state(), type, "prior state");
    tf::Value config = object_from_wire(request->config(), type, "configuration");
    if (prior.is_null()) diagnostics = tf::validate_creation(called.schema(), config);
    if (tf::has_error(diagnostics)) return;
    tf::PlanResponse plan = called.plan({.prior_state = std::move(prior),
                                         .config = std::move(config),
                                         .prior_private = request->prior_private()},
                                        stop_.token());
    diagnostics = std::move(plan.diagnostics);
    *response->mutable_planned_state() = to_wire(plan.planned_state, type, "planned state");
    for (const tf::AttributePath& path : plan.requires_replace)
      *response->add_requires_replace() = to_wire(path);
    response->set_planned_private(std::move(plan.planned_private));
  });
}

Status ProviderService::ApplyResourceChange(ServerContext* /*context*/,
                                            const tfplugin6::ApplyResourceChange::Request* request,
                                            tfplugin6::ApplyResourceChange::Response* response) {
  // After an error, the stored state remains unchanged.
  *response->mutable_new_state() = request->prior_state();
  response->set_private_(request->planned_private());
  return handle("ApplyResourceChange", request->type_name(), *response, [&](tf::Diagnostics& diagnostics) {
    tf::Resource& called = resource(request->type_name());
    const tf::Type& type = type_of(called.schema());
    tf::Value prior = object_or_null_from_wire(request->prior_state(), type, "prior state");
    tf::Value planned = object_or_null_from_wire(request->planned_state(), type, "planned state");
    if (prior.is_null() && planned.is_null()) {
      throw ConversionError{
          tf::error("Nothing to Apply",
                    "Both the prior state and the planned state are null. This is a bug in Terraform. Please "
                    "report it.")};
    }
    tf::Value config;
    if (!planned.is_null()) config = object_from_wire(request->config(), type, "configuration");
    const std::stop_token stop = stop_.token();
    tf::StateResponse outcome;
    if (planned.is_null()) {
      outcome =
          called.remove({.prior_state = std::move(prior), .private_state = request->planned_private()}, stop);
    } else if (prior.is_null()) {
      diagnostics = tf::validate_creation(called.schema(), config);
      if (tf::has_error(diagnostics)) return;
      outcome = called.create({.planned_state = std::move(planned),
                               .config = std::move(config),
                               .planned_private = request->planned_private()},
                              stop);
    } else {
      outcome = called.update({.prior_state = std::move(prior),
                               .planned_state = std::move(planned),
                               .config = std::move(config),
                               .planned_private = request->planned_private()},
                              stop);
    }
    set_state(*response, std::move(outcome), type, diagnostics);
  });
}

Status ProviderService::ImportResourceState(ServerContext* /*context*/,
                                            const tfplugin6::ImportResourceState::Request* request,
                                            tfplugin6::ImportResourceState::Response* response) {
  return handle("ImportResourceState", request->type_name(), *response, [&](tf::Diagnostics& diagnostics) {
    tf::Resource& called = resource(request->type_name());
    tf::StateResponse outcome = called.import(request->id(), stop_.token());
    diagnostics = std::move(outcome.diagnostics);
    if (tf::has_error(diagnostics)) return;
    if (outcome.state.is_null())
      throw ConversionError{bug("ImportResourceState", "the imported state is empty")};
    tfplugin6::DynamicValue state =
        to_wire(without_unknowns(outcome.state), type_of(called.schema()), "imported state");
    auto& imported = *response->add_imported_resources();
    imported.set_type_name(request->type_name());
    *imported.mutable_state() = std::move(state);
    imported.set_private_(std::move(outcome.private_state));
  });
}

Status ProviderService::MoveResourceState(ServerContext* /*context*/,
                                          const tfplugin6::MoveResourceState::Request* request,
                                          tfplugin6::MoveResourceState::Response* response) {
  return handle(
      "MoveResourceState", request->target_type_name(), *response, [&](tf::Diagnostics& diagnostics) {
        const tf::Resource& called = resource(request->target_type_name());
        std::optional<tf::StateResponse> outcome =
            called.move({.provider_address = request->source_provider_address(),
                         .type_name = request->source_type_name(),
                         .version = request->source_schema_version(),
                         .state_json = request->source_state().json(),
                         .private_state = request->source_private()});
        if (!outcome) {
          throw ConversionError{tf::error(
              "Move Not Supported", "State of \"" + request->source_type_name() + "\" from the provider " +
                                        request->source_provider_address() + " cannot become state of \"" +
                                        request->target_type_name() +
                                        "\". Remove the moved block, and import the object instead.")};
        }
        diagnostics = std::move(outcome->diagnostics);
        if (tf::has_error(diagnostics)) return;
        // A response without a state would remove the object from the state.
        if (outcome->state.is_null())
          throw ConversionError{bug("MoveResourceState", "the moved state is empty")};
        *response->mutable_target_state() =
            to_wire(without_unknowns(outcome->state), type_of(called.schema()), "moved state");
        response->set_target_private(std::move(outcome->private_state));
      });
}

Status ProviderService::StopProvider(ServerContext* /*context*/,
                                     const tfplugin6::StopProvider::Request* /*request*/,
                                     tfplugin6::StopProvider::Response* /*response*/) {
  log_.info("Terraform requested a stop of running operations");
  stop_.stop();
  return Status::OK;
}

}  // namespace tf::plugin
