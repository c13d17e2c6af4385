#include <functional>
#include <map>

#include "src/cloud/alicloud/errors.h"
#include "src/cloud/baiducloud/errors.h"
#include "src/cloud/huaweicloud/errors.h"
#include "src/core/text.h"
#include "tests/support/catch.h"

// Every documented code of the three clouds by its error kind, to be compared with the vendors' tables.

using cloud::Error;
using cloud::ErrorKind;

namespace {

/// Codes, separated by blanks.
using CodesByKind = std::map<ErrorKind, std::string>;

/// `body`: a response body with `%` for the code.
void check_kinds(const CodesByKind& codes_by_kind, const std::string& body,
                 const std::function<Error(const http::Response&)>& read) {
  for (const auto& [kind, codes] : codes_by_kind) {
    for (const std::string& code : core::split(codes, ' ')) {
      CAPTURE(code);
      // A status that no cloud uses, so that the code alone decides.
      CHECK(read({.status = 418, .headers = {}, .body = core::replace_all(body, "%", code)}).kind == kind);
    }
  }
}

}  // namespace

TEST_CASE("each documented code of Alibaba Cloud has its error kind") {
  check_kinds(
      {
          {ErrorKind::unauthenticated,
           "InvalidAccessKeyId.NotFound InvalidAccessKeyId.Inactive Forbidden.AccessKeyDisabled "
           "SignatureDoesNotMatch MissingSecurityToken InvalidAliUid.IsNull"},
          {ErrorKind::malformed_request,
           "IncompleteSignature InvalidSignatureMethod InvalidTimeStamp.Format MissingParameter "
           "InvalidVersion InvalidAction.NotFound InvalidApi.NotFound InvalidAction "
           "InvalidProduct.NotFound InvalidProtocol.NeedSsl UnsupportedHTTPMethod "
           "IdempotentParameterMismatch InvalidIdempotenceParameter.Mismatch DryRunOperation "
           "InvalidImageOwnerAlias.ValueNotSupported InvalidImageOwnerAlias.PublicImageUnsupported "
           "InvalidParamter InvalidTag.Mismatch InvalidInstanceType.ValueNotSupported "
           "InvalidFilterValue.NetworkType InvalidOperation.ImageOwnerIdUnsupported "
           "InvalidFilterKey.NotFound InvalidFilterValue InvalidUsage InvalidOSType "
           "InvalidArchitecture InvalidImageFamily.Malformed InvalidBootMode.NotSupport "
           "InvalidLicenseType.NotSupported InvalidParameter.FeaturesImdsSupport "
           "InvalidOperation.FeaturesImdsSupportNotMatch NumberExceed.ResourceIds Invalid.Scope "
           "InvalidParameter.TagValue InvalidResourceType.NotFound MissingParameter.ResourceType "
           "MissingParameter.Tags MissingParameter.RegionId MissingParameter.TagOwnerUid "
           "MissingParameter.TagOwnerBid InvalidAcceptLanguage.NotFound"},
          {ErrorKind::stale, "InvalidTimeStamp.Expired IllegalTimestamp SignatureNonceUsed"},
          {ErrorKind::credentials_expired,
           "InvalidSecurityToken.Expired InvalidSecurityToken.Malformed "
           "InvalidSecurityToken.MismatchWithAccessKey"},
          {ErrorKind::invalid,
           "InvalidParameter InvalidParameter.Format InvalidRegionId.NotFound "
           "InvalidImageName.Malformed InvalidDescription.Malformed SourceRegion.NotFound "
           "DestinationRegion.NotFound InvalidParameter.EncryptedIllegal "
           "InvalidEncrypted.NotMatchKmsKeyId InvalidEncrypted.NotMatchEncryptAlgorithm "
           "InvalidEncryptAlgorithm OperationDenied.CommunityImage RegionNotSupportCopy "
           "InvalidSnapshot.TooOld OperationDenied IncorrectDestinationRegion "
           "OperationDeined.EncryptedSnapshot OperationDenied.EncryptSnapshotAcrossRegion "
           "OperationDenied.SameRegionOnly OperationDenied.NotPublished "
           "OperationDenied.NonCompliantDestinationRegion InvalidParameter.KMSKeyId.CMKNotEnabled "
           "InvalidRegion.NotSupport InvalidRegionId.NotSupportEncryptAlgorithm "
           "InvalidEncrypted.NotMatchDiskDefaultEncryption SizeExceed.Image "
           "InvalidOperation.VhdImageUnsupported InvalidOperation.CloudBoxImageCopyUnsupported "
           "InvalidParameter.KMSKeyId.NotFound InvalidResourceGroup.NotFound InvalidTagCount "
           "NumberExceed.Tags Duplicate.TagKey InvalidTagKey.Malformed InvalidTagValue.Malformed "
           "InvalidResourceId.NotSupported"},
          {ErrorKind::permission_denied,
           "Forbidden.RAM Forbidden.SubUser Forbidden.Unauthorized Forbidden.NotSupportRAM Forbbiden "
           "Forbidden OperationDenied.NotAuthorized OperationDenied.KmsServiceUnauthorized "
           "InvalidParameter.KMSKeyId.KMSUnauthorized InvalidParameter.KMSKeyId.CMKUnauthorized "
           "CurrentAccount.NotSupportPublicImage NoPermission.Tag PermissionDenied.TagOwnerUid "
           "PermissionDenied.Scope"},
          {ErrorKind::account,
           "Forbidden.RiskControl RealNameAuthenticationError InsufficientBalance Account.Arrearage "
           "InvalidParameter.KmsNotEnabled UserNotInTheWhiteList"},
          {ErrorKind::busy,
           "LastTokenProcessing OperationConflict IncorrectImageStatus "
           "OperationDenied.ImageCopyConflict InvalidOperation.Conflict ImageIsImporting "
           "ImageIsExporting InvalidStatus.ImageIsCreating ImageStatus.NotAvailable "
           "ImageStatus.NotDeprecated SnapshotCreatedImage Operation.Conflict"},
          {ErrorKind::throttled, "Throttling Throttling.User Throttling.Api"},
          {ErrorKind::unavailable,
           "InternalError ServiceUnavailable ServiceUnavailable.RegionMaintaining "
           "InvalidParameter.DataEncryptedKeyCreateFailed"},
          {ErrorKind::name_taken, "InvalidImageName.Duplicated"},
          {ErrorKind::not_found,
           "InvalidSnapshotId.NotFound InvalidImageId.NotFound InvalidResourceId.NotFound"},
          {ErrorKind::quota,
           "QuotaExceed.Image QuotaExceed.Snapshot ImageFamilyQuotaFull ImageQuotaFull.ImageFamily "
           "OperationDenied.QuotaExceed QuotaExceed.Tags"},
          {ErrorKind::still_copying, "OperationDenied.ImageCopying ImageIsCreating"},
          {ErrorKind::not_copying, "ImageCreatedNotFromCopy"},
          {ErrorKind::cannot_cancel, "CancelNotSupported"},
          {ErrorKind::in_use,
           "ImageUsingByInstance ImageUseShared ImageIsPublic OperationDeined.ImageUsingByInstance "
           "SnapshotCreatedDisk"},
      },
      R"({"Code":"%"})", cloud::alicloud::read_error);
}

TEST_CASE("each documented code of Baidu AI Cloud has its error kind") {
  check_kinds(
      {
          {ErrorKind::permission_denied, "AccessDenied"},
          {ErrorKind::unauthenticated, "InvalidAccessKeyId SignatureDoesNotMatch"},
          {ErrorKind::malformed_request,
           "InvalidHTTPAuthHeader IdempotentParameterMismatch InappropriateJSON MalformedJSON "
           "InvalidHTTPRequest InvalidURI InvalidVersion PreconditionFailed"},
          {ErrorKind::stale, "RequestExpired RequestTimeTooSkewed"},
          {ErrorKind::account, "OptInRequired QualifyNotPass"},
          {ErrorKind::invalid,
           "BadRequest Image.RegionNotSupportCopy Image.ImageStorageFormatInvalid "
           "Image.ImageNotSupportCopy Image.LargeImageCopyForbidden Image.UnCustomImageCannotBeDeleted "
           "Image.ImageNameInvalid"},
          {ErrorKind::not_found, "NoSuchObject"},
          {ErrorKind::busy, "OperationDenied Image.ImageStatusForbidden"},
          {ErrorKind::unavailable, "ServiceInternalError InternalError Http400"},
          {ErrorKind::throttled, "RateLimit"},
          {ErrorKind::still_copying, "Image.CreatingImageCannotBeDeleted"},
          {ErrorKind::in_use, "Image.ImageHasBeenSharedToOthers"},
          {ErrorKind::quota, "Image.ImageQuotaExceedLimit"},
      },
      R"({"code":"%"})", cloud::baiducloud::read_error);
}

TEST_CASE("each documented code of Huawei Cloud has its error kind") {
  check_kinds(
      {
          {ErrorKind::malformed_request,
           "IMG.0001 IMG.0007 IMG.0013 IMG.0016 IMG.0017 IMG.0035 APIGW.0101 APIGW.0602"},
          {ErrorKind::invalid,
           "IMG.0002 IMG.0003 IMG.0004 IMG.0036 IMG.0054 IMG.0055 IMG.0059 IMG.0062 IMG.0095 IMG.0096 "
           "IMG.0097 IMG.0101 IMG.0102 IMG.0104 IMG.0105 IMG.0115 IMG.0116 IMG.0118 IMG.0130 IMG.0141 "
           "IMG.0145 IMG.0155 IMG.0156 IMG.0167 IMG.0182 IMG.0184 IMG.0188 IMG.0189 IMG.0190 IMG.0193 "
           "IMG.0196 IMG.0197"},
          {ErrorKind::name_taken, "IMG.0009"},
          {ErrorKind::unavailable,
           "IMG.0014 IMG.0018 IMG.0061 IMG.0154 IMG.0176 APIGW.0201 APIGW.0202 APIGW.0203 APIGW.0601 "
           "APIGW.0613"},
          {ErrorKind::quota, "IMG.0015"},
          {ErrorKind::not_found, "IMG.0023 IMG.0027 IMG.0066 IMG.0086 IMG.0144"},
          {ErrorKind::permission_denied,
           "IMG.0026 IMG.0030 IMG.0037 IMG.0038 IMG.0039 IMG.0040 IMG.0047 IMG.0064 IMG.0065 IMG.0067 "
           "IMG.0087 IMG.0092 IMG.0099 IMG.0100 IMG.0103 IMG.0106 IMG.0108 IMG.0165 IMG.0179 "
           "APIGW.0302 APIGW.0310 APIGW.0802"},
          {ErrorKind::in_use, "IMG.0028 IMG.0083 IMG.0094"},
          {ErrorKind::busy, "IMG.0046 IMG.0148"},
          {ErrorKind::concurrency_limit, "IMG.0060"},
          {ErrorKind::still_copying, "IMG.0090"},
          {ErrorKind::throttled, "IMG.0187 APIGW.0308"},
          {ErrorKind::account, "IMG.0238 IMG.0239 IMG.0241 IMG.0242"},
          {ErrorKind::credentials_expired, "APIGW.0301 APIGW.0307"},
      },
      R"({"error":{"code":"%"}})", cloud::huaweicloud::read_error);
}
