#pragma once

#include <string>

#include "tests/plugin/responses.h"
#include "tf/value.h"

/// Requests about `sample_thing`, with values instead of bytes.
namespace harness {

/// Returns a thing with these attributes; all others are null.
tf::Value thing(const tf::Value::Attributes& set);

/// Returns a thing with a known value in every configurable attribute.
tf::Value full_thing();

/// Encodes a thing as Terraform does. Throws if the value is not a thing.
tfplugin6::DynamicValue encoded(const tf::Value& thing);

/// Decodes a thing. Throws if the bytes are not a thing.
tf::Value decoded(const tfplugin6::DynamicValue& message);

tfplugin6::ValidateResourceConfig::Request validate_request(const tf::Value& config);

/// A null `config` plans a deletion.
tfplugin6::PlanResourceChange::Request plan_request(const tf::Value& prior, const tf::Value& config,
                                                    const std::string& prior_private = "");

/// A null `planned` deletes, a null `prior` creates.
tfplugin6::ApplyResourceChange::Request apply_request(const tf::Value& prior, const tf::Value& planned,
                                                      const tf::Value& config,
                                                      const std::string& planned_private = "");

tfplugin6::ReadResource::Request read_request(const tf::Value& state, const std::string& private_state = "");
tfplugin6::ImportResourceState::Request import_request(const std::string& id);
tfplugin6::UpgradeResourceState::Request upgrade_request(const std::string& json);

/// Plans and applies a new thing, and returns its state. Fails the test on any diagnostic.
tf::Value create_thing(PluginClient& client, const tf::Value& config);

}  // namespace harness
