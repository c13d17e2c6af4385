#include <unistd.h>

#include <iostream>

#include "tests/plugin/sample_behaviour.h"
#include "tests/plugin/sample_outcome.h"
#include "tests/plugin/sample_schema.h"
#include "tests/plugin/sample_thing.h"
#include "tf/serve.h"

namespace {

/// The data source `sample_thing`, which returns its configuration.
class ThingSource final : public tf::DataSource {
 public:
  [[nodiscard]] const tf::Schema& schema() const override { return sample::thing_schema(); }

  [[nodiscard]] tf::Diagnostics validate(const tf::Value& config) const override {
    sample::misbehave(sample::requested_behaviour(config, "validate"));
    return {};
  }

  tf::DataResponse read(const tf::Value& config, const std::stop_token& stop) override {
    const std::string what = sample::requested_behaviour(config, "read");
    sample::misbehave(what);
    if (what == "wait") sample::wait_for_stop("data", stop);
    return {.state = config, .diagnostics = {}};
  }
};

/// The function `repeat`, which misbehaves as its text requests.
tf::Function repeat() {
  return {.summary = "Repeats a text",
          .description = "Returns the text `times` times.",
          .parameters = {{.name = "text", .type = tf::Type::string(), .description = "The text to repeat."},
                         {.name = "times",
                          .type = tf::Type::number(),
                          .description = "The number of repetitions."}},
          .result = tf::Type::string(),
          .call = [](const std::vector<tf::Value>& arguments) -> std::expected<tf::Value, tf::FunctionError> {
            const std::string text = arguments.at(0).text().value_or("");
            sample::misbehave(text);
            if (text == "wrong_type") return tf::Value(true);
            if (text == "no_reason") return std::unexpected(tf::FunctionError{.text = "It \xff cannot."});
            const auto times = arguments.at(1).integer();
            if (!times || *times < 0) {
              return std::unexpected(tf::FunctionError{.text = "It must be a whole number.", .argument = 1});
            }
            std::string repeated;
            for (std::int64_t i = 0; i < *times; ++i) repeated += text;
            return tf::Value(repeated);
          }};
}

class SampleProvider final : public tf::Provider {
 public:
  [[nodiscard]] const tf::Schema& schema() const override { return sample::provider_schema(); }

  [[nodiscard]] tf::Diagnostics validate(const tf::Value& config) const override {
    const std::string what = sample::requested_behaviour(config, "validate");
    sample::misbehave(what);
    return what == "odd_text" ? sample::odd_diagnostics() : tf::Diagnostics();
  }

  tf::Diagnostics configure(const tf::ConfigureRequest& request) override {
    sample::misbehave(sample::requested_behaviour(request.config, "configure"));
    return {};
  }

  [[nodiscard]] const std::map<std::string, tf::Resource*>& resources() const override { return resources_; }
  [[nodiscard]] const std::map<std::string, tf::DataSource*>& data_sources() const override {
    return data_sources_;
  }
  [[nodiscard]] const std::map<std::string, tf::Function>& functions() const override { return functions_; }

 private:
  sample::Thing thing_;
  ThingSource thing_source_;
  const std::map<std::string, tf::Resource*> resources_ = {{"sample_thing", &thing_}};
  const std::map<std::string, tf::DataSource*> data_sources_ = {{"sample_thing", &thing_source_}};
  const std::map<std::string, tf::Function> functions_ = {{"repeat", repeat()}};
};

}  // namespace

int main() {
  tf::plugin::report_crashes();
  if (!tf::plugin::started_by_terraform()) {
    std::cerr << "This program is a Terraform provider. Terraform starts it; do not run it directly.\n";
    return 1;
  }
  const core::SystemClock clock;
  core::HclogLogger log(clock, STDERR_FILENO, tf::plugin::requested_log_level(), "sample");
  SampleProvider provider;
  return tf::plugin::serve("terraform-provider-sample", provider, clock, log);
}
