#include <algorithm>
#include <iostream>
#include <limits>

#include "src/cloud/vendors.h"
#include "tests/faults/faulty_network.h"
#include "tests/faults/mini_terraform.h"
#include "tests/support/catch.h"

// Applies every fault to every call of an action, once and for the rest of the action. Then removes the fault
// and applies the same configuration again: exactly one image must exist, the state must hold it, the plan
// must have no changes, and the copy must have been started once.

using faults::Fault;
using nlohmann::json;
using tf::Value;

namespace {

constexpr const char* kName = "golden-copy";
constexpr const char* kAgency = "agency";

/// One copy on one cloud.
struct Kind {
  std::string title;
  std::string cloud;
  std::string source_region;
  std::string source_image_id;
  std::string destination_region;
  Value copy_object;       ///< the cloud's own arguments of the copy; null if there are none
  std::string moved_type;  ///< the resource of the vendor's own provider; empty if no state can be moved
  json (*moved_state)(const Kind& kind, const std::string& image_id) = nullptr;  ///< of that resource

  [[nodiscard]] bool can_be_moved() const { return !moved_type.empty(); }
};

struct World {
  const Kind& kind;
  fakes::FakeClock clock;
  faults::FaultyNetwork network{clock};
  faults::MiniTerraform terraform{clock, network};

  explicit World(const Kind& chosen) : kind(chosen) {
    network.emulator().control("POST", "seed",
                               {{"images",
                                 {{{"cloud", kind.cloud},
                                   {"region", kind.source_region},
                                   {"id", kind.source_image_id},
                                   {"copy_duration", "10s"}}}},
                                {"agencies", {kAgency}}});
    configure(kName);
  }

  void configure(const std::string& name, const std::string& wait_until = "available") {
    Value::Attributes resource = {
        {"cloud", kind.cloud},
        {"source_image_id", kind.source_image_id},
        {"source_region", kind.source_region},
        {"destination_region", kind.destination_region},
        {"name", name},
        {"tags", Value::Attributes{{"team", "images"}}},
        {"wait_until", wait_until},
        {"on_timeout", "keep"},
        {"timeouts",
         Value::Attributes{{"create", "20m"}, {"update", "20m"}, {"read", "2m"}, {"delete", "20m"}}}};
    if (!kind.copy_object.is_null()) resource[kind.cloud] = kind.copy_object;
    terraform.set_configuration(resource);
  }

  json list(const std::string& what) {
    const json all = network.emulator().control(
        "GET", what + "?cloud=" + kind.cloud + "&region=" + kind.destination_region);
    return all.at(what);
  }

  /// The copies in the destination.
  std::vector<std::string> copies() {
    std::vector<std::string> ids;
    for (const json& image : list("images")) {
      if (image.at("id") != kind.source_image_id) ids.push_back(image.at("id"));
    }
    return ids;
  }

  /// How many copies the cloud has ever started.
  std::size_t started() {
    const json jobs = network.emulator().control("GET", "jobs?cloud=" + kind.cloud);
    return jobs.at("jobs").size();
  }

  /// Deletes only the image, as a delete that is killed does.
  void delete_image() {
    network.emulator().control(
        "POST", "images/delete",
        {{"cloud", kind.cloud}, {"region", kind.destination_region}, {"id", copies().at(0)}});
  }

  /// Replaces the state by one migrated from the vendor's own provider.
  void migrate() {
    terraform.forget();
    const bool moved = terraform.move(kind.moved_type, kind.moved_state(kind, copies().at(0)).dump());
    if (!moved) throw std::runtime_error("the state could not be moved");
  }

  std::string import_id() { return kind.cloud + "/" + kind.destination_region + "/" + copies().at(0); }
};

/// A command of a user: its preparation, and the part during which the fault is active.
struct Action {
  std::string name;
  std::function<void(World&)> prepare;
  std::function<void(World&)> act;
  bool ends_with_image = true;
  bool (Kind::*applies)() const = nullptr;  ///< to a kind; null: to all
};

void make(World& world) {
  if (!world.terraform.apply()) throw std::runtime_error("the copy could not be made");
}

const std::vector<Action>& actions() {
  static const std::vector<Action> kActions = {
      {.name = "plan", .prepare = [](World&) {}, .act = [](World& world) { world.terraform.plan(); }},
      {.name = "create", .prepare = [](World&) {}, .act = [](World& world) { world.terraform.apply(); }},
      {.name = "read", .prepare = make, .act = [](World& world) { world.terraform.refresh(); }},
      {.name = "update",
       .prepare =
           [](World& world) {
             make(world);
             world.configure("renamed-copy");
           },
       .act = [](World& world) { world.terraform.apply(); }},
      {.name = "import",
       .prepare =
           [](World& world) {
             make(world);
             world.terraform.forget();
           },
       .act = [](World& world) { world.terraform.import(world.import_id()); }},
      {.name = "delete",
       .prepare = make,
       .act = [](World& world) { world.terraform.destroy(); },
       .ends_with_image = false},
      {.name = "delete while it runs",
       .prepare =
           [](World& world) {
             world.configure(kName, "submitted");
             make(world);
           },
       .act = [](World& world) { world.terraform.destroy(); },
       .ends_with_image = false},
      {.name = "delete after a killed delete",
       .prepare =
           [](World& world) {
             make(world);
             world.delete_image();
           },
       .act = [](World& world) { world.terraform.destroy(); },
       .ends_with_image = false},
      {.name = "migration",
       .prepare =
           [](World& world) {
             make(world);
             world.migrate();
           },
       .act = [](World& world) { world.terraform.apply(); },
       .applies = &Kind::can_be_moved},
  };
  return kActions;
}

std::string to_text(const tf::Diagnostics& diagnostics) {
  std::string text;
  for (const auto& diagnostic : diagnostics) text += diagnostic.summary + ": " + diagnostic.detail + "\n";
  return text;
}

/// Applies again after the fault, and runs the import command of the error where the cloud does not identify
/// copies.
void recover(World& world, const Action& action) {
  if (!action.ends_with_image) {
    CHECK(world.terraform.destroy());
    return;
  }
  if (action.name == "import" && world.terraform.state().is_null()) {
    CHECK(world.terraform.import(world.import_id()));
  }
  bool applied = world.terraform.apply();
  const bool name_taken = !applied && world.terraform.diagnostics().back().summary == "Name Taken";
  if (name_taken && !cloud::find_vendor(world.kind.cloud)->traits.identifies_copies()) {
    CHECK(world.terraform.diagnostics().back().detail.find("terraform import ADDRESS " + world.import_id()) !=
          std::string::npos);
    applied = world.terraform.import(world.import_id()) && world.terraform.apply();
  }
  INFO(to_text(world.terraform.diagnostics()));
  CHECK(applied);
}

void check_end(World& world, const Action& action) {
  if (!action.ends_with_image) {
    CHECK(world.copies().empty());
    CHECK(world.list("snapshots").empty());
    CHECK(world.terraform.state().is_null());
  } else {
    REQUIRE(world.copies().size() == 1);
    REQUIRE_FALSE(world.terraform.state().is_null());
    CHECK(world.terraform.state()["image_id"] == Value(world.copies().at(0)));
    CHECK(world.terraform.plans_no_changes());
  }
  CHECK(world.started() == 1);
}

/// A sanitizer needs each kind of case, not each case: it looks for errors of memory, and takes eight times
/// as long. It runs every seventh, which is no multiple of a dimension of the matrix.
#ifdef __SANITIZE_ADDRESS__
constexpr int kStride = 7;
#else
constexpr int kStride = 1;
#endif

void run_matrix(const Kind& kind) {
  int cases = 0;
  for (const Action& action : actions()) {
    if (action.applies != nullptr && !(kind.*action.applies)()) continue;
    World undisturbed(kind);
    action.prepare(undisturbed);
    undisturbed.network.count_from_here();
    action.act(undisturbed);
    const int calls = undisturbed.network.calls();
    REQUIRE(calls > 0);
    for (const Fault& fault : faults::all_faults()) {
      for (int first = 0; first < calls; ++first) {
        for (const int times : {1, std::numeric_limits<int>::max()}) {
          if (cases++ % kStride != 0) continue;
          CAPTURE(action.name, fault.name, first, times);
          World world(kind);
          action.prepare(world);
          world.network.arm(kind.cloud, fault, first, times);
          action.act(world);
          world.network.repair();
          INFO(to_text(world.terraform.diagnostics()));
          recover(world, action);
          check_end(world, action);
        }
      }
    }
  }
  std::cout << "fault matrix, " << kind.title << ": " << (cases + kStride - 1) / kStride << " of " << cases
            << " cases\n";
}

json alicloud_state(const Kind& kind, const std::string& image_id) {
  return {{"id", image_id},
          {"source_image_id", kind.source_image_id},
          {"source_region_id", kind.source_region},
          {"image_name", kName},
          {"tags", {{"team", "images"}}}};
}

json huaweicloud_state(const Kind& kind, const std::string& image_id) {
  return {{"id", image_id},
          {"source_image_id", kind.source_image_id},
          {"region", kind.source_region},
          {"target_region", kind.destination_region},
          {"agency_name", kAgency},
          {"name", kName},
          {"tags", {{"team", "images"}}}};
}

}  // namespace

TEST_CASE("the fault matrix of Alibaba Cloud") {
  run_matrix({.title = "Alibaba Cloud",
              .cloud = "alicloud",
              .source_region = "cn-hangzhou",
              .source_image_id = "m-bp1source",
              .destination_region = "cn-shanghai",
              .moved_type = "alicloud_image_copy",
              .moved_state = alicloud_state});
}

TEST_CASE("the fault matrix of Baidu AI Cloud") {
  run_matrix({.title = "Baidu AI Cloud",
              .cloud = "baiducloud",
              .source_region = "bj",
              .source_image_id = "m-nky7qeom",
              .destination_region = "gz"});
}

TEST_CASE("the fault matrix of Huawei Cloud in one region") {
  run_matrix({.title = "Huawei Cloud in one region",
              .cloud = "huaweicloud",
              .source_region = "cn-north-4",
              .source_image_id = "465076de-dc36-4aec-80f5-ef9d8009428f",
              .destination_region = "cn-north-4",
              .moved_type = "huaweicloud_images_image_copy",
              .moved_state = huaweicloud_state});
}

TEST_CASE("the fault matrix of Huawei Cloud across regions") {
  run_matrix(
      {.title = "Huawei Cloud across regions",
       .cloud = "huaweicloud",
       .source_region = "cn-north-4",
       .source_image_id = "465076de-dc36-4aec-80f5-ef9d8009428f",
       .destination_region = "cn-south-1",
       .copy_object = Value::Attributes{{"agency_name", kAgency}, {"project_name", {}}, {"vault_id", {}}},
       .moved_type = "huaweicloud_images_image_copy",
       .moved_state = huaweicloud_state});
}
