#include "tests/emulator/state_file.h"

#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

using nlohmann::json;

namespace nlohmann {

template <>
struct adl_serializer<emulator::UtcTime> {
  static void to_json(json& value, const emulator::UtcTime& time) { value = time.time_since_epoch().count(); }
  static void from_json(const json& value, emulator::UtcTime& time) {
    time = emulator::UtcTime(emulator::Duration(value.get<emulator::Duration::rep>()));
  }
};

template <>
struct adl_serializer<emulator::Duration> {
  static void to_json(json& value, const emulator::Duration& span) { value = span.count(); }
  static void from_json(const json& value, emulator::Duration& span) {
    span = emulator::Duration(value.get<emulator::Duration::rep>());
  }
};

template <typename Value>
struct adl_serializer<std::optional<Value>> {
  static void to_json(json& value, const std::optional<Value>& content) {
    if (content) {
      value = *content;
    } else {
      value = nullptr;
    }
  }
  static void from_json(const json& value, std::optional<Value>& content) {
    if (!value.is_null()) content = value.get<Value>();
  }
};

}  // namespace nlohmann

namespace emulator {
namespace {

template <typename Value>
void from_name(const json& value, Value& target, std::optional<Value> (*parse)(std::string_view)) {
  const auto name = value.get<std::string>();
  const auto parsed = parse(name);
  if (!parsed) throw std::invalid_argument("unknown name \"" + name + "\"");
  target = *parsed;
}

std::optional<CopyPhase> parse_copy_state(std::string_view name) {
  for (const CopyPhase state : {CopyPhase::waiting, CopyPhase::running, CopyPhase::succeeded,
                                CopyPhase::failed, CopyPhase::cancelled}) {
    if (name_of(state) == name) return state;
  }
  return std::nullopt;
}

}  // namespace

static void to_json(json& value, Cloud cloud) {
  value = name_of(cloud);
}
static void from_json(const json& value, Cloud& cloud) {
  from_name(value, cloud, parse_cloud);
}
static void to_json(json& value, ImageKind kind) {
  value = name_of(kind);
}
static void from_json(const json& value, ImageKind& kind) {
  from_name(value, kind, parse_image_kind);
}
static void to_json(json& value, ImageState state) {
  value = name_of(state);
}
static void from_json(const json& value, ImageState& state) {
  from_name(value, state, parse_image_state);
}
static void to_json(json& value, Outcome outcome) {
  value = name_of(outcome);
}
static void from_json(const json& value, Outcome& outcome) {
  from_name(value, outcome, parse_outcome);
}
static void to_json(json& value, CopyPhase state) {
  value = name_of(state);
}
static void from_json(const json& value, CopyPhase& state) {
  from_name(value, state, parse_copy_state);
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ImageKey, cloud, region, id)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(CopyPlan, duration, outcome, fail_at_percent, fail_code, fail_reason)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Image, key, account, project_id, name, description, kind, state, size_gb,
                                   data_disks_gb, os_type, os_name, architecture, encrypted, kms_key_id, tags,
                                   resource_group_id, snapshot_ids, attributes, is_protected, in_use,
                                   shared_to_others, created, updated, visible_from, hidden_reads, copied,
                                   source_region, source_image_id, copy_id, plan)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Copy, id, number, account, project_id, source, target, name, plan,
                                   duration, state, submitted, started, ended)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Snapshot, key, account, image_id, device, system_disk, size_gb, encrypted,
                                   kms_key_id, source_region, source_snapshot_id, created, busy_deletes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(AccessKey, access_key, secret_key, security_token, account, enabled,
                                   expires, allowed, denied)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(User, name, password, account)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(KmsKey, cloud, region, id, state)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Vault, region, id, kind)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Project, region, name)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(IamToken, account, region, project_id, expires)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(RememberedCall, parameters, reply, at)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(WorldData, clock_offset, copy_duration, copies_made, images, copies,
                                   snapshots, access_keys, users, regions, kms_keys, vaults, projects,
                                   agencies, roles, enterprise_projects, resource_groups, iam_tokens,
                                   remembered_calls)

std::string write_world(const WorldData& data) {
  return json(data).dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::expected<WorldData, std::string> read_world(const std::string& text) {
  try {
    return json::parse(text).get<WorldData>();
  } catch (const std::exception& error) {
    return std::unexpected(std::string("not a state file of this emulator: ") + error.what());
  }
}

std::expected<void, std::string> replace_file(const std::filesystem::path& path, const std::string& content) {
  const std::filesystem::path temporary = path.string() + "." + std::to_string(getpid()) + ".new";
  std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
  file << content;
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(temporary, path, error);
  if (file && !error) return {};
  std::filesystem::remove(temporary, error);
  return std::unexpected("cannot write " + path.string());
}

}  // namespace emulator
