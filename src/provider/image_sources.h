#pragma once

#include "src/core/clock.h"
#include "src/provider/session.h"
#include "tf/provider.h"

namespace provider {

/// The data source `image_info`: one image, by its ID or its name.
class ImageInfoSource final : public tf::DataSource {
 public:
  ImageInfoSource(const CurrentClouds& clouds, core::Clock& clock);

  [[nodiscard]] const tf::Schema& schema() const override { return schema_; }
  [[nodiscard]] tf::Diagnostics validate(const tf::Value& config) const override;
  tf::DataResponse read(const tf::Value& config, const std::stop_token& stop) override;

 private:
  const CurrentClouds& clouds_;
  core::Clock& clock_;
  const tf::Schema schema_;
};

/// The data source `image_list`: all images that match.
class ImageListSource final : public tf::DataSource {
 public:
  ImageListSource(const CurrentClouds& clouds, core::Clock& clock);

  [[nodiscard]] const tf::Schema& schema() const override { return schema_; }
  [[nodiscard]] tf::Diagnostics validate(const tf::Value& config) const override;
  tf::DataResponse read(const tf::Value& config, const std::stop_token& stop) override;

 private:
  const CurrentClouds& clouds_;
  core::Clock& clock_;
  const tf::Schema schema_;
};

}  // namespace provider
