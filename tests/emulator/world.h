#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/emulator/image.h"
#include "tests/emulator/switches.h"

namespace emulator {

/// An access key. Several can belong to one account. Permissions are names of actions; a trailing `*` matches
/// any suffix.
struct AccessKey {
  std::string access_key;
  std::string secret_key;
  std::string security_token;  ///< temporary keys only
  std::string account = "emulator";
  bool enabled = true;
  std::optional<UtcTime> expires;
  std::vector<std::string> allowed = {"*"};
  std::vector<std::string> denied;

  [[nodiscard]] bool may(std::string_view action) const;
};

/// A user of Huawei's IAM. The account's name is also the domain's.
struct User {
  std::string name;
  std::string password;
  std::string account = "emulator";
};

struct KmsKey {
  Cloud cloud{};
  std::string region;
  std::string id;
  std::string state = "enabled";  ///< `enabled`, `disabled` or `forbidden`
};

/// A CBR vault on Huawei Cloud. Copies of full servers require one of the kind `replication`.
struct Vault {
  std::string region;
  std::string id;
  std::string kind = "replication";
};

/// A project on Huawei Cloud. Besides these, every region has a project of the same name.
struct Project {
  std::string region;
  std::string name;
};

/// A token of Huawei's IAM. An empty region means that it is not bound to a project.
struct IamToken {
  std::string account;
  std::string region;
  std::string project_id;
  UtcTime expires;
};

/// A call with a client token and its reply, which a repeated call receives again.
struct RememberedCall {
  std::string parameters;
  std::string reply;
  UtcTime at;
};

/// The state of the clouds, which a state file stores.
struct WorldData {
  Duration clock_offset{0};
  Duration copy_duration = std::chrono::seconds(3);
  std::uint64_t copies_made = 0;
  std::map<ImageKey, Image> images;
  std::map<std::string, Copy> copies;
  std::map<ImageKey, Snapshot> snapshots;
  std::map<std::string, AccessKey> access_keys;
  std::vector<User> users;
  std::map<Cloud, std::set<std::string>> regions;
  std::vector<KmsKey> kms_keys;
  std::vector<Vault> vaults;
  std::vector<Project> projects;
  std::set<std::string> agencies;  ///< Huawei's
  std::set<std::string> roles;     ///< those of Alibaba and Baidu that can be assumed
  std::set<std::string> enterprise_projects;
  std::set<std::string> resource_groups;
  std::map<std::string, IamToken> iam_tokens;
  std::map<std::string, RememberedCall> remembered_calls;
};

/// A world with the documented regions and the account `emulator` with its user and access keys.
WorldData new_world();

/// The accounts, images, copies and snapshots of the three clouds. `advance_to` ends copies in the order of
/// time, so that one long step has the same effect as many short ones.
class World {
 public:
  World(WorldData data, const Switches& switches);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  [[nodiscard]] const WorldData& data() const { return data_; }
  [[nodiscard]] WorldData& data() { return data_; }
  [[nodiscard]] UtcTime now() const { return now_; }

  /// Ends every copy that is due by `now`, and starts copies that were waiting for a free slot.
  void advance_to(UtcTime now);

  [[nodiscard]] bool knows_region(Cloud cloud, std::string_view region) const;
  [[nodiscard]] const KmsKey* find_kms_key(Cloud cloud, std::string_view region, std::string_view id) const;

  /// Returns the images of a region that a read by the account returns now, newest first. Counts as a read
  /// for hidden and lingering images.
  std::vector<const Image*> list_images(Cloud cloud, std::string_view region, std::string_view account,
                                        const std::function<bool(const Image&)>& wanted);

  /// Returns an image to act upon, or nullptr if it does not exist, is hidden or belongs to another account.
  Image* find(Cloud cloud, const std::string& region, const std::string& id, std::string_view account);

  /// The number of custom images and full servers that the account owns in a region.
  [[nodiscard]] int count_images(Cloud cloud, std::string_view region, std::string_view account) const;

  [[nodiscard]] const Copy* copy_of(const Image& image) const;
  [[nodiscard]] int count_active_copies(const std::function<bool(const Copy&)>& wanted) const;

  /// Creates a temporary key of the account.
  const AccessKey& issue_key(const std::string& prefix, const std::string& account, UtcTime expires);

  /// Adds the new image, and starts or queues its copy.
  Copy& start_copy(const Image& source, Image target);

  /// Ends the copy now.
  void finish(Copy& copy, bool succeeded);

  /// Cancels the copy and deletes its image.
  void cancel(Copy& copy, bool keep_snapshots);

  /// Deletes the image but not its snapshots. If its copy is running, the copy fails.
  void remove_image(const ImageKey& key);

 private:
  struct Lingering {
    Image image;
    int reads = 0;
  };

  [[nodiscard]] Copy* next_to_end(UtcTime now);
  void start_waiting(UtcTime at);
  void end_copy(Copy& copy, UtcTime at, bool succeeded);
  void erase_image(const ImageKey& key);

  const Switches& switches_;
  WorldData data_;
  UtcTime now_;
  std::vector<Copy*> active_;  ///< in order of submission
  std::vector<Lingering> lingering_;
};

/// Returns a new image with the operating system, architecture and disk sizes of the source.
Image copy_from(const Image& source, const std::string& region, std::string name);

}  // namespace emulator
