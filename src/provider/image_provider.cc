#include "src/provider/image_provider.h"

#include "src/cloud/vendors.h"
#include "src/core/time_text.h"
#include "src/provider/id_functions.h"
#include "src/provider/image_copy/schema.h"
#include "src/provider/provider_schema.h"
#include "src/provider/user_agent.h"

namespace provider {
namespace {

using tf::Value;

void add_settings(cloud::VendorSettings& settings, const std::string& prefix, const Value& block) {
  const auto* attributes = block.as_attributes();
  if (attributes == nullptr) return;
  for (const auto& [name, value] : *attributes) {
    const auto text = value.text();
    if (text && !text->empty()) settings.emplace(prefix + name, *text);
    add_settings(settings, prefix + name + ".", value);
  }
}

}  // namespace

ImageProvider::ImageProvider(Dependencies dependencies)
    : dependencies_(std::move(dependencies)),
      schema_(provider_schema()),
      image_copy_(clouds_, dependencies_.clock, dependencies_.log),
      image_info_(clouds_, dependencies_.clock),
      image_list_(clouds_, dependencies_.clock),
      resources_({{kImageCopyType, &image_copy_}}),
      data_sources_({{"image_info", &image_info_}, {"image_list", &image_list_}}),
      functions_(id_functions()) {}

namespace {

Policies configured_policies(Policies policies, const Value& config, const cloud::Vendor& vendor) {
  const auto set = [&](int& policy, std::string_view attribute) {
    if (const auto configured = config[attribute].integer()) policy = static_cast<int>(*configured);
  };
  policies.engine.admission.max_running = vendor.max_running_copies;
  set(policies.engine.admission.max_running, "max_concurrent_copies");
  set(policies.calls.retry.max_retries, "max_retries");
  return policies;
}

}  // namespace

Clouds::Entry ImageProvider::make_cloud(const cloud::Vendor& vendor, const Value& block,
                                        http::HttpTransport& transport, const Policies& policies) const {
  if (!block.is_wholly_known()) {
    return std::unexpected(UnusableCloud{
        .known_at_apply = true,
        .reason = "The provider configuration of this cloud depends on values that are unknown until other "
                  "resources are applied. Apply those resources first, for example with -target."});
  }
  auto clock = std::make_shared<core::CorrectedClock>(dependencies_.clock);
  const cloud::Dependencies client_dependencies{
      .transport = transport, .clock = *clock, .log = dependencies_.log, .policies = policies.calls};
  cloud::VendorSettings settings;
  add_settings(settings, "", block);
  const auto found = cloud::find_credentials(vendor, settings, dependencies_.host, client_dependencies);
  if (!found) return std::unexpected(UnusableCloud{.reason = found.error()});
  return ConfiguredCloud(clock, vendor.make_client(settings, *found, dependencies_.host, client_dependencies),
                         found->credentials, found->region, policies.engine);
}

tf::Diagnostics ImageProvider::configure(const tf::ConfigureRequest& request) {
  const Value& config = request.config;
  http::CurlOptions options{
      .proxy_url = config["proxy_url"].text().value_or(""),
      .ca_file = config["ca_file"].text().value_or(""),
      .user_agent =
          user_agent({.terraform_version = request.terraform_version,
                      .provider_version = dependencies_.version,
                      .suffix = config["user_agent_suffix"].text().value_or(""),
                      .appended = dependencies_.host.environment("TF_APPEND_USER_AGENT").value_or("")})};
  if (const auto timeout = config["request_timeout"].text()) {
    options.request_timeout = core::parse_duration(*timeout).value_or(options.request_timeout);
  }
  if (!options.ca_file.empty()) {
    if (const auto text = dependencies_.host.read_file(options.ca_file); !text) {
      return {tf::error(
          "Unreadable CA File",
          "The file " + options.ca_file + " " + text.error() + ". Set ca_file to a readable PEM file.",
          tf::AttributePath("ca_file"))};
    }
  }
  std::unique_ptr<http::HttpTransport> transport = dependencies_.make_transport(std::move(options));
  std::map<std::string, Clouds::Entry, std::less<>> entries;
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    entries.emplace(vendor->name, make_cloud(*vendor, config[vendor->name], *transport,
                                             configured_policies(dependencies_.policies, config, *vendor)));
  }
  clouds_.set(
      std::make_shared<const Clouds>(std::move(transport), std::move(entries), config["default_tags"]));
  return {};
}

}  // namespace provider
