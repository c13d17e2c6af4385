#pragma once

#include <map>
#include <mutex>

#include "tf/provider.h"

namespace sample {

/// The resource `sample_thing`, whose objects are in memory. An object that this process did not create is
/// assumed to match its state, because Terraform starts a process for each phase of a run.
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

  std::mutex mutex_;                         // guards `things_`
  std::map<std::string, tf::Value> things_;  // by id
};

}  // namespace sample
