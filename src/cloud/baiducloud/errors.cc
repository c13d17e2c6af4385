#include "src/cloud/baiducloud/errors.h"

#include <array>

#include "src/cloud/error_codes.h"
#include "src/cloud/json.h"
#include "src/core/text.h"

namespace cloud::baiducloud {
namespace {

using nlohmann::json;

/// Every documented code (baiducloud/API.md 2.9, 3.1, 3.2, 3.8, 3.9, 3.13). `Image.ImageStatusForbidden` has
/// different meanings in a copy call and in a cancel call. `RequestExpired` requires a new signature.
constexpr std::array kCodes = {
    CodeMeaning{"AccessDenied", ErrorKind::permission_denied},
    CodeMeaning{"InvalidAccessKeyId", ErrorKind::unauthenticated},
    CodeMeaning{"InvalidHTTPAuthHeader", ErrorKind::malformed_request},
    CodeMeaning{"SignatureDoesNotMatch", ErrorKind::unauthenticated},
    CodeMeaning{"RequestExpired", ErrorKind::stale},
    CodeMeaning{"RequestTimeTooSkewed", ErrorKind::stale},
    CodeMeaning{"IdempotentParameterMismatch", ErrorKind::malformed_request},
    CodeMeaning{"InappropriateJSON", ErrorKind::malformed_request},
    CodeMeaning{"MalformedJSON", ErrorKind::malformed_request},
    CodeMeaning{"InvalidHTTPRequest", ErrorKind::malformed_request},
    CodeMeaning{"InvalidURI", ErrorKind::malformed_request, "source_region"},
    CodeMeaning{"InvalidVersion", ErrorKind::malformed_request},
    CodeMeaning{"OptInRequired", ErrorKind::account},
    CodeMeaning{"PreconditionFailed", ErrorKind::malformed_request},
    CodeMeaning{"QualifyNotPass", ErrorKind::account},
    CodeMeaning{"BadRequest", ErrorKind::invalid},
    CodeMeaning{"NoSuchObject", ErrorKind::not_found},
    CodeMeaning{"OperationDenied", ErrorKind::busy},
    CodeMeaning{"ServiceInternalError", ErrorKind::unavailable},
    CodeMeaning{"InternalError", ErrorKind::unavailable},
    CodeMeaning{"RateLimit", ErrorKind::throttled},
    CodeMeaning{"Http400", ErrorKind::unavailable},
    CodeMeaning{"Image.RegionNotSupportCopy", ErrorKind::invalid, "destination_region"},
    CodeMeaning{"Image.ImageStorageFormatInvalid", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"Image.ImageNotSupportCopy", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"Image.ImageStatusForbidden", ErrorKind::busy, "source_image_id"},
    CodeMeaning{"Image.LargeImageCopyForbidden", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"Image.UnCustomImageCannotBeDeleted", ErrorKind::invalid},
    CodeMeaning{"Image.CreatingImageCannotBeDeleted", ErrorKind::still_copying},
    CodeMeaning{"Image.ImageHasBeenSharedToOthers", ErrorKind::in_use},
    CodeMeaning{"Image.ImageNameInvalid", ErrorKind::invalid, "name"},
    CodeMeaning{"Image.ImageQuotaExceedLimit", ErrorKind::quota},
};

static_assert(names_each_code_once(kCodes));

}  // namespace

std::optional<CodeMeaning> find_meaning(std::string_view code) {
  return meaning_of(kCodes, code);
}

ErrorKind error_kind(const std::string& code, int status) {
  if (const auto known = find_meaning(code)) return known->kind;
  // The code of a 404 is not documented.
  if (status == 404) return ErrorKind::not_found;
  if (status == 429) return ErrorKind::throttled;
  if (status >= 500) return ErrorKind::unavailable;
  if (status == 401) return ErrorKind::credentials_expired;
  return status == 403 && code.empty() ? ErrorKind::permission_denied : ErrorKind::invalid;
}

Error read_error(const http::Response& response) {
  const json body = parse_json(response.body);
  Error error{.code = text_at(body, "code"), .message = text_at(body, "message")};
  error.request_id = text_at(body, "requestId");
  if (error.request_id.empty()) error.request_id = response.header("x-bce-request-id").value_or("");
  error.kind = error_kind(error.code, response.status);
  if (const auto known = find_meaning(error.code)) error.argument = known->argument;
  if (error.code.empty() && error.message.empty()) error.message = core::shorten(response.body, 300);
  return error;
}

}  // namespace cloud::baiducloud
