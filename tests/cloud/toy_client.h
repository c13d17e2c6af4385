#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "src/cloud/vendor.h"
#include "src/core/clock.h"
#include "tests/cloud/toy_vendor.h"

namespace toy {

/// Regions `east` and `west`, each with the projects `main`, its own, and `lab`. `east` has the images
/// `i-golden`, whose copies take 100 seconds, and `i-broken`, whose copies fail after half of that. Five
/// copies run at once, more are refused. A copy is built on a snapshot, which counts as used for five
/// seconds after the image is deleted.
class Client final : public cloud::ImageCloud,
                     private cloud::Editing,
                     private cloud::Inventory,
                     private cloud::Projects,
                     private cloud::Quotas,
                     private cloud::Snapshots,
                     private cloud::TagLookup,
                     private cloud::Tagging {
 public:
  /// `vendor`: one of those in `toy_vendor.h`.
  Client(const cloud::Vendor& vendor, core::Clock& clock);

  [[nodiscard]] const cloud::Vendor& vendor() const override { return vendor_; }
  cloud::Capabilities capabilities() override {
    if (is_bare_) return {};
    return {.editing = this,
            .tagging = this,
            .tag_lookup = this,
            .snapshots = this,
            .quotas = this,
            .inventory = this,
            .projects = this};
  }

  cloud::Result<cloud::CopyReference> start_copy(const cloud::CopyRequest& request,
                                                 const core::Context& context) override;
  cloud::Result<cloud::CopyStatus> describe_copy(const cloud::CopyReference& copy,
                                                 const core::Context& context) override;
  std::vector<cloud::Result<cloud::CopyStatus>> describe_copies(
      const std::vector<cloud::CopyReference>& copies, const core::Context& context) override;
  cloud::Result<std::vector<cloud::CopyStatus>> list_images(const cloud::ImageQuery& query,
                                                            const core::Context& context) override;
  cloud::Result<void> cancel_copy(const cloud::CopyReference& copy, const core::Context& context) override;
  cloud::Result<void> delete_image(const cloud::CopyReference& copy, const cloud::DeleteOptions& options,
                                   const core::Context& context) override;

 private:
  struct StoredImage {
    cloud::Image image;
    cloud::Tags tags;
    std::optional<core::Instant> copied_since;  ///< of a copy
    bool fails = false;                         ///< the copy fails, or copies of it fail
  };
  /// What one project of one region holds.
  struct Store {
    std::map<std::string, StoredImage> images;  ///< by ID
    /// By ID, when it is released: five seconds after its image was deleted. Nullopt while that exists.
    std::map<std::string, std::optional<core::Instant>> snapshots;
  };

  cloud::Result<void> update_image(const cloud::CopyReference& copy, const cloud::ImageChanges& changes,
                                   const core::Context& context) override;
  cloud::Result<cloud::SourceImage> find_source(const std::string& region, const std::string& image_id,
                                                const core::Context& context) override;
  cloud::Result<std::vector<std::string>> list_regions(const std::string& endpoint_region,
                                                       const core::Context& context) override;
  [[nodiscard]] std::string default_project(const std::string& region) const override;
  [[nodiscard]] std::string effective_resource_group(const cloud::CopySpec& spec) const override;
  [[nodiscard]] std::string unreachable_reason(const std::string& source,
                                               const std::string& destination) const override;
  cloud::Result<cloud::ImageQuota> read_quota(const std::string& region, const std::string& project_name,
                                              const core::Context& context) override;
  cloud::Result<std::vector<std::string>> existing_snapshots(const cloud::CopyReference& copy,
                                                             const std::vector<std::string>& ids,
                                                             const core::Context& context) override;
  cloud::Result<void> delete_snapshot(const cloud::CopyReference& copy, const std::string& snapshot_id,
                                      const core::Context& context) override;
  cloud::Result<cloud::Tags> read_tags(const cloud::CopyReference& copy,
                                       const core::Context& context) override;
  cloud::Result<cloud::TagsById> list_tags(const std::string& region, const std::string& project_name,
                                           const core::Context& context) override;
  cloud::Result<void> change_tags(const cloud::CopyReference& copy, const cloud::TagChanges& changes,
                                  const core::Context& context) override;

  [[nodiscard]] cloud::CopyStatus status_of(const StoredImage& stored) const;
  [[nodiscard]] bool is_full() const;
  /// These return null if there is none. `project_name`: empty for the region's own.
  Store* find_store(const std::string& region, const std::string& project_name);
  StoredImage* find_image(const std::string& region, const std::string& project_name,
                          const std::string& image_id);
  StoredImage* find_image(const cloud::CopyReference& copy);

  const cloud::Vendor& vendor_;
  const bool is_bare_;
  core::Clock& clock_;
  std::mutex mutex_;                                             // guards all below
  std::map<std::pair<std::string, std::string>, Store> stores_;  // by region and project
  int last_number_ = 0;
};

}  // namespace toy
