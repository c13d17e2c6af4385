#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "src/provider/image_copy/operation.h"
#include "tf/provider.h"

/// The operations of the resource `image_copy`, each in a file of its own.
namespace provider {

tf::PlanResponse plan(const ResourceContext& resource, const tf::PlanRequest& request,
                      const std::stop_token& stop);
tf::StateResponse create(const ResourceContext& resource, tf::CreateRequest request,
                         const std::stop_token& stop);
tf::StateResponse read(const ResourceContext& resource, const tf::ReadRequest& request,
                       const std::stop_token& stop);
tf::StateResponse update(const ResourceContext& resource, const tf::UpdateRequest& request,
                         const std::stop_token& stop);
tf::StateResponse remove(const ResourceContext& resource, const tf::DeleteRequest& request,
                         const std::stop_token& stop);
tf::StateResponse import(const ResourceContext& resource, const std::string& id, const std::stop_token& stop);
tf::StateResponse upgrade(const tf::Schema& schema, const tf::UpgradeRequest& request);
std::optional<tf::StateResponse> move(const tf::Schema& schema, const tf::MoveRequest& request);

/// Opens the session with the model's cloud. Returns nullopt, with a diagnostic, if the cloud cannot be used.
std::optional<Session> open_session(const ResourceContext& resource, const ImageCopyModel& model,
                                    const std::stop_token& stop, tf::Diagnostics& diagnostics);

/// Fills in the regions that the configuration leaves out. `exists`: whether the copy exists already.
void plan_regions(tf::Value& planned, const tf::Value& config, bool exists, const Session& session,
                  tf::Diagnostics& diagnostics);

}  // namespace provider
