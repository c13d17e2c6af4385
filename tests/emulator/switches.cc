#include "tests/emulator/switches.h"

#include <algorithm>
#include <array>
#include <optional>
#include <variant>
#include <vector>

#include "src/core/text.h"
#include "tests/emulator/durations.h"
#include "tests/emulator/number_text.h"

namespace emulator {
namespace {

using nlohmann::json;

using Member = std::variant<bool Switches::*, int Switches::*, Duration Switches::*, std::string Switches::*>;

struct Entry {
  std::string_view name;
  Member member;
  std::string_view meaning;
};

constexpr Entry entry(std::string_view name, Member member, std::string_view meaning) {
  return {.name = name, .member = member, .meaning = meaning};
}

constexpr std::array kEntries = {
    entry("clock_skew", &Switches::clock_skew, "offset of the clouds' clock for signatures from real time"),
    entry("calls_per_minute", &Switches::calls_per_minute,
          "calls per minute with one key, action and region before throttling; 0: no limit"),
    entry("hidden_reads", &Switches::hidden_reads,
          "number of reads after a copy call that do not return its image yet"),
    entry("lingering_reads", &Switches::lingering_reads,
          "number of reads after a cancellation or deletion that still return the image"),
    entry("finish_on_cancel", &Switches::finish_on_cancel, "a copy finishes just before it is canceled"),
    entry("instance_role", &Switches::instance_role,
          "role whose credentials the metadata service returns; empty: none"),
    entry("alicloud_metadata_needs_token", &Switches::alicloud_metadata_needs_token,
          "the metadata service requires a token"),

    entry("alicloud_running_copies", &Switches::alicloud_running_copies,
          "concurrent copies per region; further copies wait"),
    entry("alicloud_queue_by_source", &Switches::alicloud_queue_by_source,
          "copies count in the source region instead of the destination"),
    entry("alicloud_image_quota", &Switches::alicloud_image_quota, "custom images per region"),
    entry("alicloud_largest_gb", &Switches::alicloud_largest_gb,
          "largest image that can be copied; 0: no limit"),
    entry("alicloud_parallel_copies_of_one_image", &Switches::alicloud_parallel_copies_of_one_image,
          "an image may have several running copies, else OperationDenied.ImageCopyConflict"),
    entry("alicloud_plain_copy_in_region", &Switches::alicloud_plain_copy_in_region,
          "copies within a region may be unencrypted, else IncorrectDestinationRegion"),
    entry("alicloud_encrypt_by_default", &Switches::alicloud_encrypt_by_default,
          "the account encrypts by default"),
    entry("alicloud_encrypt_across_regions", &Switches::alicloud_encrypt_across_regions,
          "an unencrypted image can have an encrypted copy in another region"),
    entry("alicloud_cancel_waiting", &Switches::alicloud_cancel_waiting, "a waiting copy can be canceled"),
    entry("alicloud_cancel_keeps_snapshots", &Switches::alicloud_cancel_keeps_snapshots,
          "canceling a copy keeps its snapshots"),
    entry("alicloud_join_image_ids", &Switches::alicloud_join_image_ids,
          "DescribeImages accepts several IDs separated by commas, else it finds none"),
    entry("alicloud_list_status_all", &Switches::alicloud_list_status_all,
          "DescribeImages knows the status ALL, else it finds no image with it"),
    entry("alicloud_ignore_unknown_deletes", &Switches::alicloud_ignore_unknown_deletes,
          "deleting an image that does not exist succeeds instead of failing with 404"),
    entry("alicloud_serve_other_regions", &Switches::alicloud_serve_other_regions,
          "an endpoint accepts other regions in RegionId"),
    entry("alicloud_snapshot_busy_deletes", &Switches::alicloud_snapshot_busy_deletes,
          "number of DeleteSnapshot calls that fail after the image was deleted"),
    entry("alicloud_client_token_lifetime", &Switches::alicloud_client_token_lifetime,
          "how long a ClientToken is remembered"),
    entry("alicloud_failed_status", &Switches::alicloud_failed_status,
          "status of a failed copy: CreateFailed or UnAvailable"),

    entry("baiducloud_image_quota", &Switches::baiducloud_image_quota, "custom images per region"),
    entry("baiducloud_largest_gb", &Switches::baiducloud_largest_gb,
          "largest image that can be copied; 0: no limit"),
    entry("baiducloud_source_busy", &Switches::baiducloud_source_busy,
          "the source is not Available while it is being copied"),
    entry("baiducloud_source_busy_status", &Switches::baiducloud_source_busy_status,
          "status of the source while it is being copied"),
    entry("baiducloud_copying_status", &Switches::baiducloud_copying_status, "status of a running copy"),
    entry("baiducloud_failed_status", &Switches::baiducloud_failed_status,
          "status of a failed copy: CreatedFailed or CreateFailed"),
    entry("baiducloud_delete_while_copying", &Switches::baiducloud_delete_while_copying,
          "a running copy can be deleted"),
    entry("baiducloud_copy_encrypted", &Switches::baiducloud_copy_encrypted,
          "encrypted images can be copied"),
    entry("baiducloud_empty_object", &Switches::baiducloud_empty_object,
          "responses without content are {} instead of empty"),
    entry("baiducloud_copy_result", &Switches::baiducloud_copy_result,
          "remoteCopy returns its result, else an empty response"),
    entry("baiducloud_unsupported_regions", &Switches::baiducloud_unsupported_regions,
          "regions, separated by commas, that reject copies with 409"),
    entry("baiducloud_failing_regions", &Switches::baiducloud_failing_regions,
          "regions, separated by commas, that report a failure in a result with status 200"),

    entry("huaweicloud_running_jobs", &Switches::huaweicloud_running_jobs,
          "concurrent copy jobs before IMG.0060"),
    entry("huaweicloud_jobs_by_account", &Switches::huaweicloud_jobs_by_account,
          "jobs count over all regions instead of per source region"),
    entry("huaweicloud_image_quota", &Switches::huaweicloud_image_quota, "private images per region"),
    entry("huaweicloud_largest_gb", &Switches::huaweicloud_largest_gb,
          "largest image that can be copied; 0: no limit"),
    entry("huaweicloud_tags_per_image", &Switches::huaweicloud_tags_per_image, "tags per image"),
    entry("huaweicloud_search_untagged", &Switches::huaweicloud_search_untagged,
          "a search by tags without conditions also returns images without tags"),
    entry("huaweicloud_lock_keys", &Switches::huaweicloud_lock_keys,
          "an access key is locked for five minutes after five consecutive failures"),
    entry("huaweicloud_early_image_id", &Switches::huaweicloud_early_image_id,
          "a running job already reports the ID of its image"),
    entry("huaweicloud_keep_failed_image", &Switches::huaweicloud_keep_failed_image,
          "a failed job leaves an image with the status killed"),
    entry("huaweicloud_agency_fails_job", &Switches::huaweicloud_agency_fails_job,
          "an unknown agency fails the job instead of the call"),
    entry("huaweicloud_delete_while_copying", &Switches::huaweicloud_delete_while_copying,
          "an image can be deleted while it is being created"),
    entry("huaweicloud_unknown_job_is_400", &Switches::huaweicloud_unknown_job_is_400,
          "reading an unknown job fails with 400 IMG.0023 instead of 404"),
    entry("huaweicloud_unique_names", &Switches::huaweicloud_unique_names,
          "a name that is in use is rejected with IMG.0009"),
    entry("huaweicloud_copy_windows", &Switches::huaweicloud_copy_windows, "Windows images can be copied"),
    entry("huaweicloud_job_lifetime", &Switches::huaweicloud_job_lifetime,
          "how long an ended job can be read; 0s: without limit"),
};

std::optional<bool> as_bool(const json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value == "true") return true;
  if (value == "false") return false;
  return std::nullopt;
}

std::optional<int> as_int(const json& value) {
  if (value.is_string()) return parse_number(value.get<std::string>());
  if (value.is_number_integer()) return parse_number(value.dump());
  return std::nullopt;
}

/// Assigns the value if it has the member's type. Otherwise, returns a description of valid values.
struct Assign {
  Switches& switches;
  const json& value;

  std::string_view operator()(bool Switches::* member) const {
    const auto parsed = as_bool(value);
    if (!parsed) return "true or false";
    switches.*member = *parsed;
    return "";
  }
  std::string_view operator()(int Switches::* member) const {
    const auto parsed = as_int(value);
    if (!parsed) return "a whole number, zero or more";
    switches.*member = *parsed;
    return "";
  }
  std::string_view operator()(Duration Switches::* member) const {
    const auto parsed = value.is_string() ? parse_span(value.get<std::string>()) : std::nullopt;
    if (!parsed) return "a duration such as 90s or -20m";
    switches.*member = *parsed;
    return "";
  }
  std::string_view operator()(std::string Switches::* member) const {
    if (!value.is_string()) return "text";
    switches.*member = value.get<std::string>();
    return "";
  }
};

struct Read {
  const Switches& switches;

  json operator()(bool Switches::* member) const { return switches.*member; }
  json operator()(int Switches::* member) const { return switches.*member; }
  json operator()(Duration Switches::* member) const { return format_span(switches.*member); }
  json operator()(std::string Switches::* member) const { return switches.*member; }
};

}  // namespace

std::expected<void, std::string> set_switch(Switches& switches, std::string_view name, const json& value) {
  const auto* found = std::ranges::find(kEntries, name, &Entry::name);
  if (found == kEntries.end()) {
    std::vector<std::string> names;
    for (const Entry& known : kEntries) names.emplace_back(known.name);
    return std::unexpected("there is no switch \"" + std::string(name) + "\"; the switches are " +
                           core::join(names, ", "));
  }
  const std::string_view expected = std::visit(Assign{.switches = switches, .value = value}, found->member);
  if (expected.empty()) return {};
  return std::unexpected("switch \"" + std::string(name) + "\" must be " + std::string(expected) + ", not " +
                         value.dump());
}

json to_json(const Switches& switches) {
  json values;
  for (const Entry& each : kEntries) {
    values[std::string(each.name)] = std::visit(Read{switches}, each.member);
  }
  return values;
}

std::string describe_switches() {
  const Switches defaults;
  std::string lines;
  for (const Entry& each : kEntries) {
    const json value = std::visit(Read{defaults}, each.member);
    lines += "  " + std::string(each.name) + "=" +
             (value.is_string() ? value.get<std::string>() : value.dump()) + "\n      " +
             std::string(each.meaning) + "\n";
  }
  return lines;
}

}  // namespace emulator
