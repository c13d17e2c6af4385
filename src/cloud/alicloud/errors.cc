#include "src/cloud/alicloud/errors.h"

#include <array>

#include "src/cloud/error_codes.h"
#include "src/cloud/json.h"
#include "src/core/text.h"

namespace cloud {
namespace {

using nlohmann::json;

/// Every documented code, the misspelled ones as they are spelled (reference alibaba-ecs 2.7, 3.1 to 3.9).
/// `IncorrectImageStatus`, `InvalidSnapshotId.NotFound` and `OperationDenied.ImageCopying` are about the
/// source when a copy is asked for; other calls read them otherwise.
constexpr std::array kCodes = {
    CodeMeaning{"InvalidAccessKeyId.NotFound", ErrorKind::wrong_keys},
    CodeMeaning{"InvalidAccessKeyId.Inactive", ErrorKind::wrong_keys},
    CodeMeaning{"Forbidden.AccessKeyDisabled", ErrorKind::wrong_keys},
    CodeMeaning{"SignatureDoesNotMatch", ErrorKind::wrong_keys},
    CodeMeaning{"IncompleteSignature", ErrorKind::bug},
    CodeMeaning{"InvalidSignatureMethod", ErrorKind::bug},
    CodeMeaning{"InvalidTimeStamp.Format", ErrorKind::bug},
    CodeMeaning{"InvalidTimeStamp.Expired", ErrorKind::stale},
    CodeMeaning{"IllegalTimestamp", ErrorKind::stale},
    CodeMeaning{"SignatureNonceUsed", ErrorKind::stale},
    CodeMeaning{"MissingSecurityToken", ErrorKind::wrong_keys},
    CodeMeaning{"InvalidSecurityToken.Expired", ErrorKind::keys_ended},
    CodeMeaning{"InvalidSecurityToken.Malformed", ErrorKind::keys_ended},
    CodeMeaning{"InvalidSecurityToken.MismatchWithAccessKey", ErrorKind::keys_ended},
    CodeMeaning{"MissingParameter", ErrorKind::bug},
    CodeMeaning{"InvalidParameter", ErrorKind::invalid},
    CodeMeaning{"InvalidParameter.Format", ErrorKind::invalid},
    CodeMeaning{"InvalidVersion", ErrorKind::bug},
    CodeMeaning{"InvalidAction.NotFound", ErrorKind::bug},
    CodeMeaning{"InvalidApi.NotFound", ErrorKind::bug},
    CodeMeaning{"InvalidAction", ErrorKind::bug},
    CodeMeaning{"InvalidProduct.NotFound", ErrorKind::bug},
    CodeMeaning{"InvalidProtocol.NeedSsl", ErrorKind::bug},
    CodeMeaning{"UnsupportedHTTPMethod", ErrorKind::bug},
    CodeMeaning{"Forbidden.RAM", ErrorKind::denied},
    CodeMeaning{"Forbidden.SubUser", ErrorKind::denied},
    CodeMeaning{"Forbidden.Unauthorized", ErrorKind::denied},
    CodeMeaning{"Forbidden.NotSupportRAM", ErrorKind::denied},
    CodeMeaning{"Forbidden.RiskControl", ErrorKind::account},
    CodeMeaning{"RealNameAuthenticationError", ErrorKind::account},
    CodeMeaning{"InvalidRegionId.NotFound", ErrorKind::invalid, "source_region"},
    CodeMeaning{"IdempotentParameterMismatch", ErrorKind::bug},
    CodeMeaning{"InvalidIdempotenceParameter.Mismatch", ErrorKind::bug},
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
    CodeMeaning{"DryRunOperation", ErrorKind::bug},
    CodeMeaning{"InvalidAliUid.IsNull", ErrorKind::wrong_keys},
    CodeMeaning{"Forbbiden", ErrorKind::denied},
    CodeMeaning{"Forbidden", ErrorKind::denied},
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
    CodeMeaning{"OperationDenied.NotAuthorized", ErrorKind::denied, "source_image_id"},
    CodeMeaning{"OperationDenied.NonCompliantDestinationRegion", ErrorKind::invalid, "destination_region"},
    CodeMeaning{"OperationDenied.KmsServiceUnauthorized", ErrorKind::denied, "kms_key_id"},
    CodeMeaning{"InvalidParameter.KMSKeyId.KMSUnauthorized", ErrorKind::denied, "kms_key_id"},
    CodeMeaning{"InvalidParameter.KMSKeyId.CMKNotEnabled", ErrorKind::invalid, "kms_key_id"},
    CodeMeaning{"InvalidParameter.KMSKeyId.CMKUnauthorized", ErrorKind::denied, "kms_key_id"},
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
    CodeMeaning{"InvalidImageOwnerAlias.ValueNotSupported", ErrorKind::bug},
    CodeMeaning{"InvalidImageOwnerAlias.PublicImageUnsupported", ErrorKind::bug},
    CodeMeaning{"InvalidParamter", ErrorKind::bug},
    CodeMeaning{"InvalidTag.Mismatch", ErrorKind::bug},
    CodeMeaning{"InvalidTagCount", ErrorKind::invalid, "tags"},
    CodeMeaning{"InvalidInstanceType.ValueNotSupported", ErrorKind::bug},
    CodeMeaning{"InvalidFilterValue.NetworkType", ErrorKind::bug},
    CodeMeaning{"InvalidOperation.ImageOwnerIdUnsupported", ErrorKind::bug},
    CodeMeaning{"CurrentAccount.NotSupportPublicImage", ErrorKind::denied},
    CodeMeaning{"InvalidFilterKey.NotFound", ErrorKind::bug},
    CodeMeaning{"InvalidFilterValue", ErrorKind::bug},
    CodeMeaning{"InvalidUsage", ErrorKind::bug},
    CodeMeaning{"InvalidOSType", ErrorKind::bug},
    CodeMeaning{"InvalidArchitecture", ErrorKind::bug},
    CodeMeaning{"ImageUsingByInstance", ErrorKind::in_use},
    CodeMeaning{"ImageUseShared", ErrorKind::in_use},
    CodeMeaning{"ImageIsPublic", ErrorKind::in_use},
    CodeMeaning{"ImageIsImporting", ErrorKind::busy},
    CodeMeaning{"ImageIsExporting", ErrorKind::busy},
    CodeMeaning{"ImageIsCreating", ErrorKind::still_copying},
    CodeMeaning{"InvalidStatus.ImageIsCreating", ErrorKind::busy},
    CodeMeaning{"ImageStatus.NotAvailable", ErrorKind::busy},
    CodeMeaning{"ImageStatus.NotDeprecated", ErrorKind::busy},
    CodeMeaning{"InvalidImageFamily.Malformed", ErrorKind::bug},
    CodeMeaning{"ImageFamilyQuotaFull", ErrorKind::quota},
    CodeMeaning{"ImageQuotaFull.ImageFamily", ErrorKind::quota},
    CodeMeaning{"InvalidBootMode.NotSupport", ErrorKind::bug},
    CodeMeaning{"InvalidLicenseType.NotSupported", ErrorKind::bug},
    CodeMeaning{"InvalidParameter.FeaturesImdsSupport", ErrorKind::bug},
    CodeMeaning{"OperationDeined.ImageUsingByInstance", ErrorKind::in_use},
    CodeMeaning{"InvalidOperation.FeaturesImdsSupportNotMatch", ErrorKind::bug},
    CodeMeaning{"NumberExceed.ResourceIds", ErrorKind::bug},
    CodeMeaning{"NumberExceed.Tags", ErrorKind::invalid, "tags"},
    CodeMeaning{"Duplicate.TagKey", ErrorKind::invalid, "tags"},
    CodeMeaning{"InvalidTagKey.Malformed", ErrorKind::invalid, "tags"},
    CodeMeaning{"InvalidTagValue.Malformed", ErrorKind::invalid, "tags"},
    CodeMeaning{"OperationDenied.QuotaExceed", ErrorKind::quota, "tags"},
    CodeMeaning{"Invalid.Scope", ErrorKind::bug},
    CodeMeaning{"InvalidParameter.TagValue", ErrorKind::bug},
    CodeMeaning{"NoPermission.Tag", ErrorKind::denied, "tags"},
    CodeMeaning{"QuotaExceed.Tags", ErrorKind::quota, "tags"},
    CodeMeaning{"InvalidResourceId.NotSupported", ErrorKind::invalid, "tags"},
    CodeMeaning{"PermissionDenied.TagOwnerUid", ErrorKind::denied, "tags"},
    CodeMeaning{"PermissionDenied.Scope", ErrorKind::denied, "tags"},
    CodeMeaning{"InvalidResourceId.NotFound", ErrorKind::not_found},
    CodeMeaning{"InvalidResourceType.NotFound", ErrorKind::bug},
    CodeMeaning{"MissingParameter.ResourceType", ErrorKind::bug},
    CodeMeaning{"MissingParameter.Tags", ErrorKind::bug},
    CodeMeaning{"MissingParameter.RegionId", ErrorKind::bug},
    CodeMeaning{"MissingParameter.TagOwnerUid", ErrorKind::bug},
    CodeMeaning{"MissingParameter.TagOwnerBid", ErrorKind::bug},
    CodeMeaning{"InvalidAcceptLanguage.NotFound", ErrorKind::bug},
    CodeMeaning{"SnapshotCreatedImage", ErrorKind::busy},
    CodeMeaning{"SnapshotCreatedDisk", ErrorKind::in_use},
    CodeMeaning{"Operation.Conflict", ErrorKind::busy},
};

static_assert(names_each_code_once(kCodes));

ErrorKind kind_of(const std::string& code, int status) {
  if (const auto known = meaning_of(kCodes, code)) return known->kind;
  // The vendor's own clients decide by containment.
  if (code.find("Throttling") != std::string::npos || status == 429) return ErrorKind::throttled;
  if (status >= 500) return ErrorKind::unavailable;
  if (status == 401) return ErrorKind::wrong_keys;
  if (status == 403 && code.starts_with("Forb")) return ErrorKind::denied;
  if (code.starts_with("Missing")) return ErrorKind::bug;
  return ErrorKind::invalid;
}

}  // namespace

Error read_alicloud_error(const http::Response& response) {
  const json body = parse_json(response.body);
  Error error{.code = text_at(body, "Code"), .message = text_at(body, "Message")};
  error.request_id = text_at(body, "RequestId");
  error.kind = kind_of(error.code, response.status);
  if (const auto known = meaning_of(kCodes, error.code)) error.argument = known->argument;
  if (error.code.empty() && error.message.empty()) error.message = core::shorten(response.body, 300);
  return error;
}

}  // namespace cloud
