#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "plugin/generated.h"
#include "plugin/running_calls.h"
#include "plugin/stop_gate.h"
#include "src/core/log.h"
#include "tf/provider.h"

namespace tf::plugin {

/// `tfplugin6.Provider` for any provider. Each call finds the resource and its schema, converts the request,
/// calls the provider and converts the response. A failure is a diagnostic and never a gRPC error, which
/// would lose the new object of a create (PROTOCOL.md 8.6). Features that the provider does not have remain
/// UNIMPLEMENTED.
class ProviderService final : public tfplugin6::Provider::Service {
 public:
  ProviderService(tf::Provider& provider, StopGate& stop, RunningCalls& running, core::Logger& log);

  grpc::Status GetMetadata(grpc::ServerContext* context, const tfplugin6::GetMetadata::Request* request,
                           tfplugin6::GetMetadata::Response* response) override;
  grpc::Status GetProviderSchema(grpc::ServerContext* context,
                                 const tfplugin6::GetProviderSchema::Request* request,
                                 tfplugin6::GetProviderSchema::Response* response) override;
  grpc::Status GetResourceIdentitySchemas(grpc::ServerContext* context,
                                          const tfplugin6::GetResourceIdentitySchemas::Request* request,
                                          tfplugin6::GetResourceIdentitySchemas::Response* response) override;
  grpc::Status GetFunctions(grpc::ServerContext* context, const tfplugin6::GetFunctions::Request* request,
                            tfplugin6::GetFunctions::Response* response) override;
  grpc::Status CallFunction(grpc::ServerContext* context, const tfplugin6::CallFunction::Request* request,
                            tfplugin6::CallFunction::Response* response) override;
  grpc::Status ValidateProviderConfig(grpc::ServerContext* context,
                                      const tfplugin6::ValidateProviderConfig::Request* request,
                                      tfplugin6::ValidateProviderConfig::Response* response) override;
  grpc::Status ConfigureProvider(grpc::ServerContext* context,
                                 const tfplugin6::ConfigureProvider::Request* request,
                                 tfplugin6::ConfigureProvider::Response* response) override;
  grpc::Status ValidateResourceConfig(grpc::ServerContext* context,
                                      const tfplugin6::ValidateResourceConfig::Request* request,
                                      tfplugin6::ValidateResourceConfig::Response* response) override;
  grpc::Status ValidateDataResourceConfig(grpc::ServerContext* context,
                                          const tfplugin6::ValidateDataResourceConfig::Request* request,
                                          tfplugin6::ValidateDataResourceConfig::Response* response) override;
  grpc::Status UpgradeResourceState(grpc::ServerContext* context,
                                    const tfplugin6::UpgradeResourceState::Request* request,
                                    tfplugin6::UpgradeResourceState::Response* response) override;
  grpc::Status ReadResource(grpc::ServerContext* context, const tfplugin6::ReadResource::Request* request,
                            tfplugin6::ReadResource::Response* response) override;
  grpc::Status PlanResourceChange(grpc::ServerContext* context,
                                  const tfplugin6::PlanResourceChange::Request* request,
                                  tfplugin6::PlanResourceChange::Response* response) override;
  grpc::Status ApplyResourceChange(grpc::ServerContext* context,
                                   const tfplugin6::ApplyResourceChange::Request* request,
                                   tfplugin6::ApplyResourceChange::Response* response) override;
  grpc::Status ImportResourceState(grpc::ServerContext* context,
                                   const tfplugin6::ImportResourceState::Request* request,
                                   tfplugin6::ImportResourceState::Response* response) override;
  grpc::Status MoveResourceState(grpc::ServerContext* context,
                                 const tfplugin6::MoveResourceState::Request* request,
                                 tfplugin6::MoveResourceState::Response* response) override;
  grpc::Status ReadDataSource(grpc::ServerContext* context, const tfplugin6::ReadDataSource::Request* request,
                              tfplugin6::ReadDataSource::Response* response) override;
  grpc::Status StopProvider(grpc::ServerContext* context, const tfplugin6::StopProvider::Request* request,
                            tfplugin6::StopProvider::Response* response) override;

 private:
  /// Throws `ConversionError` for a type that the provider does not have.
  tf::Resource& resource(const std::string& type_name);
  tf::DataSource& data_source(const std::string& type_name);
  /// `schema` must be one of the provider's.
  [[nodiscard]] const tf::Type& type_of(const tf::Schema& schema) const { return types_.at(&schema); }
  /// Remembers the configuration. Returns whether the process had a different one before.
  bool replaces_configuration(const tf::Value& config);

  /// Runs the body of a call, which adds to the diagnostics that it receives. Exceptions become diagnostics.
  template <typename Response, typename Body>
  grpc::Status handle(std::string_view rpc, std::string_view type_name, Response& response, const Body& body);

  tf::Provider& provider_;
  StopGate& stop_;
  RunningCalls& running_;
  core::Logger& log_;
  std::map<const tf::Schema*, const tf::Type> types_;
  std::mutex mutex_;  // guards `configuration_`
  std::optional<tf::Value> configuration_;
};

}  // namespace tf::plugin
