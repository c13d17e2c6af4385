#include "src/cli/configuration.h"

#include "tf/codec.h"
#include "tf/validate.h"

namespace cli {

tf::Diagnostics configure(tf::Provider& provider, const std::string& json) {
  const tf::Schema& schema = provider.schema();
  auto config = tf::decode_json(json.empty() ? "{}" : json, schema.type());
  if (!config) {
    return {tf::error("Unreadable Provider Configuration",
                      "The configuration must be a JSON object with the arguments of the provider block: " +
                          config.error().to_string() + ".")};
  }
  if (config->as_attributes() == nullptr) {
    return {tf::error("Unreadable Provider Configuration",
                      "The configuration must be a JSON object with the arguments of the provider block.")};
  }
  tf::Diagnostics diagnostics = tf::validate_config(schema, *config);
  if (!tf::has_error(diagnostics)) tf::append(diagnostics, provider.validate(*config));
  if (tf::has_error(diagnostics)) return diagnostics;
  tf::append(diagnostics, provider.configure({.terraform_version = "", .config = *std::move(config)}));
  return diagnostics;
}

}  // namespace cli
