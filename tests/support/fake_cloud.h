#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "src/cloud/image_cloud.h"
#include "src/cloud/vendors.h"

namespace fakes {

/// A cloud with scripted results: each call takes the next result of its kind, and repeats the last one.
/// `calls` and `queries` record what was called, in order.
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
    return {
        .description = cloud::DescriptionSupport::replaceable, .tags_with_copy = true, .reports_tags = true};
  }

  FakeCloud() : FakeCloud(usual_traits()) { has_snapshots = true; }
  explicit FakeCloud(const cloud::Traits& traits) { set_traits(traits); }

  [[nodiscard]] const cloud::Vendor& vendor() const override { return vendor_; }
  void set_traits(const cloud::Traits& traits) { vendor_.traits = traits; }
  cloud::Capabilities capabilities() override {
    return {.editing = this,
            .tagging = this,
            .tag_lookup = has_tag_lookup ? this : nullptr,
            .snapshots = has_snapshots ? this : nullptr,
            .quotas = has_quotas ? this : nullptr,
            .inventory = this,
            .projects = this};
  }
  [[nodiscard]] std::string default_project(const std::string& /*region*/) const override { return project; }
  [[nodiscard]] std::string effective_resource_group(const cloud::CopySpec& spec) const override {
    return spec.resource_group_id.value();
  }
  [[nodiscard]] std::string unreachable_reason(const std::string& /*source*/,
                                               const std::string& /*destination*/) const override {
    return unreachable_text;
  }

  cloud::Result<cloud::CopyReference> start_copy(const cloud::CopyRequest& request,
                                                 const core::Context& /*context*/) override {
    calls.emplace_back("start " + request.spec.source_image_id.value());
    start_requests.push_back(request);
    return next(start_results);
  }
  cloud::Result<cloud::CopyStatus> describe_copy(const cloud::CopyReference& copy,
                                                 const core::Context& /*context*/) override {
    const std::scoped_lock lock(mutex_);
    calls.emplace_back("describe");
    described.push_back(copy);
    return next(describe_results);
  }
  std::vector<cloud::Result<cloud::CopyStatus>> describe_copies(
      const std::vector<cloud::CopyReference>& copies, const core::Context& context) override {
    if (on_describe_copies) on_describe_copies(copies);
    if (context.stop.stop_requested()) return {copies.size(), std::unexpected(cancelled())};
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
    queries.push_back("list " + query.region + (query.name.empty() ? "" : " " + query.name));
    return next(list_results);
  }
  cloud::Result<cloud::SourceImage> find_source(const std::string& region, const std::string& image_id,
                                                const core::Context& /*context*/) override {
    queries.push_back("source " + region + " " + image_id);
    return next(source_results);
  }
  cloud::Result<cloud::ImageQuota> read_quota(const std::string& region, const std::string& project_name,
                                              const core::Context& /*context*/) override {
    queries.push_back("quota " + region + (project_name.empty() ? "" : " " + project_name));
    return next(quota_results);
  }
  cloud::Result<std::vector<std::string>> list_regions(const std::string& endpoint_region,
                                                       const core::Context& /*context*/) override {
    queries.push_back("regions at " + endpoint_region);
    return next(region_results);
  }
  cloud::Result<void> cancel_copy(const cloud::CopyReference& copy,
                                  const core::Context& /*context*/) override {
    calls.push_back("cancel " + copy.image_id);
    return next(cancel_results);
  }
  cloud::Result<void> delete_image(const cloud::CopyReference& copy, const cloud::DeleteOptions& options,
                                   const core::Context& /*context*/) override {
    calls.push_back("delete " + copy.image_id + (options.force ? " by force" : "") +
                    (options.with_snapshots && options.image != cloud::Extras() ? " with its backup" : ""));
    return next(delete_results);
  }
  cloud::Result<std::vector<std::string>> existing_snapshots(const cloud::CopyReference& /*copy*/,
                                                             const std::vector<std::string>& ids,
                                                             const core::Context& /*context*/) override {
    for (const std::string& id : ids) calls.push_back("snapshot " + id + "?");
    return next(snapshot_results);
  }
  cloud::Result<void> delete_snapshot(const cloud::CopyReference& /*copy*/, const std::string& snapshot_id,
                                      const core::Context& /*context*/) override {
    calls.push_back("delete snapshot " + snapshot_id);
    return next(snapshot_delete_results);
  }
  cloud::Result<void> update_image(const cloud::CopyReference& copy, const cloud::ImageChanges& changes,
                                   const core::Context& /*context*/) override {
    calls.push_back("update " + copy.image_id + " " + changes.name.value_or("-") + " " +
                    changes.description.value_or("-"));
    return next(update_results);
  }

  cloud::Result<cloud::Tags> read_tags(const cloud::CopyReference& copy,
                                       const core::Context& /*context*/) override {
    queries.push_back("tags of " + copy.image_id);
    return next(tag_results);
  }
  cloud::Result<cloud::TagsById> list_tags(const std::string& region, const std::string& /*project_name*/,
                                           const core::Context& /*context*/) override {
    queries.push_back("all tags in " + region);
    return next(tag_list_results);
  }
  cloud::Result<void> change_tags(const cloud::CopyReference& copy, const cloud::TagChanges& changes,
                                  const core::Context& /*context*/) override {
    std::string call = "tag " + copy.image_id;
    for (const auto& [key, value] : changes.set) call += " " + key + "=" + value;
    for (const std::string& key : changes.remove) call += " -" + key;
    calls.push_back(std::move(call));
    return next(tag_change_results);
  }

  std::deque<cloud::Result<cloud::CopyReference>> start_results;
  std::deque<cloud::Result<cloud::CopyStatus>> describe_results;
  std::deque<cloud::Result<std::vector<cloud::CopyStatus>>> list_results = {{}};
  std::deque<cloud::Result<cloud::SourceImage>> source_results = {
      cloud::SourceImage{.state = cloud::CopyState::available, .image = {.id = "m-src"}}};
  std::deque<cloud::Result<cloud::ImageQuota>> quota_results;
  std::deque<cloud::Result<std::vector<std::string>>> snapshot_results = {std::vector<std::string>()};
  std::deque<cloud::Result<std::vector<std::string>>> region_results = {{{"r1", "r2"}}};
  std::deque<cloud::Result<void>> cancel_results = {{}};
  std::deque<cloud::Result<void>> delete_results = {{}};
  std::deque<cloud::Result<void>> snapshot_delete_results = {{}};
  std::deque<cloud::Result<void>> update_results = {{}};
  std::deque<cloud::Result<cloud::Tags>> tag_results = {{}};
  std::deque<cloud::Result<cloud::TagsById>> tag_list_results = {{}};
  std::deque<cloud::Result<void>> tag_change_results = {{}};
  std::vector<std::string> calls;
  std::vector<std::string> queries;  ///< calls that change nothing and describe no copy
  std::vector<cloud::CopyRequest> start_requests;
  std::vector<cloud::CopyReference> described;
  bool has_quotas = false;
  bool has_snapshots = false;
  bool has_tag_lookup = false;
  std::string project;
  std::string unreachable_text;  ///< see `unreachable_reason`
  std::function<void(const std::vector<cloud::CopyReference>&)> on_describe_copies;  ///< before it returns
  std::function<void()> on_list;                                                     ///< likewise

 private:
  static cloud::Error cancelled() { return {.kind = cloud::ErrorKind::cancelled, .message = "stopped"}; }

  template <typename T>
  static T next(std::deque<T>& results) {
    T result = results.at(0);
    if (results.size() > 1) results.pop_front();
    return result;
  }

  static cloud::Vendor fake_vendor() {
    cloud::Vendor vendor = cloud::vendor(cloud::VendorId::alicloud);
    vendor.display_name = "Fake Cloud";
    return vendor;
  }

  cloud::Vendor vendor_ = fake_vendor();
  std::mutex mutex_;  // guards what describing and listing use, which tests do in several threads
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

/// The status of a copy whose image is listed.
inline cloud::CopyStatus copy_status(cloud::CopyState state, std::optional<int> percent = std::nullopt,
                                     std::string reason = "") {
  return cloud::CopyStatus{.state = state,
                           .image_id = "m-new",
                           .progress_percent = percent,
                           .status_reason = std::move(reason),
                           .image = cloud::Image{.id = "m-new", .name = "copy", .size_gb = 40}};
}

inline const cloud::CopyStatus kAbsent{.state = cloud::CopyState::absent};

}  // namespace fakes
