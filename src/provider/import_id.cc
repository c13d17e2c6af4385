#include "src/provider/import_id.h"

#include <algorithm>
#include <vector>

#include "src/cloud/vendors.h"
#include "src/core/text.h"

namespace provider {
namespace {

std::string shown(std::string_view text) {
  return core::without_controls(core::shorten(text, 200));
}

constexpr std::string_view kImageForm = "cloud/region/image_id";
constexpr std::string_view kJob = "job";

bool has_jobs(const cloud::Vendor& vendor) {
  return vendor.has_jobs;
}

std::string job_form(const cloud::Vendor& vendor) {
  return std::string(vendor.name) + "/source_region/" + std::string(kJob) + "/job_id";
}

std::string explain_forms() {
  const cloud::Vendor& first = *cloud::vendors().front();
  std::string text = "It must have the form " + std::string(kImageForm) + ", for example " +
                     std::string(first.name) + "/" + std::string(first.example_image_id);
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    if (!vendor->has_jobs) continue;
    text += ", or for a copy that is still running on " + std::string(vendor->display_name) + ", " +
            job_form(*vendor);
  }
  return text + ".";
}

std::unexpected<std::string> malformed(std::string_view text, const std::string& problem) {
  return std::unexpected("The import ID \"" + shown(text) + "\" " + problem + ". " + explain_forms());
}

std::string clouds() {
  return core::enumerate(cloud::vendor_names(), "or");
}

bool is_part(std::string_view text) {
  const auto is_strange = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; };
  return !text.empty() && text.find_first_of("/?#%") == std::string_view::npos &&
         std::ranges::none_of(text, is_strange);
}

std::unexpected<ImportIdProblem> wrong_part(std::size_t part, std::string_view name, std::string_view text) {
  const std::string problem =
      text.empty() ? "must not be empty"
                   : "\"" + shown(text) + "\" contains characters that are not allowed in an ID";
  return std::unexpected(
      ImportIdProblem{.text = "The " + std::string(name) + " " + problem + ".", .part = part});
}

}  // namespace

std::expected<ImportId, std::string> parse_import_id(std::string_view text) {
  const std::vector<std::string> parts = core::split(text, '/');
  const bool job = parts.size() == 4 && parts[2] == kJob;
  if (parts.size() != 3 && !job) return malformed(text, "is not valid");
  if (!std::ranges::all_of(parts, is_part)) {
    return malformed(text, "has a part that is empty or contains characters that are not allowed in an ID");
  }
  const cloud::Vendor* vendor = cloud::find_vendor(parts[0]);
  if (vendor == nullptr) {
    return malformed(text, "begins with \"" + shown(parts[0]) + "\", but must begin with " + clouds());
  }
  if (job && !vendor->has_jobs) {
    return malformed(text, "names a job, but only " + cloud::display_names(has_jobs) + " has jobs");
  }
  return ImportId{
      .cloud = parts[0], .region = parts[1], .image_id = job ? "" : parts[2], .job_id = job ? parts[3] : ""};
}

std::expected<std::string, ImportIdProblem> make_import_id(std::string_view cloud, std::string_view region,
                                                           std::string_view image_id) {
  const cloud::Vendor* vendor = cloud::find_vendor(cloud);
  if (vendor == nullptr) {
    return std::unexpected(ImportIdProblem{
        .text = "The cloud must be " + clouds() + ", not \"" + shown(cloud) + "\".", .part = 0});
  }
  if (!is_part(region)) return wrong_part(1, "region", region);
  const std::string job = std::string(kJob) + "/";
  const bool is_job = image_id.starts_with(job);
  if (is_job && !vendor->has_jobs) {
    return std::unexpected(
        ImportIdProblem{.text = "Only " + cloud::display_names(has_jobs) + " has jobs.", .part = 2});
  }
  const std::string_view id = is_job ? image_id.substr(job.size()) : image_id;
  if (!is_part(id)) return wrong_part(2, is_job ? "job ID" : "image ID", id);
  return image_import_id(cloud, region, image_id);
}

std::vector<std::string> import_id_forms(std::string_view quote) {
  std::vector<std::string> forms = {std::string(kImageForm)};
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    if (vendor->has_jobs) forms.push_back(job_form(*vendor));
  }
  for (std::string& form : forms) form = std::string(quote) + form + std::string(quote);
  return forms;
}

std::string image_import_id(std::string_view cloud, std::string_view region, std::string_view image_id) {
  return std::string(cloud) + "/" + std::string(region) + "/" + std::string(image_id);
}

}  // namespace provider
