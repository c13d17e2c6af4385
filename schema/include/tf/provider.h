#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "tf/diagnostic.h"
#include "tf/function.h"
#include "tf/schema.h"
#include "tf/value.h"

/// What a provider is to the process that hosts it: schemas and calls with values in and out, and nothing of
/// the wire. The host checks every configuration against its schema before a provider sees it.
namespace tf {

struct ConfigureRequest {
  std::string terraform_version;
  Value config;  ///< may hold unknown values while planning
};

struct PlanRequest {
  Value prior_state;  ///< null: to be created
  Value config;
  std::string prior_private;
};

struct PlanResponse {
  Value planned_state;
  std::vector<AttributePath> requires_replace;
  std::string planned_private;
  Diagnostics diagnostics;
};

struct ReadRequest {
  Value state;
  std::string private_state;
};

struct CreateRequest {
  Value planned_state;
  Value config;
  std::string planned_private;
};

struct UpdateRequest {
  Value prior_state;
  Value planned_state;
  Value config;
  std::string planned_private;
};

struct DeleteRequest {
  Value prior_state;
  std::string private_state;
};

/// The best knowledge of the object, errors or not: Terraform saves it. Null: there is none.
struct StateResponse {
  Value state;
  std::string private_state;
  Diagnostics diagnostics;
};

struct DataResponse {
  Value state;
  Diagnostics diagnostics;
};

struct UpgradeRequest {
  std::int64_t version = 0;
  std::string state_json;
};

/// State of another provider's resource, which a `moved` block gives to this one.
struct MoveRequest {
  std::string provider_address;  ///< such as `registry.terraform.io/aliyun/alicloud`
  std::string type_name;
  std::int64_t version = 0;  ///< of that resource's schema
  std::string state_json;
  std::string private_state;  ///< in that provider's own form
};

/// Every call that may take long ends soon after `stop` is requested, with what it knows.
class Resource {
 public:
  Resource() = default;
  Resource(const Resource&) = delete;
  Resource& operator=(const Resource&) = delete;
  virtual ~Resource() = default;

  [[nodiscard]] virtual const Schema& schema() const = 0;

  /// Rules between attributes; pure and offline.
  [[nodiscard]] virtual Diagnostics validate(const Value& config) const = 0;

  virtual PlanResponse plan(const PlanRequest& request, const std::stop_token& stop) = 0;
  /// Takes the request, so that a long wait need not keep it.
  virtual StateResponse create(CreateRequest request, const std::stop_token& stop) = 0;
  virtual StateResponse read(const ReadRequest& request, const std::stop_token& stop) = 0;
  virtual StateResponse update(const UpdateRequest& request, const std::stop_token& stop) = 0;
  virtual StateResponse remove(const DeleteRequest& request, const std::stop_token& stop) = 0;
  virtual StateResponse import(const std::string& id, const std::stop_token& stop) = 0;

  /// State of this or an older schema version as an object of the current schema, wholly known.
  [[nodiscard]] virtual StateResponse upgrade(const UpgradeRequest& request) const = 0;

  /// The state as one of this resource, wholly known, without asking anybody: the provider may not be
  /// configured. Nothing: this resource takes over none of that type.
  [[nodiscard]] virtual std::optional<StateResponse> move(const MoveRequest& /*request*/) const {
    return std::nullopt;
  }
};

/// A value that is read and not managed.
class DataSource {
 public:
  DataSource() = default;
  DataSource(const DataSource&) = delete;
  DataSource& operator=(const DataSource&) = delete;
  virtual ~DataSource() = default;

  [[nodiscard]] virtual const Schema& schema() const = 0;

  /// Rules between attributes; pure and offline.
  [[nodiscard]] virtual Diagnostics validate(const Value& config) const = 0;

  /// `config` is wholly known. The state holds every configured value as it is, and nothing unknown.
  virtual DataResponse read(const Value& config, const std::stop_token& stop) = 0;
};

class Provider {
 public:
  Provider() = default;
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;
  virtual ~Provider() = default;

  [[nodiscard]] virtual const Schema& schema() const = 0;
  [[nodiscard]] virtual Diagnostics validate(const Value& /*config*/) const { return {}; }

  /// May be called more than once in a process, also while other calls run; later calls use the newest.
  virtual Diagnostics configure(const ConfigureRequest& request) = 0;

  /// By type name; valid as long as the provider.
  [[nodiscard]] virtual const std::map<std::string, Resource*>& resources() const = 0;

  /// Likewise.
  [[nodiscard]] virtual const std::map<std::string, DataSource*>& data_sources() const {
    static const std::map<std::string, DataSource*> kNone;
    return kNone;
  }

  /// By name; likewise.
  [[nodiscard]] virtual const std::map<std::string, Function>& functions() const {
    static const std::map<std::string, Function> kNone;
    return kNone;
  }
};

}  // namespace tf
