#include "src/cloud/alicloud/errors.h"

#include "tests/cloud/error_tables.h"

using cloud::Error;
using cloud::ErrorKind;
using fakes::check_kinds;
using fakes::error_response;
using fakes::ErrorRow;

TEST_CASE("each documented code of Alibaba Cloud has its error kind") {
  check_kinds(
      cloud::alicloud::read_error, R"({"Code":"%"})",
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
           "MissingParameter.TagOwnerBid InvalidAcceptLanguage.NotFound Param.Conflict "
           "MissingParameter.ResourceIds"},
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
           "InvalidResourceId.NotSupported TagKey.Duplication"},
          {ErrorKind::permission_denied,
           "Forbidden.RAM Forbidden.SubUser Forbidden.Unauthorized Forbidden.NotSupportRAM Forbbiden "
           "Forbidden OperationDenied.NotAuthorized OperationDenied.KmsServiceUnauthorized "
           "InvalidParameter.KMSKeyId.KMSUnauthorized InvalidParameter.KMSKeyId.CMKUnauthorized "
           "CurrentAccount.NotSupportPublicImage NoPermission.Tag PermissionDenied.TagOwnerUid "
           "PermissionDenied.Scope PermissionDenied.TagOwnerBid NoPermission NoPermissionKey.Scope "
           "Forbbiden.SubUser Forbedden.NotSupportRAM"},
          {ErrorKind::account,
           "Forbidden.RiskControl RealNameAuthenticationError InsufficientBalance Account.Arrearage "
           "InvalidParameter.KmsNotEnabled UserNotInTheWhiteList InvalidAccountStatus.NotEnoughBalance "
           "InvalidAccountStatus.SnapshotServiceUnavailable InvalidUserType.NotSupported "
           "Abs.InvalidAccount.NotFound"},
          {ErrorKind::busy,
           "IncorrectDiskStatus.CreatingSnapshot InvalidOperation.RelatedSnapshotNotFinished "
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
           "SnapshotCreatedDisk InvalidOperation.DeleteSharedSnapshotUnsupported "
           "InvalidOperation.ResourceManagedByCloudProduct"},
      });
}

TEST_CASE("the codes of Alibaba Cloud are classified, including misspelled and unknown ones") {
  for (const ErrorRow& each :
       std::vector<ErrorRow>{{404, "InvalidAccessKeyId.NotFound", ErrorKind::unauthenticated, ""},
                             {400, "InvalidSecurityToken.Expired", ErrorKind::credentials_expired, ""},
                             {400, "SignatureNonceUsed", ErrorKind::stale, ""},
                             {400, "Throttling.User", ErrorKind::throttled, ""},
                             {400, "Throttling.SomethingNew", ErrorKind::throttled, ""},
                             {403, "LastTokenProcessing", ErrorKind::busy, ""},
                             {400, "IdempotentParameterMismatch", ErrorKind::malformed_request, ""},
                             {400, "MissingZoneId", ErrorKind::malformed_request, ""},
                             {503, "ServiceUnavailable.RegionMaintaining", ErrorKind::unavailable, ""},
                             {500, "SomethingNew", ErrorKind::unavailable, ""},
                             {403, "Forbbiden", ErrorKind::permission_denied, ""},
                             {403, "Forbidden.SomethingNew", ErrorKind::permission_denied, ""},
                             {403, "OperationDeined.EncryptedSnapshot", ErrorKind::invalid, "encrypted"},
                             {400, "InvalidParamter", ErrorKind::malformed_request, ""},
                             {400, "InvalidImageName.Duplicated", ErrorKind::name_taken, "name"},
                             {400, "DestinationRegion.NotFound", ErrorKind::invalid, "destination_region"},
                             {400, "IncorrectImageStatus", ErrorKind::busy, "source_image_id"},
                             {403, "QuotaExceed.Image", ErrorKind::quota, ""},
                             {403, "OperationDenied.ImageCopying", ErrorKind::still_copying, ""},
                             {400, "CancelNotSupported", ErrorKind::cannot_cancel, ""},
                             {400, "ImageCreatedNotFromCopy", ErrorKind::not_copying, ""},
                             {403, "ImageUseShared", ErrorKind::in_use, ""},
                             {403, "SnapshotCreatedImage", ErrorKind::busy, ""},
                             {404, "InvalidImageId.NotFound", ErrorKind::not_found, ""},
                             {403, "NoPermission.SomethingNew", ErrorKind::permission_denied, ""},
                             {403, "InvalidSomethingNew", ErrorKind::invalid, ""}}) {
    CAPTURE(each.code);
    const Error error = cloud::alicloud::read_error(error_response(
        each.status, R"({"RequestId":"R-1","HostId":"h","Code":")" + each.code + R"(","Message":"words"})"));
    CHECK(error.kind == each.kind);
    CHECK(error.code == each.code);
    CHECK(error.message == "words");
    CHECK(error.request_id == "R-1");
    CHECK(error.argument == each.argument);
  }
}

TEST_CASE("responses that are not the JSON of Alibaba Cloud are shortened and classified by their status") {
  fakes::check_foreign_responses(cloud::alicloud::read_error);
}
