#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "src/cloud/vendor.h"
#include "src/core/clock.h"
#include "src/core/log.h"
#include "src/http/curl_transport.h"
#include "src/provider/clouds.h"
#include "src/provider/image_copy/resource.h"
#include "src/provider/image_sources.h"
#include "tf/provider.h"

namespace provider {

using TransportFactory = std::function<std::unique_ptr<http::HttpTransport>(http::CurlOptions options)>;

/// The provider `image`.
class ImageProvider final : public tf::Provider {
 public:
  struct Dependencies {
    core::Clock& clock;
    core::Logger& log;
    cloud::HostEnvironment host;
    TransportFactory make_transport;
    std::string version;
    Policies policies = {};
  };

  explicit ImageProvider(Dependencies dependencies);

  [[nodiscard]] const tf::Schema& schema() const override { return schema_; }
  tf::Diagnostics configure(const tf::ConfigureRequest& request) override;
  [[nodiscard]] const std::map<std::string, tf::Resource*>& resources() const override { return resources_; }
  [[nodiscard]] const std::map<std::string, tf::DataSource*>& data_sources() const override {
    return data_sources_;
  }
  [[nodiscard]] const std::map<std::string, tf::Function>& functions() const override { return functions_; }

 private:
  [[nodiscard]] Clouds::Entry make_cloud(const cloud::Vendor& vendor, const tf::Value& block,
                                         http::HttpTransport& transport, const Policies& policies) const;

  Dependencies dependencies_;
  const tf::Schema schema_;
  CurrentClouds clouds_;
  ImageCopyResource image_copy_;
  ImageInfoSource image_info_;
  ImageListSource image_list_;
  const std::map<std::string, tf::Resource*> resources_;
  const std::map<std::string, tf::DataSource*> data_sources_;
  const std::map<std::string, tf::Function> functions_;
};

}  // namespace provider
