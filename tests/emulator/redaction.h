#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/http/message.h"

namespace emulator {

/// Stands in a query and in a body for each value that signs or authenticates.
inline constexpr const char* kHidden = "hidden";

/// The query as percent-encoded text, in the order in which it came.
std::string redacted_query(std::vector<http::QueryParameter> query);

/// JSON and forms as text. Any other body, and one of more than 64 KiB, as its size alone, because nothing
/// tells what is secret in it.
std::string redacted_body(const std::vector<http::Header>& headers, const std::string& body);

}  // namespace emulator
