#pragma once

#include <functional>
#include <optional>

#include "src/copy/copy_waiter.h"
#include "src/core/clock.h"
#include "src/core/log.h"
#include "src/provider/clouds.h"
#include "src/provider/image_copy/model.h"
#include "src/provider/session.h"
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
  [[nodiscard]] std::optional<Session> open(const std::string& cloud, const std::stop_token& stop,
                                            tf::Diagnostics& diagnostics) const {
    return open_session(clouds_, clock_, cloud, stop, diagnostics);
  }

  [[nodiscard]] core::Context context(const tf::Value& value, Action action,
                                      const std::stop_token& stop) const;

  /// Reads the tags of a listed image into the state; nothing is changed where they cannot be read.
  void read_tags(const Session& session, const ImageCopyModel& model, const PrivateState& known,
                 const core::Context& context, tf::Value& state, tf::Diagnostics& diagnostics) const;

  /// Sets the tags that the copy call could not take. A failure is a warning: the copy itself is good.
  static void tag_new_copy(const Session& session, const ImageCopyModel& model, PrivateState& known,
                           const core::Context& context, tf::Diagnostics& diagnostics);

  static void align(const Session& session, const ImageCopyModel& model, PrivateState& known,
                    const core::Context& context, tf::Diagnostics& diagnostics);

  /// Follows the copy and writes what became of it into the model. `action` names the timeout for messages.
  copy::WaitEnd follow(const Session& session, ImageCopyModel& model, PrivateState& known,
                       const core::Context& context, std::string_view action, tf::Diagnostics& diagnostics);

  /// Follows a copy that runs or is still to be found to its end, before it is changed. `model` may have no
  /// destination, and gets it. False, with a diagnostic, if the rest of the update has to wait.
  bool reach_end(const Session& session, const ImageCopyModel& prior, ImageCopyModel& model,
                 PrivateState& known, const core::Context& context, tf::Diagnostics& diagnostics);

  /// Follows a copy, and keeps one of those that several runs have started at the same time.
  copy::WaitEnd follow_and_settle(const Session& session, ImageCopyModel& model, PrivateState& known,
                                  const core::Context& context, std::string_view action,
                                  tf::Diagnostics& diagnostics);

  /// Makes a change until the cloud is not busy with the image any more.
  cloud::Result<void> retry_while_busy(const std::function<cloud::Result<void>()>& change,
                                       const core::Context& context);

  /// `exists`: the copy does, wherever it is.
  void plan_regions(tf::Value& planned, const tf::Value& config, bool exists, const Session& session,
                    tf::Diagnostics& diagnostics) const;

  const CurrentClouds& clouds_;
  core::Clock& clock_;
  core::Logger& log_;
  const tf::Schema schema_;
};

}  // namespace provider
