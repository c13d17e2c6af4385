#include "tf/attribute_path.h"

namespace tf {

AttributePath AttributePath::with(Step step) const {
  AttributePath longer = *this;
  longer.steps_.push_back(std::move(step));
  return longer;
}

std::string AttributePath::to_string() const {
  std::string text;
  for (const Step& step : steps_) {
    if (const auto* attribute = std::get_if<Attribute>(&step)) {
      text += (text.empty() ? "" : ".") + attribute->name;
    } else if (const auto* key = std::get_if<Key>(&step)) {
      text += "[\"" + key->key + "\"]";
    } else {
      text += "[" + std::to_string(std::get<Index>(step).index) + "]";
    }
  }
  return text;
}

}  // namespace tf
