#include <unistd.h>

#include <stdexcept>

#include "tf/serve.h"

/// Stands in for a vendor's own Terraform provider, from which resources are moved: Terraform only reads its
/// schemas. Has `alicloud_image_copy` and `huaweicloud_images_image_copy`.
namespace {

class SchemaOnly final : public tf::Resource {
 public:
  [[nodiscard]] const tf::Schema& schema() const override { return schema_; }
  [[nodiscard]] tf::Diagnostics validate(const tf::Value& /*config*/) const override { return {}; }
  tf::PlanResponse plan(const tf::PlanRequest& /*request*/, const std::stop_token& /*stop*/) override {
    refuse();
  }
  tf::StateResponse create(tf::CreateRequest /*request*/, const std::stop_token& /*stop*/) override {
    refuse();
  }
  tf::StateResponse read(const tf::ReadRequest& /*request*/, const std::stop_token& /*stop*/) override {
    refuse();
  }
  tf::StateResponse update(const tf::UpdateRequest& /*request*/, const std::stop_token& /*stop*/) override {
    refuse();
  }
  tf::StateResponse remove(const tf::DeleteRequest& /*request*/, const std::stop_token& /*stop*/) override {
    refuse();
  }
  tf::StateResponse import(const std::string& /*id*/, const std::stop_token& /*stop*/) override { refuse(); }
  [[nodiscard]] tf::StateResponse upgrade(const tf::UpgradeRequest& /*request*/) const override { refuse(); }

 private:
  [[noreturn]] static void refuse() {
    throw std::runtime_error("only the schemas of the vendor's own provider may be used");
  }

  const tf::Schema schema_{
      .description = "A vendor's copy of an image.",
      .attributes = {
          {.name = "id", .presence = tf::Presence::computed, .description = "The id of the image."}}};
};

class VendorStandIn final : public tf::Provider {
 public:
  [[nodiscard]] const tf::Schema& schema() const override { return schema_; }
  [[nodiscard]] tf::Diagnostics validate(const tf::Value& /*config*/) const override { return {}; }
  tf::Diagnostics configure(const tf::ConfigureRequest& /*request*/) override { return {}; }
  [[nodiscard]] const std::map<std::string, tf::Resource*>& resources() const override { return resources_; }
  [[nodiscard]] const std::map<std::string, tf::DataSource*>& data_sources() const override {
    return data_sources_;
  }

 private:
  SchemaOnly copy_;
  const tf::Schema schema_{.description = "A vendor's provider.", .attributes = {}};
  const std::map<std::string, tf::Resource*> resources_ = {{"alicloud_image_copy", &copy_},
                                                           {"huaweicloud_images_image_copy", &copy_}};
  const std::map<std::string, tf::DataSource*> data_sources_;
};

}  // namespace

int main() {
  if (!tf::plugin::started_by_terraform()) return 1;
  const core::SystemClock clock;
  core::HclogLogger log(clock, STDERR_FILENO, tf::plugin::requested_log_level(), "vendor");
  VendorStandIn provider;
  return tf::plugin::serve("terraform-provider-stand-in", provider, clock, log);
}
