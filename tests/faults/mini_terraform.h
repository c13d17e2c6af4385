#pragma once

#include <memory>
#include <string>

#include "src/provider/image_provider.h"
#include "tests/support/fake_clock.h"

namespace faults {

/// Forwards every request to another transport, which must outlive this one.
class Forward final : public http::HttpTransport {
 public:
  explicit Forward(http::HttpTransport& to) : to_(to) {}
  std::expected<http::Response, http::TransportError> send(const http::Request& request,
                                                           const core::Context& context) override {
    return to_.send(request, context);
  }

 private:
  http::HttpTransport& to_;
};

/// Does what Terraform does with one resource `image_copy` and its state, by the rules of PROTOCOL.md 8.5
/// and 8.6: refresh, plan, apply, keep the state after an error, taint. Each run has a provider instance of
/// its own.
class MiniTerraform {
 public:
  MiniTerraform(fakes::FakeClock& clock, http::HttpTransport& network) : clock_(clock), network_(network) {}

  void set_configuration(tf::Value::Attributes resource) { resource_ = std::move(resource); }

  /// Each returns whether it succeeded.
  bool plan();
  bool apply();
  bool refresh();
  bool destroy();
  bool import(const std::string& id);

  /// Migrates the state of another provider's resource, as a `moved` block does.
  bool move(const std::string& type, const std::string& state_json);

  /// Removes the resource from the state, as `terraform state rm` does.
  void forget();

  /// Returns whether a plan after a refresh has no changes.
  bool plans_no_changes();

  [[nodiscard]] const tf::Value& state() const { return state_; }
  [[nodiscard]] bool is_tainted() const { return tainted_; }

  /// The errors and warnings of the newest run.
  [[nodiscard]] const tf::Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  /// Starts and configures a provider.
  std::unique_ptr<provider::ImageProvider> start();
  [[nodiscard]] tf::Value config(const tf::Schema& schema) const;

  bool refresh_with(tf::Resource& resource);
  bool create_with(tf::Resource& resource);
  bool update_with(tf::Resource& resource, const tf::PlanResponse& planned);
  bool remove_with(tf::Resource& resource);
  tf::PlanResponse plan_with(tf::Resource& resource, const tf::Value& prior,
                             const std::string& private_state);
  bool note(const tf::Diagnostics& diagnostics);

  fakes::FakeClock& clock_;
  http::HttpTransport& network_;
  core::NullLogger log_;
  tf::Value::Attributes resource_;
  tf::Value state_;
  std::string private_;
  bool tainted_ = false;
  tf::Diagnostics diagnostics_;
};

}  // namespace faults
