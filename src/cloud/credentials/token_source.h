#pragma once

#include <string>

#include "src/cloud/image_cloud.h"

namespace cloud {

/// What a vendor takes in place of a signature, good for one project.
struct Token {
  std::string text;
  std::string project_id;  ///< empty: not told

  bool operator==(const Token&) const = default;
};

/// Where requests get their tokens from. Safe from any thread.
class TokenSource {
 public:
  TokenSource() = default;
  TokenSource(const TokenSource&) = delete;
  TokenSource& operator=(const TokenSource&) = delete;
  virtual ~TokenSource() = default;

  /// A token for the project of that name; `region` is the project's.
  virtual Result<Token> token(const std::string& region, const std::string& project,
                              const core::Context& context) = 0;

  /// Whether it can give tokens for no other project than one.
  [[nodiscard]] virtual bool is_of_one_project() const { return false; }

  /// Says that the cloud called the newest token ended. Whether the next one can be another.
  virtual bool renew() = 0;
};

}  // namespace cloud
