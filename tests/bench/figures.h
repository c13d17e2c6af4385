#pragma once

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace bench {

/// What was measured: each figure is printed as a line `name value unit` as soon as it is there, with at most
/// three decimals.
class Figures {
 public:
  explicit Figures(std::ostream& lines) : lines_(lines) {}

  void add(const std::string& name, double value, const std::string& unit);

  /// All of them in their order, with the values as printed.
  [[nodiscard]] nlohmann::json to_json() const { return {{"figures", figures_}}; }

 private:
  std::ostream& lines_;
  nlohmann::json figures_ = nlohmann::json::array();
};

/// The middle one, or the mean of the middle two; at least one.
double median(std::vector<double> values);

}  // namespace bench
