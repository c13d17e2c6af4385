#include "src/cli/discover.h"

#include <set>

#include "src/core/text.h"
#include "tf/validate.h"

namespace cli {
namespace {

using tf::Value;

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

/// Replaces what a Terraform identifier may not contain by underscores. Empty if nothing else is left.
std::string identifier(std::string_view text) {
  std::string kept;
  for (const char c : core::to_lower(text)) {
    const bool is_allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (is_allowed) {
      kept += c;
    } else if (!kept.empty() && kept.back() != '_') {
      kept += '_';
    }
  }
  while (kept.ends_with('_')) kept.pop_back();
  return kept;
}

/// Returns a resource name that is not in `taken`. It ends with the location, because the results for several
/// regions may be put into one configuration.
std::string resource_name(const std::string& image_name, const std::string& location,
                          std::set<std::string>& taken) {
  std::string base = identifier(image_name);
  if (base.empty()) base = "image";
  const bool has_valid_start = (base[0] >= 'a' && base[0] <= 'z') || base[0] == '_';
  if (!has_valid_start) base.insert(0, "image_");
  base += "_" + identifier(location);
  std::string name = base;
  for (int i = 2; !taken.insert(name).second; ++i) name = base + "_" + std::to_string(i);
  return name;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

/// Returns the text as an HCL string literal.
std::string quoted(const std::string& text) {
  std::string escaped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' || c == '\\') escaped += '\\';
    if (is_control(c)) {
      escaped += "\\u00" + core::to_hex(text.substr(i, 1));
      continue;
    }
    // Doubling the sign keeps it from starting a template.
    if ((c == '$' || c == '%') && text.substr(i + 1, 1) == "{") escaped += c;
    escaped += c;
  }
  return "\"" + escaped + "\"";
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

/// Names the options of the command line instead of the arguments of the data source, which stand for them.
void name_options(tf::Diagnostics& diagnostics) {
  for (tf::Diagnostic& diagnostic : diagnostics) {
    const std::string argument = diagnostic.attribute.to_string();
    if (argument.empty()) continue;
    // One option sets one tag.
    const std::string option =
        "--" + (argument.starts_with("tags") ? "tag" : core::replace_all(argument, "_", "-"));
    const std::size_t at = diagnostic.summary.rfind(argument);
    if (at == std::string::npos) {
      // What concerns a cloud as a whole, such as its credentials, is attached to "cloud".
      if (argument != "cloud") diagnostic.summary += " (" + option + ")";
    } else {
      diagnostic.summary.replace(at, argument.size(), option);
    }
    diagnostic.attribute = {};
  }
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
  name_options(diagnostics);
  print(terminal.messages, diagnostics);
  if (tf::has_error(diagnostics)) return 1;

  const std::string region = found.state["region"].text().value_or("");
  const std::string location = request.cloud + "_" + region;
  const Value::Elements* images = found.state["images"].as_elements();
  std::set<std::string> names;
  if (images != nullptr) {
    for (const Value& image : *images) {
      terminal.out << comment(image) << "\nimport {\n  to = image_copy."
                   << resource_name(image["name"].text().value_or(""), location, names)
                   << "\n  id = " << quoted(image["id"].text().value_or("")) << "\n}\n\n";
    }
  }
  if (!has_printed(terminal)) return 1;
  if (names.empty()) {
    terminal.messages << "No image in " << request.cloud << "/" << region << " matches.\n";
  } else {
    terminal.messages << names.size() << (names.size() == 1 ? " image" : " images") << " in " << request.cloud
                      << "/" << region
                      << ". Add the import blocks that you want to a .tf file, then run \"terraform plan "
                         "-generate-config-out=images.tf\" to generate their resources.\n";
  }
  return 0;
}

}  // namespace cli
