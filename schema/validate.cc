#include "tf/validate.h"

#include <algorithm>

#include "src/core/text.h"
#include "src/core/time_text.h"

namespace tf {
namespace {

void validate_attributes(const std::vector<Attribute>& attributes, const Value& object,
                         const AttributePath& path, Diagnostics& diagnostics);

AttributePath at(const AttributePath& path, const std::string& name) {
  return path.empty() ? AttributePath(name) : path.attribute(name);
}

Diagnostic missing(const AttributePath& path) {
  return error("Missing Required Argument",
               "The argument \"" + path.to_string() +
                   "\" is required, but its value is null. Set it, "
                   "or the variable that it refers to.",
               path);
}

void validate_nested(const NestedAttributes& nested, const Value& value, const AttributePath& path,
                     Diagnostics& diagnostics) {
  switch (nested.nesting) {
    case Nesting::single: validate_attributes(nested.attributes, value, path, diagnostics); return;
    case Nesting::list:
    case Nesting::set: {
      std::int64_t index = 0;
      for (const Value& element : *value.as_elements()) {
        const bool addressable = nested.nesting == Nesting::list;
        validate_attributes(nested.attributes, element, addressable ? path.index(index) : path, diagnostics);
        ++index;
      }
      return;
    }
    case Nesting::map:
      for (const auto& [key, element] : *value.as_attributes()) {
        validate_attributes(nested.attributes, element, path.key(key), diagnostics);
      }
      return;
  }
}

void validate_attribute(const Attribute& attribute, const Value& value, const AttributePath& path,
                        Diagnostics& diagnostics) {
  if (value.is_unknown()) return;
  if (value.is_null()) {
    if (attribute.presence == Presence::required && !attribute.required_to_create) {
      diagnostics.push_back(missing(path));
    }
    return;
  }
  if (attribute.presence == Presence::computed) {
    diagnostics.push_back(error("Value for Read-Only Attribute",
                                "The attribute \"" + path.to_string() +
                                    "\" is set by the provider and cannot be configured. Remove it from the "
                                    "configuration.",
                                path));
    return;
  }
  for (const Validator& validator : attribute.validators) {
    if (auto problem = validator(value)) {
      diagnostics.push_back(error("Invalid Value for " + path.to_string(), *problem, path));
    }
  }
  if (attribute.nested) validate_nested(*attribute.nested, value, path, diagnostics);
}

void validate_attributes(const std::vector<Attribute>& attributes, const Value& object,
                         const AttributePath& path, Diagnostics& diagnostics) {
  if (object.is_null() || object.is_unknown()) return;
  for (const Attribute& attribute : attributes) {
    validate_attribute(attribute, object[attribute.name], at(path, attribute.name), diagnostics);
  }
}

}  // namespace

Diagnostics validate_config(const Schema& schema, const Value& config) {
  Diagnostics diagnostics;
  validate_attributes(schema.attributes, config, {}, diagnostics);
  return diagnostics;
}

Diagnostics validate_creation(const Schema& schema, const Value& config) {
  Diagnostics diagnostics;
  for (const Attribute& attribute : schema.attributes) {
    if (!attribute.required_to_create || !config[attribute.name].is_null()) continue;
    Diagnostic report = missing(AttributePath(attribute.name));
    report.detail +=
        " It may be null only for an existing object, if an import could not determine it. This object is "
        "new.";
    diagnostics.push_back(std::move(report));
  }
  return diagnostics;
}

namespace validators {

Validator one_of(std::vector<std::string> values) {
  return [values = std::move(values)](const Value& value) -> std::optional<std::string> {
    const auto text = value.text();
    if (!text || std::ranges::find(values, *text) != values.end()) return std::nullopt;
    std::vector<std::string> quoted;
    for (const std::string& allowed : values) quoted.push_back("\"" + allowed + "\"");
    const std::string meant = core::closest(*text, values);
    return "The value must be " + core::enumerate(quoted, "or") + ", not \"" + *text + "\"." +
           (meant.empty() ? "" : " Did you mean \"" + meant + "\"?");
  };
}

Validator length_between(std::size_t min, std::size_t max) {
  return [min, max](const Value& value) -> std::optional<std::string> {
    const auto text = value.text();
    if (!text) return std::nullopt;
    const std::size_t length = core::count_characters(*text);
    if (length >= min && length <= max) return std::nullopt;
    return "The value must have " + std::to_string(min) + " to " + std::to_string(max) + " characters, not " +
           std::to_string(length) + ".";
  };
}

Validator integer_between(std::int64_t min, std::int64_t max) {
  return [min, max](const Value& value) -> std::optional<std::string> {
    if (value.as_number() == nullptr) return std::nullopt;
    const auto integer = value.integer();
    if (integer && *integer >= min && *integer <= max) return std::nullopt;
    return "The value must be a whole number from " + std::to_string(min) + " to " + std::to_string(max) +
           ", not " + core::shorten(value.as_number()->to_string(), 40) + ".";
  };
}

Validator duration() {
  return [](const Value& value) -> std::optional<std::string> {
    const auto text = value.text();
    if (!text || core::parse_duration(*text)) return std::nullopt;
    return R"(The value must be a duration of 1 millisecond to 366 days, such as "90s", "45m" or "1h30m", not ")" +
           core::shorten(*text, 100) + "\".";
  };
}

}  // namespace validators
}  // namespace tf
