#include "src/provider/provider_schema.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "src/cloud/vendors.h"
#include "tests/support/catch.h"

namespace {

/// The attribute of a setting such as `assume_role.duration`; null if there is none.
const tf::Attribute* find_attribute(const std::vector<tf::Attribute>& attributes,
                                    const std::string& setting) {
  const std::size_t dot = setting.find('.');
  const auto found = std::ranges::find(attributes, setting.substr(0, dot), &tf::Attribute::name);
  if (found == attributes.end()) return nullptr;
  if (dot == std::string::npos) return &*found;
  return found->nested ? find_attribute(found->nested->attributes, setting.substr(dot + 1)) : nullptr;
}

bool names(const tf::Attribute* attribute, std::string_view variable) {
  return attribute != nullptr &&
         attribute->description.find("`" + std::string(variable) + "`") != std::string::npos;
}

/// The names of the attributes, nested ones included, whose description contains an empty code span.
std::vector<std::string> with_gaps(const std::vector<tf::Attribute>& attributes) {
  std::vector<std::string> found;
  for (const tf::Attribute& attribute : attributes) {
    if (attribute.description.find("``") != std::string::npos) found.push_back(attribute.name);
    if (!attribute.nested) continue;
    std::ranges::copy(with_gaps(attribute.nested->attributes), std::back_inserter(found));
  }
  return found;
}

}  // namespace

TEST_CASE("every environment variable of a setting is named in the description of its argument") {
  const tf::Schema schema = provider::provider_schema();
  int settings = 0;
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    const tf::Attribute* object = schema.find(vendor->name);
    REQUIRE(object != nullptr);
    const auto& attributes = object->nested->attributes;
    const cloud::KeyPairVariables& pair = vendor->key_pair_variables.front();
    CAPTURE(vendor->name);
    CHECK(names(find_attribute(attributes, "region"), vendor->region_variables.front()));
    CHECK(names(find_attribute(attributes, "access_key"), pair.access_key));
    CHECK(names(find_attribute(attributes, "secret_key"), pair.secret_key));
    CHECK(names(find_attribute(attributes, "security_token"), pair.security_token));
    for (const cloud::SettingVariables& each : vendor->setting_variables) {
      CAPTURE(each.setting);
      CHECK(names(find_attribute(attributes, std::string(each.setting)), each.variable));
      ++settings;
    }
  }
  CHECK(settings > 10);
}

TEST_CASE("no description has a gap where the name of an environment variable is missing") {
  const tf::Schema schema = provider::provider_schema();
  CHECK(with_gaps(schema.attributes) == std::vector<std::string>());
}
