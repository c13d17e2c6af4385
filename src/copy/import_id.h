#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace copy {

/// What an import names: an image, or a job of Huawei Cloud that still runs.
struct ImportId {
  std::string cloud;
  std::string region;    ///< of the image; of the source for a job
  std::string image_id;  ///< empty for a job
  std::string job_id;    ///< empty for an image

  bool operator==(const ImportId&) const = default;
};

/// `cloud/region/image_id` or `huaweicloud/source_region/job/job_id`. The error says what is wrong and what
/// the form is.
std::expected<ImportId, std::string> parse_import_id(std::string_view text);

/// The id of an image, in the form that can be imported.
std::string image_import_id(std::string_view cloud, std::string_view region, std::string_view image_id);

}  // namespace copy
