#include "src/copy/ownership.h"

namespace copy {
bool Ownership::claim(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  to_make_.erase(key);
  return claimed_.insert(key).second;
}

void Ownership::release(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  claimed_.erase(key);
}

void Ownership::made(const cloud::CopyReference& copy, const std::string& key) {
  const std::scoped_lock lock(mutex_);
  if (!copy.image_id.empty()) made_.insert(copy.image_key());
  planned_[copy.destination()].erase(key);
}

bool Ownership::has_made(const std::string& region, const std::string& image_id) const {
  const std::scoped_lock lock(mutex_);
  return made_.contains({region, image_id});
}

std::size_t Ownership::plan(const std::string& region, const std::string& project, const std::string& key) {
  const std::scoped_lock lock(mutex_);
  auto& planned = planned_[{region, project}];
  planned[key] = clock_.now();
  std::erase_if(planned,
                [&](const auto& item) { return clock_.now() - item.second > policy_.plan_lifetime; });
  return planned.size();
}

void Ownership::hold(const cloud::CopyReference& copy) {
  const std::scoped_lock lock(mutex_);
  held_.insert(copy.image_key());
  changed_.notify_all();
}

bool Ownership::adopt(const cloud::CopyReference& copy, const std::string& key) {
  const std::scoped_lock lock(mutex_);
  const cloud::ImageKey image = copy.image_key();
  if (leaving_.contains(image)) return false;
  adopted_[image] = key;
  return true;
}

std::optional<std::string> Ownership::begin_removal(const cloud::CopyReference& copy) {
  const std::scoped_lock lock(mutex_);
  const cloud::ImageKey image = copy.image_key();
  if (const auto adopter = adopted_.find(image); adopter != adopted_.end()) return adopter->second;
  if (!copy.image_id.empty()) {
    leaving_.insert(image);
    changed_.notify_all();
  }
  return std::nullopt;
}

void Ownership::end_removal(const cloud::CopyReference& copy, bool removed) {
  const std::scoped_lock lock(mutex_);
  if (!removed) leaving_.erase(copy.image_key());
}

bool Ownership::is_leaving(const std::string& region, const std::string& image_id) const {
  const std::scoped_lock lock(mutex_);
  return leaving_.contains({region, image_id});
}

bool Ownership::plan_to_make(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  return to_make_.insert(key).second && !to_keep_.contains(key);
}

bool Ownership::plan_to_keep(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  to_keep_.insert(key);
  return !to_make_.contains(key);
}

bool Ownership::holds_any(const std::string& region) const {
  const std::scoped_lock lock(mutex_);
  const auto first = held_.lower_bound({region, ""});
  return first != held_.end() && first->region == region;
}

bool Ownership::holds(const std::string& region, const std::string& image_id) const {
  const std::scoped_lock lock(mutex_);
  return held_.contains({region, image_id});
}

bool Ownership::will_hold(const std::string& region, const std::string& image_id,
                          const core::Context& context) const {
  const cloud::ImageKey image = {.region = region, .image_id = image_id};
  std::unique_lock lock(mutex_);
  return changed_.wait(lock, context.until(clock_.now() + policy_.max_read_wait), clock_,
                       [&] { return held_.contains(image) || leaving_.contains(image); });
}

}  // namespace copy
