#include "src/http/host_slots.h"

#include <utility>

namespace http {

HostSlots::Slot::Slot(HostSlots& slots, std::string host, const core::Context& context)
    : slots_(slots), host_(std::move(host)) {
  std::unique_lock lock(slots_.mutex_);
  int& taken = slots_.taken_[host_];
  const auto has_room = [&] { return taken < slots_.max_; };
  is_taken_ = slots_.freed_.wait(lock, context, slots_.clock_, has_room);
  if (is_taken_) ++taken;
}

HostSlots::Slot::~Slot() {
  if (!is_taken_) return;
  const std::scoped_lock lock(slots_.mutex_);
  --slots_.taken_[host_];
  slots_.freed_.notify_all();
}

}  // namespace http
