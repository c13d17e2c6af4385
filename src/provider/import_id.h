#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace provider {

/// The parts of an import ID: of an image, or of a running job, where the vendor has jobs.
struct ImportId {
  std::string cloud;
  std::string region;    ///< of the image; of the source for a job
  std::string image_id;  ///< empty for a job
  std::string job_id;    ///< empty for an image

  bool operator==(const ImportId&) const = default;
};

/// Parses `cloud/region/image_id` or `cloud/source_region/job/job_id`. The error says what is wrong, and
/// which form is required.
std::expected<ImportId, std::string> parse_import_id(std::string_view text);

/// Why the parts do not make an import ID, and which of them is invalid, counted from 0.
struct ImportIdProblem {
  std::string text;  ///< a sentence
  std::size_t part = 0;

  bool operator==(const ImportIdProblem&) const = default;
};

/// Makes the ID that `parse_import_id` parses. `image_id` may be `job/` followed by a job ID.
std::expected<std::string, ImportIdProblem> make_import_id(std::string_view cloud, std::string_view region,
                                                           std::string_view image_id);

/// The forms of import IDs, each between quotes.
std::vector<std::string> import_id_forms(std::string_view quote = "");

/// The import ID of an image. The parts must be valid.
std::string image_import_id(std::string_view cloud, std::string_view region, std::string_view image_id);

}  // namespace provider
