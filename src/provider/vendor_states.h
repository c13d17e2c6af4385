#pragma once

#include <optional>

#include "tf/provider.h"

namespace provider {

/// The state of a resource of a vendor's own provider as one of `image_copy`. What only that resource has is
/// dropped. Nullopt for a type that no vendor's schema names.
std::optional<tf::StateResponse> move_vendor_state(const tf::Schema& schema, const tf::MoveRequest& request);

}  // namespace provider
