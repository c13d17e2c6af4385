#include <algorithm>
#include <optional>
#include <utility>

#include "tests/emulator/alicloud/actions.h"
#include "tests/emulator/alicloud/errors.h"
#include "tests/emulator/alicloud/rules.h"
#include "tests/emulator/alicloud/snapshots.h"
#include "tests/emulator/ids.h"

namespace emulator::alicloud {
namespace {

/// The parameters of CopyImage, after the checks that do not require the image.
struct Order {
  std::string destination;
  std::string name;
  std::string description;
  std::optional<bool> encrypted;
  std::string kms_key_id;
  std::string resource_group_id;
  std::map<std::string, std::string> tags;
};

Result<std::optional<bool>> read_encrypted(const Call& call) {
  const std::string text = call.get("Encrypted");
  if (text.empty()) return std::nullopt;
  if (text == "true") return true;
  if (text == "false") return false;
  return std::unexpected(api_error("InvalidParameter", "Encrypted must be true or false."));
}

std::optional<ApiError> check_texts(const Order& order) {
  if (auto refused = check_name(order.name)) return refused;
  if (!order.description.empty()) return check_description(order.description);
  return std::nullopt;
}

Result<Order> read_order(const Context& context) {
  const Call& call = context.call;
  Order order = {.destination = call.get("DestinationRegionId"),
                 .name = call.get("DestinationImageName"),
                 .description = call.get("DestinationDescription"),
                 .kms_key_id = call.get("KMSKeyId"),
                 .resource_group_id = call.get("ResourceGroupId")};
  if (order.destination.empty()) order.destination = context.region;
  if (!context.world.knows_region(Cloud::alicloud, order.destination)) {
    return std::unexpected(
        api_error("DestinationRegion.NotFound", "There is no region " + order.destination + "."));
  }
  if (order.name.empty()) order.name = "copy-" + random_text(12);
  if (auto refused = check_texts(order)) return std::unexpected(*refused);
  const auto tags = call.tags();
  if (auto refused = check_tags(tags)) return std::unexpected(*refused);
  order.tags.insert(tags.begin(), tags.end());
  const auto encrypted = read_encrypted(call);
  if (!encrypted) return std::unexpected(encrypted.error());
  order.encrypted = *encrypted;
  return order;
}

std::optional<ApiError> check_source(const Context& context, const Image& source, const Order& order) {
  const bool other_region = order.destination != source.key.region;
  switch (source.kind) {
    case ImageKind::system:
      return api_error("InvalidImageId.NotFound", "The image is not a custom image of this account.");
    case ImageKind::market:
      return api_error("OperationDenied.NotAuthorized", "Images of the marketplace cannot be copied.");
    case ImageKind::shared:
      if (other_region) {
        return api_error("OperationDenied.SameRegionOnly",
                         "A shared image can be copied in its region only.");
      }
      break;
    case ImageKind::custom:
    case ImageKind::iso:
    case ImageKind::whole:
    case ImageKind::package: break;
  }
  const Copy* copy = context.world.copy_of(source);
  if (copy != nullptr && copy->active()) {
    return api_error("OperationDenied.ImageCopying", "The image is itself still being copied.");
  }
  if (source.state != ImageState::available) {
    return api_error("IncorrectImageStatus", "The image must be Available to be copied.");
  }
  return std::nullopt;
}

std::optional<ApiError> check_key(const Context& context, const Order& order) {
  if (order.kms_key_id.empty()) return std::nullopt;
  if (!order.encrypted.value_or(false)) {
    return api_error("InvalidParameter.EncryptedIllegal", "KMSKeyId needs Encrypted=true.");
  }
  const KmsKey* key = context.world.find_kms_key(Cloud::alicloud, order.destination, order.kms_key_id);
  if (key == nullptr) {
    return api_error("InvalidParameter.KMSKeyId.NotFound",
                     "There is no such key in " + order.destination + ".");
  }
  if (key->state == "disabled") {
    return api_error("InvalidParameter.KMSKeyId.CMKNotEnabled", "The key is disabled.");
  }
  if (key->state == "forbidden") {
    return api_error("InvalidParameter.KMSKeyId.CMKUnauthorized", "ECS may not use the key.");
  }
  return std::nullopt;
}

/// alicloud/API.md 4.4.
std::optional<ApiError> check_encryption(const Context& context, const Image& source, const Order& order) {
  const emulator::Switches& switches = context.environment.switches;
  const bool other_region = order.destination != source.key.region;
  if (auto refused = check_key(context, order)) return refused;
  if (order.encrypted == false) {
    if (source.encrypted) {
      return api_error("OperationDeined.EncryptedSnapshot", "The copy of an encrypted image is encrypted.");
    }
    if (switches.alicloud.encrypt_by_default) {
      return api_error("InvalidEncrypted.NotMatchDiskDefaultEncryption", "The account encrypts by default.");
    }
  }
  const bool turns_encrypted = order.encrypted == true && !source.encrypted;
  if (turns_encrypted && other_region && !switches.alicloud.encrypt_across_regions) {
    return api_error("OperationDenied.EncryptSnapshotAcrossRegion",
                     "A plain image cannot become an encrypted copy in another region.");
  }
  if (!other_region && order.encrypted != true && !switches.alicloud.plain_copy_in_region) {
    return api_error("IncorrectDestinationRegion", "The destination must be another region.");
  }
  return std::nullopt;
}

std::optional<ApiError> check_limits(const Context& context, const Image& source, const Order& order) {
  const emulator::Switches& switches = context.environment.switches;
  const std::string& account = context.key.account;
  if (switches.alicloud.largest_gb > 0 && source.size_gb > switches.alicloud.largest_gb) {
    return api_error("SizeExceed.Image", "The image is too large to be copied.");
  }
  const ImageKey destination = {.cloud = Cloud::alicloud, .region = order.destination};
  if (name_is_taken(context.world, destination, account, order.name)) {
    return api_error("InvalidImageName.Duplicated",
                     "The name " + order.name + " is in use in the destination.");
  }
  if (context.world.count_images(Cloud::alicloud, order.destination, account) >=
      switches.alicloud.image_quota) {
    return api_error("QuotaExceed.Image", "The destination region has no room for another custom image.");
  }
  const auto same_source = [&](const Copy& copy) { return copy.source == source.key; };
  if (!switches.alicloud.parallel_copies_of_one_image && context.world.count_active_copies(same_source) > 0) {
    return api_error("OperationDenied.ImageCopyConflict", "The image is already being copied.");
  }
  const auto& groups = context.world.data().resource_groups;
  if (!order.resource_group_id.empty() && !groups.contains(order.resource_group_id)) {
    return api_error("InvalidResourceGroup.NotFound", "There is no such resource group.");
  }
  return std::nullopt;
}

std::string submit(Context& context, const Image& source, const Order& order) {
  Image target = copy_from(source, order.destination, order.name);
  target.account = context.key.account;
  target.description = order.description;
  target.tags = order.tags;
  target.resource_group_id = order.resource_group_id;
  target.encrypted =
      order.encrypted.value_or(source.encrypted || context.environment.switches.alicloud.encrypt_by_default);
  target.kms_key_id = order.kms_key_id;
  make_snapshots(context.world, target, source.snapshot_ids, context.environment.switches);
  return context.world.start_copy(source, std::move(target)).target.id;
}

/// Returns the parameters by which two calls with one token are compared.
std::string fingerprint(const Call& call) {
  Json parameters;
  for (const auto& [name, value] : call.parameters) {
    const bool about_signing = name.starts_with("Signature") || name == "Timestamp" ||
                               name == "AccessKeyId" || name == "SecurityToken" || name == "Format";
    if (!about_signing) parameters[name] = value;
  }
  return dump(parameters);
}

Result<std::string> copy_once(Context& context, const Order& order) {
  const auto source = find_image(context);
  if (!source) return std::unexpected(source.error());
  if (auto refused = check_source(context, **source, order)) return std::unexpected(*refused);
  if (auto refused = check_encryption(context, **source, order)) return std::unexpected(*refused);
  if (auto refused = check_limits(context, **source, order)) return std::unexpected(*refused);
  if (auto refused = check_dry_run(context.call)) return std::unexpected(*refused);
  return submit(context, **source, order);
}

}  // namespace

Result<Json> copy_image(Context& context) {
  const auto order = read_order(context);
  if (!order) return std::unexpected(order.error());
  const std::string token = context.call.get("ClientToken");
  if (token.empty()) {
    const auto id = copy_once(context, *order);
    if (!id) return std::unexpected(id.error());
    return Json{{"ImageId", *id}};
  }
  if (!is_text(token, 64)) {
    return std::unexpected(api_error("InvalidParameter", "ClientToken has at most 64 characters."));
  }
  auto& remembered = context.world.data().remembered_calls;
  const std::string key = "alicloud/" + context.key.account + "/" + context.region + "/" + token;
  const auto known = remembered.find(key);
  const Duration lifetime = context.environment.switches.alicloud.client_token_lifetime;
  if (known != remembered.end() && known->second.at + lifetime > context.world.now()) {
    if (known->second.parameters == fingerprint(context.call)) return Json{{"ImageId", known->second.reply}};
    return std::unexpected(
        api_error("IdempotentParameterMismatch", "The ClientToken was used with other parameters."));
  }
  const auto id = copy_once(context, *order);
  if (!id) return std::unexpected(id.error());
  remembered[key] = {.parameters = fingerprint(context.call), .reply = *id, .at = context.world.now()};
  return Json{{"ImageId", *id}};
}

Result<Json> cancel_copy_image(Context& context) {
  const auto image = find_image(context);
  if (!image) return std::unexpected(image.error());
  if (!(*image)->copied) {
    return std::unexpected(api_error("ImageCreatedNotFromCopy", "The image was not made by a copy."));
  }
  const auto copy = context.world.data().copies.find((*image)->copy_id);
  if (copy == context.world.data().copies.end() || !copy->second.active()) {
    return std::unexpected(api_error("IncorrectImageStatus", "The image is not being copied."));
  }
  const emulator::Switches& switches = context.environment.switches;
  if (switches.finish_on_cancel) {
    context.world.finish(copy->second, true);
    return std::unexpected(api_error("IncorrectImageStatus", "The copy is complete."));
  }
  const bool waits = copy->second.state == CopyPhase::waiting;
  if (copy->second.plan.outcome == Outcome::uncancellable || (waits && !switches.alicloud.cancel_waiting)) {
    return std::unexpected(api_error("CancelNotSupported", "This copy cannot be canceled."));
  }
  context.world.cancel(copy->second, switches.alicloud.cancel_keeps_snapshots);
  return Json::object();
}

}  // namespace emulator::alicloud
