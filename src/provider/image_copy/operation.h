#pragma once

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

/// What every operation of the resource needs.
struct ResourceContext {
  const CurrentClouds& clouds;
  core::Clock& clock;
  core::Logger& log;
  const tf::Schema& schema;
};

/// One request of Terraform for one copy: what it works on, and what it reports.
struct Operation {
  const ResourceContext& resource;
  Session session;
  core::Context limits;  ///< deadline and stop
  ImageCopyModel model;
  PrivateState private_state;
  tf::Diagnostics diagnostics;

  [[nodiscard]] cloud::ImageCloud& cloud() const { return session.cloud(); }
  [[nodiscard]] cloud::CopyReference reference() const { return copy_reference(model); }
};

/// The deadline of an action, by the timeouts of a configuration or state, and its stop token.
core::Context action_limits(const ResourceContext& resource, const tf::Value& value, Timeout timeout,
                            const std::stop_token& stop);

/// Searches for the region of the image, unless the model has it. Returns false, with a diagnostic, if it
/// cannot be found.
bool find_region(Operation& operation);

/// Reads the tags of a listed image into the state. Leaves the state as it is where they cannot be read.
void read_tags(Operation& operation, tf::Value& state);

/// Waits for the copy to end, and removes duplicates that other runs started at the same time. Writes the
/// outcome into the model. `action`: the name of the timeout in diagnostics.
copy::WaitEnd wait_for_copy(Operation& operation, std::string_view action);

}  // namespace provider
