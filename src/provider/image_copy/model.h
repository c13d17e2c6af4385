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

enum class Action { create, read, update, remove };

/// An object of `image_copy`: plans, states and configurations alike. Nullopt: null, or unknown.
struct ImageCopyModel {
  std::optional<std::string> cloud;
  cloud::CopySpec spec;
  bool waits_until_available = true;
  bool adopts_existing = false;
  bool keeps_on_timeout = false;
  bool retains_on_destroy = false;
  std::optional<std::string> image_id;
  std::optional<std::string> job_id;
  std::optional<std::string> copy_key;
  std::optional<cloud::CopyState> status;
  std::optional<std::int64_t> progress_percent;
  std::optional<std::string> status_reason;
  std::optional<cloud::Image> image;  ///< what the cloud tells of it; only for writing
};

ImageCopyModel read_model(const tf::Value& value);

/// Of a state: with what it remembers and does not show.
ImageCopyModel read_model(const tf::Value& state, const PrivateState& known);

/// `base` with all computed attributes, name and description as the model has them; the rest stays.
tf::Value with_model(tf::Value base, const ImageCopyModel& model);

/// The texts of a known list; empty for anything else.
std::vector<std::string> texts_of(const tf::Value& list);

/// What the configuration allows an action to take, or its default.
std::chrono::milliseconds timeout_of(const tf::Value& value, Action action);

cloud::CopyRequest copy_request(const ImageCopyModel& model);
cloud::CopyReference copy_reference(const ImageCopyModel& model);

/// Whether the state holds a copy that has not come to its end.
bool is_running(const tf::Value& state);

/// The copy that an object of `image_copy` asks for. `tags`: all of them where they are known, else the
/// resource's own.
cloud::CopySpec copy_spec(const tf::Value& value);

/// Name, description and encryption as the image has them now, by whomever they were changed. What the cloud
/// gives nobody a way to change is left out.
void take_over_drift(ImageCopyModel& model, const cloud::Image& image, const PrivateState& known,
                     const cloud::Traits& traits);

/// What makes `wanted` of `model`, as far as the cloud can.
cloud::ImageChanges changes_of(const ImageCopyModel& model, const ImageCopyModel& wanted,
                               const cloud::Traits& traits);

/// Takes over what a look at the copy told.
void apply_view(ImageCopyModel& model, const cloud::CopyStatus& view);

}  // namespace provider
