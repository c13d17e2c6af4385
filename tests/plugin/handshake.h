#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace harness {

/// The line that a plugin prints when it can be connected to (PROTOCOL.md 1.4).
struct Handshake {
  int core_protocol = 0;
  int application_protocol = 0;
  std::string network;
  std::string address;
  std::string transport;
  std::string certificate;  ///< as printed
};

/// Stricter than Terraform: exactly six fields and nothing else, not even blanks. `line` has no line feed.
std::expected<Handshake, std::string> parse_handshake(std::string_view line);

}  // namespace harness
