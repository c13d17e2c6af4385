#include "src/provider/image_copy/destination.h"

#include "src/copy/destination_search.h"

namespace provider {

cloud::Result<bool> find_destination(const Session& session, ImageCopyModel& model,
                                     const core::Context& context) {
  if (!model.image_id) return false;
  auto found =
      copy::find_destination(*session.engine, copy_reference(model), session.default_region, context);
  if (!found) return std::unexpected(std::move(found.error()));
  if (found->status.state == cloud::CopyState::absent) return false;
  model.spec.destination_region = std::move(found->region);
  apply_status(model, found->status);
  return true;
}

}  // namespace provider
