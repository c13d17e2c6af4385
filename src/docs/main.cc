#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "src/core/clock.h"
#include "src/core/command_line.h"
#include "src/core/file.h"
#include "src/core/log.h"
#include "src/core/text.h"
#include "src/provider/error_help.h"
#include "src/provider/image_provider.h"
#include "tf/markdown.h"

// Writes the reference pages of the documentation from the schemas, and the tables of the guides that the
// source code holds, or checks that they are up to date.

namespace {

namespace fs = std::filesystem;
namespace markdown = tf::markdown;

constexpr const char* kProvider = "image";

/// The text of each page, by its path below `docs/`.
using Pages = std::map<std::string, std::string>;

std::string example(const fs::path& file) {
  const auto text = core::read_file(file);
  if (!text) throw std::runtime_error("the example " + file.string() + " is missing");
  return *text;
}

std::string code(const std::string& language, const fs::path& file) {
  return "```" + language + "\n" + std::string(core::trim(example(file))) + "\n```\n";
}

/// How page files are named.
struct Naming {
  bool without_prefix = false;

  [[nodiscard]] std::string file_of(const std::string& folder, std::string_view name) const {
    const std::string prefix = std::string(kProvider) + "_";
    if (without_prefix && name.starts_with(prefix)) name.remove_prefix(prefix.size());
    return folder + "/" + std::string(name) + ".md";
  }
};

/// Returns the value of `key:` in the front matter of a page, which may begin on the next line.
std::string front_matter(const std::string& page, const std::string& key) {
  const std::size_t begin = page.find("\n" + key + ":");
  if (begin == std::string::npos) return "";
  std::string value = page.substr(begin + key.size() + 2);
  value = value.substr(0, value.find('\n', value.find_first_not_of(" |-\n")));
  return std::string(core::trim(core::replace_all(core::replace_all(value, "|-", ""), "\"", "")));
}

/// Returns a Markdown list of the guides in the folder, with their titles and summaries.
std::string list_of_guides(const fs::path& folder) {
  std::map<std::string, std::string> lines;
  if (!fs::is_directory(folder)) return "";
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string page = example(entry.path());
    lines[entry.path().filename()] = "* [" + front_matter(page, "page_title") + "](guides/" +
                                     entry.path().filename().string() +
                                     "): " + front_matter(page, "description") + "\n";
  }
  std::string text = "## Guides\n\n";
  for (const auto& [name, line] : lines) text += line;
  return text;
}

/// Replaces the table that has the same header as the given one. Throws if there is none.
std::string with_table(const std::string& page, const std::string& table) {
  const std::string header = table.substr(0, table.find('\n') + 1);
  const std::size_t begin = page.find("\n" + header);
  if (begin == std::string::npos) throw std::runtime_error("a guide has no table with the header " + header);
  const std::size_t end = page.find("\n\n", begin + 1);
  return page.substr(0, begin + 1) + table + (end == std::string::npos ? "" : page.substr(end + 1));
}

/// The guides that contain a table from the source code.
void add_guides(Pages& pages, const fs::path& out) {
  const std::string path = "guides/errors.md";
  if (!fs::exists(out / path)) return;
  pages[path] = with_table(example(out / path), provider::error_table());
}

Pages make_pages(const tf::Provider& provider, const fs::path& examples, const fs::path& out,
                 const Naming& naming) {
  Pages pages;
  pages["index.md"] = markdown::page_of_schema(
      {.name = kProvider,
       .kind = "Provider",
       .provider = kProvider,
       .description = provider.schema().description + "\n\n" + list_of_guides(out / "guides"),
       .example = example(examples / "provider/provider.tf"),
       .import_help = ""},
      provider.schema());
  for (const auto& [name, resource] : provider.resources()) {
    const fs::path folder = examples / "resources" / name;
    pages[naming.file_of("resources", name)] = markdown::page_of_schema(
        {.name = name,
         .kind = "Resource",
         .provider = kProvider,
         .description = resource->schema().description,
         .example = example(folder / "resource.tf"),
         .import_help = "Use an `import` block. `terraform plan -generate-config-out=FILE` can generate the "
                        "configuration:\n\n" +
                        code("terraform", folder / "import.tf") +
                        "\nOr use the `terraform import` command:\n\n" + code("shell", folder / "import.sh")},
        resource->schema());
  }
  for (const auto& [name, source] : provider.data_sources()) {
    pages[naming.file_of("data-sources", name)] =
        markdown::page_of_schema({.name = name,
                                  .kind = "Data Source",
                                  .provider = kProvider,
                                  .description = source->schema().description,
                                  .example = example(examples / "data-sources" / name / "data-source.tf"),
                                  .import_help = ""},
                                 source->schema());
  }
  for (const auto& [name, function] : provider.functions()) {
    pages[naming.file_of("functions", name)] =
        markdown::page_of_function({.name = name,
                                    .kind = "function",
                                    .provider = kProvider,
                                    .description = function.description,
                                    .example = example(examples / "functions" / name / "function.tf"),
                                    .import_help = ""},
                                   function);
  }
  add_guides(pages, out);
  return pages;
}

/// Returns the paths of the reference pages in the folder.
std::vector<std::string> existing_pages(const fs::path& folder) {
  std::vector<std::string> paths;
  for (const char* part : {"resources", "data-sources", "functions"}) {
    if (!fs::is_directory(folder / part)) continue;
    for (const auto& entry : fs::directory_iterator(folder / part)) {
      paths.push_back(fs::relative(entry.path(), folder));
    }
  }
  return paths;
}

/// Prints the pages that are missing, stale or obsolete, and returns their number.
int check(const Pages& pages, const fs::path& folder) {
  int stale = 0;
  const auto report = [&](const std::string& path, const char* problem) {
    std::cerr << (folder / path).string() << " " << problem << "\n";
    ++stale;
  };
  for (const auto& [path, text] : pages) {
    const auto existing = core::read_file(folder / path);
    if (!existing) {
      report(path, "is missing");
    } else if (*existing != text) {
      report(path, "is stale");
    }
  }
  for (const std::string& path : existing_pages(folder)) {
    if (!pages.contains(path)) report(path, "documents nothing that the provider has");
  }
  if (stale > 0) std::cerr << "Build the target \"docs\" to regenerate the pages.\n";
  return stale;
}

void write(const Pages& pages, const fs::path& folder) {
  for (const std::string& path : existing_pages(folder)) {
    if (!pages.contains(path)) fs::remove(folder / path);
  }
  for (const auto& [path, text] : pages) {
    fs::create_directories((folder / path).parent_path());
    if (!(std::ofstream(folder / path) << text)) throw std::runtime_error("cannot write " + path);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::string examples;
  std::string folder;
  bool only_check = false;
  Naming naming;
  CLI::App app("Write the provider's reference pages from its schemas and examples.", "image-docs");
  app.get_formatter()->label("REQUIRED", "(required)");
  app.add_option("--examples", examples, "Read the examples from this directory")
      ->required()
      ->type_name("DIR")
      ->check(CLI::ExistingDirectory.description(""));
  app.add_option("--out", folder, "Write the pages into this directory")->required()->type_name("DIR");
  app.add_flag("--check", only_check, "Write nothing; fail if a page is not up to date");
  app.add_flag(
      "--without-prefix", naming.without_prefix,
      "Omit \"image_\" from the file names of resources and data sources, as some registries expect");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return core::end_of_parsing(app, error, 2);
  }
  core::SystemClock clock;
  core::NullLogger log;
  const provider::ImageProvider provider(
      {.clock = clock, .log = log, .host = {}, .make_transport = {}, .version = ""});
  try {
    const Pages pages = make_pages(provider, examples, folder, naming);
    if (only_check) return check(pages, folder) == 0 ? 0 : 1;
    write(pages, folder);
  } catch (const std::exception& error) {
    std::cerr << "Error: " << error.what() << ".\n";
    return 1;
  }
  return 0;
}
