#include "src/cloud/huaweicloud/errors.h"

#include <array>

#include "src/cloud/error_codes.h"
#include "src/cloud/json.h"
#include "src/core/text.h"

namespace cloud::huaweicloud {
namespace {

using nlohmann::json;

/// Every documented code of the calls that this provider makes; the others belong to imports, exports,
/// sharing and servers. Nearly all come with HTTP status 400 (huaweicloud/API.md 2.1, 3.12).
constexpr std::array kCodes = {
    CodeMeaning{"IMG.0001", ErrorKind::malformed_request},
    CodeMeaning{"IMG.0002", ErrorKind::invalid, "name"},
    CodeMeaning{"IMG.0003", ErrorKind::invalid, "name"},
    CodeMeaning{"IMG.0004", ErrorKind::invalid, "description"},
    CodeMeaning{"IMG.0007", ErrorKind::malformed_request},
    CodeMeaning{"IMG.0009", ErrorKind::name_taken, "name"},
    CodeMeaning{"IMG.0013", ErrorKind::malformed_request},
    CodeMeaning{"IMG.0014", ErrorKind::unavailable},
    CodeMeaning{"IMG.0015", ErrorKind::quota},
    CodeMeaning{"IMG.0016", ErrorKind::malformed_request},
    CodeMeaning{"IMG.0017", ErrorKind::malformed_request},
    CodeMeaning{"IMG.0018", ErrorKind::unavailable},
    CodeMeaning{"IMG.0023", ErrorKind::not_found},
    CodeMeaning{"IMG.0026", ErrorKind::permission_denied},
    CodeMeaning{"IMG.0027", ErrorKind::not_found},
    CodeMeaning{"IMG.0028", ErrorKind::in_use},
    CodeMeaning{"IMG.0030", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"IMG.0035", ErrorKind::malformed_request},
    CodeMeaning{"IMG.0036", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"IMG.0037", ErrorKind::permission_denied},
    CodeMeaning{"IMG.0038", ErrorKind::permission_denied},
    CodeMeaning{"IMG.0039", ErrorKind::permission_denied},
    CodeMeaning{"IMG.0040", ErrorKind::permission_denied},
    CodeMeaning{"IMG.0046", ErrorKind::busy},
    CodeMeaning{"IMG.0047", ErrorKind::permission_denied, "source_image_id"},
    CodeMeaning{"IMG.0054", ErrorKind::invalid, "description"},
    CodeMeaning{"IMG.0055", ErrorKind::invalid},
    CodeMeaning{"IMG.0059", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0060", ErrorKind::concurrency_limit},
    CodeMeaning{"IMG.0061", ErrorKind::unavailable},
    CodeMeaning{"IMG.0062", ErrorKind::invalid, "name"},
    CodeMeaning{"IMG.0064", ErrorKind::permission_denied},
    CodeMeaning{"IMG.0065", ErrorKind::permission_denied},
    CodeMeaning{"IMG.0066", ErrorKind::not_found},
    CodeMeaning{"IMG.0067", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"IMG.0083", ErrorKind::in_use},
    CodeMeaning{"IMG.0086", ErrorKind::not_found},
    CodeMeaning{"IMG.0087", ErrorKind::permission_denied},
    CodeMeaning{"IMG.0090", ErrorKind::still_copying},
    CodeMeaning{"IMG.0091", ErrorKind::in_use},
    CodeMeaning{"IMG.0092", ErrorKind::permission_denied},
    CodeMeaning{"IMG.0093", ErrorKind::in_use},
    CodeMeaning{"IMG.0094", ErrorKind::in_use},
    CodeMeaning{"IMG.0095", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"IMG.0096", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"IMG.0097", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"IMG.0099", ErrorKind::permission_denied, "kms_key_id"},
    CodeMeaning{"IMG.0100", ErrorKind::permission_denied},
    CodeMeaning{"IMG.0101", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"IMG.0102", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"IMG.0103", ErrorKind::permission_denied},
    CodeMeaning{"IMG.0104", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"IMG.0105", ErrorKind::invalid, "destination_region"},
    CodeMeaning{"IMG.0106", ErrorKind::permission_denied, "source_image_id"},
    CodeMeaning{"IMG.0108", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"IMG.0115", ErrorKind::invalid, "tags"},
    CodeMeaning{"IMG.0116", ErrorKind::invalid, "tags"},
    CodeMeaning{"IMG.0118", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0130", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0141", ErrorKind::invalid},
    CodeMeaning{"IMG.0142", ErrorKind::invalid, "destination_region"},
    CodeMeaning{"IMG.0143", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0144", ErrorKind::not_found},
    CodeMeaning{"IMG.0145", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"IMG.0146", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0147", ErrorKind::invalid, "destination_region"},
    CodeMeaning{"IMG.0148", ErrorKind::busy},
    CodeMeaning{"IMG.0149", ErrorKind::concurrency_limit},
    CodeMeaning{"IMG.0150", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0151", ErrorKind::permission_denied, "huaweicloud"},
    CodeMeaning{"IMG.0152", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0154", ErrorKind::unavailable},
    CodeMeaning{"IMG.0155", ErrorKind::invalid, "resource_group_id"},
    CodeMeaning{"IMG.0156", ErrorKind::invalid, "resource_group_id"},
    CodeMeaning{"IMG.0165", ErrorKind::permission_denied},
    CodeMeaning{"IMG.0167", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0176", ErrorKind::unavailable},
    CodeMeaning{"IMG.0179", ErrorKind::permission_denied, "huaweicloud"},
    CodeMeaning{"IMG.0182", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"IMG.0184", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"IMG.0187", ErrorKind::throttled},
    CodeMeaning{"IMG.0188", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"IMG.0189", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"IMG.0190", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0193", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"IMG.0196", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0197", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IMG.0238", ErrorKind::account},
    CodeMeaning{"IMG.0239", ErrorKind::account},
    CodeMeaning{"IMG.0241", ErrorKind::account},
    CodeMeaning{"IMG.0242", ErrorKind::account},
};

/// Shared gateways use the prefix `APIGW.`, dedicated ones `APIG.` (huaweicloud/API.md 2.1).
constexpr std::array kGatewayCodes = {
    CodeMeaning{"APIGW.0101", ErrorKind::malformed_request, "source_region"},
    CodeMeaning{"APIGW.0201", ErrorKind::unavailable},
    CodeMeaning{"APIGW.0202", ErrorKind::unavailable},
    CodeMeaning{"APIGW.0203", ErrorKind::unavailable},
    CodeMeaning{"APIGW.0301", ErrorKind::credentials_expired},
    CodeMeaning{"APIGW.0302", ErrorKind::permission_denied},
    CodeMeaning{"APIGW.0307", ErrorKind::credentials_expired},
    CodeMeaning{"APIGW.0308", ErrorKind::throttled},
    CodeMeaning{"APIGW.0310", ErrorKind::invalid, "huaweicloud"},
    CodeMeaning{"APIGW.0601", ErrorKind::unavailable},
    CodeMeaning{"APIGW.0602", ErrorKind::malformed_request},
    CodeMeaning{"APIGW.0613", ErrorKind::unavailable},
    CodeMeaning{"APIGW.0802", ErrorKind::permission_denied},
};

static_assert(names_each_code_once(kCodes) && names_each_code_once(kGatewayCodes));

ErrorKind kind_of(const std::string& code, int status) {
  if (const auto known = find_meaning(code)) return known->kind;
  if (status == 401) return ErrorKind::credentials_expired;
  if (status == 404) return ErrorKind::not_found;
  if (status == 409) return ErrorKind::in_use;
  if (status == 429) return ErrorKind::throttled;
  if (status >= 500) return ErrorKind::unavailable;
  return status == 403 ? ErrorKind::permission_denied : ErrorKind::invalid;
}

/// Gateways return flat objects, IMS nested ones, IAM either (huaweicloud/API.md 3).
void find_code(const json& body, Error& error, int deepest = 4) {
  for (const auto& [code, message] : {std::pair{"error_code", "error_msg"}, std::pair{"code", "message"}}) {
    if (!error.code.empty() || !error.message.empty()) return;
    error.code = text_at(body, code);
    error.message = text_at(body, message);
  }
  if (!error.code.empty() || !error.message.empty() || !body.is_object() || deepest == 0) return;
  for (const json& nested : body) find_code(nested, error, deepest - 1);
}

}  // namespace

std::optional<CodeMeaning> find_meaning(std::string_view code) {
  if (const auto known = meaning_of(kCodes, code)) return known;
  const bool is_dedicated = code.starts_with("APIG.");
  return meaning_of(kGatewayCodes, is_dedicated ? "APIGW." + std::string(code.substr(5)) : std::string(code));
}

Error read_error(const http::Response& response) {
  Error error;
  find_code(parse_json(response.body), error);
  error.request_id = response.header("X-Request-Id").value_or("");
  error.kind = kind_of(error.code, response.status);
  if (const auto known = find_meaning(error.code)) error.argument = known->argument;
  if (error.code.empty() && error.message.empty()) error.message = core::shorten(response.body, 300);
  return error;
}

}  // namespace cloud::huaweicloud
