#pragma once

#include <chrono>

#include "src/copy/polling_policy.h"

/// What the engine decides by time or by count: one struct for each of its parts, with the values in use.
namespace copy {

/// When a copy that is not listed is gone.
struct VisibilityPolicy {
  /// How long a new copy may stay unlisted. The vendors give no bound, only that it happens
  /// (alicloud/API.md 4.2, baiducloud/API.md 4.3).
  std::chrono::seconds delay{120};
};

/// How a copy is started (`EnsureCopy`).
struct EnsurePolicy {
  /// How old the listing before a copy call may be: old enough to be shared by many copies, new enough to
  /// show what other runs have started.
  std::chrono::seconds max_listing_age{10};

  /// How many copy calls may end without a clear answer, and without a copy that appears, before the user is
  /// told.
  int max_doubtful_calls = 3;

  /// Between two listings, while the copy may still appear or its name is taken.
  ProportionalPolling polling;
};

/// How a copy is waited for (`CopyWaiter`).
struct WaitPolicy {
  PollingParameters polling;

  /// How many refusals in a row, for instance of the credentials, end a wait.
  int max_refusals = 3;
};

/// How an image is changed (`retry_while_busy`).
struct EditPolicy {
  /// Between two attempts, while the image is busy.
  ProportionalPolling polling;
};

/// How a copy is removed (`Removal`).
struct RemovalPolicy {
  /// Between two reads of the image, and between two tries to delete its snapshots.
  ProportionalPolling polling;

  /// How many deletes may not find an image that is listed, before the cloud's refusal is reported: a
  /// deleted image may be listed for a while.
  int max_not_found = 5;

  /// How long a deleted image may still count as its snapshots' user (alicloud/API.md 3.9).
  std::chrono::minutes snapshot_release{2};
};

/// How duplicates of a copy are removed (`remove_duplicates`).
struct DeduplicationPolicy {
  /// How far apart two runs can have begun that could not see each other's copy. An image of the same origin
  /// and name from another time is not a duplicate.
  std::chrono::minutes max_apart{10};

  /// How long finished duplicates are left to the run that made them: longer than that run usually pauses
  /// near the end of its copy. A run that comes later finds its own gone, and adopts the older one.
  std::chrono::seconds owners_time{20};

  /// Between two listings meanwhile.
  std::chrono::seconds poll_interval{3};
};

/// How long responses of the cloud are shared (`ImageCache`).
struct CachePolicy {
  /// What a caller reads besides its copies: a moment later it could be different anyway.
  std::chrono::seconds max_age{30};

  /// What a refresh reads: that of very many copies may take this long. Each run of the program begins with
  /// an empty cache.
  std::chrono::minutes max_refresh_age{5};
};

/// What this process remembers of its objects (`Ownership`).
struct OwnershipPolicy {
  /// How long a caller waits for the object that holds an image: while one is planned or created, others are
  /// still being read or planned.
  std::chrono::seconds max_read_wait{2};

  /// How long a planned copy counts. No plan takes longer between its first and its last copy, and a process
  /// may outlive a plan that was never applied.
  std::chrono::minutes plan_lifetime{10};
};

/// Which copies may start (`Admission`).
struct AdmissionPolicy {
  /// Copies at once from one source region. In use is the number of the table of vendors.
  int max_running = 5;

  /// Between two copy calls that the cloud refuses. Free room should not stay unused for long.
  ProportionalPolling retry{.min = std::chrono::seconds(1), .max = std::chrono::seconds(15)};

  /// Between two observations of what other runs copy, which may take many calls.
  ProportionalPolling observation{.min = std::chrono::seconds(1), .max = std::chrono::seconds(60)};
};

struct EnginePolicies {
  VisibilityPolicy visibility;
  EnsurePolicy ensure;
  WaitPolicy wait;
  EditPolicy edit;
  RemovalPolicy removal;
  DeduplicationPolicy deduplication;
  CachePolicy cache;
  OwnershipPolicy ownership;
  AdmissionPolicy admission;
};

}  // namespace copy
