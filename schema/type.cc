#include "tf/type.h"

#include <nlohmann/json.hpp>

#include "tf/tree.h"
#include "tf/value.h"

namespace tf {

struct Type::Parts {
  std::vector<Type> elements;  // one for lists, sets and maps
  std::map<std::string, Type> attributes;
  std::set<std::string> optional;
};

namespace {

using nlohmann::json;

json type_json(const Type& type) {
  switch (type.kind()) {
    case Type::Kind::string: return "string";
    case Type::Kind::number: return "number";
    case Type::Kind::boolean: return "bool";
    case Type::Kind::dynamic: return "dynamic";
    case Type::Kind::list: return json::array({"list", type_json(type.element())});
    case Type::Kind::set: return json::array({"set", type_json(type.element())});
    case Type::Kind::map: return json::array({"map", type_json(type.element())});
    case Type::Kind::tuple: {
      json elements = json::array();
      for (const Type& element : type.elements()) elements.push_back(type_json(element));
      return json::array({"tuple", std::move(elements)});
    }
    case Type::Kind::object: {
      json attributes = json::object();
      for (const auto& [name, attribute] : type.attributes()) attributes[name] = type_json(attribute);
      json object = json::array({"object", std::move(attributes)});
      if (!type.optional_attributes().empty()) object.push_back(type.optional_attributes());
      return object;
    }
  }
  throw std::logic_error("type of an unknown kind");
}

std::expected<Type, std::string> simple_type(const std::string& name) {
  if (name == "string") return Type::string();
  if (name == "number") return Type::number();
  if (name == "bool") return Type::boolean();
  if (name == "dynamic") return Type::dynamic();
  return std::unexpected("\"" + name + "\" is not a type");
}

std::expected<Type, std::string> tuple_type(const Value::Elements& parts) {
  const Value::Elements* list = parts[1].as_elements();
  if (parts.size() != 2 || list == nullptr)
    return std::unexpected(std::string("a tuple type needs a list of types"));
  std::vector<Type> elements;
  for (const Value& part : *list) {
    auto element = Type::from_tree(part);
    if (!element) return element;
    elements.push_back(std::move(*element));
  }
  return Type::tuple(std::move(elements));
}

std::expected<Type, std::string> object_type(const Value::Elements& parts) {
  const Value::Attributes* map = parts[1].as_attributes();
  if (parts.size() > 3 || map == nullptr)
    return std::unexpected(std::string("an object type needs its attributes"));
  std::map<std::string, Type> attributes;
  for (const auto& [name, part] : *map) {
    auto attribute = Type::from_tree(part);
    if (!attribute) return attribute;
    attributes.emplace(name, std::move(*attribute));
  }
  std::set<std::string> optional;
  if (parts.size() == 3) {
    const Value::Elements* names = parts[2].as_elements();
    if (names == nullptr)
      return std::unexpected(std::string("an object type's optional attributes must be a list"));
    for (const Value& name : *names) {
      if (!name.text() || !attributes.contains(*name.text())) {
        return std::unexpected(
            std::string("an object type names an optional attribute that it does not have"));
      }
      optional.insert(*name.text());
    }
  }
  return Type::object(std::move(attributes), std::move(optional));
}

}  // namespace

Type Type::list(Type element) {
  return Type(Kind::list, std::make_shared<const Parts>(Parts{.elements = {std::move(element)}}));
}

Type Type::set(Type element) {
  return Type(Kind::set, std::make_shared<const Parts>(Parts{.elements = {std::move(element)}}));
}

Type Type::map(Type element) {
  return Type(Kind::map, std::make_shared<const Parts>(Parts{.elements = {std::move(element)}}));
}

Type Type::object(std::map<std::string, Type> attributes, std::set<std::string> optional) {
  return Type(Kind::object, std::make_shared<const Parts>(
                                Parts{.attributes = std::move(attributes), .optional = std::move(optional)}));
}

Type Type::tuple(std::vector<Type> elements) {
  return Type(Kind::tuple, std::make_shared<const Parts>(Parts{.elements = std::move(elements)}));
}

const Type& Type::element() const {
  return parts_->elements.at(0);
}
const std::map<std::string, Type>& Type::attributes() const {
  return parts_->attributes;
}
const std::set<std::string>& Type::optional_attributes() const {
  return parts_->optional;
}
const std::vector<Type>& Type::elements() const {
  return parts_->elements;
}

std::string Type::to_json() const {
  return type_json(*this).dump();
}

std::expected<Type, std::string> Type::from_json(std::string_view text) {
  const auto tree = read_json_tree(text);
  if (!tree) return std::unexpected("the type " + tree.error());
  return from_tree(*tree);
}

std::expected<Type, std::string> Type::from_tree(const Value& tree) {
  if (const std::string* name = tree.as_string()) return simple_type(*name);
  const Value::Elements* parts = tree.as_elements();
  if (parts == nullptr || parts->size() < 2 || !parts->at(0).text()) {
    return std::unexpected(std::string("a type must be a name or a list that starts with one"));
  }
  const std::string kind = *parts->at(0).text();
  if (kind == "tuple") return tuple_type(*parts);
  if (kind == "object") return object_type(*parts);
  if ((kind != "list" && kind != "set" && kind != "map") || parts->size() != 2) {
    return std::unexpected("\"" + kind + "\" is not a type with " + std::to_string(parts->size() - 1) +
                           " parameters");
  }
  auto element = from_tree(parts->at(1));
  if (!element) return element;
  if (kind == "list") return list(std::move(*element));
  if (kind == "set") return set(std::move(*element));
  return map(std::move(*element));
}

std::string Type::describe() const {
  switch (kind_) {
    case Kind::string: return "string";
    case Kind::number: return "number";
    case Kind::boolean: return "bool";
    case Kind::dynamic: return "any type";
    case Kind::list: return "list of " + element().describe();
    case Kind::set: return "set of " + element().describe();
    case Kind::map: return "map of " + element().describe();
    case Kind::object: return "object";
    case Kind::tuple: return "tuple";
  }
  throw std::logic_error("type of an unknown kind");
}

bool Type::operator==(const Type& other) const {
  if (kind_ != other.kind_) return false;
  if (parts_ == other.parts_) return true;
  return parts_->elements == other.parts_->elements && parts_->attributes == other.parts_->attributes &&
         parts_->optional == other.parts_->optional;
}

}  // namespace tf
