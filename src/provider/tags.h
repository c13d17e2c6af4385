#pragma once

#include <vector>

#include "src/cloud/image_cloud.h"
#include "tf/value.h"

/// The tags of a copy: those of the resource, and the provider's default tags beneath them.
namespace provider {

/// What is known of them; nothing for a null value.
cloud::Tags known_tags(const tf::Value& tags);

/// Null for no tags at all.
tf::Value tags_value(const cloud::Tags& tags);

/// `tags_all` of a plan; unknown while a part of either is.
tf::Value merged_tags(const tf::Value& tags, const tf::Value& default_tags);

/// What makes `wanted` of `present`. Null values are no tags.
cloud::TagChanges tag_changes(const tf::Value& present, const tf::Value& wanted);

/// Writes what the cloud tells into `tags` and `tags_all` of a state. A default tag that is as it should be
/// belongs to `tags_all` only, unless the resource names it as well.
void take_over_tags(tf::Value& state, const cloud::Tags& told, const tf::Value& default_tags);

}  // namespace provider
