#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/http/message.h"

namespace emulator {

/// Replaces signatures and secrets in queries and bodies.
inline constexpr const char* kHidden = "hidden";

/// Returns the query as percent-encoded text, in its original order.
std::string redacted_query(std::vector<http::QueryParameter> query);

/// Returns JSON and forms as text. For other bodies, and those of more than 64 KiB, returns only the size,
/// because it is unknown what is secret in them.
std::string redacted_body(const std::vector<http::Header>& headers, const std::string& body);

}  // namespace emulator
