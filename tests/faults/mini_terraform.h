#pragma once

#include <memory>
#include <string>

#include "src/provider/image_provider.h"
#include "tests/support/fake_clock.h"

namespace faults {

/// Hands every request on to another transport, which outlives it.
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

/// What Terraform does with one resource `image_copy` and its state, by the rules of PROTOCOL.md
/// 8.5, 8.6: refreshes, plans, applies, keeps what an error leaves, taints. Each run has a provider process
/// of its own.
class MiniTerraform {
 public:
  MiniTerraform(fakes::FakeClock& clock, http::HttpTransport& network) : clock_(clock), network_(network) {}

  void set_configuration(tf::Value::Attributes resource) { resource_ = std::move(resource); }

  /// Each returns whether it ended without an error.
  bool plan();
  bool apply();
  bool refresh();
  bool destroy();
  bool import(const std::string& id);

  /// As a `moved` block does with the state of another provider's resource.
  bool move(const std::string& type, const std::string& state_json);

  /// As `terraform state rm` does, and a lost state file.
  void forget();

  /// After a refresh there is nothing to do.
  bool plans_nothing();

  [[nodiscard]] const tf::Value& state() const { return state_; }
  [[nodiscard]] bool is_tainted() const { return tainted_; }

  /// What the newest run said, errors and warnings.
  [[nodiscard]] const tf::Diagnostics& said() const { return said_; }

 private:
  /// One process of the provider, configured.
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
  tf::Diagnostics said_;
};

}  // namespace faults
