#include "tests/plugin/schema_walker.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "tf/type.h"

namespace harness {
namespace {

using Attribute = tfplugin6::Schema::Attribute;
using Block = tfplugin6::Schema::Block;
using NestedBlock = tfplugin6::Schema::NestedBlock;
using Object = tfplugin6::Schema::Object;

bool has_dynamic(const tf::Type& type) {
  switch (type.kind()) {
    case tf::Type::Kind::dynamic: return true;
    case tf::Type::Kind::string:
    case tf::Type::Kind::number:
    case tf::Type::Kind::boolean: return false;
    case tf::Type::Kind::list:
    case tf::Type::Kind::set:
    case tf::Type::Kind::map: return has_dynamic(type.element());
    case tf::Type::Kind::tuple: return std::ranges::any_of(type.elements(), has_dynamic);
    case tf::Type::Kind::object:
      return std::ranges::any_of(type.attributes(),
                                 [](const auto& entry) { return has_dynamic(entry.second); });
  }
  return false;
}

bool has_set_of_dynamic(const tf::Type& type) {
  switch (type.kind()) {
    case tf::Type::Kind::set: return has_dynamic(type.element());
    case tf::Type::Kind::list:
    case tf::Type::Kind::map: return has_set_of_dynamic(type.element());
    case tf::Type::Kind::tuple: return std::ranges::any_of(type.elements(), has_set_of_dynamic);
    case tf::Type::Kind::object:
      return std::ranges::any_of(type.attributes(),
                                 [](const auto& entry) { return has_set_of_dynamic(entry.second); });
    case tf::Type::Kind::string:
    case tf::Type::Kind::number:
    case tf::Type::Kind::boolean:
    case tf::Type::Kind::dynamic: return false;
  }
  return false;
}

bool is_identifier(const std::string& name) {
  const auto inner = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' && std::ranges::all_of(name, inner);
}

class Walker {
 public:
  std::vector<std::string> take() { return std::move(faults_); }

  /// `reserved` are the names that Terraform reserves in such a block.
  void walk(const std::string& name, const tfplugin6::Schema& schema, const std::set<std::string>& reserved) {
    if (!schema.has_block()) {
      fault(name, "has no block");
      return;
    }
    if (schema.version() < 0) fault(name, "has a negative version");
    for (const Attribute& attribute : schema.block().attributes()) {
      if (reserved.contains(attribute.name())) fault(name, "has the reserved name " + attribute.name());
    }
    for (const NestedBlock& block : schema.block().block_types()) {
      if (reserved.contains(block.type_name())) fault(name, "has the reserved name " + block.type_name());
    }
    walk_block(name, schema.block(), false);
  }

  void walk_function(const std::string& name, const tfplugin6::Function& function) {
    if (!is_identifier(name)) fault(name, "is not an identifier");
    if (!function.has_return_()) {
      fault(name, "has no return");
    } else {
      read_type(name + " return", function.return_().type());
    }
    std::set<std::string> names;
    const auto walk_parameter = [&](const tfplugin6::Function::Parameter& parameter) {
      const std::string path = name + " parameter " + parameter.name();
      if (!is_identifier(parameter.name())) fault(path, "is not an identifier");
      if (!names.insert(parameter.name()).second) fault(path, "is declared twice");
      read_type(path, parameter.type());
    };
    for (const auto& parameter : function.parameters()) walk_parameter(parameter);
    if (function.has_variadic_parameter()) walk_parameter(function.variadic_parameter());
  }

  void fault(const std::string& where, const std::string& what) { faults_.push_back(where + " " + what); }

 private:
  void walk_block(const std::string& path, const Block& block, bool in_set) {
    std::set<std::string> names;
    for (const Attribute& attribute : block.attributes()) walk_attribute(path, attribute, names, in_set);
    for (const NestedBlock& nested : block.block_types()) {
      const std::string nested_path = path + "." + nested.type_name();
      if (!is_identifier(nested.type_name())) fault(nested_path, "is not an identifier");
      if (!names.insert(nested.type_name()).second) fault(nested_path, "is declared twice");
      if (!nested.has_block()) fault(nested_path, "has no block");
      check_counts(nested_path, nested);
      walk_block(nested_path, nested.block(), in_set || nested.nesting() == NestedBlock::SET);
    }
  }

  void check_counts(const std::string& path, const NestedBlock& nested) {
    const auto min_items = nested.min_items();
    const auto max_items = nested.max_items();
    switch (nested.nesting()) {
      case NestedBlock::SINGLE:
        if (min_items != max_items || min_items < 0 || min_items > 1) fault(path, "may occur more than once");
        return;
      case NestedBlock::LIST:
      case NestedBlock::SET:
        if (min_items < 0 || max_items < 0 || (max_items > 0 && min_items > max_items))
          fault(path, "has impossible counts");
        return;
      case NestedBlock::MAP:
      case NestedBlock::GROUP:
        if (min_items != 0 || max_items != 0) fault(path, "has counts");
        return;
      default: fault(path, "has no nesting");
    }
  }

  void walk_attribute(const std::string& parent, const Attribute& attribute, std::set<std::string>& names,
                      bool in_set) {
    const std::string path = parent + "." + attribute.name();
    if (!is_identifier(attribute.name())) fault(path, "is not an identifier");
    if (!names.insert(attribute.name()).second) fault(path, "is declared twice");
    check_flags(path, attribute);
    if (in_set && attribute.write_only()) fault(path, "is write-only inside a set");
    if (attribute.has_nested_type() == !attribute.type().empty()) {
      fault(path, "must have either a type or nested attributes");
    }
    if (attribute.has_nested_type()) {
      walk_object(path, attribute.nested_type(), in_set);
    } else if (const auto type = read_type(path, attribute.type()); type && in_set && has_dynamic(*type)) {
      fault(path, "is dynamic inside a set");
    }
  }

  void check_flags(const std::string& path, const Attribute& attribute) {
    const bool free = attribute.optional() || attribute.computed();
    if (!attribute.required() && !free) fault(path, "is neither required nor optional nor computed");
    if (attribute.required() && free) fault(path, "is required and also optional or computed");
    if (attribute.write_only() && attribute.computed()) fault(path, "is write-only and computed");
    if (!attribute.deprecated() && !attribute.deprecation_message().empty()) {
      fault(path, "has a deprecation message but is not deprecated");
    }
  }

  void walk_object(const std::string& path, const Object& object, bool in_set) {
    if (object.nesting() < Object::SINGLE || object.nesting() > Object::MAP) fault(path, "has no nesting");
    std::set<std::string> names;
    for (const Attribute& attribute : object.attributes()) {
      walk_attribute(path, attribute, names, in_set || object.nesting() == Object::SET);
    }
  }

  std::optional<tf::Type> read_type(const std::string& path, const std::string& json) {
    const auto type = tf::Type::from_json(json);
    if (!type) {
      fault(path, "has no type: " + type.error());
      return std::nullopt;
    }
    if (has_set_of_dynamic(*type)) fault(path, "has a set of dynamic values");
    return *type;
  }

  std::vector<std::string> faults_;
};

tf::Type collected(tfplugin6::Schema::Object::NestingMode nesting, tf::Type object) {
  switch (nesting) {
    case Object::SINGLE: return object;
    case Object::LIST: return tf::Type::list(std::move(object));
    case Object::SET: return tf::Type::set(std::move(object));
    case Object::MAP: return tf::Type::map(std::move(object));
    default: throw std::invalid_argument("nested attributes without a nesting");
  }
}

tf::Type attribute_type(const Attribute& attribute) {
  if (!attribute.has_nested_type()) {
    auto type = tf::Type::from_json(attribute.type());
    if (!type) throw std::invalid_argument(type.error());
    return std::move(*type);
  }
  std::map<std::string, tf::Type> types;
  for (const Attribute& nested : attribute.nested_type().attributes()) {
    types.emplace(nested.name(), attribute_type(nested));
  }
  return collected(attribute.nested_type().nesting(), tf::Type::object(std::move(types)));
}

}  // namespace

std::vector<std::string> schema_faults(const tfplugin6::GetProviderSchema::Response& schema) {
  const std::set<std::string> resource_words = {"connection", "count",    "depends_on", "for_each",
                                                "lifecycle",  "provider", "provisioner"};
  Walker walker;
  if (!schema.has_provider()) walker.fault("the provider", "has no schema");
  walker.walk("provider", schema.provider(), {"alias", "version"});
  for (const auto& [name, resource] : schema.resource_schemas()) {
    if (!is_identifier(name)) walker.fault(name, "is not an identifier");
    walker.walk(name, resource, resource_words);
  }
  for (const auto& [name, source] : schema.data_source_schemas()) {
    if (!is_identifier(name)) walker.fault(name, "is not an identifier");
    walker.walk(name, source, resource_words);
  }
  for (const auto& [name, function] : schema.functions()) walker.walk_function(name, function);
  for (const tfplugin6::Diagnostic& diagnostic : schema.diagnostics()) {
    walker.fault("the schema", "comes with the diagnostic " + diagnostic.summary());
  }
  return walker.take();
}

tf::Type block_type(const Block& block) {
  if (block.block_types_size() > 0) throw std::invalid_argument("nested blocks are not supported");
  std::map<std::string, tf::Type> types;
  for (const Attribute& attribute : block.attributes()) {
    types.emplace(attribute.name(), attribute_type(attribute));
  }
  return tf::Type::object(std::move(types));
}

tf::Value unknown_config(const Block& block) {
  tf::Value::Attributes attributes;
  for (const Attribute& attribute : block.attributes()) {
    const bool settable = attribute.required() || attribute.optional();
    attributes.emplace(attribute.name(), settable ? tf::Value::unknown() : tf::Value());
  }
  return attributes;
}

}  // namespace harness
