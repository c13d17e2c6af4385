#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "tests/emulator/alicloud/call.h"

/// What several actions check.
namespace emulator::alicloud {

/// Names and descriptions of images (alicloud/API.md 3.1).
std::optional<ApiError> check_name(std::string_view name);
std::optional<ApiError> check_description(std::string_view description);
std::optional<ApiError> check_tags(const std::vector<std::pair<std::string, std::string>>& tags);

/// The image that `ImageId` names in the context's region.
Result<Image*> find_image(Context& context);

bool name_is_taken(const World& world, const ImageKey& of, std::string_view account, std::string_view name);

/// `DryRun=true`: what was asked for would have worked.
std::optional<ApiError> check_dry_run(const Call& call);

/// A whole number within bounds; the default when absent.
Result<int> read_number(const Call& call, const std::string& name, int least, int most, int otherwise);

}  // namespace emulator::alicloud
