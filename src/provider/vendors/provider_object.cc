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

Attribute seconds_attribute(std::string name, int min, int max, std::string description) {
  Attribute attribute = optional_text(std::move(name), std::move(description));
  attribute.validators = {[min, max](const tf::Value& value) -> std::optional<std::string> {
    const std::string digits = value.text().value_or("");
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole = error == std::errc() && end == digits.data() + digits.size();
    if (whole && number >= min && number <= max) return std::nullopt;
    return "The value must be a number of seconds from " + std::to_string(min) + " to " +
           std::to_string(max) + ", not \"" + core::shorten(digits, 40) + "\".";
  }};
  return attribute;
}

Attribute assume_role_attribute(std::string description, std::vector<Attribute> attributes) {
  return tf::nested_object("assume_role", Presence::optional, std::move(description), std::move(attributes));
}

Attribute metadata_endpoint_attribute(const std::string& address) {
  return endpoint_attribute(
      "metadata_endpoint",
      "The URL of the metadata service, which gives the instance's own temporary keys where no others "
      "are found. Default: `" +
          address + "`.");
}

Attribute provider_object(const cloud::Vendor& vendor, const VendorWords& words, std::vector<Attribute> own) {
  const std::string region_variable = vendor.region_variables.front();
  std::vector<Attribute> attributes = {
      optional_text("region", "The region of source images where a resource names none. Default: `" +
                                  region_variable + "`."),
      optional_text("access_key", "The access key id. Default: " + words.key_variables + ".", true),
      optional_text("secret_key", "The secret that belongs to the access key.", true),
      optional_text("security_token", "The session token of a temporary access key.", true),
      optional_text("profile", "The profile in the credentials file. Default: the file's current one."),
      optional_text(
          "shared_credentials_file",
          "A credentials file as the vendor's command line tool writes it. Default: `" + words.profile_file +
              "`, which counts less than keys in the environment; a file or profile that is named here "
              "counts "
              "more."),
      endpoint_attribute("endpoint", "The URL of " + words.service +
                                         ", with `{region}` where the region goes. Default: `" +
                                         std::string(vendor.endpoint) + "`."),
  };
  attributes.insert(attributes.end(), std::make_move_iterator(own.begin()),
                    std::make_move_iterator(own.end()));
  return tf::nested_object(std::string(vendor.name), Presence::optional,
                           std::string(vendor.display_name) + ".", std::move(attributes));
}

}  // namespace provider
