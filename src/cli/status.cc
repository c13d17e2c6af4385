#include "src/cli/status.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "src/cli/configuration.h"
#include "src/cli/copy_progress.h"
#include "src/cli/state.h"
#include "src/core/text.h"
#include "src/core/time_text.h"
#include "src/core/wait.h"

namespace cli {
namespace {

using nlohmann::json;

constexpr const char* kType = "image_copy";
constexpr const char* kProvider = "imagecopy/image";
constexpr int kBarWidth = 24;

/// A watch ends after this number of consecutive polls that failed for every copy, for example because the
/// credentials are invalid.
constexpr int kMaxFailedPolls = 3;

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
    const int code = follow();
    // The drawn lines have no room for whole errors.
    if (terminal_.is_interactive && !request_.as_json) {
      for (const WatchedCopy& copy : copies_) print_error(copy.progress);
    }
    return code;
  }

 private:
  int follow() {
    if (!find_copies()) return 1;
    if (copies_.empty() && !request_.as_json) {
      terminal_.messages << "No copy in this state is running.\n";
      return exit_code();
    }
    while (true) {
      if (!poll()) return 1;
      show();
      if (!has_printed(terminal_)) return 1;
      const auto ended = [](const WatchedCopy& copy) { return copy.progress.has_ended(); };
      const auto has_no_news = [&](const WatchedCopy& copy) {
        return ended(copy) || !copy.progress.error.empty();
      };
      if (!request_.watch || std::ranges::all_of(copies_, ended)) return exit_code();
      failed_polls_ = std::ranges::all_of(copies_, has_no_news) ? failed_polls_ + 1 : 0;
      if (failed_polls_ == kMaxFailedPolls) return 1;
      // Without a stop: Ctrl-C ends the process.
      core::wait_until(clock_.now() + request_.interval, {}, clock_);
    }
  }

  /// Finds the copies that are running, and those that have failed, which may not have been reported yet.
  bool find_copies() {
    const auto stored = read_state(request_.state_json, kType, kProvider);
    if (!stored) {
      terminal_.messages << "Error: Unreadable State\n" << stored.error() << "\n";
      return false;
    }
    for (const StoredObject& object : *stored) {
      tf::StateResponse state =
          resource_.upgrade({.version = object.schema_version, .state_json = object.values_json});
      if (tf::has_error(state.diagnostics)) {
        terminal_.messages << core::without_controls(object.address) << " cannot be read from this state.\n";
        print(terminal_.messages, state.diagnostics);
        has_unreadable_ = true;
        continue;
      }
      const CopyProgress progress = progress_of(core::without_controls(object.address), state.state);
      if (progress.has_ended() && progress.status != "failed") continue;
      copies_.push_back({.state = std::move(state.state), .progress = progress, .time_left = {}});
    }
    return true;
  }

  /// Configures the provider again for each poll, because that discards its caches.
  bool poll() {
    if (copies_.empty()) return true;
    const tf::Diagnostics diagnostics = configure(provider_, request_.configuration);
    print(terminal_.messages, diagnostics);
    if (tf::has_error(diagnostics)) return false;
    for (WatchedCopy& copy : copies_) {
      if (!copy.progress.has_ended()) poll_copy(copy);
    }
    return true;
  }

  void poll_copy(WatchedCopy& copy) {
    tf::StateResponse read = resource_.read({.state = copy.state, .private_state = ""}, {});
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
    for (const WatchedCopy& copy : copies_) shown.push_back(copy.progress);
    if (terminal_.is_interactive) {
      draw(width);
    } else {
      // Lines that were printed cannot be replaced, so only changes are printed.
      for (std::size_t i = 0; i < shown.size(); ++i) {
        const bool is_unchanged = i < shown_.size() && is_same(shown_[i], shown[i]);
        if (!is_unchanged) terminal_.out << line(shown[i], width) << "\n";
      }
    }
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const bool is_printed = i < shown_.size() && shown_[i].error == shown[i].error;
      if (!is_printed && !terminal_.is_interactive) print_error(shown[i]);
    }
    shown_ = std::move(shown);
  }

  /// Compares everything except for the time left.
  static bool is_same(CopyProgress one, CopyProgress other) {
    one.left.reset();
    other.left.reset();
    return one == other;
  }

  void print_error(const CopyProgress& progress) const {
    if (progress.error.empty()) return;
    terminal_.messages << progress.address << ": "
                       << core::without_controls(core::replace_invalid_utf8(progress.error)) << "\n";
  }

  /// Draws the copies by address, running ones first. No line is longer than the screen is wide, and there
  /// are no more lines than rows, because otherwise they could not be overwritten.
  void draw(std::size_t width) {
    std::vector<const CopyProgress*> order;
    for (const WatchedCopy& copy : copies_) order.push_back(&copy.progress);
    std::ranges::sort(order, {}, [](const CopyProgress* progress) {
      return std::pair(progress->has_ended(), progress->address);
    });
    const std::size_t max_lines = std::max<std::size_t>(terminal_.rows, 4) - 2;
    const std::size_t count = order.size() <= max_lines + 1 ? order.size() : max_lines;
    for (std::size_t i = 0; i < count; ++i) put(drawn_line(*order[i], width));
    if (count < order.size()) put("and " + std::to_string(order.size() - count) + " more");
    drawn_ = count + (count < order.size() ? 1 : 0);
  }

  [[nodiscard]] std::size_t columns() const { return std::max<std::size_t>(terminal_.columns, 20) - 1; }

  void put(const std::string& text) { terminal_.out << "\x1b[2K" << core::shorten(text, columns()) << "\n"; }

  /// On a narrow screen, omits the bar first and then the beginning of the address.
  [[nodiscard]] std::string drawn_line(const CopyProgress& progress, std::size_t width) const {
    for (const bool with_bar : {true, false}) {
      const std::string details = details_of(progress, with_bar);
      if (width + core::count_characters(details) > columns()) continue;
      return padded(progress.address, width) + details + reason(progress);
    }
    const std::string details = details_of(progress, false);
    const std::size_t details_width = core::count_characters(details);
    return end_of(progress.address, columns() > details_width ? columns() - details_width : 0) + details;
  }

  /// Returns the last `width` characters, with an ellipsis if the text is longer, or padded if it is shorter.
  static std::string end_of(const std::string& text, std::size_t width) {
    constexpr std::string_view kEllipsis = "...";
    std::size_t length = core::count_characters(text);
    if (length <= width) return padded(text, width);
    std::size_t begin = 0;
    for (; begin < text.size() && length + kEllipsis.size() > width; --length) {
      do {
        ++begin;
      } while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xc0U) == 0x80);
    }
    return std::string(kEllipsis) + text.substr(begin);
  }

  void show_json() {
    json all = json::array();
    for (const WatchedCopy& copy : copies_) all.push_back(to_json(copy.progress));
    // One line per poll while watching; otherwise indented for people.
    const int indent = request_.watch ? -1 : 2;
    terminal_.out << all.dump(indent, ' ', false, json::error_handler_t::replace) << "\n" << std::flush;
  }

  [[nodiscard]] static std::string line(const CopyProgress& progress, std::size_t width) {
    CopyProgress shortened = progress;
    // The whole error is printed on a line of its own.
    shortened.error = shortened.error.substr(0, shortened.error.find(": "));
    return padded(shortened.address, width) + details_of(shortened, false) + reason(shortened);
  }

  [[nodiscard]] static std::string details_of(const CopyProgress& progress, bool with_bar) {
    std::string text = "  " + padded(progress.region, 14) + "  " + padded(progress.status, 9);
    if (with_bar && progress.percent) text += "  " + bar(*progress.percent);
    if (progress.percent) text += "  " + std::to_string(*progress.percent) + " %";
    if (progress.left) text += "  " + core::format_duration(*progress.left) + " left";
    return text;
  }

  [[nodiscard]] static std::string reason(const CopyProgress& progress) {
    const std::string& text = progress.error.empty() ? progress.status_reason : progress.error;
    return text.empty() ? "" : "  " + core::without_controls(core::replace_invalid_utf8(text));
  }

  [[nodiscard]] int exit_code() const {
    const auto is_unread = [](const WatchedCopy& copy) { return !copy.progress.error.empty(); };
    const auto is_lost = [](const WatchedCopy& copy) {
      return copy.progress.status == "failed" || copy.progress.status == "gone";
    };
    if (has_unreadable_ || std::ranges::any_of(copies_, is_unread)) return 1;
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
  int failed_polls_ = 0;
  bool has_unreadable_ = false;
};

}  // namespace

int show_status(const StatusRequest& request, tf::Provider& provider, core::Clock& clock,
                const Terminal& terminal) {
  return Status(request, provider, clock, terminal).run();
}

}  // namespace cli
