#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// One object of a state, as it is stored.
struct StoredObject {
  std::string address;  ///< `module.images.image_copy.golden["cn-shanghai"]`
  std::int64_t schema_version = 0;
  std::string values_json;
};

/// All managed objects of a type in what `terraform show -json` prints of a state or of a plan, modules
/// included. `provider`: without its host, such as `imagecopy/image`; what belongs to another one is left
/// out. The error says what the text is instead.
std::expected<std::vector<StoredObject>, std::string> read_state(std::string_view json,
                                                                 std::string_view type_name,
                                                                 std::string_view provider);

}  // namespace cli
