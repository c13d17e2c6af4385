#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/emulator/routing.h"
#include "tests/emulator/service.h"

namespace emulator {

/// Host names of a cloud: `service.region.suffix` or `service.suffix`.
struct Domain {
  std::string_view suffix;
  std::vector<std::string_view> services;
};

/// The name that the cloud's API has for a state, if it differs from the emulator's.
struct StatusWord {
  std::string_view name;
  ImageState state;
};

/// The service at `address` from which a server reads its credentials. `path` is as the service receives it.
struct MetadataService {
  std::string_view address;
  /// The action of the call for faults and the journal.
  std::string (*action)(const RawRequest& raw, const std::string& path);
  /// Replies like that of a server with the role of the switch `instance_role`.
  http::Response (*reply)(const RawRequest& raw, const std::string& path, Environment& environment);
};

/// Of the copies of this group, only `max_running` run at once; the others wait.
struct RunningLimit {
  std::string group;
  int max_running = 0;
};

/// What the shared parts of the emulator need to know of one cloud. Each cloud's folder has one.
struct Profile {
  std::string_view name;
  std::unique_ptr<Service> (*new_service)();
  std::vector<SwitchEntry> (*switches)(Switches& switches);  ///< its own, without its name

  std::span<const std::string_view> regions;  ///< the documented ones
  std::vector<Domain> domains;
  /// Whether a request without any of those hosts is one of this cloud's; null: only by `/{cloud}/{region}/`.
  bool (*recognizes)(const RawRequest& raw) = nullptr;
  bool plus_is_space = true;  ///< in a query
  std::optional<MetadataService> metadata;

  std::vector<StatusWord> status_words;
  std::string (*new_image_id)(std::string_view region);
  /// Completes an image of a seed. `project` is the one that the seed names. Null: nothing is missing.
  void (*complete_seeded)(Image& image, const std::string& project, World& world,
                          const Switches& switches) = nullptr;

  /// The limit that a copy counts in; null or nullopt: there is none.
  std::optional<RunningLimit> (*limit_of)(const Copy& copy, const Switches& switches) = nullptr;
  /// Whether the image of a failed copy stays. Null: it does.
  bool (*keeps_failed_image)(const Switches& switches) = nullptr;
};

}  // namespace emulator
