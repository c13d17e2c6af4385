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

/// The interface that a provider implements: schemas, and calls that take and return values. The host
/// converts from and to the wire, and validates every configuration against its schema before the provider
/// receives it.
namespace tf {

struct ConfigureRequest {
  std::string terraform_version;
  Value config;  ///< may contain unknown values during a plan
};

/// Private bytes belong to the provider: Terraform stores them beside the state and does not read them
/// (PROTOCOL.md 6.7).
struct PlanRequest {
  Value prior_state;  ///< null: the object will be created
  Value config;       ///< may contain unknown values
  std::string prior_private;
};

/// `planned_state` must keep to PROTOCOL.md 8.5.
struct PlanResponse {
  Value planned_state;
  std::vector<AttributePath> requires_replace;  ///< attributes whose change forces a new object
  std::string planned_private;                  ///< passed on to create or update
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

/// What is known of an object after a call. Terraform stores it even if `diagnostics` contains errors
/// (PROTOCOL.md 8.6).
struct StateResponse {
  Value state;  ///< null: the object does not exist
  std::string private_state;
  Diagnostics diagnostics;
};

struct DataResponse {
  Value state;
  Diagnostics diagnostics;
};

/// State as some version of the provider stored it.
struct UpgradeRequest {
  std::int64_t version = 0;  ///< the schema version that it was stored with
  std::string state_json;
};

/// State that a `moved` block moves from another resource type, usually of another provider, to this one
/// (PROTOCOL.md 8.8).
struct MoveRequest {
  std::string provider_address;  ///< of the source, such as `registry.terraform.io/aliyun/alicloud`
  std::string type_name;         ///< of the source
  std::int64_t version = 0;      ///< of the source's schema
  std::string state_json;
  std::string private_state;  ///< in the source provider's own format
};

/// A managed resource type. Calls may run concurrently. When `stop` is requested, a call must return soon,
/// with the state that it knows (PROTOCOL.md 3.4).
class Resource {
 public:
  Resource() = default;
  Resource(const Resource&) = delete;
  Resource& operator=(const Resource&) = delete;
  virtual ~Resource() = default;

  [[nodiscard]] virtual const Schema& schema() const = 0;

  /// Checks rules between attributes. Must not call any service; `config` may contain unknown values.
  [[nodiscard]] virtual Diagnostics validate(const Value& config) const = 0;

  /// Plans the creation or update of an object. Not called for a deletion.
  virtual PlanResponse plan(const PlanRequest& request, const std::stop_token& stop) = 0;

  /// Creates the planned object. Returns its state from the moment it exists, even if creation then fails.
  /// Takes the request by value, so that its memory can be released before a long wait.
  virtual StateResponse create(CreateRequest request, const std::stop_token& stop) = 0;

  /// Refreshes the state. Returns a null state if the object no longer exists (PROTOCOL.md 8.3).
  virtual StateResponse read(const ReadRequest& request, const std::stop_token& stop) = 0;

  /// Changes the object to the planned state. After an error, returns the state that it is in.
  virtual StateResponse update(const UpdateRequest& request, const std::stop_token& stop) = 0;

  /// Deletes the object. Returns a null state on success, and the remaining state after an error.
  virtual StateResponse remove(const DeleteRequest& request, const std::stop_token& stop) = 0;

  /// Returns the state of an existing object, or errors. Terraform reads the object afterward.
  virtual StateResponse import(const std::string& id, const std::stop_token& stop) = 0;

  /// Converts state of this or an older schema version to the current schema; the result must be wholly
  /// known (PROTOCOL.md 8.2). Must not call any service: the provider may not be configured.
  [[nodiscard]] virtual StateResponse upgrade(const UpgradeRequest& request) const = 0;

  /// Converts state of another resource type to a state of this one; the result must be wholly known. Must
  /// not call any service: the provider may not be configured. Returns nullopt if the source type is not
  /// supported.
  [[nodiscard]] virtual std::optional<StateResponse> move(const MoveRequest& /*request*/) const {
    return std::nullopt;
  }
};

/// A data source: a value that is read but not managed (PROTOCOL.md 8.9).
class DataSource {
 public:
  DataSource() = default;
  DataSource(const DataSource&) = delete;
  DataSource& operator=(const DataSource&) = delete;
  virtual ~DataSource() = default;

  [[nodiscard]] virtual const Schema& schema() const = 0;

  /// Checks rules between attributes. Must not call any service; `config` may contain unknown values.
  [[nodiscard]] virtual Diagnostics validate(const Value& config) const = 0;

  /// `config` is wholly known. The returned state must contain every configured value unchanged, and no
  /// unknown values.
  virtual DataResponse read(const Value& config, const std::stop_token& stop) = 0;
};

/// A provider. Terraform describes and validates it in processes that it never configures.
class Provider {
 public:
  Provider() = default;
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;
  virtual ~Provider() = default;

  [[nodiscard]] virtual const Schema& schema() const = 0;

  /// Checks rules between arguments of the provider block. Must not call any service; `config` may contain
  /// unknown values.
  [[nodiscard]] virtual Diagnostics validate(const Value& /*config*/) const { return {}; }

  /// May be called repeatedly in one process, and while other calls are running; calls that begin later use
  /// the newest configuration.
  virtual Diagnostics configure(const ConfigureRequest& request) = 0;

  /// Managed resources by type name, owned by the provider and valid as long as it.
  [[nodiscard]] virtual const std::map<std::string, Resource*>& resources() const = 0;

  /// Data sources by type name, likewise.
  [[nodiscard]] virtual const std::map<std::string, DataSource*>& data_sources() const {
    static const std::map<std::string, DataSource*> kNone;
    return kNone;
  }

  /// Functions by name.
  [[nodiscard]] virtual const std::map<std::string, Function>& functions() const {
    static const std::map<std::string, Function> kNone;
    return kNone;
  }
};

}  // namespace tf
