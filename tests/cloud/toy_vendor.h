#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "src/cloud/vendor.h"
#include "src/core/clock.h"

/// A fourth vendor that makes images in memory, to prove that a vendor is its own folder and an entry in the
/// table: it needs no enumerator, no HTTP and no change of anything that is not its own.
namespace toy {

/// Regions `east` and `west`. `east` has the images `i-golden`, whose copies take 100 seconds, and
/// `i-broken`, whose copies fail after half of that. Five copies run at once, more are refused.
const cloud::Vendor& vendor();

class Client final : public cloud::ImageCloud,
                     private cloud::Editing,
                     private cloud::Inventory,
                     private cloud::Tagging {
 public:
  explicit Client(core::Clock& clock);

  [[nodiscard]] const cloud::Vendor& vendor() const override { return toy::vendor(); }
  cloud::Editing* editing() override { return this; }
  cloud::Inventory* inventory() override { return this; }
  cloud::Tagging* tagging() override { return this; }
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
    std::optional<core::Instant> copied_since;  ///< of a copy
    bool fails = false;                         ///< the copy fails, or copies of it fail
  };
  using RegionImages = std::map<std::string, StoredImage>;  // by id

  cloud::Result<void> update_image(const cloud::CopyReference& copy, const cloud::ImageChanges& changes,
                                   const core::Context& context) override;
  cloud::Result<void> change_tags(const cloud::CopyReference& copy, const cloud::TagChanges& changes,
                                  const core::Context& context) override;
  cloud::Result<cloud::SourceImage> find_source(const std::string& region, const std::string& image_id,
                                                const core::Context& context) override;
  cloud::Result<std::vector<std::string>> list_regions(const std::string& endpoint_region,
                                                       const core::Context& context) override;

  [[nodiscard]] cloud::CopyStatus status_of(const StoredImage& stored) const;
  [[nodiscard]] bool is_full() const;
  /// Returns null if there is none.
  StoredImage* find(const std::string& region, const std::string& image_id);

  core::Clock& clock_;
  std::mutex mutex_;  // guards all below
  std::map<std::string, RegionImages> regions_;
  int last_number_ = 0;
};

}  // namespace toy
