#include "tf/markdown.h"

#include "tests/support/catch.h"

using tf::Attribute;
using tf::Presence;
using tf::Type;

namespace {

tf::Schema sample() {
  return {
      .version = 0,
      .description = "",
      .attributes = {
          Attribute{.name = "b", .presence = Presence::optional_computed, .description = "Second."},
          Attribute{.name = "a", .presence = Presence::optional, .description = "First.", .sensitive = true},
          Attribute{.name = "tags",
                    .type = Type::map(Type::string()),
                    .presence = Presence::required,
                    .description = "Tags."},
          Attribute{.name = "id", .presence = Presence::computed, .description = "Computed."},
          tf::nested_object(
              "inner", Presence::optional, "More.",
              {Attribute{.name = "deep", .presence = Presence::required, .description = "Deep."}})}};
}

tf::markdown::Page page() {
  return {.name = "sample_thing",
          .kind = "Resource",
          .provider = "sample",
          .description = "A thing.\nOf samples.\n\nMore of it.",
          .example = "resource {}\n",
          .import_help = "By its id."};
}

}  // namespace

TEST_CASE("a page has front matter, an example, attributes by presence, and a section on import") {
  CHECK(tf::markdown::page_of_schema(page(), sample()) ==
        "---\npage_title: \"sample_thing Resource - sample\"\nsubcategory: \"\"\ndescription: |-\n"
        "  A thing. Of samples.\n---\n\n# sample_thing (Resource)\n\nA thing.\nOf samples.\n\nMore of it.\n\n"
        "## Example Usage\n\n```terraform\nresource {}\n```\n\n## Schema\n\n### Required\n\n"
        "- `tags` (Map of String) Tags.\n\n### Optional\n\n- `a` (String, Sensitive) First.\n- `b` (String) "
        "Second.\n"
        "- `inner` (Attributes) More. (see [below for nested schema](#nestedatt--inner))\n\n### Read-Only\n\n"
        "- `id` (String) Computed.\n\n<a id=\"nestedatt--inner\"></a>\n### Nested Schema for "
        "`inner`\n\nRequired:\n\n"
        "- `deep` (String) Deep.\n\n## Import\n\nBy its id.\n");
}

TEST_CASE("a page about a function has its signature, arguments and the parts of its result") {
  const tf::Function function{
      .summary = "Takes a text apart",
      .description = "Takes a text apart.",
      .parameters = {{.name = "text", .type = Type::string(), .description = "The text."}},
      .result = Type::object({{"first", Type::string()}}),
      .call = {}};
  const std::string text = tf::markdown::page_of_function(page(), function);
  CAPTURE(text);
  CHECK(text.find("description: |-\n  Takes a text apart\n") != std::string::npos);
  CHECK(text.find("sample_thing(text string) object\n") != std::string::npos);
  CHECK(text.find("1. `text` (String) The text.\n") != std::string::npos);
  CHECK(text.find("- `first` (String)\n") != std::string::npos);
}
