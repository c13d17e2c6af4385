#include "tests/emulator/service.h"

#include <openssl/crypto.h>

#include <algorithm>

#include "src/core/text.h"

namespace emulator {
namespace {

std::string decode(std::string_view text, bool plus_is_space) {
  return core::percent_decode(plus_is_space ? core::replace_all(text, "+", " ") : std::string(text));
}

}  // namespace

std::string Request::parameter(std::string_view name) const {
  const auto found = std::ranges::find(wire.query, name, &http::QueryParameter::name);
  return found == wire.query.end() ? "" : found->value.value_or("");
}

bool Request::has_parameter(std::string_view name) const {
  return std::ranges::find(wire.query, name, &http::QueryParameter::name) != wire.query.end();
}

std::string Request::header(std::string_view name) const {
  return std::string(core::trim(http::find_header(wire.headers, name).value_or("")));
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::vector<http::QueryParameter> parse_query(std::string_view text, bool plus_is_space) {
  std::vector<http::QueryParameter> parameters;
  for (const std::string& item : core::split(text, '&')) {
    if (item.empty()) continue;
    const std::size_t equals = item.find('=');
    http::QueryParameter parameter = {.name = decode(item.substr(0, equals), plus_is_space),
                                      .value = std::nullopt};
    if (equals != std::string::npos) parameter.value = decode(item.substr(equals + 1), plus_is_space);
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

std::string dump(const nlohmann::ordered_json& body) {
  return body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

bool is_text(std::string_view text, std::size_t max_characters, std::string_view forbidden) {
  return core::is_valid_utf8(text) && core::count_characters(text) <= max_characters &&
         text.find_first_of(forbidden) == std::string_view::npos;
}

}  // namespace emulator
