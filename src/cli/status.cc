#include "src/cli/status.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "src/cli/configuration.h"
#include "src/cli/copy_progress.h"
#include "src/cli/state.h"
#include "src/core/text.h"
#include "src/core/time_text.h"

namespace cli {
namespace {

using nlohmann::json;

constexpr const char* kType = "image_copy";
constexpr int kBarWidth = 24;

/// So many looks in a row that told nothing of any copy end a watch, for instance with wrong keys.
constexpr int kMostVain = 3;

struct WatchedCopy {
  tf::Value state;
  CopyProgress progress;
  TimeLeft time_left;
};

std::string bar(int percent) {
  const int filled = std::clamp(percent, 0, 100) * kBarWidth / 100;
  return "[" + std::string(static_cast<std::size_t>(filled), '#') +
         std::string(static_cast<std::size_t>(kBarWidth - filled), '-') + "]";
}

json to_json(const CopyProgress& progress) {
  const auto text_or_null = [](const std::string& text) { return text.empty() ? json() : json(text); };
  return {{"address", progress.address},
          {"cloud", progress.cloud},
          {"region", progress.region},
          {"image_id", text_or_null(progress.image_id)},
          {"job_id", text_or_null(progress.job_id)},
          {"status", progress.status},
          {"status_reason", text_or_null(progress.status_reason)},
          {"progress_percent", progress.percent ? json(*progress.percent) : json()},
          {"seconds_left", progress.left ? json(progress.left->count()) : json()},
          {"error", text_or_null(progress.error)}};
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t length = core::count_characters(text);
  if (length < width) text.append(width - length, ' ');
  return text;
}

class Status {
 public:
  Status(const StatusRequest& request, tf::Provider& provider, core::Clock& clock, const Terminal& terminal)
      : request_(request),
        provider_(provider),
        resource_(*provider.resources().at(kType)),
        clock_(clock),
        terminal_(terminal) {}

  int run() {
    if (!find_running()) return 1;
    if (copies_.empty() && !request_.as_json) {
      terminal_.messages << "No copy of this state is running.\n";
      return 0;
    }
    while (true) {
      if (!look()) return 1;
      show();
      const auto ended = [](const WatchedCopy& copy) { return copy.progress.has_ended(); };
      const auto is_vain = [&](const WatchedCopy& copy) {
        return ended(copy) || !copy.progress.error.empty();
      };
      if (!request_.watch || std::ranges::all_of(copies_, ended)) return exit_code();
      vain_looks_ = std::ranges::all_of(copies_, is_vain) ? vain_looks_ + 1 : 0;
      if (vain_looks_ == kMostVain) return 1;
      clock_.sleep_until(clock_.now() + request_.interval, {});
    }
  }

 private:
  bool find_running() {
    const auto stored = read_state(request_.state_json, kType);
    if (!stored) {
      terminal_.messages << "Error: Unreadable State\n" << stored.error() << "\n";
      return false;
    }
    for (const StoredObject& object : *stored) {
      tf::StateResponse state =
          resource_.upgrade({.version = object.schema_version, .state_json = object.values_json});
      print(terminal_.messages, state.diagnostics);
      if (tf::has_error(state.diagnostics)) return false;
      const CopyProgress progress = progress_of(object.address, state.state);
      if (progress.has_ended()) continue;
      copies_.push_back({.state = std::move(state.state), .progress = progress, .time_left = {}});
    }
    return true;
  }

  /// Each time with a provider that is configured anew, which has no answers of before.
  bool look() {
    if (copies_.empty()) return true;
    const tf::Diagnostics diagnostics = configure(provider_, request_.configuration);
    print(terminal_.messages, diagnostics);
    if (tf::has_error(diagnostics)) return false;
    for (WatchedCopy& copy : copies_) {
      if (!copy.progress.has_ended()) look_at(copy);
    }
    return true;
  }

  void look_at(WatchedCopy& copy) {
    tf::StateResponse read = resource_.read({.state = copy.state, .private_data = ""}, {});
    if (tf::has_error(read.diagnostics)) {
      const auto is_error = [](const tf::Diagnostic& diagnostic) {
        return diagnostic.severity == tf::Severity::error;
      };
      const auto error = std::ranges::find_if(read.diagnostics, is_error);
      copy.progress.error = error->summary + ": " + error->detail;
      copy.progress.left.reset();
      return;
    }
    if (read.state.is_null()) {
      copy.progress.status = "gone";
      copy.progress.error.clear();
      copy.progress.left.reset();
      return;
    }
    copy.state = std::move(read.state);
    copy.progress = progress_of(copy.progress.address, copy.state);
    if (copy.progress.percent && !copy.progress.has_ended()) {
      copy.progress.left = copy.time_left.after(clock_.utc(), copy.state["created_at"].text().value_or(""),
                                                *copy.progress.percent);
    }
  }

  void show() {
    if (request_.as_json) return show_json();
    if (terminal_.is_interactive && drawn_ > 0) terminal_.out << "\x1b[" << drawn_ << "A";
    std::size_t width = 0;
    for (const WatchedCopy& copy : copies_) {
      width = std::max(width, core::count_characters(copy.progress.address));
    }
    std::vector<CopyProgress> shown;
    for (std::size_t i = 0; i < copies_.size(); ++i) {
      const CopyProgress& progress = copies_[i].progress;
      shown.push_back(progress);
      // On paper only what is new.
      const bool is_known = i < shown_.size() && shown_[i] == progress;
      if (!terminal_.is_interactive && is_known) continue;
      terminal_.out << (terminal_.is_interactive ? "\x1b[2K" : "") << line(progress, width) << "\n";
    }
    drawn_ = copies_.size();
    shown_ = std::move(shown);
    terminal_.out.flush();
  }

  void show_json() {
    json all = json::array();
    for (const WatchedCopy& copy : copies_) all.push_back(to_json(copy.progress));
    // Watched, one line a look; else to be read by people too.
    const int indent = request_.watch ? -1 : 2;
    terminal_.out << all.dump(indent, ' ', false, json::error_handler_t::replace) << "\n" << std::flush;
  }

  [[nodiscard]] std::string line(const CopyProgress& progress, std::size_t width) const {
    std::string text = padded(progress.address, width) + "  " + padded(progress.region, 14) + "  " +
                       padded(progress.status, 9);
    if (terminal_.is_interactive && progress.percent) text += "  " + bar(*progress.percent);
    if (progress.percent) text += "  " + std::to_string(*progress.percent) + " %";
    if (progress.left) text += "  " + core::format_duration(*progress.left) + " left";
    const std::string& why = progress.error.empty() ? progress.status_reason : progress.error;
    if (!why.empty()) {
      text += "  " + core::shorten(core::without_controls(core::replace_invalid_utf8(why)), 160);
    }
    return text;
  }

  [[nodiscard]] int exit_code() const {
    const auto is_unread = [](const WatchedCopy& copy) { return !copy.progress.error.empty(); };
    const auto is_lost = [](const WatchedCopy& copy) {
      return copy.progress.status == "failed" || copy.progress.status == "gone";
    };
    if (std::ranges::any_of(copies_, is_unread)) return 1;
    return request_.watch && std::ranges::any_of(copies_, is_lost) ? 2 : 0;
  }

  const StatusRequest& request_;
  tf::Provider& provider_;
  tf::Resource& resource_;
  core::Clock& clock_;
  const Terminal& terminal_;
  std::vector<WatchedCopy> copies_;
  std::vector<CopyProgress> shown_;
  std::size_t drawn_ = 0;
  int vain_looks_ = 0;
};

}  // namespace

int show_status(const StatusRequest& request, tf::Provider& provider, core::Clock& clock,
                const Terminal& terminal) {
  return Status(request, provider, clock, terminal).run();
}

}  // namespace cli
