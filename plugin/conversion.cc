#include "plugin/conversion.h"

#include "src/core/text.h"
#include "tf/codec.h"

namespace tf::plugin {
namespace {

tfplugin6::Schema::Object::NestingMode to_wire(tf::Nesting nesting) {
  switch (nesting) {
    case tf::Nesting::single: return tfplugin6::Schema::Object::SINGLE;
    case tf::Nesting::list: return tfplugin6::Schema::Object::LIST;
    case tf::Nesting::set: return tfplugin6::Schema::Object::SET;
    case tf::Nesting::map: return tfplugin6::Schema::Object::MAP;
  }
  return tfplugin6::Schema::Object::INVALID;
}

void fill(tfplugin6::Schema::Attribute& message, const tf::Attribute& attribute) {
  message.set_name(attribute.name);
  message.set_description(attribute.description);
  message.set_description_kind(tfplugin6::MARKDOWN);
  message.set_required(attribute.presence == tf::Presence::required);
  message.set_optional(attribute.presence == tf::Presence::optional ||
                       attribute.presence == tf::Presence::optional_computed);
  message.set_computed(attribute.is_computed());
  message.set_sensitive(attribute.sensitive);
  if (!attribute.deprecation.empty()) {
    message.set_deprecated(true);
    message.set_deprecation_message(attribute.deprecation);
  }
  if (!attribute.nested) {
    message.set_type(attribute.type.to_json());
    return;
  }
  message.mutable_nested_type()->set_nesting(to_wire(attribute.nested->nesting));
  for (const tf::Attribute& nested : attribute.nested->attributes) {
    fill(*message.mutable_nested_type()->add_attributes(), nested);
  }
}

std::expected<tf::Value, tf::CodecError> decode(const tfplugin6::DynamicValue& message,
                                                const tf::Type& type) {
  if (message.msgpack().empty() && !message.json().empty()) return tf::decode_json(message.json(), type);
  return tf::decode_msgpack(message.msgpack(), type);
}

}  // namespace

tf::Value from_wire(const tfplugin6::DynamicValue& message, const tf::Type& type, std::string_view name) {
  auto value = decode(message, type);
  if (value) return std::move(*value);
  throw ConversionError{tf::error(
      "Unreadable Value from Terraform",
      "The " + std::string(name) + " that Terraform sent does not conform to the provider's schema: " +
          value.error().to_string() + ". This is a bug in the provider or in Terraform. Please report it.",
      value.error().path)};
}

tfplugin6::DynamicValue to_wire(const tf::Value& value, const tf::Type& type, std::string_view name) {
  auto bytes = tf::encode_msgpack(value, type);
  if (!bytes) {
    throw ConversionError{
        tf::error("Provider Produced an Invalid Value",
                  "The " + std::string(name) + " does not conform to the provider's own schema: " +
                      bytes.error().to_string() + ". This is a bug in the provider. Please report it.",
                  bytes.error().path)};
  }
  tfplugin6::DynamicValue message;
  message.set_msgpack(std::move(*bytes));
  return message;
}

tfplugin6::Schema to_wire(const tf::Schema& schema) {
  tfplugin6::Schema message;
  message.set_version(schema.version);
  tfplugin6::Schema::Block& block = *message.mutable_block();
  block.set_description(schema.description);
  block.set_description_kind(tfplugin6::MARKDOWN);
  for (const tf::Attribute& attribute : schema.attributes) fill(*block.add_attributes(), attribute);
  return message;
}

tfplugin6::AttributePath to_wire(const tf::AttributePath& path) {
  tfplugin6::AttributePath message;
  for (const tf::AttributePath::Step& step : path.steps()) {
    tfplugin6::AttributePath::Step& added = *message.add_steps();
    if (const auto* attribute = std::get_if<tf::AttributePath::Attribute>(&step)) {
      added.set_attribute_name(core::replace_invalid_utf8(attribute->name));
    } else if (const auto* key = std::get_if<tf::AttributePath::Key>(&step)) {
      added.set_element_key_string(core::replace_invalid_utf8(key->key));
    } else {
      added.set_element_key_int(std::get<tf::AttributePath::Index>(step).index);
    }
  }
  return message;
}

tfplugin6::Diagnostic to_wire(const tf::Diagnostic& diagnostic) {
  tfplugin6::Diagnostic message;
  message.set_severity(diagnostic.severity == tf::Severity::error ? tfplugin6::Diagnostic::ERROR
                                                                  : tfplugin6::Diagnostic::WARNING);
  message.set_summary(core::replace_invalid_utf8(diagnostic.summary));
  message.set_detail(core::replace_invalid_utf8(diagnostic.detail));
  if (!diagnostic.attribute.empty()) *message.mutable_attribute() = to_wire(diagnostic.attribute);
  return message;
}

tfplugin6::FunctionError to_wire(const tf::FunctionError& error) {
  tfplugin6::FunctionError message;
  // Terraform appends a full stop.
  const std::string_view text = error.text;
  message.set_text(core::replace_invalid_utf8(text.ends_with('.') ? text.substr(0, text.size() - 1) : text));
  if (error.argument) message.set_function_argument(static_cast<std::int64_t>(*error.argument));
  return message;
}

tfplugin6::Function to_wire(const tf::Function& function) {
  tfplugin6::Function message;
  message.set_summary(function.summary);
  message.set_description(function.description);
  message.set_description_kind(tfplugin6::MARKDOWN);
  for (const tf::FunctionParameter& parameter : function.parameters) {
    tfplugin6::Function::Parameter& added = *message.add_parameters();
    added.set_name(parameter.name);
    added.set_type(parameter.type.to_json());
    added.set_description(parameter.description);
    added.set_description_kind(tfplugin6::MARKDOWN);
  }
  message.mutable_return_()->set_type(function.result.to_json());
  return message;
}

}  // namespace tf::plugin
