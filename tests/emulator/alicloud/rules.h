#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "tests/emulator/alicloud/call.h"

/// Checks that several actions share.
namespace emulator::alicloud {

/// Check names and descriptions of images (alicloud/API.md 3.1).
std::optional<ApiError> check_name(std::string_view name);
std::optional<ApiError> check_description(std::string_view description);
std::optional<ApiError> check_tags(const std::vector<std::pair<std::string, std::string>>& tags);

/// Finds the image `ImageId` in the context's region.
Result<Image*> find_image(Context& context);

bool name_is_taken(const World& world, const ImageKey& of, std::string_view account, std::string_view name);

/// Returns the error of a dry run (`DryRun=true`) that passed all checks.
std::optional<ApiError> check_dry_run(const Call& call);

/// Reads a whole number from `min` to `max`. Returns the default if the parameter is absent.
Result<int> read_number(const Call& call, const std::string& name, int min, int max, int default_value);

}  // namespace emulator::alicloud
