#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/descriptor.h"
#include "tests/support/pipe_reader.h"
#include "tests/support/test_timeout.h"

namespace harness {

using Environment = std::map<std::string, std::string>;

enum class StandardInput { empty, closed, given };

struct Command {
  std::string program;  ///< path
  std::vector<std::string> arguments;
  Environment environment;  ///< complete: nothing is inherited
  std::string folder = "/";
  StandardInput input = StandardInput::empty;
  int given_input = -1;    ///< with `StandardInput::given`: an open file of the test
  int given_output = -1;   ///< an open file of the test, in place of the pipe that is collected
  bool own_group = false;  ///< leads a process group of its own
};

/// Either an exit code or the signal that ended the process; neither if it has not ended.
struct ProcessEnd {
  std::optional<int> code;
  std::optional<int> signal;

  bool operator==(const ProcessEnd&) const = default;
};

/// For the messages of tests.
std::ostream& operator<<(std::ostream& stream, const ProcessEnd& end);

constexpr ProcessEnd exited(int code) {
  return {.code = code, .signal = std::nullopt};
}
constexpr ProcessEnd killed_by(int signal) {
  return {.code = std::nullopt, .signal = signal};
}

/// A running program whose outputs are collected. Signals have their default effect in it, whatever they do
/// in the test. The destructor kills it if it still runs.
class Subprocess {
 public:
  /// Throws if it cannot be started.
  explicit Subprocess(const Command& command);
  Subprocess(const Subprocess&) = delete;
  Subprocess& operator=(const Subprocess&) = delete;
  ~Subprocess();

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] const PipeReader& output() const { return *output_; }
  [[nodiscard]] const PipeReader& errors() const { return *errors_; }

  /// No effect if it has ended.
  void send(int signal);

  [[nodiscard]] bool has_ended();

  /// Waits until the process has ended and its outputs are closed. Returns no end after the timeout.
  [[nodiscard]] ProcessEnd wait(std::chrono::seconds timeout = kTestTimeout);

 private:
  void await_end();
  [[nodiscard]] bool ended() const { return end_ != ProcessEnd(); }

  pid_t pid_ = -1;
  std::unique_ptr<PipeReader> output_;
  std::unique_ptr<PipeReader> errors_;
  std::mutex mutex_;  // guards `end_`
  ProcessEnd end_;
  std::condition_variable changed_;
  std::jthread waiter_;
};

}  // namespace harness
