#pragma once

#include <optional>
#include <string>

#include "src/provider/image_copy/operation.h"
#include "tf/provider.h"

namespace provider {

/// The resource `image_copy`.
class ImageCopyResource final : public tf::Resource {
 public:
  ImageCopyResource(const CurrentClouds& clouds, core::Clock& clock, core::Logger& log);

  [[nodiscard]] const tf::Schema& schema() const override { return schema_; }
  [[nodiscard]] tf::Diagnostics validate(const tf::Value& config) const override;
  tf::PlanResponse plan(const tf::PlanRequest& request, const std::stop_token& stop) override;
  tf::StateResponse create(tf::CreateRequest request, const std::stop_token& stop) override;
  tf::StateResponse read(const tf::ReadRequest& request, const std::stop_token& stop) override;
  tf::StateResponse update(const tf::UpdateRequest& request, const std::stop_token& stop) override;
  tf::StateResponse remove(const tf::DeleteRequest& request, const std::stop_token& stop) override;
  tf::StateResponse import(const std::string& id, const std::stop_token& stop) override;
  [[nodiscard]] tf::StateResponse upgrade(const tf::UpgradeRequest& request) const override;
  [[nodiscard]] std::optional<tf::StateResponse> move(const tf::MoveRequest& request) const override;

 private:
  const tf::Schema schema_;
  const ResourceContext context_;
};

}  // namespace provider
