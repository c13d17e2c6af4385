#pragma once

#include <memory>
#include <string>
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

  /// Where they were found, for messages, as in "the environment variables A and B"; may be empty.
  [[nodiscard]] virtual std::string source() const = 0;
};

class StaticCredentials final : public CredentialsProvider {
 public:
  explicit StaticCredentials(Credentials credentials, std::string source = "")
      : credentials_(std::move(credentials)), source_(std::move(source)) {}

  Result<Credentials> get(const core::Context& /*context*/) override { return credentials_; }
  bool renew() override { return false; }
  [[nodiscard]] std::string source() const override { return source_; }

 private:
  const Credentials credentials_;
  const std::string source_;
};

using ExpiringCredentials = Expiring<Credentials>;

class RefreshingCredentials final : public CredentialsProvider {
 public:
  using Fetch = Refreshing<Credentials>::Fetch;

  RefreshingCredentials(Fetch fetch, core::Clock& clock, const RefreshPolicy& policy, std::string source = "")
      : newest_(std::move(fetch), clock, policy), source_(std::move(source)) {}

  Result<Credentials> get(const core::Context& context) override { return newest_.get(context); }
  bool renew() override {
    newest_.discard();
    return true;
  }
  [[nodiscard]] std::string source() const override { return source_; }

 private:
  Refreshing<Credentials> newest_;
  const std::string source_;
};

}  // namespace cloud
