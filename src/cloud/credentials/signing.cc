#include "src/cloud/credentials/signing.h"

namespace cloud {

Dialect signing_dialect(const Vendor& vendor, const std::shared_ptr<CredentialsProvider>& provider,
                        std::function<void(http::Request&, const Credentials&)> sign,
                        std::function<Error(const http::Response&)> read_error) {
  return {.vendor = vendor,
          .authorize = [provider, sign = std::move(sign)](http::Request& request, const ApiCall& /*call*/,
                                                          const core::Context& context) -> Result<void> {
            const auto credentials = provider->get(context);
            if (!credentials) return std::unexpected(credentials.error());
            sign(request, *credentials);
            return {};
          },
          .renew = [provider] { return provider->renew(); },
          .read_error = std::move(read_error),
          .credentials_source = provider->source()};
}

}  // namespace cloud
