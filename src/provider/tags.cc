#include "src/provider/tags.h"

namespace provider {

using cloud::Tags;
using tf::Value;

Tags known_tags(const Value& tags) {
  Tags known;
  if (const auto* attributes = tags.as_attributes()) {
    for (const auto& [key, value] : *attributes) {
      if (const auto text = value.text()) known.emplace(key, *text);
    }
  }
  return known;
}

Value tags_value(const Tags& tags) {
  if (tags.empty()) return {};
  Value::Attributes attributes;
  for (const auto& [key, value] : tags) attributes.emplace(key, value);
  return attributes;
}

Value merged_tags(const Value& tags, const Value& default_tags) {
  if (!tags.is_wholly_known() || !default_tags.is_wholly_known()) return Value::unknown();
  Tags merged = known_tags(tags);
  merged.merge(known_tags(default_tags));
  return tags_value(merged);
}

cloud::TagChanges tag_changes(const Value& present, const Value& planned) {
  const Tags before = known_tags(present);
  const Tags after = known_tags(planned);
  cloud::TagChanges changes;
  for (const auto& [key, value] : after) {
    const auto old = before.find(key);
    if (old == before.end() || old->second != value) changes.set.emplace(key, value);
  }
  for (const auto& [key, value] : before) {
    const bool is_removed = !after.contains(key);
    if (is_removed) changes.remove.push_back(key);
    if (is_removed || changes.set.contains(key)) changes.former.emplace(key, value);
  }
  return changes;
}

void set_reported_tags(Value& state, const Tags& reported, const Value& default_tags) {
  const Tags own = known_tags(state["tags"]);
  const Tags defaults = known_tags(default_tags);
  Tags tags;
  for (const auto& [key, value] : reported) {
    const auto by_default = defaults.find(key);
    const bool is_default = by_default != defaults.end() && by_default->second == value;
    if (!is_default || own.contains(key)) tags.emplace(key, value);
  }
  // A configuration may write no tags as null or as an empty map.
  if (!tags.empty() || !own.empty()) state.set("tags", tags_value(tags));
  state.set("tags_all", tags_value(reported));
}

}  // namespace provider
