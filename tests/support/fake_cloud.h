#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "src/cloud/image_cloud.h"
#include "src/cloud/vendors.h"

namespace fakes {

/// A cloud whose answers are written down before: each call takes the next one of its kind, and the last one
/// again and again. `calls` and `asked` tell what was asked for, in order.
class FakeCloud final : public cloud::ImageCloud,
                        private cloud::Editing,
                        private cloud::Inventory,
                        private cloud::Projects,
                        private cloud::Quotas,
                        private cloud::Snapshots,
                        private cloud::TagLookup,
                        private cloud::Tagging {
 public:
  static cloud::Traits usual_traits() {
    return {.description = cloud::DescriptionSupport::replaceable,
            .tags_with_copy = true,
            .tags_in_listings = true};
  }

  FakeCloud() : FakeCloud(usual_traits()) { has_snapshots = true; }
  explicit FakeCloud(const cloud::Traits& traits) { set_traits(traits); }

  [[nodiscard]] const cloud::Vendor& vendor() const override { return vendor_; }
  void set_traits(const cloud::Traits& traits) { vendor_.traits = traits; }
  cloud::Editing* editing() override { return this; }
  cloud::Inventory* inventory() override { return this; }
  cloud::Quotas* quotas() override { return has_quotas ? this : nullptr; }
  cloud::Snapshots* snapshots() override { return has_snapshots ? this : nullptr; }
  cloud::TagLookup* tag_lookup() override { return has_tag_lookup ? this : nullptr; }
  cloud::Tagging* tagging() override { return this; }
  [[nodiscard]] const cloud::Projects* projects() const override { return this; }
  [[nodiscard]] std::string default_project(const std::string& /*region*/) const override { return project; }
  [[nodiscard]] std::string effective_resource_group(const cloud::CopySpec& spec) const override {
    return spec.resource_group_id.value();
  }
  [[nodiscard]] std::string unreachable_reason(const std::string& /*source*/,
                                               const std::string& /*destination*/) const override {
    return refusal;
  }

  cloud::Result<cloud::CopyReference> start_copy(const cloud::CopyRequest& request,
                                                 const core::Context& /*context*/) override {
    calls.emplace_back("start " + request.spec.source_image_id.value());
    started.push_back(request);
    return next(starts);
  }
  cloud::Result<cloud::CopyStatus> describe_copy(const cloud::CopyReference& copy,
                                                 const core::Context& /*context*/) override {
    const std::scoped_lock lock(mutex_);
    calls.emplace_back("look");
    looked_at.push_back(copy);
    return next(looks);
  }
  std::vector<cloud::Result<cloud::CopyStatus>> describe_copies(
      const std::vector<cloud::CopyReference>& copies, const core::Context& context) override {
    if (on_joint_look) on_joint_look(copies);
    if (context.stop.stop_requested()) return {copies.size(), std::unexpected(interruption())};
    if (copies.size() < traits().batch_threshold || traits().batch_threshold == 0)
      return match_or_describe({}, copies, context);
    const auto listed = list_images({.region = copies.front().destination_region}, context);
    if (!listed) return {copies.size(), std::unexpected(listed.error())};
    return match_or_describe(*listed, copies, context);
  }
  cloud::Result<std::vector<cloud::CopyStatus>> list_images(const cloud::ImageQuery& query,
                                                            const core::Context& /*context*/) override {
    if (on_list) on_list();
    const std::scoped_lock lock(mutex_);
    asked.push_back("list " + query.region + (query.name.empty() ? "" : " " + query.name));
    return next(lists);
  }
  cloud::Result<cloud::SourceImage> find_source(const std::string& region, const std::string& image_id,
                                                const core::Context& /*context*/) override {
    asked.push_back("source " + region + " " + image_id);
    return next(sources);
  }
  cloud::Result<cloud::ImageQuota> read_quota(const std::string& region, const std::string& project_name,
                                              const core::Context& /*context*/) override {
    asked.push_back("quota " + region + (project_name.empty() ? "" : " " + project_name));
    return next(quota_reads);
  }
  cloud::Result<std::vector<std::string>> list_regions(const std::string& at,
                                                       const core::Context& /*context*/) override {
    asked.push_back("regions at " + at);
    return next(regions);
  }
  cloud::Result<void> cancel_copy(const cloud::CopyReference& copy,
                                  const core::Context& /*context*/) override {
    calls.push_back("cancel " + copy.image_id);
    return next(cancels);
  }
  cloud::Result<void> delete_image(const cloud::CopyReference& copy, const cloud::DeleteOptions& options,
                                   const core::Context& /*context*/) override {
    calls.push_back("delete " + copy.image_id + (options.force ? " by force" : "") +
                    (options.with_backup ? " with its backup" : ""));
    return next(deletes);
  }
  cloud::Result<std::vector<std::string>> existing_snapshots(const cloud::CopyReference& /*copy*/,
                                                             const std::vector<std::string>& ids,
                                                             const core::Context& /*context*/) override {
    for (const std::string& id : ids) calls.push_back("snapshot " + id + "?");
    return next(snapshot_reads);
  }
  cloud::Result<void> delete_snapshot(const cloud::CopyReference& /*copy*/, const std::string& snapshot_id,
                                      const core::Context& /*context*/) override {
    calls.push_back("delete snapshot " + snapshot_id);
    return next(snapshot_deletes);
  }
  cloud::Result<void> update_image(const cloud::CopyReference& copy, const cloud::ImageChanges& changes,
                                   const core::Context& /*context*/) override {
    calls.push_back("update " + copy.image_id + " " + changes.name.value_or("-") + " " +
                    changes.description.value_or("-"));
    return next(updates);
  }

  cloud::Result<cloud::Tags> read_tags(const cloud::CopyReference& copy,
                                       const core::Context& /*context*/) override {
    asked.push_back("tags of " + copy.image_id);
    return next(tag_reads);
  }
  cloud::Result<cloud::TagsById> list_tags(const std::string& region, const std::string& /*project_name*/,
                                           const core::Context& /*context*/) override {
    asked.push_back("all tags in " + region);
    return next(tag_lists);
  }
  cloud::Result<void> change_tags(const cloud::CopyReference& copy, const cloud::TagChanges& changes,
                                  const core::Context& /*context*/) override {
    std::string call = "tag " + copy.image_id;
    for (const auto& [key, value] : changes.set) call += " " + key + "=" + value;
    for (const std::string& key : changes.remove) call += " -" + key;
    calls.push_back(std::move(call));
    return next(taggings);
  }

  std::deque<cloud::Result<cloud::CopyReference>> starts;
  std::deque<cloud::Result<cloud::CopyStatus>> looks;
  std::deque<cloud::Result<std::vector<cloud::CopyStatus>>> lists = {{}};
  std::deque<cloud::Result<cloud::SourceImage>> sources = {
      cloud::SourceImage{.state = cloud::CopyState::available, .image = {.id = "m-src"}}};
  std::deque<cloud::Result<cloud::ImageQuota>> quota_reads;
  std::deque<cloud::Result<std::vector<std::string>>> snapshot_reads = {std::vector<std::string>()};
  std::deque<cloud::Result<std::vector<std::string>>> regions = {{{"r1", "r2"}}};
  std::deque<cloud::Result<void>> cancels = {{}};
  std::deque<cloud::Result<void>> deletes = {{}};
  std::deque<cloud::Result<void>> snapshot_deletes = {{}};
  std::deque<cloud::Result<void>> updates = {{}};
  std::deque<cloud::Result<cloud::Tags>> tag_reads = {{}};
  std::deque<cloud::Result<cloud::TagsById>> tag_lists = {{}};
  std::deque<cloud::Result<void>> taggings = {{}};
  std::vector<std::string> calls;
  std::vector<std::string> asked;  ///< questions that change nothing and look at no copy
  std::vector<cloud::CopyRequest> started;
  std::vector<cloud::CopyReference> looked_at;
  bool has_quotas = false;
  bool has_snapshots = false;
  bool has_tag_lookup = false;
  std::string project;
  std::string refusal;
  std::function<void(const std::vector<cloud::CopyReference>&)> on_joint_look;  ///< before its answer
  std::function<void()> on_list;                                                ///< likewise

 private:
  static cloud::Error interruption() { return {.kind = cloud::ErrorKind::cancelled, .message = "stopped"}; }

  template <typename T>
  static T next(std::deque<T>& answers) {
    T answer = answers.at(0);
    if (answers.size() > 1) answers.pop_front();
    return answer;
  }

  static cloud::Vendor fake_vendor() {
    cloud::Vendor vendor = cloud::vendor(cloud::VendorId::alicloud);
    vendor.display_name = "Fake Cloud";
    return vendor;
  }

  cloud::Vendor vendor_ = fake_vendor();
  std::mutex mutex_;  // of looks and listings, which may come at once
};

inline cloud::Error failure(cloud::ErrorKind kind, std::string code = "Some.Code") {
  return {.kind = kind,
          .code = std::move(code),
          .message = "the cloud's words",
          .request_id = "R-1",
          .action = "SomeCall",
          .region = "r1",
          .endpoint = "https://cloud.example",
          .http_status = 400};
}

/// A look at a copy that is listed.
inline cloud::CopyStatus seen(cloud::CopyState state, std::optional<int> percent = std::nullopt,
                              std::string reason = "") {
  return cloud::CopyStatus{.state = state,
                           .image_id = "m-new",
                           .progress_percent = percent,
                           .status_reason = std::move(reason),
                           .image = cloud::Image{.id = "m-new", .name = "copy", .size_gb = 40}};
}

inline const cloud::CopyStatus kGone{.state = cloud::CopyState::absent};

}  // namespace fakes
