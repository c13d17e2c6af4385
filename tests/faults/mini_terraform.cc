#include "tests/faults/mini_terraform.h"

#include "src/cloud/vendors.h"

namespace faults {

using tf::Value;

std::unique_ptr<provider::ImageProvider> MiniTerraform::start() {
  auto provider = std::make_unique<provider::ImageProvider>(provider::ImageProvider::Dependencies{
      .clock = clock_,
      .log = log_,
      .host = {.environment = [](const char*) -> std::optional<std::string> { return std::nullopt; },
               .read_file = [](const std::string&) -> core::FileResult {
                 return std::unexpected("does not exist");
               }},
      .make_transport = [this](const http::CurlOptions&) { return std::make_unique<Forward>(network_); },
      .version = "0.0.0"});
  Value configuration = tf::null_object(provider->schema().type());
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    const tf::Type type = provider->schema().find(vendor->name)->value_type();
    Value block = tf::null_object(type);
    block.set("access_key", "EMULATORACCESSKEY01");
    block.set("secret_key", "emulator-secret-key-01");
    const std::string endpoint = "http://127.0.0.1/" + std::string(vendor->name) + "/{region}";
    block.set("endpoint", endpoint);
    if (type.attributes().contains("iam_endpoint")) block.set("iam_endpoint", endpoint);
    configuration.set(vendor->name, block);
  }
  note(provider->configure({.terraform_version = "1.11.4", .config = configuration}));
  return provider;
}

Value MiniTerraform::config(const tf::Schema& schema) const {
  Value value = tf::null_object(schema.type());
  for (const auto& [name, attribute] : resource_) value.set(name, attribute);
  return value;
}

bool MiniTerraform::note(const tf::Diagnostics& diagnostics) {
  tf::append(diagnostics_, diagnostics);
  return !tf::has_error(diagnostics);
}

void MiniTerraform::forget() {
  state_ = {};
  private_.clear();
  tainted_ = false;
}

tf::PlanResponse MiniTerraform::plan_with(tf::Resource& resource, const Value& prior,
                                          const std::string& private_state) {
  auto planned = resource.plan(
      {.prior_state = prior, .config = config(resource.schema()), .prior_private = private_state}, {});
  if (!note(planned.diagnostics) || prior.is_null() || planned.requires_replace.empty()) return planned;
  auto replacement = resource.plan(
      {.prior_state = {}, .config = config(resource.schema()), .prior_private = planned.planned_private}, {});
  note(replacement.diagnostics);
  replacement.requires_replace = planned.requires_replace;
  return replacement;
}

bool MiniTerraform::refresh_with(tf::Resource& resource) {
  if (state_.is_null()) return true;
  const auto read = resource.read({.state = state_, .private_state = private_}, {});
  if (!note(read.diagnostics)) return false;
  if (read.state.is_null()) {
    forget();
  } else {
    state_ = read.state;
    private_ = read.private_state;
  }
  return true;
}

bool MiniTerraform::create_with(tf::Resource& resource) {
  const auto planned = plan_with(resource, {}, "");
  if (tf::has_error(planned.diagnostics)) return false;
  const auto created = resource.create({.planned_state = planned.planned_state,
                                        .config = config(resource.schema()),
                                        .planned_private = planned.planned_private},
                                       {});
  const bool done = note(created.diagnostics);
  state_ = created.state;
  private_ = created.private_state;
  tainted_ = !done && !state_.is_null();
  return done;
}

bool MiniTerraform::update_with(tf::Resource& resource, const tf::PlanResponse& planned) {
  const auto updated = resource.update({.prior_state = state_,
                                        .planned_state = planned.planned_state,
                                        .config = config(resource.schema()),
                                        .planned_private = planned.planned_private},
                                       {});
  const bool done = note(updated.diagnostics);
  if (updated.state.is_null()) return done;
  state_ = updated.state;
  private_ = updated.private_state;
  return done;
}

bool MiniTerraform::remove_with(tf::Resource& resource) {
  const auto removed = resource.remove({.prior_state = state_, .private_state = private_}, {});
  if (note(removed.diagnostics)) {
    forget();
    return true;
  }
  if (removed.state.is_null()) return false;
  state_ = removed.state;
  private_ = removed.private_state;
  return false;
}

bool MiniTerraform::refresh() {
  diagnostics_.clear();
  const auto provider = start();
  return refresh_with(*provider->resources().at("image_copy"));
}

bool MiniTerraform::plan() {
  diagnostics_.clear();
  const auto provider = start();
  tf::Resource& resource = *provider->resources().at("image_copy");
  if (!refresh_with(resource)) return false;
  plan_with(resource, tainted_ ? Value() : state_, tainted_ ? "" : private_);
  return !tf::has_error(diagnostics_);
}

bool MiniTerraform::apply() {
  if (!plan()) return false;
  const auto provider = start();
  tf::Resource& resource = *provider->resources().at("image_copy");
  if (state_.is_null()) return create_with(resource);
  if (tainted_) return remove_with(resource) && create_with(resource);
  const auto planned = resource.plan(
      {.prior_state = state_, .config = config(resource.schema()), .prior_private = private_}, {});
  if (tf::has_error(planned.diagnostics)) return note(planned.diagnostics);
  if (!planned.requires_replace.empty()) return remove_with(resource) && create_with(resource);
  return planned.planned_state == state_ || update_with(resource, planned);
}

bool MiniTerraform::destroy() {
  if (!refresh()) return false;
  if (state_.is_null()) return true;
  const auto provider = start();
  return remove_with(*provider->resources().at("image_copy"));
}

bool MiniTerraform::import(const std::string& id) {
  diagnostics_.clear();
  const auto provider = start();
  tf::Resource& resource = *provider->resources().at("image_copy");
  const auto imported = resource.import(id, {});
  if (!note(imported.diagnostics)) return false;
  state_ = imported.state;
  private_ = imported.private_state;
  return refresh_with(resource);
}

bool MiniTerraform::move(const std::string& type, const std::string& state_json) {
  diagnostics_.clear();
  const auto provider = start();
  const tf::Resource& resource = *provider->resources().at("image_copy");
  const auto moved = resource.move({.provider_address = "registry.terraform.io/vendor/cloud",
                                    .type_name = type,
                                    .version = 0,
                                    .state_json = state_json,
                                    .private_state = ""});
  if (!moved || !note(moved->diagnostics)) return false;
  state_ = moved->state;
  private_ = moved->private_state;
  return true;
}

bool MiniTerraform::plans_no_changes() {
  diagnostics_.clear();
  const auto provider = start();
  tf::Resource& resource = *provider->resources().at("image_copy");
  if (!refresh_with(resource) || tainted_ || state_.is_null()) return false;
  const auto planned = resource.plan(
      {.prior_state = state_, .config = config(resource.schema()), .prior_private = private_}, {});
  return note(planned.diagnostics) && planned.requires_replace.empty() && planned.planned_state == state_;
}

}  // namespace faults
