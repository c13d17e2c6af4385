#pragma once

#include <string>

#include "src/cloud/image_cloud.h"

namespace cloud {

/// A token that a vendor accepts instead of a signature. Valid for one project.
struct Token {
  std::string text;
  std::string project_id;  ///< may be empty

  bool operator==(const Token&) const = default;
};

/// Where requests get their tokens. Safe to use from any thread.
class TokenSource {
 public:
  TokenSource() = default;
  TokenSource(const TokenSource&) = delete;
  TokenSource& operator=(const TokenSource&) = delete;
  virtual ~TokenSource() = default;

  /// A token for the project of that name in `region`.
  virtual Result<Token> token(const std::string& region, const std::string& project,
                              const core::Context& context) = 0;

  /// Whether all tokens are for the same project.
  [[nodiscard]] virtual bool is_of_one_project() const = 0;

  /// Called when the cloud reports that the newest token expired. Returns whether the next one can be
  /// another.
  virtual bool renew() = 0;
};

}  // namespace cloud
