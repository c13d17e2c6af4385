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

constexpr std::array kEntries = {
    Entry{"clock_skew", &Switches::clock_skew, "the clouds' clock for signature dates, against real time"},
    Entry{"calls_per_minute", &Switches::calls_per_minute,
          "calls of one key, action and region a minute before throttling; 0: no limit"},
    Entry{"hidden_reads", &Switches::hidden_reads, "reads after a copy call that do not show its image yet"},
    Entry{"lingering_reads", &Switches::lingering_reads,
          "reads after a cancel or delete that still show the image"},
    Entry{"finish_on_cancel", &Switches::finish_on_cancel, "a copy is finished just as its cancel arrives"},

    Entry{"alicloud_running_copies", &Switches::alicloud_running_copies,
          "copies running at once in a region; more wait"},
    Entry{"alicloud_queue_by_source", &Switches::alicloud_queue_by_source,
          "they count in the source region, not in the destination"},
    Entry{"alicloud_image_quota", &Switches::alicloud_image_quota, "custom images of a region"},
    Entry{"alicloud_largest_gb", &Switches::alicloud_largest_gb,
          "largest image that can be copied; 0: no limit"},
    Entry{"alicloud_parallel_copies_of_one_image", &Switches::alicloud_parallel_copies_of_one_image,
          "one image may be copied several times at once, else OperationDenied.ImageCopyConflict"},
    Entry{"alicloud_plain_copy_in_region", &Switches::alicloud_plain_copy_in_region,
          "copies inside a region need no encryption, else IncorrectDestinationRegion"},
    Entry{"alicloud_encrypt_by_default", &Switches::alicloud_encrypt_by_default,
          "the account encrypts by default"},
    Entry{"alicloud_encrypt_across_regions", &Switches::alicloud_encrypt_across_regions,
          "a plain image can become an encrypted copy in another region"},
    Entry{"alicloud_cancel_waiting", &Switches::alicloud_cancel_waiting, "a waiting copy can be cancelled"},
    Entry{"alicloud_cancel_keeps_snapshots", &Switches::alicloud_cancel_keeps_snapshots,
          "a cancelled copy leaves its snapshots"},
    Entry{"alicloud_ignore_unknown_deletes", &Switches::alicloud_ignore_unknown_deletes,
          "deleting what is not there succeeds instead of 404"},
    Entry{"alicloud_serve_other_regions", &Switches::alicloud_serve_other_regions,
          "an endpoint takes other regions in RegionId"},
    Entry{"alicloud_snapshot_busy_deletes", &Switches::alicloud_snapshot_busy_deletes,
          "DeleteSnapshot calls refused after the image is gone"},
    Entry{"alicloud_client_token_lifetime", &Switches::alicloud_client_token_lifetime,
          "how long a ClientToken is remembered"},
    Entry{"alicloud_failed_status", &Switches::alicloud_failed_status,
          "status of a failed copy: CreateFailed or UnAvailable"},

    Entry{"baiducloud_image_quota", &Switches::baiducloud_image_quota, "custom images of a region"},
    Entry{"baiducloud_largest_gb", &Switches::baiducloud_largest_gb,
          "largest image that can be copied; 0: no limit"},
    Entry{"baiducloud_source_busy", &Switches::baiducloud_source_busy,
          "the source is not Available while it is copied"},
    Entry{"baiducloud_source_busy_status", &Switches::baiducloud_source_busy_status,
          "the status it shows then"},
    Entry{"baiducloud_copying_status", &Switches::baiducloud_copying_status, "status of a running copy"},
    Entry{"baiducloud_failed_status", &Switches::baiducloud_failed_status,
          "status of a failed copy: CreatedFailed or CreateFailed"},
    Entry{"baiducloud_delete_while_copying", &Switches::baiducloud_delete_while_copying,
          "a running copy can be deleted"},
    Entry{"baiducloud_copy_encrypted", &Switches::baiducloud_copy_encrypted,
          "encrypted images can be copied"},
    Entry{"baiducloud_empty_object", &Switches::baiducloud_empty_object,
          "answers without content are {} instead of empty"},
    Entry{"baiducloud_copy_result", &Switches::baiducloud_copy_result,
          "remoteCopy answers with its result; else with nothing"},
    Entry{"baiducloud_unsupported_regions", &Switches::baiducloud_unsupported_regions,
          "regions, joined by commas, that refuse copies with 409"},
    Entry{"baiducloud_failing_regions", &Switches::baiducloud_failing_regions,
          "regions, joined by commas, that fail inside a result with 200"},

    Entry{"huaweicloud_running_jobs", &Switches::huaweicloud_running_jobs,
          "copy jobs at once before IMG.0060"},
    Entry{"huaweicloud_jobs_by_account", &Switches::huaweicloud_jobs_by_account,
          "they count over all regions, not in each source region"},
    Entry{"huaweicloud_image_quota", &Switches::huaweicloud_image_quota, "private images of a region"},
    Entry{"huaweicloud_largest_gb", &Switches::huaweicloud_largest_gb,
          "largest image that can be copied; 0: no limit"},
    Entry{"huaweicloud_tags_per_image", &Switches::huaweicloud_tags_per_image, "tags of one image"},
    Entry{"huaweicloud_lock_keys", &Switches::huaweicloud_lock_keys,
          "an access key is locked for five minutes after five failures in a row"},
    Entry{"huaweicloud_early_image_id", &Switches::huaweicloud_early_image_id,
          "a running job names its image already"},
    Entry{"huaweicloud_keep_failed_image", &Switches::huaweicloud_keep_failed_image,
          "a failed job leaves a killed image"},
    Entry{"huaweicloud_agency_fails_job", &Switches::huaweicloud_agency_fails_job,
          "an unknown agency fails the job, not the call"},
    Entry{"huaweicloud_delete_while_copying", &Switches::huaweicloud_delete_while_copying,
          "an image can be deleted while it is made"},
    Entry{"huaweicloud_unknown_job_is_400", &Switches::huaweicloud_unknown_job_is_400,
          "an unknown job is 400 IMG.0023 instead of 404"},
    Entry{"huaweicloud_unique_names", &Switches::huaweicloud_unique_names,
          "a name that is taken is refused with IMG.0009"},
    Entry{"huaweicloud_copy_windows", &Switches::huaweicloud_copy_windows, "Windows images can be copied"},
    Entry{"huaweicloud_job_lifetime", &Switches::huaweicloud_job_lifetime,
          "how long an ended job can be looked up; 0s: for ever"},
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

/// Assigns if the value fits the member's type; else gives what would have fitted.
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
  const auto entry = std::ranges::find(kEntries, name, &Entry::name);
  if (entry == kEntries.end()) {
    std::vector<std::string> names;
    for (const Entry& known : kEntries) names.emplace_back(known.name);
    return std::unexpected("there is no switch \"" + std::string(name) + "\"; there are " +
                           core::join(names, ", "));
  }
  const std::string_view wanted = std::visit(Assign{switches, value}, entry->member);
  if (wanted.empty()) return {};
  return std::unexpected("switch \"" + std::string(name) + "\" takes " + std::string(wanted) + ", not " +
                         value.dump());
}

json to_json(const Switches& switches) {
  json values;
  for (const Entry& entry : kEntries) {
    values[std::string(entry.name)] = std::visit(Read{switches}, entry.member);
  }
  return values;
}

std::string describe_switches() {
  const Switches defaults;
  std::string lines;
  for (const Entry& entry : kEntries) {
    const json value = std::visit(Read{defaults}, entry.member);
    lines += "  " + std::string(entry.name) + "=" +
             (value.is_string() ? value.get<std::string>() : value.dump()) + "\n      " +
             std::string(entry.meaning) + "\n";
  }
  return lines;
}

}  // namespace emulator
