#include "tests/plugin/sample_thing.h"

#include "tests/plugin/sample_behaviour.h"
#include "tests/plugin/sample_outcome.h"
#include "tests/plugin/sample_schema.h"
#include "tf/codec.h"
#include "tf/plan.h"

namespace sample {
namespace {

using tf::Value;

/// The state of a thing after a planned change.
Value applied(const Value& planned, int revision, const char* event) {
  Value state = with_known_values(planned, thing_schema().type());
  state.set("id", "thing-" + planned["name"].text().value_or(""));
  state.set("revision", revision);
  state.set("history", Value::Elements{event});
  return state;
}

/// The response of a call that was stopped: the state so far, without an error.
tf::StateResponse stopped(Value state) {
  return {.state = std::move(state),
          .private_state = "stopped",
          .diagnostics = {tf::warning("Thing Not Finished", "The call was stopped.")}};
}

tf::StateResponse changed(const std::string& what, Value state, const Value& planned,
                          const std::stop_token& stop) {
  misbehave(what);
  if (what == "wait") {
    wait_for_stop("sample_thing " + planned["name"].text().value_or(""), stop);
    return stopped(std::move(state));
  }
  if (what == "wait_forever") wait_forever("sample_thing " + planned["name"].text().value_or(""));
  return outcome(what, std::move(state), planned);
}

}  // namespace

const tf::Schema& Thing::schema() const {
  return thing_schema();
}

tf::Diagnostics Thing::validate(const Value& config) const {
  const std::string what = requested_behaviour(config, "validate");
  misbehave(what);
  if (what == "odd_text") return odd_diagnostics();
  if (config["text"].text() && config["old_text"].text()) {
    return {tf::error("Conflicting Arguments", R"(Set either "text" or "old_text", not both.)",
                      tf::AttributePath("old_text"))};
  }
  return {};
}

tf::PlanResponse Thing::plan(const tf::PlanRequest& request, const std::stop_token& stop) {
  const std::string what = requested_behaviour(request.config, "plan");
  tf::PlannedChange change = tf::plan_from_schema(schema(), request.prior_state, request.config);
  if (!request.prior_state.is_null() && change.planned != request.prior_state) {
    change.planned.set("revision", Value::unknown());
    change.planned.set("history", Value::unknown());
  }
  // A successful plan keeps the private bytes of the thing. A new thing has none yet.
  tf::PlanResponse response{.planned_state = change.planned,
                            .requires_replace = std::move(change.requires_replace),
                            .planned_private = request.prior_private.empty() ? "new" : request.prior_private,
                            .diagnostics = {}};
  if (what.empty()) return response;
  tf::StateResponse odd = changed(what, change.planned, change.planned, stop);
  response.planned_state = std::move(odd.state);
  response.planned_private = std::move(odd.private_state);
  response.diagnostics = std::move(odd.diagnostics);
  return response;
}

tf::StateResponse Thing::create(tf::CreateRequest request, const std::stop_token& stop) {
  const Value state = applied(request.planned_state, 1, "created");
  auto response = changed(requested_behaviour(request.config, "create"), state, request.planned_state, stop);
  if (!tf::has_error(response.diagnostics)) keep(state);
  return response;
}

tf::StateResponse Thing::read(const tf::ReadRequest& request, const std::stop_token& stop) {
  Value state = request.state;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = things_.find(state["id"].text().value_or(""));
    if (found != things_.end()) state = found->second;
  }
  auto response = changed(requested_behaviour(request.state, "read"), state, state, stop);
  if (response.private_state == "kept") response.private_state = request.private_state;
  return response;
}

tf::StateResponse Thing::update(const tf::UpdateRequest& request, const std::stop_token& stop) {
  const auto revision = static_cast<int>(request.prior_state["revision"].integer().value_or(0)) + 1;
  const Value state = applied(request.planned_state, revision, "updated");
  auto response = changed(requested_behaviour(request.config, "update"), state, request.planned_state, stop);
  if (!tf::has_error(response.diagnostics)) keep(state);
  return response;
}

tf::StateResponse Thing::remove(const tf::DeleteRequest& request, const std::stop_token& stop) {
  const std::string what = requested_behaviour(request.prior_state, "remove");
  if (!what.empty()) return changed(what, request.prior_state, request.prior_state, stop);
  const std::scoped_lock lock(mutex_);
  things_.erase(request.prior_state["id"].text().value_or(""));
  return {};
}

tf::StateResponse Thing::import(const std::string& id, const std::stop_token& stop) {
  const std::string what = requested_behaviour(Value::Attributes{{"behaviour", id}}, "import");
  Value state = tf::null_object(schema().type());
  if (!what.empty()) return changed(what, state, state, stop);
  const std::scoped_lock lock(mutex_);
  const auto found = things_.find(id);
  if (found == things_.end()) {
    return {.state = {},
            .private_state = "",
            .diagnostics = {tf::error("Thing Not Found", "There is no thing \"" + id + "\".")}};
  }
  return {.state = found->second, .private_state = "imported", .diagnostics = {}};
}

tf::StateResponse Thing::upgrade(const tf::UpgradeRequest& request) const {
  auto state = tf::decode_json(request.state_json, schema().type());
  if (!state) {
    return {.state = {},
            .private_state = "",
            .diagnostics = {tf::error("Unreadable State", state.error().to_string())}};
  }
  const std::string what = requested_behaviour(*state, "upgrade");
  if (what.empty()) return {.state = std::move(*state), .private_state = "", .diagnostics = {}};
  return changed(what, *state, *state, {});
}

void Thing::keep(const Value& state) {
  const std::scoped_lock lock(mutex_);
  things_[state["id"].text().value_or("")] = state;
}

}  // namespace sample
