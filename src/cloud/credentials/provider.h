#pragma once

#include <memory>
#include <utility>

#include "src/cloud/image_cloud.h"
#include "src/cloud/credentials/refreshing.h"
#include "src/core/clock.h"
#include "src/cloud/credentials/credentials.h"

namespace cloud {

/// Where requests get their keys from. Safe from any thread.
class KeySource {
 public:
  KeySource() = default;
  KeySource(const KeySource&) = delete;
  KeySource& operator=(const KeySource&) = delete;
  virtual ~KeySource() = default;

  /// Keys that are good for a call made now.
  virtual Result<sign::Credentials> keys(const core::Context& context) = 0;

  /// Says that the cloud called the newest keys ended. Whether the next ones can be others.
  virtual bool renew() = 0;
};

class FixedKeys final : public KeySource {
 public:
  explicit FixedKeys(sign::Credentials credentials) : credentials_(std::move(credentials)) {}

  Result<sign::Credentials> keys(const core::Context& /*context*/) override { return credentials_; }
  bool renew() override { return false; }

 private:
  const sign::Credentials credentials_;
};

using Keys = Lease<sign::Credentials>;

class TemporaryKeys final : public KeySource {
 public:
  using Fetch = Renewed<sign::Credentials>::Fetch;

  TemporaryKeys(Fetch fetch, core::Clock& clock) : newest_(std::move(fetch), clock) {}

  Result<sign::Credentials> keys(const core::Context& context) override { return newest_.get(context); }
  bool renew() override {
    newest_.discard();
    return true;
  }

 private:
  Renewed<sign::Credentials> newest_;
};

}  // namespace cloud
