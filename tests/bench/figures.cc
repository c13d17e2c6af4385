#include "tests/bench/figures.h"

#include <algorithm>
#include <cmath>

namespace bench {

using nlohmann::json;

namespace {

/// The value without trailing zeros.
json with_three_decimals(double value) {
  const double rounded = std::round(value * 1000) / 1000;
  if (rounded == std::floor(rounded)) return static_cast<long>(rounded);
  return rounded;
}

}  // namespace

void Figures::add(const std::string& name, double value, const std::string& unit) {
  const json number = with_three_decimals(value);
  lines_ << name << ' ' << number << ' ' << unit << '\n' << std::flush;
  figures_.push_back({{"name", name}, {"value", number}, {"unit", unit}});
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

}  // namespace bench
