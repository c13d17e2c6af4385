#include "src/provider/vendors/vendors.h"

#include <algorithm>
#include <utility>

namespace provider {
namespace {

using tf::Value;

bool holds_text(const Value& object) {
  const auto* attributes = object.as_attributes();
  return attributes != nullptr && std::ranges::any_of(*attributes, [](const auto& attribute) {
           return !attribute.second.text().value_or("").empty();
         });
}

/// Null if the copy has no vendor's own object.
const VendorSchema* schema_of_copy_object(const Value& copy) {
  const cloud::Vendor* vendor = cloud::find_vendor(copy["cloud"].text().value_or(""));
  const auto found = std::ranges::find_if(vendor_schemas(), [&](const VendorSchema* schema) {
    return schema->copy_object != nullptr && &schema->vendor == vendor && !copy[vendor->name].is_null();
  });
  return found == vendor_schemas().end() ? nullptr : *found;
}

}  // namespace

const VendorSchema& vendor_schema(cloud::VendorId id) {
  switch (id) {
    case cloud::VendorId::alicloud: return alicloud::schema();
    case cloud::VendorId::baiducloud: return baiducloud::schema();
    case cloud::VendorId::huaweicloud: return huaweicloud::schema();
  }
  std::unreachable();
}

std::span<const VendorSchema* const> vendor_schemas() {
  static const auto kSchemas = [] {
    std::array<const VendorSchema*, cloud::kVendorIds.size()> all{};
    std::ranges::transform(cloud::kVendorIds, all.begin(),
                           [](cloud::VendorId id) { return &vendor_schema(id); });
    return all;
  }();
  return kSchemas;
}

std::string with_notes(std::string_view argument, std::string description) {
  for (const VendorSchema* schema : vendor_schemas()) {
    for (const ArgumentNote& note : schema->notes) {
      if (note.argument != argument) continue;
      description += " " + std::string(schema->vendor.display_name) + ": " + std::string(note.text) + ".";
    }
  }
  return description;
}

tf::AttributePath copy_object_path(const Value& copy) {
  const VendorSchema* schema = schema_of_copy_object(copy);
  return schema == nullptr ? tf::AttributePath() : tf::AttributePath(schema->vendor.name);
}

void read_copy_object(const Value& copy, cloud::CopySpec& spec) {
  const VendorSchema* schema = schema_of_copy_object(copy);
  if (schema != nullptr) schema->read_copy_object(copy[schema->vendor.name], spec);
}

bool is_copy_object(std::string_view attribute) {
  const cloud::Vendor* owner = cloud::find_vendor(attribute);
  return std::ranges::any_of(vendor_schemas(), [&](const VendorSchema* schema) {
    return schema->copy_object != nullptr && &schema->vendor == owner;
  });
}

tf::Diagnostics check_foreign_objects(const cloud::Vendor& vendor, const Value& copy) {
  tf::Diagnostics diagnostics;
  for (const VendorSchema* schema : vendor_schemas()) {
    const std::string name(schema->vendor.name);
    if (&schema->vendor == &vendor || schema->copy_object == nullptr || !holds_text(copy[name])) continue;
    diagnostics.push_back(tf::error("Argument Not Supported by This Cloud",
                                    "The arguments in \"" + name + "\" apply only to copies on " +
                                        std::string(schema->vendor.display_name) +
                                        ". Remove the object, or set cloud = \"" + name + "\".",
                                    tf::AttributePath(name)));
  }
  return diagnostics;
}

}  // namespace provider
