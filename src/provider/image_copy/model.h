#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "src/cloud/copy_spec.h"
#include "src/cloud/image_cloud.h"
#include "src/provider/image_copy/private_state.h"
#include "tf/value.h"

namespace provider {

/// Which of the configured `timeouts`.
enum class Timeout { create, read, update, remove };

/// An object of `image_copy` from a plan, state or configuration. Nullopt: null, or unknown.
struct ImageCopyModel {
  std::optional<std::string> cloud;
  cloud::CopySpec spec;
  bool waits_until_available = true;
  bool adopts_existing = false;
  bool keeps_on_timeout = false;
  bool retains_on_destroy = false;
  bool deletes_snapshots = true;  ///< with the image
  bool forces_deletion = false;   ///< even if instances use the image
  std::optional<std::string> image_id;
  std::optional<std::string> job_id;
  std::optional<std::string> copy_key;
  std::optional<cloud::CopyState> status;
  std::optional<std::int64_t> progress_percent;
  std::optional<std::string> status_reason;
  std::optional<cloud::Image> image;  ///< as the cloud reports it; only written, never read from a state
};

ImageCopyModel read_model(const tf::Value& value);

/// The model of a state and its private state.
ImageCopyModel read_model(const tf::Value& state, const PrivateState& private_state);

/// Returns `base` with the model's computed attributes, name, description and encryption.
tf::Value with_model(tf::Value base, const ImageCopyModel& model);

/// The strings of a known list; empty for any other value.
std::vector<std::string> texts_of(const tf::Value& list);

/// The configured timeout of an action, or its default.
std::chrono::milliseconds timeout_of(const tf::Value& value, Timeout timeout);

cloud::CopyRequest copy_request(const ImageCopyModel& model);
cloud::CopyReference copy_reference(const ImageCopyModel& model);

/// Whether the state holds a copy that has not ended.
bool is_running(const tf::Value& state);

/// The copy that an object of `image_copy` describes. `tags`: all of them where they are known, else the
/// resource's own.
cloud::CopySpec copy_spec(const tf::Value& value);

/// Sets name, description and encryption as the image has them now. Leaves out what cannot be changed on this
/// cloud.
void apply_drift(ImageCopyModel& model, const cloud::Image& image, const PrivateState& private_state,
                 const cloud::Traits& traits);

/// The changes that turn `model` into `planned`, as far as the cloud supports them.
cloud::ImageChanges changes_of(const ImageCopyModel& model, const ImageCopyModel& planned,
                               const cloud::Traits& traits);

/// Sets what the cloud reported of the copy.
void apply_status(ImageCopyModel& model, const cloud::CopyStatus& status);

}  // namespace provider
