#include "src/copy/destination_search.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace copy {
namespace {

/// Whether every other region would report the same error.
bool is_hopeless(const cloud::Error& error) {
  using cloud::ErrorKind;
  return error.kind == ErrorKind::cancelled || error.kind == ErrorKind::unauthenticated ||
         error.kind == ErrorKind::account;
}

void add(std::vector<std::string>& regions, const std::string& region) {
  if (!region.empty() && std::ranges::find(regions, region) == regions.end()) regions.push_back(region);
}

bool exists(const FoundImage& found) {
  return found.status.state != cloud::CopyState::absent;
}

/// Remembers the first error of those that do not end the search.
class DestinationSearch {
 public:
  DestinationSearch(Engine& engine, cloud::CopyReference copy, std::string default_region,
                    const core::Context& context)
      : engine_(engine),
        copy_(std::move(copy)),
        default_region_(std::move(default_region)),
        context_(context) {
    copy_.job_id.clear();  // reading the job does not show the region
  }

  cloud::Result<FoundImage> run() {
    std::vector<std::string> likely;
    add(likely, default_region_);
    add(likely, copy_.source_region);
    if (likely.empty()) {
      return std::unexpected(cloud::Error{.kind = cloud::ErrorKind::invalid,
                                          .message = "Neither the state nor the provider configuration "
                                                     "names a region of this cloud."});
    }
    auto found = search(likely);
    if (!found || exists(*found)) return found;
    auto all = engine_.cache().regions(likely.front(), context_);
    if (!all) return std::unexpected(std::move(all.error()));
    std::vector<std::string> rest;
    for (const std::string& region : **all) {
      if (std::ranges::find(likely, region) == likely.end()) add(rest, region);
    }
    found = search(rest);
    if (found && !exists(*found) && first_error_) return std::unexpected(*std::move(first_error_));
    return found;
  }

 private:
  cloud::Result<FoundImage> search(const std::vector<std::string>& regions) {
    for (const std::string& region : regions) {
      copy_.destination_region = region;
      auto status = engine_.cloud().describe_copy(copy_, context_);
      if (status && status->state != cloud::CopyState::absent) {
        return FoundImage{.region = region, .status = *std::move(status)};
      }
      if (status) continue;
      if (is_hopeless(status.error())) return std::unexpected(status.error());
      if (!first_error_) first_error_ = status.error();
    }
    return FoundImage{.region = "", .status = {.state = cloud::CopyState::absent}};
  }

  Engine& engine_;
  cloud::CopyReference copy_;
  const std::string default_region_;
  const core::Context& context_;
  std::optional<cloud::Error> first_error_;
};

}  // namespace

cloud::Result<FoundImage> find_destination(Engine& engine, cloud::CopyReference copy,
                                           const std::string& default_region, const core::Context& context) {
  return DestinationSearch(engine, std::move(copy), default_region, context).run();
}

}  // namespace copy
