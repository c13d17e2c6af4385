#pragma once

#include "plugin/generated.h"
#include "tf/diagnostic.h"
#include "tf/function.h"
#include "tf/schema.h"
#include "tf/value.h"

/// Conversion between the provider's types and protocol messages.
namespace tf::plugin {

/// Thrown when a message cannot be decoded or a value cannot be encoded. `ProviderService` catches it and
/// returns its diagnostic.
struct ConversionError {
  tf::Diagnostic diagnostic;
};

/// Throws `ConversionError` if the bytes are not a value of the type. `name` names the value in the message,
/// such as `prior state`.
tf::Value from_wire(const tfplugin6::DynamicValue& message, const tf::Type& type, std::string_view name);

/// Throws `ConversionError` if the value is not of the type; `name` as above.
tfplugin6::DynamicValue to_wire(const tf::Value& value, const tf::Type& type, std::string_view name);

/// Texts and map keys may quote a server. Invalid UTF-8 in them is replaced, because clients reject a message
/// that contains any.
tfplugin6::Schema to_wire(const tf::Schema& schema);
tfplugin6::AttributePath to_wire(const tf::AttributePath& path);
tfplugin6::Diagnostic to_wire(const tf::Diagnostic& diagnostic);
tfplugin6::Function to_wire(const tf::Function& function);
tfplugin6::FunctionError to_wire(const tf::FunctionError& error);

}  // namespace tf::plugin
