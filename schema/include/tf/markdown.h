#pragma once

#include <string>
#include <string_view>

#include "tf/function.h"
#include "tf/schema.h"

/// Pages for the documentation that registries show (PROTOCOL.md 11.4).
namespace tf::markdown {

/// What a page shows beside the schema; all of it Markdown, and each part may be empty.
struct Page {
  std::string name;         ///< such as `image_copy`
  std::string kind;         ///< `Resource`, `Data Source`, `function` or `Provider`
  std::string provider;     ///< local name, such as `image`
  std::string description;  ///< the first paragraph is also the page's summary
  std::string example;      ///< HCL
  std::string import_help;  ///< how an object is imported
};

/// A page about something that has a schema: its attributes, required, optional and read-only ones apart.
std::string page_of_schema(const Page& page, const Schema& schema);

/// A page about a function: its signature, arguments and result.
std::string page_of_function(const Page& page, const Function& function);

}  // namespace tf::markdown
