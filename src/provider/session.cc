#include "src/provider/session.h"

#include "src/cloud/vendors.h"
#include "src/core/text.h"
#include "src/provider/diagnostics.h"

namespace provider {

std::optional<Session> open_session(const CurrentClouds& current, core::Clock& clock,
                                    const std::string& cloud, const std::stop_token& stop,
                                    tf::Diagnostics& diagnostics) {
  std::shared_ptr<const Clouds> clouds = current.get();
  if (!clouds) {
    diagnostics.push_back(tf::error("Provider Not Configured",
                                    "Terraform used the provider before it configured the provider. This is "
                                    "a bug in Terraform or the provider; please report it."));
    return std::nullopt;
  }
  const Clouds::Entry* entry = clouds->find(cloud);
  if (entry == nullptr) {
    diagnostics.push_back(tf::error(
        "Unknown Cloud",
        "The cloud must be " + core::enumerate(cloud::vendor_names(), "or") + ", not \"" + cloud +
            "\". If this value comes from the state, the state was edited: restore it from a backup.",
        tf::AttributePath("cloud")));
    return std::nullopt;
  }
  if (!*entry) {
    diagnostics.push_back(tf::error(
        entry->error().known_at_apply ? "Provider Configuration Unknown" : "No Valid Credentials Found",
        entry->error().reason, tf::AttributePath("cloud")));
    return std::nullopt;
  }
  const ConfiguredCloud& configured = **entry;
  if (configured.credentials) {
    const core::Context limits{.deadline = clock.now() + current.timeouts().credentials, .stop = stop};
    if (const auto credentials = configured.credentials->get(limits); !credentials) {
      diagnostics.push_back(credentials.error().action.empty()
                                ? tf::error("No Valid Credentials Found", credentials.error().message,
                                            tf::AttributePath("cloud"))
                                : call_failed("Credentials Not Obtained", "get credentials",
                                              credentials.error(), tf::AttributePath("cloud")));
      return std::nullopt;
    }
  }
  return Session{.clouds = std::move(clouds),
                 .engine = configured.engine.get(),
                 .default_region = configured.default_region};
}

bool waits_for_apply(const CurrentClouds& current, const std::string& cloud) {
  const std::shared_ptr<const Clouds> clouds = current.get();
  const Clouds::Entry* entry = clouds ? clouds->find(cloud) : nullptr;
  return entry != nullptr && !*entry && entry->error().known_at_apply;
}

}  // namespace provider
