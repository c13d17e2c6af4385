#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "src/copy/copy_waiter.h"
#include "src/provider/clouds.h"
#include "src/provider/image_copy/model.h"
#include "src/provider/image_copy/private_state.h"
#include "src/provider/session.h"
#include "tf/diagnostic.h"
#include "tf/schema.h"
#include "tf/value.h"

namespace provider {

/// What every operation of the resource works with.
struct ResourceContext {
  const CurrentClouds& clouds;
  core::Clock& clock;
  core::Logger& log;
  const tf::Schema& schema;
};

/// One call of Terraform's for one copy: what it works on, and what it has to report.
struct Operation {
  const ResourceContext& resource;
  Session session;
  core::Context limits;  ///< until when it may take
  ImageCopyModel model;
  PrivateState private_state;
  tf::Diagnostics diagnostics;

  [[nodiscard]] cloud::ImageCloud& cloud() const { return session.cloud(); }
  [[nodiscard]] cloud::CopyReference reference() const { return copy_reference(model); }
};

/// Until when an action may take, by the timeouts of a configuration or state.
core::Context action_limits(const ResourceContext& resource, const tf::Value& value, Action action,
                            const std::stop_token& stop);

/// Finds out where the image is, unless that is known. False, with a diagnostic, if it cannot be found.
bool find_region(Operation& operation);

/// Makes a change until the cloud is not busy with the image any more.
cloud::Result<void> retry_while_busy(const Operation& operation,
                                     const std::function<cloud::Result<void>()>& change);

/// Reads the tags of a listed image into the state; changes nothing where they cannot be read.
void read_tags(Operation& operation, tf::Value& state);

/// Waits for the copy to end, and keeps one of those that several runs have started at the same time. Writes
/// what became of the copy into the model. `action` names the timeout in messages.
copy::WaitEnd wait_for_copy(Operation& operation, std::string_view action);

}  // namespace provider
