#include "src/copy/copy_key.h"

#include <array>

#include "src/core/digest.h"

namespace copy {

std::optional<std::string> copy_key(std::string_view cloud, const cloud::CopySpec& spec) {
  std::string parts(cloud);
  for (const auto* part :
       std::array{&spec.source_region, &spec.source_image_id, &spec.destination_region, &spec.project_name,
                  &spec.name, &spec.encrypted, &spec.kms_key_id, &spec.resource_group_id}) {
    if (!*part) return std::nullopt;
    parts += '\n' + std::to_string((*part)->size()) + ' ' + **part;
  }
  constexpr std::size_t kLength = 32;
  return "copy-" + core::sha256_hex(parts).substr(0, kLength);
}

}  // namespace copy
