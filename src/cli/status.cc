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
constexpr const char* kProvider = "imagecopy/image";
constexpr int kBarWidth = 24;

/// So many looks in a row that told nothing of any copy end a watch, for instance with wrong keys.
constexpr int kMaxVain = 3;

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
    // What was drawn had no room for them.
    if (terminal_.is_interactive && !request_.as_json) {
      for (const WatchedCopy& copy : copies_) tell_error(copy.progress);
    }
    return code;
  }

 private:
  int follow() {
    if (!find_copies()) return 1;
    if (copies_.empty() && !request_.as_json) {
      terminal_.messages << "No copy of this state is running.\n";
      return exit_code();
    }
    while (true) {
      if (!look()) return 1;
      show();
      if (!has_printed(terminal_)) return 1;
      const auto ended = [](const WatchedCopy& copy) { return copy.progress.has_ended(); };
      const auto is_vain = [&](const WatchedCopy& copy) {
        return ended(copy) || !copy.progress.error.empty();
      };
      if (!request_.watch || std::ranges::all_of(copies_, ended)) return exit_code();
      vain_looks_ = std::ranges::all_of(copies_, is_vain) ? vain_looks_ + 1 : 0;
      if (vain_looks_ == kMaxVain) return 1;
      clock_.sleep_until(clock_.now() + request_.interval, {});
    }
  }

  /// Those that run, and those that have failed: nobody may have told.
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
      // On paper only what is new.
      for (std::size_t i = 0; i < shown.size(); ++i) {
        const bool is_known = i < shown_.size() && is_same(shown_[i], shown[i]);
        if (!is_known) terminal_.out << line(shown[i], width) << "\n";
      }
    }
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const bool is_told = i < shown_.size() && shown_[i].error == shown[i].error;
      if (!is_told && !terminal_.is_interactive) tell_error(shown[i]);
    }
    shown_ = std::move(shown);
  }

  /// But for the time left.
  static bool is_same(CopyProgress one, CopyProgress other) {
    one.left.reset();
    other.left.reset();
    return one == other;
  }

  void tell_error(const CopyProgress& progress) const {
    if (progress.error.empty()) return;
    terminal_.messages << progress.address << ": "
                       << core::without_controls(core::replace_invalid_utf8(progress.error)) << "\n";
  }

  /// By address. No more than the screen has rows, those that run first, and none longer than it is wide:
  /// else what was drawn before could not be drawn over.
  void draw(std::size_t width) {
    std::vector<const CopyProgress*> order;
    for (const WatchedCopy& copy : copies_) order.push_back(&copy.progress);
    std::ranges::sort(order, {}, [](const CopyProgress* progress) {
      return std::pair(progress->has_ended(), progress->address);
    });
    const std::size_t most = std::max<std::size_t>(terminal_.rows, 4) - 2;
    const std::size_t count = order.size() <= most + 1 ? order.size() : most;
    for (std::size_t i = 0; i < count; ++i) put(drawn_line(*order[i], width));
    if (count < order.size()) put("and " + std::to_string(order.size() - count) + " more");
    drawn_ = count + (count < order.size() ? 1 : 0);
  }

  [[nodiscard]] std::size_t columns() const { return std::max<std::size_t>(terminal_.columns, 20) - 1; }

  void put(const std::string& text) { terminal_.out << "\x1b[2K" << core::shorten(text, columns()) << "\n"; }

  /// How far the copy is and what is left are worth more than the bar, and that more than the whole address,
  /// of which the end says most.
  [[nodiscard]] std::string drawn_line(const CopyProgress& progress, std::size_t width) const {
    for (const bool with_bar : {true, false}) {
      const std::string told = facts(progress, with_bar);
      if (width + core::count_characters(told) > columns()) continue;
      return padded(progress.address, width) + told + reason(progress);
    }
    const std::string told = facts(progress, false);
    const std::size_t facts_width = core::count_characters(told);
    return end_of(progress.address, columns() > facts_width ? columns() - facts_width : 0) + told;
  }

  /// At most so many characters.
  static std::string end_of(const std::string& text, std::size_t most) {
    constexpr std::string_view kEllipsis = "...";
    std::size_t length = core::count_characters(text);
    if (length <= most) return padded(text, most);
    std::size_t begin = 0;
    for (; begin < text.size() && length + kEllipsis.size() > most; --length) {
      do {
        ++begin;
      } while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xc0U) == 0x80);
    }
    return std::string(kEllipsis) + text.substr(begin);
  }

  void show_json() {
    json all = json::array();
    for (const WatchedCopy& copy : copies_) all.push_back(to_json(copy.progress));
    // Watched, one line a look; else to be read by people too.
    const int indent = request_.watch ? -1 : 2;
    terminal_.out << all.dump(indent, ' ', false, json::error_handler_t::replace) << "\n" << std::flush;
  }

  [[nodiscard]] static std::string line(const CopyProgress& progress, std::size_t width) {
    CopyProgress told = progress;
    // An error as a whole stands below, where there is room for it.
    told.error = told.error.substr(0, told.error.find(": "));
    return padded(told.address, width) + facts(told, false) + reason(told);
  }

  [[nodiscard]] static std::string facts(const CopyProgress& progress, bool with_bar) {
    std::string text = "  " + padded(progress.region, 14) + "  " + padded(progress.status, 9);
    if (with_bar && progress.percent) text += "  " + bar(*progress.percent);
    if (progress.percent) text += "  " + std::to_string(*progress.percent) + " %";
    if (progress.left) text += "  " + core::format_duration(*progress.left) + " left";
    return text;
  }

  [[nodiscard]] static std::string reason(const CopyProgress& progress) {
    const std::string& why = progress.error.empty() ? progress.status_reason : progress.error;
    return why.empty() ? "" : "  " + core::without_controls(core::replace_invalid_utf8(why));
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
  int vain_looks_ = 0;
  bool has_unreadable_ = false;
};

}  // namespace

int show_status(const StatusRequest& request, tf::Provider& provider, core::Clock& clock,
                const Terminal& terminal) {
  return Status(request, provider, clock, terminal).run();
}

}  // namespace cli
