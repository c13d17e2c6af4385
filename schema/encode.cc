#include <nlohmann/json.hpp>

#include "src/core/text.h"
#include "tf/codec.h"

namespace tf {
namespace {

using nlohmann::json;

constexpr std::uint8_t kRefinedUnknown = 12;

/// A value does not conform to its type. Thrown and caught in this file only, to leave a deep recursion.
struct Misfit {
  CodecError error;
};

[[noreturn]] void misfit(const AttributePath& path, std::string message) {
  throw Misfit{{.path = path, .message = std::move(message)}};
}

template <typename T>
const T& require(const T* part, const Type& type, const AttributePath& path) {
  if (part == nullptr) misfit(path, "the value is not of the type " + type.describe());
  return *part;
}

const Value& attribute_of(const Value::Attributes& attributes, const std::string& name,
                          const AttributePath& path) {
  const auto found = attributes.find(name);
  if (found == attributes.end()) misfit(path.attribute(name), "the attribute is missing");
  return found->second;
}

void check_object(const Value::Attributes& attributes, const Type& type, const AttributePath& path) {
  for (const auto& [name, value] : attributes) {
    if (!type.attributes().contains(name)) misfit(path.attribute(name), "there is no such attribute");
  }
}

void check_tuple(const Value::Elements& elements, const Type& type, const AttributePath& path) {
  if (elements.size() != type.elements().size()) misfit(path, "the tuple has the wrong number of elements");
}

/// Calls `write(element, its type, its path)` for each element of a list, set or tuple.
template <typename Write>
void for_each_element(const Value& value, const Type& type, const AttributePath& path, const Write& write) {
  const Value::Elements& elements = require(value.as_elements(), type, path);
  const bool tuple = type.kind() == Type::Kind::tuple;
  if (tuple) check_tuple(elements, type, path);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    write(elements[i], tuple ? type.elements()[i] : type.element(), path.index(static_cast<std::int64_t>(i)));
  }
}

/// Calls `write(key, value, its type, its path)` for each entry of a map or object.
template <typename Write>
void for_each_entry(const Value& value, const Type& type, const AttributePath& path, const Write& write) {
  const Value::Attributes& attributes = require(value.as_attributes(), type, path);
  if (type.kind() == Type::Kind::map) {
    for (const auto& [key, element] : attributes) write(key, element, type.element(), path.key(key));
    return;
  }
  check_object(attributes, type, path);
  for (const auto& [name, attribute_type] : type.attributes()) {
    write(name, attribute_of(attributes, name, path), attribute_type, path.attribute(name));
  }
}

/// Terraform cannot store infinity as a value; only bounds of refinements may be infinite.
const Number& require_finite(const Value& value, const Type& type, const AttributePath& path) {
  const Number& number = require(value.as_number(), type, path);
  if (number.is_infinite()) misfit(path, "infinity cannot be stored");
  return number;
}

json number_json(const Number& number) {
  if (const auto integer = number.to_int64()) return *integer;
  if (const auto exact = number.to_exact_double(); exact && !number.to_uint64()) return *exact;
  return number.to_string();
}

json bound_json(const Bound& bound) {
  return json::array({number_json(bound.number), bound.inclusive});
}

void append_entry(std::string& payload, char key, const json& value) {
  payload += key;
  const std::vector<std::uint8_t> bytes = json::to_msgpack(value);
  payload.append(bytes.begin(), bytes.end());
}

json unknown_json(const Unknown& unknown) {
  const Refinement& refinement = unknown.refinement;
  if (refinement.empty()) return json::binary({0}, 0);
  std::string entries;
  int count = 0;
  const auto add = [&](char key, const json& value) {
    append_entry(entries, key, value);
    ++count;
  };
  if (refinement.not_null) add(1, false);
  if (refinement.string_prefix) add(2, *refinement.string_prefix);
  if (refinement.lower) add(3, bound_json(*refinement.lower));
  if (refinement.upper) add(4, bound_json(*refinement.upper));
  if (refinement.min_length) add(5, *refinement.min_length);
  if (refinement.max_length) add(6, *refinement.max_length);
  json::binary_t::container_type payload = {static_cast<std::uint8_t>(0x80 | count)};
  payload.insert(payload.end(), entries.begin(), entries.end());
  return json::binary(std::move(payload), kRefinedUnknown);
}

json binary_json(const std::string& bytes) {
  return json::binary(json::binary_t::container_type(bytes.begin(), bytes.end()));
}

json msgpack_document(const Value& value, const Type& type, const AttributePath& path) {
  if (value.is_null()) return nullptr;
  if (const Unknown* unknown = value.as_unknown()) return unknown_json(*unknown);
  switch (type.kind()) {
    case Type::Kind::string: return core::replace_invalid_utf8(require(value.as_string(), type, path));
    case Type::Kind::number: return number_json(require_finite(value, type, path));
    case Type::Kind::boolean: return require(value.as_bool(), type, path);
    case Type::Kind::dynamic: {
      const TypedValue& typed = require(value.as_typed(), type, path);
      return json::array(
          {binary_json(typed.type.to_json()), msgpack_document(typed.value, typed.type, path)});
    }
    case Type::Kind::list:
    case Type::Kind::set:
    case Type::Kind::tuple: {
      json array = json::array();
      for_each_element(value, type, path,
                       [&](const Value& element, const Type& element_type, const AttributePath& at) {
                         array.push_back(msgpack_document(element, element_type, at));
                       });
      return array;
    }
    case Type::Kind::map:
    case Type::Kind::object: {
      json object = json::object();
      for_each_entry(
          value, type, path,
          [&](const std::string& key, const Value& entry, const Type& entry_type, const AttributePath& at) {
            object[core::replace_invalid_utf8(key)] = msgpack_document(entry, entry_type, at);
          });
      return object;
    }
  }
  misfit(path, "the type is of an unknown kind");
}

std::string quoted(const std::string& text) {
  return json(core::replace_invalid_utf8(text)).dump();
}

/// Builds the text itself, because no JSON library keeps numbers of any length.
std::string json_text(const Value& value, const Type& type, const AttributePath& path) {
  if (value.is_null()) return "null";
  if (value.is_unknown()) misfit(path, "an unknown value cannot be written as JSON");
  switch (type.kind()) {
    case Type::Kind::string: return quoted(require(value.as_string(), type, path));
    case Type::Kind::number: return require_finite(value, type, path).to_string();
    case Type::Kind::boolean: return require(value.as_bool(), type, path) ? "true" : "false";
    case Type::Kind::dynamic: {
      const TypedValue& typed = require(value.as_typed(), type, path);
      return R"({"type":)" + typed.type.to_json() + R"(,"value":)" +
             json_text(typed.value, typed.type, path) + "}";
    }
    case Type::Kind::list:
    case Type::Kind::set:
    case Type::Kind::tuple: {
      std::vector<std::string> items;
      for_each_element(value, type, path,
                       [&](const Value& element, const Type& element_type, const AttributePath& at) {
                         items.push_back(json_text(element, element_type, at));
                       });
      return "[" + core::join(items, ",") + "]";
    }
    case Type::Kind::map:
    case Type::Kind::object: {
      std::vector<std::string> items;
      for_each_entry(
          value, type, path,
          [&](const std::string& key, const Value& entry, const Type& entry_type, const AttributePath& at) {
            items.push_back(quoted(key) + ":" + json_text(entry, entry_type, at));
          });
      return "{" + core::join(items, ",") + "}";
    }
  }
  misfit(path, "the type is of an unknown kind");
}

}  // namespace

std::expected<std::string, CodecError> encode_msgpack(const Value& value, const Type& type) {
  try {
    const std::vector<std::uint8_t> bytes = json::to_msgpack(msgpack_document(value, type, {}));
    return std::string(bytes.begin(), bytes.end());
  } catch (Misfit& caught) {
    return std::unexpected(std::move(caught.error));
  }
}

std::expected<std::string, CodecError> encode_json(const Value& value, const Type& type) {
  try {
    return json_text(value, type, {});
  } catch (Misfit& caught) {
    return std::unexpected(std::move(caught.error));
  }
}

}  // namespace tf
