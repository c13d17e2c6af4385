#include "src/provider/image_copy/operations.h"
#include "src/provider/image_copy/schema.h"
#include "src/provider/vendor_states.h"
#include "tf/codec.h"
#include "tf/upgrade.h"

namespace provider {
namespace {

tf::StateResponse add_violation(std::string summary, std::string detail) {
  return {.diagnostics = {tf::error(std::move(summary), std::move(detail))}};
}

}  // namespace

tf::StateResponse upgrade(const tf::Schema& schema, const tf::UpgradeRequest& request) {
  if (request.version > schema.version) {
    return add_violation(
        "Unsupported State Version",
        "The state was written by version " + std::to_string(request.version) +
            " of this resource's schema, which this version of the provider does not support. Use "
            "the provider version that wrote the state, or a newer one.");
  }
  const bool is_current = request.version == schema.version;
  auto state = is_current ? tf::decode_json(request.state_json, schema.type())
                          : tf::upgrade_from_schema(schema, request.state_json);
  if (!state || state->is_null()) {
    return add_violation(
        "Unreadable State",
        "The stored state of this resource cannot be read: " +
            (state ? "it is empty" : state.error().to_string()) +
            ". Restore the state from a backup, or remove the resource from the state and import the image.");
  }
  return {.state = std::move(*state)};
}

std::optional<tf::StateResponse> move(const tf::Schema& schema, const tf::MoveRequest& request) {
  if (request.type_name != kImageCopyType) return move_vendor_state(schema, request);
  // The same provider under another address.
  tf::StateResponse moved = upgrade(schema, {.version = request.version, .state_json = request.state_json});
  moved.private_state = request.private_state;
  return moved;
}

}  // namespace provider
