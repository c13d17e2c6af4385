#include "tf/schema.h"

#include <algorithm>
#include <array>
#include <set>

#include "tf/codec.h"

namespace tf {
namespace {

/// Names that Terraform reserves (PROTOCOL.md 7.3).
constexpr std::array<std::string_view, 9> kMetaArguments = {"alias",      "connection",  "count",
                                                            "depends_on", "for_each",    "lifecycle",
                                                            "provider",   "provisioner", "version"};

Type object_type(const std::vector<Attribute>& attributes) {
  std::map<std::string, Type> types;
  for (const Attribute& attribute : attributes) types.emplace(attribute.name, attribute.value_type());
  return Type::object(std::move(types));
}

bool is_identifier(std::string_view name) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto inner = [&](char c) { return lower(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && lower(name.front()) && std::ranges::all_of(name, inner);
}

void find_problems(const std::vector<Attribute>& attributes, const std::string& prefix,
                   std::vector<std::string>& problems) {
  std::set<std::string> names;
  for (const Attribute& attribute : attributes) {
    const std::string name = prefix + attribute.name;
    if (!is_identifier(attribute.name)) problems.push_back(name + " is not an identifier");
    if (prefix.empty() && std::ranges::find(kMetaArguments, attribute.name) != kMetaArguments.end()) {
      problems.push_back(name + " is a name that Terraform reserves");
    }
    if (!names.insert(attribute.name).second) problems.push_back(name + " is declared twice");
    if (attribute.description.empty()) problems.push_back(name + " has no description");
    if (attribute.default_value) {
      if (attribute.presence != Presence::optional_computed) {
        problems.push_back(name + " has a default but is not optional and computed");
      }
      if (!encode_msgpack(*attribute.default_value, attribute.value_type())) {
        problems.push_back(name + " has a default of another type");
      }
    }
    if (attribute.nested) find_problems(attribute.nested->attributes, name + ".", problems);
  }
}

}  // namespace

Type Attribute::value_type() const {
  if (!nested) return type;
  Type object = object_type(nested->attributes);
  switch (nested->nesting) {
    case Nesting::single: return object;
    case Nesting::list: return Type::list(object);
    case Nesting::set: return Type::set(object);
    case Nesting::map: return Type::map(object);
  }
  return object;
}

const Attribute* Schema::find(std::string_view name) const {
  const auto found = std::ranges::find(attributes, name, &Attribute::name);
  return found == attributes.end() ? nullptr : &*found;
}

Type Schema::type() const {
  return object_type(attributes);
}

Attribute nested_object(std::string name, Presence presence, std::string description,
                        std::vector<Attribute> attributes) {
  return {.name = std::move(name),
          .presence = presence,
          .description = std::move(description),
          .nested = std::make_shared<const NestedAttributes>(
              NestedAttributes{.attributes = std::move(attributes)})};
}

Value null_object(const Type& object_type) {
  Value::Attributes attributes;
  for (const auto& [name, type] : object_type.attributes()) attributes.emplace(name, Value());
  return attributes;
}

Value default_object(const Schema& schema) {
  Value object = null_object(schema.type());
  for (const Attribute& attribute : schema.attributes) {
    if (attribute.default_value) object.set(attribute.name, *attribute.default_value);
  }
  return object;
}

std::vector<std::string> schema_problems(const Schema& schema) {
  std::vector<std::string> problems;
  if (schema.version < 0) problems.emplace_back("the version is negative");
  find_problems(schema.attributes, "", problems);
  return problems;
}

}  // namespace tf
