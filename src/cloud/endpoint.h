#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "src/http/message.h"

namespace cloud {

/// A region in which a service has another host than the rule says.
struct IrregularHost {
  std::string_view region;  ///< or the beginning of several, with `*` at its end
  std::string_view host;    ///< may contain `{region}`
};

/// The address of a service in every region: a URL with `{region}` as the placeholder for the region.
class Endpoint {
 public:
  /// The error is a sentence.
  static std::expected<Endpoint, std::string> parse(std::string_view url_template);

  /// The same, with these exceptions, which must outlive it.
  [[nodiscard]] Endpoint except(std::span<const IrregularHost> irregular) const;

  [[nodiscard]] http::BaseUrl at(std::string_view region) const;

  /// A request to that region. `path` is appended to the endpoint's own path.
  [[nodiscard]] http::Request request(std::string_view region, std::string method,
                                      std::string_view path) const;

 private:
  explicit Endpoint(std::string url_template) : url_template_(std::move(url_template)) {}

  std::string url_template_;
  std::span<const IrregularHost> irregular_;
};

}  // namespace cloud
