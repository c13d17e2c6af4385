#include "src/provider/image_copy/resource.h"
#include "src/provider/image_copy/diagnostics.h"

#include "src/provider/image_copy/operations.h"
#include "src/provider/image_copy/schema.h"

namespace provider {

ImageCopyResource::ImageCopyResource(const CurrentClouds& clouds, core::Clock& clock, core::Logger& log)
    : schema_(image_copy_schema()),
      context_{.clouds = clouds, .clock = clock, .log = log, .schema = schema_} {}

tf::Diagnostics ImageCopyResource::validate(const tf::Value& config) const {
  return check_copy_rules(config, cloud::CopyStage::existing);
}

tf::PlanResponse ImageCopyResource::plan(const tf::PlanRequest& request, const std::stop_token& stop) {
  return provider::plan(context_, request, stop);
}

tf::StateResponse ImageCopyResource::create(tf::CreateRequest request, const std::stop_token& stop) {
  return provider::create(context_, std::move(request), stop);
}

tf::StateResponse ImageCopyResource::read(const tf::ReadRequest& request, const std::stop_token& stop) {
  return provider::read(context_, request, stop);
}

tf::StateResponse ImageCopyResource::update(const tf::UpdateRequest& request, const std::stop_token& stop) {
  return provider::update(context_, request, stop);
}

tf::StateResponse ImageCopyResource::remove(const tf::DeleteRequest& request, const std::stop_token& stop) {
  return provider::remove(context_, request, stop);
}

tf::StateResponse ImageCopyResource::import(const std::string& id, const std::stop_token& stop) {
  return provider::import(context_, id, stop);
}

tf::StateResponse ImageCopyResource::upgrade(const tf::UpgradeRequest& request) const {
  return provider::upgrade(schema_, request);
}

std::optional<tf::StateResponse> ImageCopyResource::move(const tf::MoveRequest& request) const {
  return provider::move(schema_, request);
}

std::optional<Session> open_session(const ResourceContext& resource, const ImageCopyModel& model,
                                    const std::stop_token& stop, tf::Diagnostics& diagnostics) {
  return open_session(resource.clouds, resource.clock, model.cloud.value_or(""), stop, diagnostics);
}

}  // namespace provider
