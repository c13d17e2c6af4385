#pragma once

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace bench {

/// The measured figures. Each one is printed at once as a line `name value unit`, with at most three
/// decimals.
class Figures {
 public:
  explicit Figures(std::ostream& lines) : lines_(lines) {}

  void add(const std::string& name, double value, const std::string& unit);

  /// All figures in their order, with the printed values.
  [[nodiscard]] nlohmann::json to_json() const { return {{"figures", figures_}}; }

 private:
  std::ostream& lines_;
  nlohmann::json figures_ = nlohmann::json::array();
};

/// The middle value, or the mean of the middle two. Needs at least one value.
double median(std::vector<double> values);

}  // namespace bench
