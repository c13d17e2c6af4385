#include "tests/plugin/handshake.h"

#include <charconv>
#include <optional>

#include "src/core/text.h"

namespace harness {
namespace {

std::optional<int> decimal(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::expected<Handshake, std::string> parse_handshake(std::string_view line) {
  const std::vector<std::string> fields = core::split(line, '|');
  if (fields.size() != 6) {
    return std::unexpected("a handshake has six fields, not " + std::to_string(fields.size()) + ": " +
                           std::string(line));
  }
  const auto core_protocol = decimal(fields[0]);
  const auto application_protocol = decimal(fields[1]);
  if (!core_protocol || !application_protocol) {
    return std::unexpected("a protocol version is not a number: " + std::string(line));
  }
  return Handshake{.core_protocol = *core_protocol,
                   .application_protocol = *application_protocol,
                   .network = fields[2],
                   .address = fields[3],
                   .transport = fields[4],
                   .certificate = fields[5]};
}

}  // namespace harness
