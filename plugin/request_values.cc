#include "plugin/request_values.h"

#include "plugin/conversion.h"

namespace tf::plugin {

tf::Value object_or_null_from_wire(const tfplugin6::DynamicValue& message, const tf::Type& type,
                                   std::string_view name) {
  tf::Value value = from_wire(message, type, name);
  if (value.is_known()) return value;
  throw ConversionError{tf::error("Unknown Value from Terraform",
                                  "The " + std::string(name) +
                                      " that Terraform sent is wholly unknown. This is a bug in Terraform. "
                                      "Please report it.")};
}

tf::Value object_from_wire(const tfplugin6::DynamicValue& message, const tf::Type& type,
                           std::string_view name) {
  tf::Value value = object_or_null_from_wire(message, type, name);
  if (!value.is_null()) return value;
  throw ConversionError{tf::error("Missing Value from Terraform",
                                  "Terraform sent no " + std::string(name) +
                                      ", which this call requires. This is a bug in Terraform. Please "
                                      "report it.")};
}

tf::Value provider_config_from_wire(const tfplugin6::DynamicValue& message, const tf::Type& type) {
  tf::Value config = object_or_null_from_wire(message, type, "provider configuration");
  return config.is_null() ? tf::null_object(type) : config;
}

std::vector<tf::Value> arguments_from_wire(const tfplugin6::CallFunction::Request& request,
                                           const tf::Function& function) {
  const std::size_t count = function.parameters.size();
  if (static_cast<std::size_t>(request.arguments_size()) != count) {
    throw ConversionError{
        tf::error("Wrong Number of Arguments", "The function " + request.name() + " takes " +
                                                   std::to_string(count) + " arguments, and Terraform sent " +
                                                   std::to_string(request.arguments_size()) +
                                                   ". This is a bug in Terraform. Please report it.")};
  }
  std::vector<tf::Value> arguments;
  for (std::size_t i = 0; i < count; ++i) {
    const tf::FunctionParameter& parameter = function.parameters[i];
    const std::string name = "argument " + parameter.name;
    arguments.push_back(from_wire(request.arguments(static_cast<int>(i)), parameter.type, name));
    if (!arguments.back().is_null() && arguments.back().is_wholly_known()) continue;
    throw ConversionError{
        tf::error("Missing Value from Terraform",
                  "The " + name +
                      " that Terraform sent is null or not known. This is a bug in Terraform. Please "
                      "report it.")};
  }
  return arguments;
}

}  // namespace tf::plugin
