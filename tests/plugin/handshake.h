#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace harness {

/// The line that a plugin prints when it is ready for connections (PROTOCOL.md 1.4).
struct Handshake {
  int core_protocol = 0;
  int application_protocol = 0;
  std::string network;
  std::string address;
  std::string transport;
  std::string certificate;  ///< as printed
};

/// Parses a line without its line feed. Stricter than Terraform: it requires exactly six fields without
/// blanks.
std::expected<Handshake, std::string> parse_handshake(std::string_view line);

}  // namespace harness
