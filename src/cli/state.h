#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// An object in a state.
struct StoredObject {
  std::string address;  ///< `module.images.image_copy.golden["cn-shanghai"]`
  std::int64_t schema_version = 0;
  std::string values_json;
};

/// Returns all managed objects of a type in the output of `terraform show -json` for a state or a plan,
/// including those in modules. `provider` has no host, such as `imagecopy/image`; objects of other providers
/// are skipped. The error says what the text is instead.
std::expected<std::vector<StoredObject>, std::string> read_state(std::string_view json,
                                                                 std::string_view type_name,
                                                                 std::string_view provider);

}  // namespace cli
