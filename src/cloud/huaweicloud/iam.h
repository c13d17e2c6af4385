#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "src/cloud/api_client.h"
#include "src/cloud/credentials/chain.h"
#include "src/cloud/credentials/provider.h"
#include "src/cloud/credentials/token_source.h"
#include "src/cloud/endpoint.h"

/// Tokens and temporary credentials of Huawei Cloud (huaweicloud/API.md 2.2, 2.3).
namespace cloud::huaweicloud {

/// The longest that temporary credentials of an agency can be valid, in seconds (huaweicloud/API.md 2.3).
inline constexpr int kMaxDuration = 86400;

inline constexpr std::string_view kIamEndpoint = "https://iam.{region}.myhuaweicloud.com";

/// Europe, and regions that use the global host (huaweicloud/API.md 1.5).
inline constexpr std::array kIrregularIamHosts = {
    IrregularHost{.region = "eu-west-1*", .host = "iam.{region}.myhuaweicloud.eu"},
    IrregularHost{.region = "cn-south-4", .host = "iam.myhuaweicloud.com"},
    IrregularHost{.region = "cn-north-11", .host = "iam.myhuaweicloud.com"},
    IrregularHost{.region = "cn-southwest-3", .host = "iam.myhuaweicloud.com"},
    IrregularHost{.region = "ap-southeast-5", .host = "iam.myhuaweicloud.com"},
    IrregularHost{.region = "af-north-1", .host = "iam.myhuaweicloud.com"},
};
inline constexpr std::string_view kMetadataEndpoint = "http://169.254.169.254";

struct User {
  std::string name;
  std::string password;
  std::string domain_name;  ///< the account
};

/// Gets tokens with a password, one for each project.
class PasswordTokens final : public TokenSource {
 public:
  PasswordTokens(Dependencies dependencies, Endpoint endpoint, User user);

  Result<Token> token(const std::string& region, const std::string& project,
                      const core::Context& context) override;
  [[nodiscard]] bool is_of_one_project() const override { return false; }
  bool renew() override;

 private:
  Result<Expiring<Token>> log_in(const std::string& region, const std::string& project,
                                 const core::Context& context);

  core::Clock& clock_;
  const RefreshPolicy policy_;
  const Endpoint endpoint_;
  const User user_;
  ApiClient api_;
  std::mutex mutex_;                                                  // guards `tokens_`
  std::map<std::string, std::shared_ptr<Refreshing<Token>>> tokens_;  // by project
};

/// A configured token, which is for one project.
class FixedToken final : public TokenSource {
 public:
  explicit FixedToken(std::string text) : text_(std::move(text)) {}

  Result<Token> token(const std::string& /*region*/, const std::string& /*project*/,
                      const core::Context& /*context*/) override {
    return Token{.text = text_};
  }
  [[nodiscard]] bool is_of_one_project() const override { return true; }
  bool renew() override { return false; }

 private:
  const std::string text_;
};

struct Agency {
  std::string name;
  std::string domain_name;       ///< the account that delegates
  std::string duration_seconds;  ///< empty for the longest that IAM allows
};

/// Gets credentials of an agency, with the keys or tokens of `base` in its region.
RefreshingCredentials::Fetch assume_agency(Dependencies dependencies, const Endpoint& endpoint,
                                           const FoundCredentials& base, Agency agency);

/// Gets credentials of the agency of the instance that this process runs on.
RefreshingCredentials::Fetch instance_agency(Dependencies dependencies, const Endpoint& endpoint);

}  // namespace cloud::huaweicloud
