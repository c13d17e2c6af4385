#pragma once

#include <vector>

#include "src/cloud/image_cloud.h"
#include "tf/value.h"

/// The tags of a copy: those of the resource, which take precedence, and the provider's default tags.
namespace provider {

/// The tags whose values are known; empty for a null value.
cloud::Tags known_tags(const tf::Value& tags);

/// A map; null if there are no tags.
tf::Value tags_value(const cloud::Tags& tags);

/// `tags_all` of a plan; unknown while a part of either map is.
tf::Value merged_tags(const tf::Value& tags, const tf::Value& default_tags);

/// The changes that turn `present` into `planned`. A null value means no tags.
cloud::TagChanges tag_changes(const tf::Value& present, const tf::Value& planned);

/// Sets `tags` and `tags_all` of a state from the tags that the cloud reports. A default tag with its
/// configured value is set in `tags_all` only, unless the resource has it as well.
void set_reported_tags(tf::Value& state, const cloud::Tags& reported, const tf::Value& default_tags);

}  // namespace provider
