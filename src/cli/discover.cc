#include "src/cli/discover.h"

#include <set>

#include "schema/validate.h"
#include "src/core/text.h"

namespace cli {
namespace {

using tf::Value;

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

/// An identifier of Terraform's that no other image has yet.
std::string resource_name(const std::string& image_name, std::set<std::string>& taken) {
  std::string base;
  for (const char c : core::to_lower(image_name)) {
    const bool is_letter = (c >= 'a' && c <= 'z') || c == '_';
    const bool is_other = (c >= '0' && c <= '9') || c == '-';
    if (base.empty() && is_other) base = "image_";
    if (is_letter || is_other) {
      base += c;
    } else if (!base.empty() && base.back() != '_') {
      base += '_';
    }
  }
  while (base.ends_with('_')) base.pop_back();
  if (base.empty()) base = "image";
  std::string name = base;
  for (int i = 2; !taken.insert(name).second; ++i) name = base + "_" + std::to_string(i);
  return name;
}

/// As a configuration writes text.
std::string quoted(const std::string& text) {
  std::string inside;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' || c == '\\') inside += '\\';
    // A template would begin here.
    if ((c == '$' || c == '%') && text.substr(i + 1, 1) == "{") inside += c;
    inside += c;
  }
  return "\"" + inside + "\"";
}

std::string comment(const Value& image) {
  std::string line = "# " + core::without_controls(image["name"].text().value_or(""));
  for (const char* part : {"status", "created_at", "os_name"}) {
    const std::string text = image[part].text().value_or("");
    if (!text.empty()) line += ", " + core::without_controls(text);
  }
  if (const auto size = image["size_gb"].integer()) line += ", " + std::to_string(*size) + " GiB";
  return line;
}

}  // namespace

int discover(const DiscoverRequest& request, tf::Provider& provider, const Terminal& terminal) {
  tf::DataSource& list = *provider.data_sources().at("image_list");
  Value config = tf::null_object(list.schema().type());
  config.set("cloud", request.cloud);
  config.set("region", text_or_null(request.region));
  config.set("name", text_or_null(request.name));
  config.set("name_regex", text_or_null(request.name_regex));
  config.set("status", text_or_null(request.status));
  if (!request.tags.empty()) {
    Value::Attributes tags;
    for (const auto& [key, value] : request.tags) tags.emplace(key, value);
    config.set("tags", std::move(tags));
  }
  tf::Diagnostics diagnostics = tf::validate_config(list.schema(), config);
  if (!tf::has_error(diagnostics)) tf::append(diagnostics, list.validate(config));
  tf::DataResponse found;
  if (!tf::has_error(diagnostics)) {
    found = list.read(config, {});
    tf::append(diagnostics, std::move(found.diagnostics));
  }
  print(terminal.messages, diagnostics);
  if (tf::has_error(diagnostics)) return 1;

  const std::string region = found.state["region"].text().value_or("");
  const Value::Elements* images = found.state["images"].as_elements();
  std::set<std::string> names;
  if (images != nullptr) {
    for (const Value& image : *images) {
      terminal.out << comment(image) << "\nimport {\n  to = image_copy."
                   << resource_name(image["name"].text().value_or(""), names)
                   << "\n  id = " << quoted(image["id"].text().value_or("")) << "\n}\n\n";
    }
  }
  if (!has_printed(terminal)) return 1;
  if (names.empty()) {
    terminal.messages << "No image in " << region << " on " << request.cloud << " matches.\n";
  } else {
    terminal.messages << names.size() << (names.size() == 1 ? " image" : " images") << " in " << region
                      << " on " << request.cloud
                      << ". Put the blocks that you want into a .tf file; then \"terraform plan "
                         "-generate-config-out=images.tf\" writes the resources that go with them.\n";
  }
  return 0;
}

}  // namespace cli
