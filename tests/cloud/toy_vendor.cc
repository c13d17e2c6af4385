#include "tests/cloud/toy_vendor.h"

#include <array>

#include "src/cloud/copy_rules.h"
#include "src/cloud/source_rules.h"
#include "tests/cloud/toy_client.h"

namespace toy {
namespace {

constexpr std::string_view kDisplayName = "Toy Cloud";
constexpr std::array kRegionVariables = {"TOY_REGION"};

cloud::CredentialsResult find_credentials(const cloud::VendorSettings& settings,
                                          const cloud::HostEnvironment& host,
                                          const cloud::Dependencies& /*dependencies*/) {
  cloud::SearchReport sources(kDisplayName);
  auto found = cloud::key_pair({.access_key = cloud::setting(settings, "access_key"),
                                .secret_key = cloud::setting(settings, "secret_key"),
                                .security_token = ""},
                               "the provider configuration");
  sources.add("the provider configuration", "not set");
  if (found && !*found) {
    found = cloud::key_pair_of(
        host, {.access_key = "TOY_KEY", .secret_key = "TOY_SECRET", .security_token = "TOY_TOKEN"});
  }
  sources.add("the environment variables TOY_KEY and TOY_SECRET", "not set");
  if (!found) return std::unexpected(found.error());
  if (!*found) return std::unexpected(sources.report());
  return std::move(**found);
}

template <const cloud::Vendor& (*Entry)()>
std::unique_ptr<cloud::ImageCloud> make_client(const cloud::VendorSettings& /*settings*/,
                                               const cloud::FoundCredentials& /*found*/,
                                               const cloud::HostEnvironment& /*host*/,
                                               const cloud::Dependencies& dependencies) {
  return std::make_unique<Client>(Entry(), dependencies.clock);
}

void check_copy(const cloud::CopySpec& spec, cloud::CopyStage /*stage*/, cloud::Violations& violations) {
  if (spec.kms_key_id.is_set()) {
    cloud::add_violation(violations, "kms_key_id", "No Keys",
                         "The toy cannot encrypt. Remove this argument.");
  }
}

void check_source(cloud::SourceRules& rules) {
  rules.check_public_and_market(kDisplayName);
}

}  // namespace

const cloud::Vendor& vendor() {
  static const cloud::Vendor kVendor = {.name = "toy",
                                        .display_name = kDisplayName,
                                        .traits = {.description = cloud::DescriptionSupport::removable,
                                                   .reports_source = true,
                                                   .tags_with_copy = true,
                                                   .reports_tags = true,
                                                   .batch_threshold = 3},
                                        .keeps_snapshots = true,
                                        .max_running_copies = 2,
                                        .endpoint = "https://{region}.toy.example",
                                        .example_image_id = "east/i-golden",
                                        .region_variables = kRegionVariables,
                                        .secrets = {},
                                        .request_id_header = "",
                                        .request_id_member = "",
                                        .retry_after_ms_header = "",
                                        .find_credentials = find_credentials,
                                        .make_client = make_client<vendor>,
                                        .check_copy = check_copy,
                                        .check_source = check_source};
  return kVendor;
}

const cloud::Vendor& bare_vendor() {
  static const cloud::Vendor kVendor = [] {
    cloud::Vendor bare = vendor();
    bare.name = "bare-toy";
    bare.traits = {.names_unique = true};
    bare.keeps_snapshots = false;
    bare.make_client = make_client<bare_vendor>;
    return bare;
  }();
  return kVendor;
}

}  // namespace toy
