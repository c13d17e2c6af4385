#include <algorithm>
#include <array>
#include <utility>

#include "src/core/random.h"
#include "src/core/text.h"
#include "tests/emulator/huaweicloud/actions.h"
#include "tests/emulator/huaweicloud/errors.h"
#include "tests/emulator/huaweicloud/projects.h"
#include "tests/emulator/huaweicloud/replies.h"
#include "tests/emulator/huaweicloud/rules.h"
#include "tests/emulator/ids.h"

namespace emulator::huaweicloud {
namespace {

/// The fields of both copy calls, of which each uses some.
struct Order {
  std::string name;
  std::string description;
  std::string cmk_id;
  std::string enterprise_project_id;
  std::string region;
  std::string project_name;
  std::string agency_name;
  std::string vault_id;
};

Result<Order> read_order(const Request& request) {
  const auto body = read_object(request);
  if (!body) return std::unexpected(body.error());
  Order order;
  const auto fields = std::to_array<std::pair<const char*, std::string*>>({
      {"name", &order.name},
      {"description", &order.description},
      {"cmk_id", &order.cmk_id},
      {"enterprise_project_id", &order.enterprise_project_id},
      {"region", &order.region},
      {"project_name", &order.project_name},
      {"agency_name", &order.agency_name},
      {"vault_id", &order.vault_id},
  });
  for (const auto& [key, target] : fields) {
    auto text = read_text(*body, key);
    if (!text) return std::unexpected(text.error());
    *target = std::move(*text);
  }
  return order;
}

/// The first rows of huaweicloud/API.md 6.2, which apply to both calls.
Result<Image*> find_source(Context& context) {
  const std::string& id = context.path["image_id"];
  if (!is_uuid(id)) return std::unexpected(ims_refusal("0066", "The image id is not a UUID."));
  const auto image = find_image(context, ims_refusal("0027", "There is no image " + id + "."));
  if (!image) return image;
  if ((*image)->state != ImageState::available) {
    return std::unexpected(ims_refusal("0046", "The image is not active."));
  }
  const bool shared = (*image)->kind == ImageKind::shared;
  if ((*image)->account != context.caller.key.account && !shared) {
    return std::unexpected(ims_refusal("0047", "Only the owner may copy the image."));
  }
  return image;
}

std::optional<ApiError> check_quotas(const Context& context, const std::string& region) {
  const emulator::Switches& switches = context.environment.switches;
  const std::string& account = context.caller.key.account;
  if (context.world.count_images(Cloud::huaweicloud, region, account) >= switches.huaweicloud.image_quota) {
    return ims_refusal("0015", "The quota of private images is used up.");
  }
  const auto counts = [&](const Copy& job) {
    const bool here = switches.huaweicloud.jobs_by_account || job.source.region == context.request.region;
    return job.source.cloud == Cloud::huaweicloud && job.account == account && here;
  };
  if (context.world.count_active_copies(counts) >= switches.huaweicloud.running_jobs) {
    return ims_refusal(region == context.request.region ? "0060" : "0149",
                       "Too many copies are running; try again later.");
  }
  return std::nullopt;
}

bool name_is_taken(const Context& context, const std::string& region, const std::string& name) {
  return std::ranges::any_of(context.world.data().images, [&](const auto& entry) {
    const Image& image = entry.second;
    return image.key.cloud == Cloud::huaweicloud && image.key.region == region &&
           image.account == context.caller.key.account && image.name == name;
  });
}

std::optional<ApiError> check_common(const Context& context, const Image& source, const Order& order,
                                     const std::string& region) {
  const emulator::Switches& switches = context.environment.switches;
  if (auto refused = check_name(order.name)) return refused;
  if (auto refused = check_description(order.description)) return refused;
  if (switches.huaweicloud.unique_names && name_is_taken(context, region, order.name)) {
    return ims_refusal("0009", "The image name is in use.");
  }
  if (auto refused = check_quotas(context, region)) return refused;
  if (source.kind == ImageKind::iso) return ims_refusal("0167", "ISO images cannot be copied.");
  if (switches.huaweicloud.largest_gb > 0 && source.size_gb > switches.huaweicloud.largest_gb) {
    return ims_refusal(region == context.request.region ? "0059" : "0146",
                       "The image is too large to be copied.");
  }
  if (!switches.huaweicloud.copy_windows && core::equal_ignoring_case(source.os_type, "windows")) {
    return ims_refusal("0105", "Windows images cannot be copied.");
  }
  return std::nullopt;
}

std::optional<ApiError> check_in_region(const Context& context, const Image& source, const Order& order) {
  if (source.kind == ImageKind::whole) {
    return ims_refusal("0130", "Full-ECS images cannot be copied inside a region.");
  }
  if (!order.cmk_id.empty()) {
    const KmsKey* key = context.world.find_kms_key(Cloud::huaweicloud, source.key.region, order.cmk_id);
    if (key == nullptr) return ims_refusal("0095", "The KMS key does not exist.");
    if (key->state == "disabled") return ims_refusal("0097", "The KMS key is disabled.");
    if (key->state == "forbidden") return ims_refusal("0099", "IMS may not use the KMS key.");
  }
  const std::string& project = order.enterprise_project_id;
  const bool known =
      project.empty() || project == "0" || context.world.data().enterprise_projects.contains(project);
  if (!known) return ims_refusal("0155", "The enterprise project does not exist.");
  return std::nullopt;
}

std::optional<ApiError> check_vault(const Context& context, const Order& order) {
  if (order.vault_id.empty()) return ims_refusal("0184", "A full-ECS image needs a vault_id.");
  const auto& vaults = context.world.data().vaults;
  const auto vault = std::ranges::find_if(vaults, [&](const Vault& candidate) {
    return candidate.id == order.vault_id && candidate.region == order.region;
  });
  if (vault == vaults.end()) return ims_refusal("0188", "The vault is not available.");
  if (vault->kind != "replication") return ims_refusal("0189", "The vault cannot take replicas.");
  return std::nullopt;
}

/// The caller checks the agency, because an unknown agency may fail the job instead of the call.
std::optional<ApiError> check_across(const Context& context, const Image& source, const Order& order) {
  if (order.region == source.key.region) {
    return ims_refusal("0142", "The destination must be another region.");
  }
  if (!context.world.knows_region(Cloud::huaweicloud, order.region)) {
    return ims_refusal("0147", "There is no region " + order.region + ".");
  }
  const auto project = find_project(context.world, context.caller.key.account, order.project_name);
  if (!project || project->region != order.region) {
    return ims_refusal("0145", "There is no project " + order.project_name + " in " + order.region + ".");
  }
  if (source.encrypted) return ims_refusal("0143", "Encrypted images cannot be copied to another region.");
  if (source.kind == ImageKind::whole) return check_vault(context, order);
  return std::nullopt;
}

Reply job_reply(const Copy& job) {
  return {.body = {{"job_id", job.id}}};
}

/// Starts the job. Its image appears later (huaweicloud/API.md 6.3).
Copy& start_job(Context& context, const Image& source, Image target) {
  Copy& job = context.world.start_copy(source, std::move(target));
  job.project_id = context.caller.project_id;
  context.world.data().images.at(job.target).visible_from = job.submitted + preparation_of(job);
  return job;
}

/// The copy of a full server has its own backup in the destination.
void make_backup(World& world, Image& target) {
  const Snapshot backup = {
      .key = {.cloud = Cloud::huaweicloud, .region = target.key.region, .id = core::random_uuid()},
      .account = target.account,
      .image_id = target.key.id,
      .size_gb = target.size_gb,
      .source_region = target.source_region,
      .created = world.now()};
  target.snapshot_ids = {backup.key.id};
  world.data().snapshots[backup.key] = backup;
}

}  // namespace

Result<Reply> copy_image_in_region(Context& context) {
  const auto order = read_order(context.request);
  if (!order) return std::unexpected(order.error());
  const auto source = find_source(context);
  if (!source) return std::unexpected(source.error());
  const std::string& region = context.request.region;
  if (auto refused = check_common(context, **source, *order, region)) return std::unexpected(*refused);
  if (auto refused = check_in_region(context, **source, *order)) return std::unexpected(*refused);

  Image target = copy_from(**source, region, order->name);
  target.account = context.caller.key.account;
  target.project_id = context.caller.project_id;
  target.description = order->description;
  target.encrypted = !order->cmk_id.empty();
  target.kms_key_id = order->cmk_id;
  if (order->enterprise_project_id != "0") target.resource_group_id = order->enterprise_project_id;
  return job_reply(start_job(context, **source, std::move(target)));
}

Result<Reply> copy_image_cross_region(Context& context) {
  const auto order = read_order(context.request);
  if (!order) return std::unexpected(order.error());
  if (order->region.empty() || order->project_name.empty() || order->agency_name.empty()) {
    return std::unexpected(ims_refusal("0001", "region, project_name and agency_name must be given."));
  }
  const auto source = find_source(context);
  if (!source) return std::unexpected(source.error());
  if (auto refused = check_common(context, **source, *order, order->region)) return std::unexpected(*refused);
  if (auto refused = check_across(context, **source, *order)) return std::unexpected(*refused);
  const bool agency_known = context.world.data().agencies.contains(order->agency_name);
  if (!agency_known && !context.environment.switches.huaweicloud.agency_fails_job) {
    return std::unexpected(ims_refusal("0036", "The agency's token could not be obtained."));
  }

  const std::string& account = context.caller.key.account;
  Image target = copy_from(**source, order->region, order->name);
  target.account = account;
  target.project_id = find_project(context.world, account, order->project_name)->id;
  target.description = order->description;
  target.kind = (*source)->kind == ImageKind::whole ? ImageKind::whole : ImageKind::custom;
  if (target.kind == ImageKind::whole) make_backup(context.world, target);
  Copy& job = start_job(context, **source, std::move(target));
  if (!agency_known) {
    job.plan = {.outcome = Outcome::fail,
                .fail_at_percent = 10,
                .fail_code = "IMG.0036",
                .fail_reason = "The agency's token could not be obtained."};
  }
  return job_reply(job);
}

Result<Reply> show_job(Context& context) {
  const auto& jobs = context.world.data().copies;
  const auto job = jobs.find(context.path["job_id"]);
  const Duration lifetime = context.environment.switches.huaweicloud.job_lifetime;
  const auto visible = [&](const Copy& found) {
    const bool forgotten =
        lifetime > Duration::zero() && found.ended && *found.ended + lifetime <= context.world.now();
    return found.source.cloud == Cloud::huaweicloud && found.source.region == context.request.region &&
           found.project_id == context.caller.project_id && !forgotten;
  };
  if (job != jobs.end() && visible(job->second))
    return Reply{.body = job_json(job->second, context.environment)};
  ApiError refused = ims_refusal("0023", "There is no such job in this project and region.");
  if (!context.environment.switches.huaweicloud.unknown_job_is_400) refused.status = 404;
  return std::unexpected(refused);
}

}  // namespace emulator::huaweicloud
