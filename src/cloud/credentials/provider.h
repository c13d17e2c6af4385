#pragma once

#include <memory>
#include <utility>

#include "src/cloud/credentials/credentials.h"
#include "src/cloud/credentials/refreshing.h"
#include "src/cloud/image_cloud.h"
#include "src/core/clock.h"

namespace cloud {

/// Where requests get their credentials. Safe to use from any thread.
class CredentialsProvider {
 public:
  CredentialsProvider() = default;
  CredentialsProvider(const CredentialsProvider&) = delete;
  CredentialsProvider& operator=(const CredentialsProvider&) = delete;
  virtual ~CredentialsProvider() = default;

  /// Credentials that are valid for a call made now.
  virtual Result<Credentials> get(const core::Context& context) = 0;

  /// Called when the cloud reports that the newest credentials expired. Returns whether the next ones can be
  /// others.
  virtual bool renew() = 0;
};

class StaticCredentials final : public CredentialsProvider {
 public:
  explicit StaticCredentials(Credentials credentials) : credentials_(std::move(credentials)) {}

  Result<Credentials> get(const core::Context& /*context*/) override { return credentials_; }
  bool renew() override { return false; }

 private:
  const Credentials credentials_;
};

using ExpiringCredentials = Expiring<Credentials>;

class RefreshingCredentials final : public CredentialsProvider {
 public:
  using Fetch = Refreshing<Credentials>::Fetch;

  RefreshingCredentials(Fetch fetch, core::Clock& clock, const RefreshPolicy& policy)
      : newest_(std::move(fetch), clock, policy) {}

  Result<Credentials> get(const core::Context& context) override { return newest_.get(context); }
  bool renew() override {
    newest_.discard();
    return true;
  }

 private:
  Refreshing<Credentials> newest_;
};

}  // namespace cloud
