#include "src/copy/copy_key.h"

#include <array>

#include "src/core/digest.h"

namespace copy {
namespace {

cloud::TextArgument encryption_text(const cloud::FlagArgument& encrypted) {
  if (!encrypted.is_known()) return cloud::TextArgument::unknown();
  if (!encrypted.has_value()) return {};
  return encrypted.value() ? "true" : "false";
}

}  // namespace

std::optional<std::string> copy_key(std::string_view cloud, const cloud::CopySpec& spec) {
  const cloud::TextArgument encrypted = encryption_text(spec.encrypted);
  std::string parts(cloud);
  for (const auto* part :
       std::array{&spec.source_region, &spec.source_image_id, &spec.destination_region, &spec.project_name,
                  &spec.name, &encrypted, &spec.kms_key_id, &spec.resource_group_id}) {
    if (!part->is_known()) return std::nullopt;
    parts += '\n' + std::to_string(part->value().size()) + ' ' + part->value();
  }
  constexpr std::size_t kLength = 32;
  return "copy-" + core::sha256_hex(parts).substr(0, kLength);
}

}  // namespace copy
