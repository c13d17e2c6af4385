#pragma once

#include "plugin/generated.h"
#include "tf/diagnostic.h"
#include "tf/function.h"
#include "tf/schema.h"
#include "tf/value.h"

/// Between the provider's plain types and the messages of the wire.
namespace tf::plugin {

/// Input from the wire that cannot be understood, or output that cannot be sent: caught once per call and
/// shown as its diagnostic.
struct ConversionError {
  tf::Diagnostic diagnostic;
};

/// Throws `ConversionError` when the bytes are not a value of the type.
tf::Value from_wire(const tfplugin6::DynamicValue& message, const tf::Type& type, std::string_view what);

/// Throws `ConversionError` when the value is not of the type.
tfplugin6::DynamicValue to_wire(const tf::Value& value, const tf::Type& type, std::string_view what);

tfplugin6::Schema to_wire(const tf::Schema& schema);
tfplugin6::AttributePath to_wire(const tf::AttributePath& path);
tfplugin6::Diagnostic to_wire(const tf::Diagnostic& diagnostic);
tfplugin6::Function to_wire(const tf::Function& function);
tfplugin6::FunctionError to_wire(const tf::FunctionError& error);

}  // namespace tf::plugin
