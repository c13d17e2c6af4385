#include "tests/emulator/image.h"

#include <algorithm>
#include <array>

#include "src/core/text.h"
#include "tests/emulator/profile.h"

namespace emulator {
namespace {

template <typename Value, std::size_t Count>
std::optional<Value> find_named(const std::array<Value, Count>& values, std::string_view name) {
  const auto found = std::ranges::find_if(values, [&](Value value) { return name_of(value) == name; });
  if (found == values.end()) return std::nullopt;
  return *found;
}

constexpr std::array kStates = {
    ImageState::waiting,     ImageState::copying, ImageState::creating, ImageState::available,
    ImageState::unavailable, ImageState::failed,  ImageState::broken,   ImageState::deprecated,
};

}  // namespace

std::string_view name_of(ImageKind kind) {
  switch (kind) {
    case ImageKind::custom: return "custom";
    case ImageKind::system: return "public";
    case ImageKind::shared: return "shared";
    case ImageKind::market: return "market";
    case ImageKind::iso: return "iso";
    case ImageKind::whole: return "whole";
    case ImageKind::package: return "package";
  }
  return "";
}

std::optional<ImageKind> parse_image_kind(std::string_view name) {
  return find_named(std::array{ImageKind::custom, ImageKind::system, ImageKind::shared, ImageKind::market,
                               ImageKind::iso, ImageKind::whole, ImageKind::package},
                    name);
}

std::string_view name_of(ImageState state) {
  switch (state) {
    case ImageState::waiting: return "waiting";
    case ImageState::copying: return "copying";
    case ImageState::creating: return "creating";
    case ImageState::available: return "available";
    case ImageState::unavailable: return "unavailable";
    case ImageState::failed: return "failed";
    case ImageState::broken: return "error";
    case ImageState::deprecated: return "deprecated";
  }
  return "";
}

std::optional<ImageState> parse_image_state(std::string_view name) {
  const std::string lower = core::to_lower(name);
  for (const Cloud cloud : kClouds) {
    for (const StatusWord& word : profile_of(cloud).status_words) {
      if (core::to_lower(word.name) == lower) return word.state;
    }
  }
  return find_named(kStates, lower);
}

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::success: return "success";
    case Outcome::fail: return "fail";
    case Outcome::never: return "never";
    case Outcome::uncancellable: return "uncancellable";
  }
  return "";
}

std::optional<Outcome> parse_outcome(std::string_view name) {
  return find_named(std::array{Outcome::success, Outcome::fail, Outcome::never, Outcome::uncancellable},
                    name);
}

std::string_view name_of(CopyPhase state) {
  switch (state) {
    case CopyPhase::waiting: return "waiting";
    case CopyPhase::running: return "running";
    case CopyPhase::succeeded: return "succeeded";
    case CopyPhase::failed: return "failed";
    case CopyPhase::cancelled: return "cancelled";
  }
  return "";
}

std::optional<UtcTime> Copy::end() const {
  if (ended) return ended;
  if (!started || plan.outcome == Outcome::never) return std::nullopt;
  if (plan.outcome == Outcome::fail) return *started + duration * plan.fail_at_percent / 100;
  return *started + duration;
}

int Copy::percent(UtcTime now) const {
  if (state == CopyPhase::succeeded) return 100;
  if (!started || duration <= Duration::zero()) return 0;
  const Duration elapsed = std::min(now, ended.value_or(now)) - *started;
  return static_cast<int>(std::clamp<Duration::rep>(elapsed * 100 / duration, 0, 99));
}

Duration Copy::remaining(UtcTime now) const {
  if (state != CopyPhase::running) return Duration::zero();
  return std::max(Duration::zero(), *started + duration - now);
}

}  // namespace emulator
