#pragma once

#include <optional>

#include "tf/provider.h"

namespace provider {

/// Converts the state of a resource of a vendor's own provider to one of `image_copy`. Attributes that
/// `image_copy` lacks are dropped. Returns nullopt for a type that no vendor's schema names.
std::optional<tf::StateResponse> move_vendor_state(const tf::Schema& schema, const tf::MoveRequest& request);

}  // namespace provider
