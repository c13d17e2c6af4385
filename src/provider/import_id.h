#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace provider {

/// What an import names: an image, or a job that still runs, where the vendor has jobs.
struct ImportId {
  std::string cloud;
  std::string region;    ///< of the image; of the source for a job
  std::string image_id;  ///< empty for a job
  std::string job_id;    ///< empty for an image

  bool operator==(const ImportId&) const = default;
};

/// `cloud/region/image_id` or `cloud/source_region/job/job_id`. The error says what is wrong and what the
/// form is.
std::expected<ImportId, std::string> parse_import_id(std::string_view text);

/// Why parts make no id, and which of them is to blame, counted from 0.
struct ImportIdProblem {
  std::string text;  ///< a sentence
  std::size_t part = 0;

  bool operator==(const ImportIdProblem&) const = default;
};

/// What `parse_import_id` reads. `image_id` may be `job/` and a job's id.
std::expected<std::string, ImportIdProblem> make_import_id(std::string_view cloud, std::string_view region,
                                                           std::string_view image_id);

/// The forms of ids, each between quotes.
std::vector<std::string> import_id_forms(std::string_view quote = "");

/// The id of an image, in the form that can be imported.
std::string image_import_id(std::string_view cloud, std::string_view region, std::string_view image_id);

}  // namespace provider
