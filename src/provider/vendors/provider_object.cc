#include "src/provider/vendors/provider_object.h"

#include <charconv>
#include <iterator>

#include "src/cloud/endpoint.h"
#include "src/core/text.h"

namespace provider {

using tf::Attribute;
using tf::Presence;

Attribute optional_text(std::string name, std::string description, bool sensitive) {
  return {.name = std::move(name),
          .presence = Presence::optional,
          .description = std::move(description),
          .sensitive = sensitive};
}

Attribute required_text(std::string name, std::string description) {
  Attribute attribute = optional_text(std::move(name), std::move(description));
  attribute.presence = Presence::required;
  return attribute;
}

Attribute endpoint_attribute(std::string name, std::string description) {
  Attribute attribute = optional_text(std::move(name), std::move(description));
  attribute.validators = {[](const tf::Value& value) -> std::optional<std::string> {
    const auto url = value.text();
    if (!url) return std::nullopt;
    const auto parsed = cloud::Endpoint::parse(*url);
    return parsed ? std::nullopt : std::optional(parsed.error());
  }};
  return attribute;
}

Attribute session_duration_attribute(std::string name, int min, int max, const std::string& default_text) {
  Attribute attribute =
      optional_text(std::move(name),
                    "How long the temporary credentials are valid: a number of seconds without a unit, such "
                    "as `3600`. They are renewed before they expire. Must be between " +
                        std::to_string(min) + " and " + std::to_string(max) + ". " + default_text);
  attribute.validators = {[min, max](const tf::Value& value) -> std::optional<std::string> {
    const std::string digits = value.text().value_or("");
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole = error == std::errc() && end == digits.data() + digits.size();
    if (whole && number >= min && number <= max) return std::nullopt;
    return "The value must be a number of seconds between " + std::to_string(min) + " and " +
           std::to_string(max) + ", without a unit, not \"" + core::shorten(digits, 40) + "\".";
  }};
  return attribute;
}

Attribute assume_role_attribute(std::string description, std::vector<Attribute> attributes) {
  return tf::nested_object("assume_role", Presence::optional, std::move(description), std::move(attributes));
}

Attribute metadata_endpoint_attribute(std::string_view address) {
  return endpoint_attribute("metadata_endpoint",
                            "The URL of the instance metadata service, which provides temporary credentials "
                            "if no other source has any. Defaults to `" +
                                std::string(address) + "`.");
}

std::string set_by_variable(std::string_view name) {
  return "Can also be set with the `" + std::string(name) + "` environment variable.";
}

std::string set_by_variable(const cloud::Vendor& vendor, std::string_view setting) {
  return set_by_variable(cloud::variable_of(vendor, setting));
}

std::string replaced_by_variable(const cloud::Vendor& vendor, std::string_view setting) {
  return "If `" + std::string(setting.substr(0, setting.find('.'))) + "` is not set, the `" +
         std::string(cloud::variable_of(vendor, setting)) + "` environment variable is used.";
}

Attribute provider_object(const cloud::Vendor& vendor, std::vector<Attribute> own) {
  const cloud::KeyPairVariables& variables = vendor.key_pair_variables.front();
  std::vector<Attribute> attributes = {
      optional_text("region", "The default source region of copies. " +
                                  set_by_variable(vendor.region_variables.front())),
      optional_text(
          "access_key",
          "The ID of an access key. Requires `secret_key`. " + set_by_variable(variables.access_key), true),
      optional_text("secret_key", "The secret of the access key. " + set_by_variable(variables.secret_key),
                    true),
      optional_text(
          "security_token",
          "The session token of a temporary access key. " + set_by_variable(variables.security_token), true),
      optional_text(
          "profile",
          "The profile to use in the credentials file. Defaults to the current profile of the file."),
      optional_text(
          "shared_credentials_file",
          "The path of a credentials file in the format of the vendor's command line tool. If this or "
          "`profile` is set, the file takes precedence over credentials in the environment. Defaults to `" +
              std::string(vendor.profile_file) + "`."),
      endpoint_attribute("endpoint",
                         "The URL of " + std::string(vendor.service) +
                             ", with `{region}` as the placeholder for the region. Defaults to `" +
                             std::string(vendor.endpoint) + "`."),
  };
  attributes.insert(attributes.end(), std::make_move_iterator(own.begin()),
                    std::make_move_iterator(own.end()));
  return tf::nested_object(
      std::string(vendor.name), Presence::optional,
      "Credentials, default region and endpoints for " + std::string(vendor.display_name) + ".",
      std::move(attributes));
}

}  // namespace provider
