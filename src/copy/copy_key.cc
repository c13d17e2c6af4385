#include "src/copy/copy_key.h"

#include <array>

#include "src/core/digest.h"

namespace copy {

std::optional<std::string> copy_key(std::string_view cloud, const cloud::CopySpec& wish) {
  std::string parts(cloud);
  for (const auto* part :
       std::array{&wish.source_region, &wish.source_image_id, &wish.destination_region, &wish.project_name,
                  &wish.name, &wish.encrypted, &wish.kms_key_id, &wish.resource_group_id}) {
    if (!*part) return std::nullopt;
    parts += '\n' + std::to_string((*part)->size()) + ' ' + **part;
  }
  constexpr std::size_t kLength = 32;
  return "copy-" + core::sha256_hex(parts).substr(0, kLength);
}

}  // namespace copy
