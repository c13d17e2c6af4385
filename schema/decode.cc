#include "src/core/text.h"
#include "tf/codec.h"
#include "tf/tree.h"

namespace tf {
namespace {

using Result = std::expected<Value, CodecError>;

std::unexpected<CodecError> fail(const AttributePath& path, std::string message) {
  return std::unexpected(CodecError{.path = path, .message = std::move(message)});
}

std::string kind_of(const Value& tree) {
  if (tree.is_null()) return "null";
  if (tree.as_bool() != nullptr) return "a bool";
  if (tree.as_number() != nullptr) return "a number";
  if (tree.as_string() != nullptr) return "a string";
  if (tree.as_elements() != nullptr) return "a list";
  if (tree.as_attributes() != nullptr) return "an object";
  return "an unknown value";
}

std::unexpected<CodecError> mismatch(const AttributePath& path, const Type& type, const Value& tree) {
  return fail(path, type.describe() + " is required, not " + kind_of(tree));
}

/// Converts an untyped tree to the form that a type requires.
class Decoder {
 public:
  explicit Decoder(bool lenient) : lenient_(lenient) {}

  [[nodiscard]] Result decode(Value tree, const Type& type, const AttributePath& path) const {
    if (tree.is_null()) return tree;
    if (const Unknown* unknown = tree.as_unknown()) {
      if (!fits(unknown->refinement, type))
        return fail(path, "the refinement does not fit the type " + type.describe());
      return tree;
    }
    switch (type.kind()) {
      case Type::Kind::string: return decode_string(std::move(tree), type, path);
      case Type::Kind::number: return decode_number(tree, type, path);
      case Type::Kind::boolean: return decode_bool(tree, type, path);
      case Type::Kind::dynamic: return lenient_ ? decode_typed_json(tree, path) : decode_typed(tree, path);
      case Type::Kind::list:
      case Type::Kind::set: return decode_list(tree, type, path);
      case Type::Kind::tuple: return decode_tuple(tree, type, path);
      case Type::Kind::map: return decode_map(tree, type, path);
      case Type::Kind::object: return decode_object(tree, type, path);
    }
    return mismatch(path, type, tree);
  }

 private:
  static bool fits(const Refinement& refinement, const Type& type) {
    const Type::Kind kind = type.kind();
    const bool string = kind == Type::Kind::string;
    const bool number = kind == Type::Kind::number;
    const bool collection = kind == Type::Kind::list || kind == Type::Kind::set || kind == Type::Kind::map;
    if (kind == Type::Kind::dynamic && !refinement.empty()) return false;
    if (refinement.string_prefix && !string) return false;
    if ((refinement.lower || refinement.upper) && !number) return false;
    return collection || (!refinement.min_length && !refinement.max_length);
  }

  [[nodiscard]] Result decode_string(Value tree, const Type& type, const AttributePath& path) const {
    if (tree.as_string() != nullptr) return tree;
    if (lenient_ && tree.as_number() != nullptr) return tree.as_number()->to_string();
    if (lenient_ && tree.as_bool() != nullptr) return *tree.as_bool() ? "true" : "false";
    return mismatch(path, type, tree);
  }

  [[nodiscard]] static Result decode_number(const Value& tree, const Type& type, const AttributePath& path) {
    if (tree.as_number() != nullptr) return tree;
    if (tree.as_string() == nullptr) return mismatch(path, type, tree);
    const auto number = Number::parse(*tree.as_string());
    if (!number) {
      return fail(path,
                  "a number is required, not the text \"" + core::shorten(*tree.as_string(), 60) + "\"");
    }
    return *number;
  }

  [[nodiscard]] Result decode_bool(const Value& tree, const Type& type, const AttributePath& path) const {
    if (tree.as_bool() != nullptr) return tree;
    if (lenient_ && tree.text() == "true") return true;
    if (lenient_ && tree.text() == "false") return false;
    return mismatch(path, type, tree);
  }

  [[nodiscard]] Result decode_typed(const Value& tree, const AttributePath& path) const {
    const Value::Elements* pair = tree.as_elements();
    if (pair == nullptr || pair->size() != 2 || pair->at(0).as_string() == nullptr) {
      return fail(path, "a pair of type and value is required, not " + kind_of(tree));
    }
    const auto type = Type::from_json(*pair->at(0).as_string());
    if (!type) return fail(path, type.error());
    return decode_typed_as(*type, pair->at(1), path);
  }

  [[nodiscard]] Result decode_typed_json(const Value& tree, const AttributePath& path) const {
    const Value::Attributes* parts = tree.as_attributes();
    if (parts == nullptr || parts->size() != 2 || !parts->contains("type") || !parts->contains("value")) {
      return fail(path, "an object of type and value is required, not " + kind_of(tree));
    }
    const auto type = Type::from_tree(tree["type"]);
    if (!type) return fail(path, type.error());
    return decode_typed_as(*type, tree["value"], path);
  }

  [[nodiscard]] Result decode_typed_as(const Type& type, const Value& tree, const AttributePath& path) const {
    auto value = decode(tree, type, path);
    if (!value) return value;
    return Value::typed(type, std::move(*value));
  }

  [[nodiscard]] Result decode_list(const Value& tree, const Type& type, const AttributePath& path) const {
    if (tree.as_elements() == nullptr) return mismatch(path, type, tree);
    Value::Elements elements;
    elements.reserve(tree.as_elements()->size());
    for (const Value& element : *tree.as_elements()) {
      auto value = decode(element, type.element(), path.index(static_cast<std::int64_t>(elements.size())));
      if (!value) return value;
      elements.push_back(std::move(*value));
    }
    return elements;
  }

  [[nodiscard]] Result decode_tuple(const Value& tree, const Type& type, const AttributePath& path) const {
    if (tree.as_elements() == nullptr) return mismatch(path, type, tree);
    if (tree.as_elements()->size() != type.elements().size()) {
      return fail(path, "a tuple of " + std::to_string(type.elements().size()) +
                            " elements is required, not of " + std::to_string(tree.as_elements()->size()));
    }
    Value::Elements elements;
    for (const Value& element : *tree.as_elements()) {
      const std::size_t i = elements.size();
      auto value = decode(element, type.elements()[i], path.index(static_cast<std::int64_t>(i)));
      if (!value) return value;
      elements.push_back(std::move(*value));
    }
    return elements;
  }

  [[nodiscard]] Result decode_map(const Value& tree, const Type& type, const AttributePath& path) const {
    if (tree.as_attributes() == nullptr) return mismatch(path, type, tree);
    Value::Attributes elements;
    for (const auto& [key, element] : *tree.as_attributes()) {
      auto value = decode(element, type.element(), path.key(key));
      if (!value) return value;
      elements.emplace(key, std::move(*value));
    }
    return elements;
  }

  [[nodiscard]] Result decode_object(const Value& tree, const Type& type, const AttributePath& path) const {
    if (tree.as_attributes() == nullptr) return mismatch(path, type, tree);
    const Value::Attributes& entries = *tree.as_attributes();
    for (const auto& [name, value] : entries) {
      if (!type.attributes().contains(name)) return fail(path.attribute(name), "there is no such attribute");
    }
    Value::Attributes attributes;
    for (const auto& [name, attribute_type] : type.attributes()) {
      const auto found = entries.find(name);
      if (found == entries.end() && !lenient_) return fail(path.attribute(name), "the attribute is missing");
      auto value =
          decode(found == entries.end() ? Value() : found->second, attribute_type, path.attribute(name));
      if (!value) return value;
      attributes.emplace(name, std::move(*value));
    }
    return attributes;
  }

  bool lenient_;
};

Result decode_tree(std::expected<Value, std::string> tree, const Type& type, std::string_view syntax,
                   bool lenient) {
  if (!tree) return fail({}, "the " + std::string(syntax) + " " + tree.error());
  return Decoder(lenient).decode(std::move(*tree), type, {});
}

}  // namespace

std::string CodecError::to_string() const {
  return path.empty() ? message : path.to_string() + ": " + message;
}

std::expected<Value, CodecError> decode_msgpack(std::string_view bytes, const Type& type) {
  if (bytes.empty()) return Value();
  return decode_tree(read_msgpack_tree(bytes), type, "msgpack", false);
}

std::expected<Value, CodecError> decode_json(std::string_view text, const Type& type) {
  return decode_tree(read_json_tree(text), type, "JSON", true);
}

std::expected<Value, CodecError> decode_json_tree(Value tree, const Type& type) {
  return Decoder(true).decode(std::move(tree), type, {});
}

}  // namespace tf
