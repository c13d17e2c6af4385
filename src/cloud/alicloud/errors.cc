#include "src/cloud/alicloud/errors.h"

#include <array>

#include "src/cloud/error_codes.h"
#include "src/cloud/json.h"
#include "src/core/text.h"

namespace cloud::alicloud {
namespace {

using nlohmann::json;

/// Every documented code, misspelled ones included (alicloud/API.md 2.7, 3.1 to 3.9). `IncorrectImageStatus`,
/// `InvalidSnapshotId.NotFound` and `OperationDenied.ImageCopying` are about the source in a copy call, and
/// have another meaning in other calls.
constexpr std::array kCodes = {
    CodeMeaning{"InvalidAccessKeyId.NotFound", ErrorKind::unauthenticated},
    CodeMeaning{"InvalidAccessKeyId.Inactive", ErrorKind::unauthenticated},
    CodeMeaning{"Forbidden.AccessKeyDisabled", ErrorKind::unauthenticated},
    CodeMeaning{"SignatureDoesNotMatch", ErrorKind::unauthenticated},
    CodeMeaning{"IncompleteSignature", ErrorKind::malformed_request},
    CodeMeaning{"InvalidSignatureMethod", ErrorKind::malformed_request},
    CodeMeaning{"InvalidTimeStamp.Format", ErrorKind::malformed_request},
    CodeMeaning{"InvalidTimeStamp.Expired", ErrorKind::stale},
    CodeMeaning{"IllegalTimestamp", ErrorKind::stale},
    CodeMeaning{"SignatureNonceUsed", ErrorKind::stale},
    CodeMeaning{"MissingSecurityToken", ErrorKind::unauthenticated},
    CodeMeaning{"InvalidSecurityToken.Expired", ErrorKind::credentials_expired},
    CodeMeaning{"InvalidSecurityToken.Malformed", ErrorKind::credentials_expired},
    CodeMeaning{"InvalidSecurityToken.MismatchWithAccessKey", ErrorKind::credentials_expired},
    CodeMeaning{"MissingParameter", ErrorKind::malformed_request},
    CodeMeaning{"InvalidParameter", ErrorKind::invalid},
    CodeMeaning{"InvalidParameter.Format", ErrorKind::invalid},
    CodeMeaning{"InvalidVersion", ErrorKind::malformed_request},
    CodeMeaning{"InvalidAction.NotFound", ErrorKind::malformed_request},
    CodeMeaning{"InvalidApi.NotFound", ErrorKind::malformed_request},
    CodeMeaning{"InvalidAction", ErrorKind::malformed_request},
    CodeMeaning{"InvalidProduct.NotFound", ErrorKind::malformed_request},
    CodeMeaning{"InvalidProtocol.NeedSsl", ErrorKind::malformed_request},
    CodeMeaning{"UnsupportedHTTPMethod", ErrorKind::malformed_request},
    CodeMeaning{"Forbidden.RAM", ErrorKind::permission_denied},
    CodeMeaning{"Forbidden.SubUser", ErrorKind::permission_denied},
    CodeMeaning{"Forbidden.Unauthorized", ErrorKind::permission_denied},
    CodeMeaning{"Forbidden.NotSupportRAM", ErrorKind::permission_denied},
    CodeMeaning{"Forbidden.RiskControl", ErrorKind::account},
    CodeMeaning{"RealNameAuthenticationError", ErrorKind::account},
    CodeMeaning{"InvalidRegionId.NotFound", ErrorKind::invalid, "source_region"},
    CodeMeaning{"IdempotentParameterMismatch", ErrorKind::malformed_request},
    CodeMeaning{"InvalidIdempotenceParameter.Mismatch", ErrorKind::malformed_request},
    CodeMeaning{"LastTokenProcessing", ErrorKind::busy},
    CodeMeaning{"OperationConflict", ErrorKind::busy},
    CodeMeaning{"Throttling", ErrorKind::throttled},
    CodeMeaning{"Throttling.User", ErrorKind::throttled},
    CodeMeaning{"Throttling.Api", ErrorKind::throttled},
    CodeMeaning{"InternalError", ErrorKind::unavailable},
    CodeMeaning{"ServiceUnavailable", ErrorKind::unavailable},
    CodeMeaning{"ServiceUnavailable.RegionMaintaining", ErrorKind::unavailable},
    CodeMeaning{"InsufficientBalance", ErrorKind::account},
    CodeMeaning{"Account.Arrearage", ErrorKind::account},
    CodeMeaning{"InvalidAccountStatus.NotEnoughBalance", ErrorKind::account},
    CodeMeaning{"InvalidAccountStatus.SnapshotServiceUnavailable", ErrorKind::account},
    CodeMeaning{"InvalidUserType.NotSupported", ErrorKind::account},
    CodeMeaning{"Abs.InvalidAccount.NotFound", ErrorKind::account},
    CodeMeaning{"InvalidImageName.Malformed", ErrorKind::invalid, "name"},
    CodeMeaning{"InvalidImageName.Duplicated", ErrorKind::name_taken, "name"},
    CodeMeaning{"InvalidDescription.Malformed", ErrorKind::invalid, "description"},
    CodeMeaning{"SourceRegion.NotFound", ErrorKind::invalid, "source_region"},
    CodeMeaning{"DestinationRegion.NotFound", ErrorKind::invalid, "destination_region"},
    CodeMeaning{"IncorrectImageStatus", ErrorKind::busy, "source_image_id"},
    CodeMeaning{"InvalidSnapshotId.NotFound", ErrorKind::not_found, "source_image_id"},
    CodeMeaning{"InvalidParameter.EncryptedIllegal", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"InvalidEncrypted.NotMatchKmsKeyId", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"InvalidEncrypted.NotMatchEncryptAlgorithm", ErrorKind::invalid, "encrypted"},
    CodeMeaning{"InvalidEncryptAlgorithm", ErrorKind::invalid, "encrypted"},
    CodeMeaning{"InvalidParameter.KmsNotEnabled", ErrorKind::account, "kms_key_id"},
    CodeMeaning{"OperationDenied.CommunityImage", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"OperationDenied.ImageCopyConflict", ErrorKind::busy, "source_image_id"},
    CodeMeaning{"DryRunOperation", ErrorKind::malformed_request},
    CodeMeaning{"InvalidAliUid.IsNull", ErrorKind::unauthenticated},
    CodeMeaning{"Forbbiden", ErrorKind::permission_denied},
    CodeMeaning{"Forbbiden.SubUser", ErrorKind::permission_denied},
    CodeMeaning{"Forbedden.NotSupportRAM", ErrorKind::permission_denied},
    CodeMeaning{"NoPermission", ErrorKind::permission_denied},
    CodeMeaning{"Forbidden", ErrorKind::permission_denied},
    CodeMeaning{"QuotaExceed.Image", ErrorKind::quota},
    CodeMeaning{"QuotaExceed.Snapshot", ErrorKind::quota},
    CodeMeaning{"OperationDenied.ImageCopying", ErrorKind::still_copying},
    CodeMeaning{"RegionNotSupportCopy", ErrorKind::invalid, "destination_region"},
    CodeMeaning{"InvalidSnapshot.TooOld", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"OperationDenied", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"IncorrectDestinationRegion", ErrorKind::invalid, "destination_region"},
    CodeMeaning{"OperationDeined.EncryptedSnapshot", ErrorKind::invalid, "encrypted"},
    CodeMeaning{"OperationDenied.EncryptSnapshotAcrossRegion", ErrorKind::invalid, "encrypted"},
    CodeMeaning{"OperationDenied.SameRegionOnly", ErrorKind::invalid, "destination_region"},
    CodeMeaning{"OperationDenied.NotPublished", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"OperationDenied.NotAuthorized", ErrorKind::permission_denied, "source_image_id"},
    CodeMeaning{"OperationDenied.NonCompliantDestinationRegion", ErrorKind::invalid, "destination_region"},
    CodeMeaning{"OperationDenied.KmsServiceUnauthorized", ErrorKind::permission_denied, "kms_key_id"},
    CodeMeaning{"InvalidParameter.KMSKeyId.KMSUnauthorized", ErrorKind::permission_denied, "kms_key_id"},
    CodeMeaning{"InvalidParameter.KMSKeyId.CMKNotEnabled", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"InvalidParameter.KMSKeyId.CMKUnauthorized", ErrorKind::permission_denied, "kms_key_id"},
    CodeMeaning{"InvalidParameter.DataEncryptedKeyCreateFailed", ErrorKind::unavailable, "kms_key_id"},
    CodeMeaning{"InvalidRegion.NotSupport", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"UserNotInTheWhiteList", ErrorKind::account, "kms_key_id"},
    CodeMeaning{"InvalidRegionId.NotSupportEncryptAlgorithm", ErrorKind::invalid, "encrypted"},
    CodeMeaning{"InvalidEncrypted.NotMatchDiskDefaultEncryption", ErrorKind::invalid, "encrypted"},
    CodeMeaning{"SizeExceed.Image", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"InvalidOperation.VhdImageUnsupported", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"InvalidOperation.CloudBoxImageCopyUnsupported", ErrorKind::invalid, "source_image_id"},
    CodeMeaning{"InvalidImageId.NotFound", ErrorKind::not_found},
    CodeMeaning{"InvalidParameter.KMSKeyId.NotFound", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"InvalidResourceGroup.NotFound", ErrorKind::invalid, "resource_group_id"},
    CodeMeaning{"InvalidOperation.Conflict", ErrorKind::busy},
    CodeMeaning{"ImageCreatedNotFromCopy", ErrorKind::not_copying},
    CodeMeaning{"CancelNotSupported", ErrorKind::cannot_cancel},
    CodeMeaning{"InvalidImageOwnerAlias.ValueNotSupported", ErrorKind::malformed_request},
    CodeMeaning{"InvalidImageOwnerAlias.PublicImageUnsupported", ErrorKind::malformed_request},
    CodeMeaning{"InvalidParamter", ErrorKind::malformed_request},
    CodeMeaning{"InvalidTag.Mismatch", ErrorKind::malformed_request},
    CodeMeaning{"InvalidTagCount", ErrorKind::invalid, "tags"},
    CodeMeaning{"InvalidInstanceType.ValueNotSupported", ErrorKind::malformed_request},
    CodeMeaning{"InvalidFilterValue.NetworkType", ErrorKind::malformed_request},
    CodeMeaning{"InvalidOperation.ImageOwnerIdUnsupported", ErrorKind::malformed_request},
    CodeMeaning{"CurrentAccount.NotSupportPublicImage", ErrorKind::permission_denied},
    CodeMeaning{"InvalidFilterKey.NotFound", ErrorKind::malformed_request},
    CodeMeaning{"InvalidFilterValue", ErrorKind::malformed_request},
    CodeMeaning{"InvalidUsage", ErrorKind::malformed_request},
    CodeMeaning{"InvalidOSType", ErrorKind::malformed_request},
    CodeMeaning{"InvalidArchitecture", ErrorKind::malformed_request},
    CodeMeaning{"ImageUsingByInstance", ErrorKind::in_use},
    CodeMeaning{"ImageUseShared", ErrorKind::in_use},
    CodeMeaning{"ImageIsPublic", ErrorKind::in_use},
    CodeMeaning{"ImageIsImporting", ErrorKind::busy},
    CodeMeaning{"ImageIsExporting", ErrorKind::busy},
    CodeMeaning{"ImageIsCreating", ErrorKind::still_copying},
    CodeMeaning{"InvalidStatus.ImageIsCreating", ErrorKind::busy},
    CodeMeaning{"ImageStatus.NotAvailable", ErrorKind::busy},
    CodeMeaning{"ImageStatus.NotDeprecated", ErrorKind::busy},
    CodeMeaning{"InvalidImageFamily.Malformed", ErrorKind::malformed_request},
    CodeMeaning{"ImageFamilyQuotaFull", ErrorKind::quota},
    CodeMeaning{"ImageQuotaFull.ImageFamily", ErrorKind::quota},
    CodeMeaning{"InvalidBootMode.NotSupport", ErrorKind::malformed_request},
    CodeMeaning{"InvalidLicenseType.NotSupported", ErrorKind::malformed_request},
    CodeMeaning{"InvalidParameter.FeaturesImdsSupport", ErrorKind::malformed_request},
    CodeMeaning{"OperationDeined.ImageUsingByInstance", ErrorKind::in_use},
    CodeMeaning{"InvalidOperation.FeaturesImdsSupportNotMatch", ErrorKind::malformed_request},
    CodeMeaning{"NumberExceed.ResourceIds", ErrorKind::malformed_request},
    CodeMeaning{"NumberExceed.Tags", ErrorKind::invalid, "tags"},
    CodeMeaning{"Duplicate.TagKey", ErrorKind::invalid, "tags"},
    CodeMeaning{"InvalidTagKey.Malformed", ErrorKind::invalid, "tags"},
    CodeMeaning{"InvalidTagValue.Malformed", ErrorKind::invalid, "tags"},
    CodeMeaning{"OperationDenied.QuotaExceed", ErrorKind::quota, "tags"},
    CodeMeaning{"Invalid.Scope", ErrorKind::malformed_request},
    CodeMeaning{"InvalidParameter.TagValue", ErrorKind::malformed_request},
    CodeMeaning{"NoPermission.Tag", ErrorKind::permission_denied, "tags"},
    CodeMeaning{"NoPermissionKey.Scope", ErrorKind::permission_denied, "tags"},
    CodeMeaning{"TagKey.Duplication", ErrorKind::invalid, "tags"},
    CodeMeaning{"PermissionDenied.TagOwnerBid", ErrorKind::permission_denied, "tags"},
    CodeMeaning{"Param.Conflict", ErrorKind::malformed_request},
    CodeMeaning{"MissingParameter.ResourceIds", ErrorKind::malformed_request},
    CodeMeaning{"QuotaExceed.Tags", ErrorKind::quota, "tags"},
    CodeMeaning{"InvalidResourceId.NotSupported", ErrorKind::invalid, "tags"},
    CodeMeaning{"PermissionDenied.TagOwnerUid", ErrorKind::permission_denied, "tags"},
    CodeMeaning{"PermissionDenied.Scope", ErrorKind::permission_denied, "tags"},
    CodeMeaning{"InvalidResourceId.NotFound", ErrorKind::not_found},
    CodeMeaning{"InvalidResourceType.NotFound", ErrorKind::malformed_request},
    CodeMeaning{"MissingParameter.ResourceType", ErrorKind::malformed_request},
    CodeMeaning{"MissingParameter.Tags", ErrorKind::malformed_request},
    CodeMeaning{"MissingParameter.RegionId", ErrorKind::malformed_request},
    CodeMeaning{"MissingParameter.TagOwnerUid", ErrorKind::malformed_request},
    CodeMeaning{"MissingParameter.TagOwnerBid", ErrorKind::malformed_request},
    CodeMeaning{"InvalidAcceptLanguage.NotFound", ErrorKind::malformed_request},
    CodeMeaning{"SnapshotCreatedImage", ErrorKind::busy},
    CodeMeaning{"SnapshotCreatedDisk", ErrorKind::in_use},
    CodeMeaning{"Operation.Conflict", ErrorKind::busy},
    CodeMeaning{"IncorrectDiskStatus.CreatingSnapshot", ErrorKind::busy},
    CodeMeaning{"InvalidOperation.RelatedSnapshotNotFinished", ErrorKind::busy},
    CodeMeaning{"InvalidOperation.DeleteSharedSnapshotUnsupported", ErrorKind::in_use},
    CodeMeaning{"InvalidOperation.ResourceManagedByCloudProduct", ErrorKind::in_use},
};

static_assert(names_each_code_once(kCodes));

ErrorKind kind_of(const std::string& code, int status) {
  if (const auto known = find_meaning(code)) return known->kind;
  // The vendor's own clients test whether the code contains this word (alicloud/API.md 2.7).
  if (code.find("Throttling") != std::string::npos || status == 429) return ErrorKind::throttled;
  if (status >= 500) return ErrorKind::unavailable;
  if (status == 401) return ErrorKind::unauthenticated;
  // The vendor's guidance, and the misspellings of its lists (alicloud/API.md 2.7).
  const bool is_forbidden = code.find("Forbidden") != std::string::npos ||
                            code.find("NoPermission") != std::string::npos || code.starts_with("Forb");
  if (status == 403 && is_forbidden) return ErrorKind::permission_denied;
  if (code.starts_with("Missing")) return ErrorKind::malformed_request;
  return ErrorKind::invalid;
}

}  // namespace

std::optional<CodeMeaning> find_meaning(std::string_view code) {
  return meaning_of(kCodes, code);
}

Error read_error(const http::Response& response) {
  const json body = parse_json(response.body);
  Error error{.code = text_at(body, "Code"), .message = text_at(body, "Message")};
  error.request_id = text_at(body, "RequestId");
  error.kind = kind_of(error.code, response.status);
  if (const auto known = find_meaning(error.code)) error.argument = known->argument;
  if (error.code.empty() && error.message.empty()) error.message = core::shorten(response.body, 300);
  return error;
}

}  // namespace cloud::alicloud
