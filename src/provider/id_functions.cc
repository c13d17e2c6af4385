#include "src/provider/id_functions.h"

#include "src/cloud/vendors.h"
#include "src/core/text.h"
#include "src/provider/import_id.h"

namespace provider {
namespace {

using tf::FunctionError;
using tf::Type;
using tf::Value;
using Result = std::expected<Value, FunctionError>;

std::string text(const Value& argument) {
  return argument.text().value_or("");
}

Value text_or_null(const std::string& text) {
  return text.empty() ? Value() : Value(text);
}

Result parse_id(const std::vector<Value>& arguments) {
  const auto id = parse_import_id(text(arguments.at(0)));
  if (!id) return std::unexpected(FunctionError{.text = id.error(), .argument = 0});
  return Value::Attributes{{"cloud", id->cloud},
                           {"region", id->region},
                           {"image_id", text_or_null(id->image_id)},
                           {"job_id", text_or_null(id->job_id)}};
}

Result import_id(const std::vector<Value>& arguments) {
  auto id = make_import_id(text(arguments.at(0)), text(arguments.at(1)), text(arguments.at(2)));
  if (id) return Value(*std::move(id));
  // The parts are in the order of the parameters.
  return std::unexpected(FunctionError{.text = id.error().text, .argument = id.error().part});
}

std::string vendors_with_jobs() {
  return cloud::display_names([](const cloud::Vendor& vendor) { return vendor.has_jobs; });
}

tf::Function import_id_function() {
  return {.summary = "Returns the import ID of an image",
          .description =
              "Returns `cloud/region/image_id`, which is the `id` of an `image_copy` and the ID for "
              "`terraform import` and `import` blocks. It does not check whether the image exists.",
          .parameters = {{.name = "cloud",
                          .type = Type::string(),
                          .description = core::enumerate(cloud::vendor_names("`"), "or") + "."},
                         {.name = "region",
                          .type = Type::string(),
                          .description = "The region of the image, or the source region of a job."},
                         {.name = "image_id",
                          .type = Type::string(),
                          .description = "The ID of the image. For a copy that is still running on " +
                                         vendors_with_jobs() + ", `job/` followed by the ID of its job."}},
          .result = Type::string(),
          .call = import_id};
}

tf::Function parse_id_function() {
  return {.summary = "Parses the import ID of an image",
          .description =
              "Parses the `id` of an `image_copy`, or any other import ID, and returns an object with its "
              "parts.\n\n`image_id` is null for a running job on " +
              vendors_with_jobs() + "; otherwise, `job_id` is null.",
          .parameters = {{.name = "id",
                          .type = Type::string(),
                          .description = core::enumerate(import_id_forms("`"), "or") + "."}},
          .result = Type::object({{"cloud", Type::string()},
                                  {"region", Type::string()},
                                  {"image_id", Type::string()},
                                  {"job_id", Type::string()}}),
          .call = parse_id};
}

}  // namespace

std::map<std::string, tf::Function> id_functions() {
  return {{"import_id", import_id_function()}, {"parse_id", parse_id_function()}};
}

}  // namespace provider
