#pragma once

#include <map>
#include <mutex>

#include "tf/provider.h"

namespace sample {

/// `sample_thing`: things in memory. A thing that this process did not create is taken to be as its state
/// says, because each phase of a Terraform run has a process of its own.
class Thing final : public tf::Resource {
 public:
  [[nodiscard]] const tf::Schema& schema() const override;
  [[nodiscard]] tf::Diagnostics validate(const tf::Value& config) const override;
  tf::PlanResponse plan(const tf::PlanRequest& request, const std::stop_token& stop) override;
  tf::StateResponse create(tf::CreateRequest request, const std::stop_token& stop) override;
  tf::StateResponse read(const tf::ReadRequest& request, const std::stop_token& stop) override;
  tf::StateResponse update(const tf::UpdateRequest& request, const std::stop_token& stop) override;
  tf::StateResponse remove(const tf::DeleteRequest& request, const std::stop_token& stop) override;
  tf::StateResponse import(const std::string& id, const std::stop_token& stop) override;
  [[nodiscard]] tf::StateResponse upgrade(const tf::UpgradeRequest& request) const override;

 private:
  void keep(const tf::Value& state);

  std::mutex mutex_;
  std::map<std::string, tf::Value> things_;  // by id
};

}  // namespace sample
