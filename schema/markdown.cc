#include "tf/markdown.h"

#include <algorithm>
#include <vector>

#include "src/core/text.h"

namespace tf::markdown {
namespace {

/// The type's name as on other pages in the registry.
std::string type_name(const Type& type) {
  switch (type.kind()) {
    case Type::Kind::string: return "String";
    case Type::Kind::number: return "Number";
    case Type::Kind::boolean: return "Boolean";
    case Type::Kind::dynamic: return "Dynamic";
    case Type::Kind::list: return "List of " + type_name(type.element());
    case Type::Kind::set: return "Set of " + type_name(type.element());
    case Type::Kind::map: return "Map of " + type_name(type.element());
    case Type::Kind::object: return "Object";
    case Type::Kind::tuple: return "Tuple";
  }
  return "";
}

std::string type_name(const Attribute& attribute) {
  if (!attribute.nested) return type_name(attribute.type);
  switch (attribute.nested->nesting) {
    case Nesting::single: return "Attributes";
    case Nesting::list: return "Attributes List";
    case Nesting::set: return "Attributes Set";
    case Nesting::map: return "Attributes Map";
  }
  return "";
}

struct Group {
  const char* title;
  std::vector<Presence> presences;
};

const std::vector<Group>& groups() {
  static const std::vector<Group> kGroups = {
      {"Required", {Presence::required}},
      {"Optional", {Presence::optional, Presence::optional_computed}},
      {"Read-Only", {Presence::computed}},
  };
  return kGroups;
}

std::string anchor(const std::vector<std::string>& path) {
  return "nestedatt--" + core::join(path, "--");
}

std::string line_of(const Attribute& attribute, const std::vector<std::string>& path) {
  std::string line = "- `" + attribute.name + "` (" + type_name(attribute);
  if (attribute.sensitive) line += ", Sensitive";
  if (!attribute.deprecation.empty()) line += ", Deprecated";
  line += ") " + attribute.description;
  if (!attribute.deprecation.empty()) line += " **Deprecated**: " + attribute.deprecation;
  if (attribute.nested) line += " (see [below for nested schema](#" + anchor(path) + "))";
  return line + "\n";
}

/// The attributes of one level, followed by those of the nested levels.
std::string attributes_text(const std::vector<Attribute>& attributes, const std::vector<std::string>& path) {
  std::string text;
  std::string nested_levels;
  for (const Group& group : groups()) {
    std::vector<const Attribute*> members;
    for (const Attribute& attribute : attributes) {
      if (std::ranges::find(group.presences, attribute.presence) != group.presences.end()) {
        members.push_back(&attribute);
      }
    }
    if (members.empty()) continue;
    std::ranges::sort(members, {}, &Attribute::name);
    text += path.empty() ? "### " + std::string(group.title) + "\n\n" : std::string(group.title) + ":\n\n";
    for (const Attribute* attribute : members) {
      std::vector<std::string> nested_path = path;
      nested_path.push_back(attribute->name);
      text += line_of(*attribute, nested_path);
      if (!attribute->nested) continue;
      nested_levels += "<a id=\"" + anchor(nested_path) + "\"></a>\n### Nested Schema for `" +
                       core::join(nested_path, ".") + "`\n\n" +
                       attributes_text(attribute->nested->attributes, nested_path);
    }
    text += "\n";
  }
  return text + nested_levels;
}

/// The summary is the first paragraph of the description, as a YAML block.
std::string front_matter(const std::string& title, const std::string& description) {
  std::string summary = description.substr(0, description.find("\n\n"));
  summary = core::replace_all(summary, "\n", " ");
  return "---\npage_title: \"" + title + "\"\nsubcategory: \"\"\ndescription: |-\n  " + summary + "\n---\n\n";
}

std::string example_text(const Page& page) {
  if (page.example.empty()) return "";
  return "## Example Usage\n\n```terraform\n" + std::string(core::trim(page.example)) + "\n```\n\n";
}

}  // namespace

std::string page_of_schema(const Page& page, const Schema& schema) {
  const bool is_provider = page.kind == "Provider";
  const std::string title =
      is_provider ? page.name + " Provider" : page.name + " " + page.kind + " - " + page.provider;
  std::string text = front_matter(title, page.description);
  text += is_provider ? "# " + page.name + " Provider\n\n" : "# " + page.name + " (" + page.kind + ")\n\n";
  text += std::string(core::trim(page.description)) + "\n\n" + example_text(page) + "## Schema\n\n" +
          attributes_text(schema.attributes, {});
  if (!page.import_help.empty()) {
    text += "## Import\n\n" + std::string(core::trim(page.import_help)) + "\n";
  }
  return std::string(core::trim(text)) + "\n";
}

std::string page_of_function(const Page& page, const Function& function) {
  std::string text = front_matter(page.name + " " + page.kind + " - " + page.provider, function.summary);
  text += "# function: " + page.name + "\n\n" + std::string(core::trim(page.description)) + "\n\n" +
          example_text(page) + "## Signature\n\n```text\n" + page.name + "(";
  std::vector<std::string> parameters;
  std::string arguments;
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    const FunctionParameter& parameter = function.parameters[i];
    const std::string type = type_name(parameter.type);
    parameters.push_back(parameter.name + " " + core::to_lower(type));
    arguments +=
        std::to_string(i + 1) + ". `" + parameter.name + "` (" + type + ") " + parameter.description + "\n";
  }
  text += core::join(parameters, ", ") + ") " + core::to_lower(type_name(function.result)) +
          "\n```\n\n## Arguments\n\n" + arguments;
  if (function.result.kind() == Type::Kind::object) {
    text += "\n## Result\n\nAn object with the following attributes:\n\n";
    for (const auto& [name, type] : function.result.attributes()) {
      text += "- `" + name + "` (" + type_name(type) + ")\n";
    }
  }
  return std::string(core::trim(text)) + "\n";
}

}  // namespace tf::markdown
