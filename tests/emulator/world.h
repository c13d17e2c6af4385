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

/// Who may call. Several keys can belong to one account; permissions name actions, `*` at the end matches
/// any rest.
struct AccessKey {
  std::string access_key;
  std::string secret_key;
  std::string security_token;  ///< only with temporary keys
  std::string account = "emulator";
  bool enabled = true;
  std::optional<UtcTime> expires;
  std::vector<std::string> allowed = {"*"};
  std::vector<std::string> permission_denied;

  [[nodiscard]] bool may(std::string_view action) const;
};

/// Who logs in to Huawei's IAM with a password. The account's name is also its domain's.
struct User {
  std::string name;
  std::string password;
  std::string account = "emulator";
};

struct KmsKey {
  Cloud cloud = Cloud::alicloud;
  std::string region;
  std::string id;
  std::string state = "enabled";  ///< `enabled`, `disabled` or `forbidden`
};

/// A Huawei CBR vault; copies of full servers need one of kind `replication`.
struct Vault {
  std::string region;
  std::string id;
  std::string kind = "replication";
};

/// A Huawei project. Every region has one of its own name besides these.
struct Project {
  std::string region;
  std::string name;
};

/// A token of Huawei's IAM. No region: it is not bound to a project.
struct IamToken {
  std::string account;
  std::string region;
  std::string project_id;
  UtcTime expires;
};

/// What a client token was used for, so that the same call gets the same answer.
struct RememberedCall {
  std::string parameters;
  std::string answer;
  UtcTime at;
};

/// Everything that outlives a request; what a state file holds.
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

/// The listed regions and the default account with its user, its permanent and its temporary key.
WorldData new_world();

/// The accounts, images, copies and snapshots of the three clouds. Copies move on when `settle` is called,
/// in the order of their ends, so that one long step has the effect of many short ones.
class World {
 public:
  World(WorldData data, const Switches& switches);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  [[nodiscard]] const WorldData& data() const { return data_; }
  [[nodiscard]] WorldData& data() { return data_; }
  [[nodiscard]] UtcTime now() const { return now_; }

  /// Ends every copy due by `now` and starts those that waited for its place.
  void settle(UtcTime now);

  [[nodiscard]] bool knows_region(Cloud cloud, std::string_view region) const;
  [[nodiscard]] const KmsKey* find_kms_key(Cloud cloud, std::string_view region, std::string_view id) const;

  /// The images of a region that a read of this account shows now, newest first. Counts down what is hidden
  /// or lingers.
  std::vector<const Image*> look(Cloud cloud, std::string_view region, std::string_view account,
                                 const std::function<bool(const Image&)>& wanted);

  /// An image to act upon; nothing for one that is not there, not shown yet or of another account.
  Image* find(Cloud cloud, const std::string& region, const std::string& id, std::string_view account);

  /// Custom images and full servers that the account owns in a region.
  [[nodiscard]] int count_images(Cloud cloud, std::string_view region, std::string_view account) const;

  [[nodiscard]] const Copy* copy_of(const Image& image) const;
  [[nodiscard]] int count_active_copies(const std::function<bool(const Copy&)>& wanted) const;

  /// A new temporary key of the account.
  const AccessKey& issue_key(const std::string& prefix, const std::string& account, UtcTime expires);

  /// Adds an image that is there already, with a snapshot for each of its disks.
  void add_with_snapshots(Image image);

  /// Puts the new image there and starts or queues its copy. `project_id`: where the job belongs, if
  /// anywhere.
  Copy& start_copy(const Image& source, Image target, std::string project_id = "");

  /// The copy ends now, well or not.
  void finish(Copy& copy, bool well);

  /// The copy stops and its image goes away.
  void cancel(Copy& copy, bool keep_snapshots);

  /// Takes the image away; its snapshots stay. A copy that made it ends as failed.
  void remove_image(const ImageKey& key);

 private:
  struct Lingering {
    Image image;
    int reads = 0;
  };

  [[nodiscard]] Copy* next_to_end(UtcTime now);
  void start_waiting(UtcTime at);
  void end_copy(Copy& copy, UtcTime at, bool well);
  void make_snapshots(Image& image, const std::string& source_region,
                      const std::vector<std::string>& source_snapshots);
  void erase_image(const ImageKey& key);

  const Switches& switches_;
  WorldData data_;
  UtcTime now_;
  std::vector<Copy*> active_;  ///< in order of submission
  std::vector<Lingering> lingering_;
};

/// A new image with the operating system, size and disks of the source, and nothing else of it.
Image copy_from(const Image& source, const std::string& region, std::string name);

}  // namespace emulator
