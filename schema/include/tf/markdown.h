#pragma once

#include <string>
#include <string_view>

#include "tf/function.h"
#include "tf/schema.h"

/// Documentation pages in the form that registries expect (PROTOCOL.md 11.4).
namespace tf::markdown {

/// The content of a page beside its schema. Everything is Markdown, and any part may be empty.
struct Page {
  std::string name;      ///< such as `image_copy`
  std::string kind;      ///< `Resource`, `Data Source`, `function` or `Provider`
  std::string provider;  ///< local name, such as `image`
  std::string
      description;      ///< its first paragraph is also the summary in the front matter of a schema's page
  std::string example;  ///< HCL
  std::string import_help;  ///< how to import an object
};

/// Returns the page of a provider, resource or data source, with its attributes grouped into required,
/// optional and read-only ones.
std::string page_of_schema(const Page& page, const Schema& schema);

/// Returns the page of a function, with its signature, arguments and result.
std::string page_of_function(const Page& page, const Function& function);

}  // namespace tf::markdown
