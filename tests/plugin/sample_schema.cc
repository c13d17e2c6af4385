#include "tests/plugin/sample_schema.h"

#include "tf/validate.h"

namespace sample {
namespace {

using tf::Attribute;
using tf::Nesting;
using tf::Presence;
using tf::Type;

Attribute nested(std::string name, Nesting nesting, std::string description,
                 std::vector<Attribute> attributes) {
  return {.name = std::move(name),
          .presence = Presence::optional,
          .description = std::move(description),
          .nested = std::make_shared<const tf::NestedAttributes>(
              tf::NestedAttributes{.nesting = nesting, .attributes = std::move(attributes)})};
}

Attribute optional(std::string name, Type type, std::string description) {
  return {.name = std::move(name),
          .type = std::move(type),
          .presence = Presence::optional,
          .description = std::move(description)};
}

std::vector<Attribute> simple_attributes() {
  return {
      {.name = "name", .presence = Presence::required, .description = "Becomes part of the `id`."},
      optional("behaviour", Type::string(), "What goes wrong in which call, such as `create:throw`."),
      optional("text", Type::string(), "Any text."),
      optional("amount", Type::number(), "Any number."),
      optional("enabled", Type::boolean(), "Yes or no."),
      {.name = "size",
       .type = Type::number(),
       .presence = Presence::optional,
       .description = "A whole number from 1 to 100.",
       .validators = {tf::validators::integer_between(1, 100)}},
      {.name = "secret",
       .presence = Presence::optional,
       .description = "Nobody may read it.",
       .sensitive = true},
      {.name = "zone",
       .presence = Presence::optional,
       .description = "A change means a new thing.",
       .replacement = tf::Replacement::on_change},
      {.name = "mode",
       .presence = Presence::optional_computed,
       .description = "`fast` or `slow`.",
       .default_value = tf::Value("fast"),
       .validators = {tf::validators::one_of({"fast", "slow"})}},
      {.name = "region",
       .presence = Presence::optional_computed,
       .description = "The provider chooses it if nobody else does."},
      {.name = "old_text",
       .presence = Presence::optional,
       .description = "What `text` was once called.",
       .deprecation = "Use `text`."},
  };
}

std::vector<Attribute> composite_attributes() {
  return {
      optional("items", Type::list(Type::string()), "Any texts."),
      optional("numbers", Type::set(Type::number()), "Any numbers."),
      optional("labels", Type::map(Type::string()), "Any texts by name."),
      optional("shape", Type::object({{"note", Type::string()}, {"width", Type::number()}}, {"note"}),
               "An object whose `note` may be left out."),
      optional("pair", Type::tuple({Type::string(), Type::number()}), "A text and a number."),
      optional("anything", Type::dynamic(), "Any value of any type."),
  };
}

std::vector<Attribute> nested_attributes() {
  return {
      tf::nested_object("limits", Presence::optional, "What may be used and what is.",
                        {optional("most", Type::number(), "What may be used."),
                         {.name = "used",
                          .type = Type::number(),
                          .presence = Presence::computed,
                          .description = "What is used."}}),
      nested("rules", Nesting::list, "Rules in their order.",
             {{.name = "port",
               .type = Type::number(),
               .presence = Presence::required,
               .description = "What the rule is for."},
              optional("note", Type::string(), "Why there is a rule."),
              {.name = "state", .presence = Presence::computed, .description = "What became of it."}}),
      nested("mounts", Nesting::map, "Folders by name.",
             {{.name = "path", .presence = Presence::required, .description = "Where it is."},
              {.name = "access",
               .presence = Presence::optional_computed,
               .description = "`ro` or `rw`.",
               .default_value = tf::Value("ro")}}),
      nested("ports", Nesting::set, "Open ports.",
             {{.name = "number",
               .type = Type::number(),
               .presence = Presence::required,
               .description = "Of the port."}}),
  };
}

std::vector<Attribute> computed_attributes() {
  return {
      {.name = "id", .presence = Presence::computed, .description = "Names the thing."},
      {.name = "revision",
       .type = Type::number(),
       .presence = Presence::computed,
       .description = "Grows with every update."},
      {.name = "history",
       .type = Type::list(Type::string()),
       .presence = Presence::computed,
       .description = "What was done to it."},
  };
}

tf::Schema make_thing_schema() {
  tf::Schema schema{.version = 1, .description = "A thing that exists in memory only.", .attributes = {}};
  for (const auto& attributes :
       {simple_attributes(), composite_attributes(), nested_attributes(), computed_attributes()}) {
    schema.attributes.insert(schema.attributes.end(), attributes.begin(), attributes.end());
  }
  return schema;
}

}  // namespace

const tf::Schema& provider_schema() {
  static const tf::Schema kSchema = {
      .description = "A provider to test with.",
      .attributes = {
          optional("behaviour", Type::string(), "What goes wrong, such as `configure:throw`."),
          {.name = "token",
           .presence = Presence::optional,
           .description = "Nobody may read it.",
           .sensitive = true},
          optional("tags", Type::map(Type::string()), "Any texts by name."),
      }};
  return kSchema;
}

const tf::Schema& thing_schema() {
  static const tf::Schema kSchema = make_thing_schema();
  return kSchema;
}

}  // namespace sample
