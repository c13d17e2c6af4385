#pragma once

#include <string>

#include "tests/plugin/answers.h"
#include "tf/value.h"

/// Calls about `sample_thing` with values in place of bytes.
namespace harness {

/// A thing with these attributes; all others are null.
tf::Value thing(const tf::Value::Attributes& set);

/// A thing with a known value in every attribute that can be configured.
tf::Value full_thing();

/// As Terraform writes it. Throws if it is not a thing.
tfplugin6::DynamicValue encoded(const tf::Value& thing);

/// Throws if the bytes are not a thing.
tf::Value decoded(const tfplugin6::DynamicValue& message);

tfplugin6::ValidateResourceConfig::Request validate_request(const tf::Value& config);

/// `config` null: the plan of a destruction.
tfplugin6::PlanResourceChange::Request plan_request(const tf::Value& prior, const tf::Value& config,
                                                    const std::string& prior_private = "");

/// `planned` null: a destruction; `prior` null: a creation.
tfplugin6::ApplyResourceChange::Request apply_request(const tf::Value& prior, const tf::Value& planned,
                                                      const tf::Value& config,
                                                      const std::string& planned_private = "");

tfplugin6::ReadResource::Request read_request(const tf::Value& state, const std::string& private_state = "");
tfplugin6::ImportResourceState::Request import_request(const std::string& id);
tfplugin6::UpgradeResourceState::Request upgrade_request(const std::string& json);

/// Plans and applies a new thing; the test fails if that does not go well. Returns its state.
tf::Value create_thing(PluginClient& client, const tf::Value& config);

}  // namespace harness
