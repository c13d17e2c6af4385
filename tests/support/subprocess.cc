#include "tests/support/subprocess.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <csignal>
#include <cstring>
#include <stdexcept>

namespace harness {
namespace {

ProcessEnd end_of(int status) {
  return WIFEXITED(status) ? exited(WEXITSTATUS(status)) : killed_by(WTERMSIG(status));
}

/// The form that `posix_spawn` requires: pointers to the texts, and a null pointer.
std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// The files, folder and signals of a process before it is started.
class SpawnPlan {
 public:
  SpawnPlan(const Command& command, int output, int errors) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    switch (command.input) {
      case StandardInput::empty:
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        break;
      case StandardInput::closed: posix_spawn_file_actions_addclose(&actions_, STDIN_FILENO); break;
      case StandardInput::given:
        posix_spawn_file_actions_adddup2(&actions_, command.given_input, STDIN_FILENO);
        break;
    }
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(&actions_, command.folder.c_str());

    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    const int group = command.own_group ? POSIX_SPAWN_SETPGROUP : 0;
    posix_spawnattr_setflags(&attributes_,
                             static_cast<short>(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | group));
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  [[nodiscard]] pid_t start(const Command& command) const {
    std::vector<std::string> arguments = {command.program};
    arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
    std::vector<std::string> environment;
    for (const auto& [name, value] : command.environment) environment.push_back(name + "=" + value);
    pid_t pid = -1;
    const int problem = posix_spawn(&pid, command.program.c_str(), &actions_, &attributes_,
                                    pointers(arguments).data(), pointers(environment).data());
    if (problem != 0) {
      throw std::runtime_error(command.program + " cannot be started: " + std::strerror(problem));
    }
    return pid;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

std::ostream& operator<<(std::ostream& stream, const ProcessEnd& end) {
  if (end.code) return stream << "exit code " << *end.code;
  if (end.signal) return stream << "signal " << *end.signal;
  return stream << "still running";
}

Subprocess::Subprocess(const Command& command) {
  Pipe output = open_pipe();
  Pipe errors = open_pipe();
  const int standard_output = command.given_output < 0 ? output.write_end.number() : command.given_output;
  pid_ = SpawnPlan(command, standard_output, errors.write_end.number()).start(command);
  output.write_end.close();
  errors.write_end.close();
  output_ = std::make_unique<PipeReader>(std::move(output.read_end));
  errors_ = std::make_unique<PipeReader>(std::move(errors.read_end));
  waiter_ = std::jthread([this] { await_end(); });
}

Subprocess::~Subprocess() {
  send(SIGKILL);
}

void Subprocess::send(int signal) {
  const std::scoped_lock lock(mutex_);
  if (!ended()) kill(pid_, signal);
}

bool Subprocess::has_ended() {
  const std::scoped_lock lock(mutex_);
  return ended();
}

ProcessEnd Subprocess::wait(std::chrono::seconds timeout) {
  if (!output_->wait_for_end(timeout) || !errors_->wait_for_end(timeout)) return {};
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, kTestTimeout, [this] { return ended(); });
  return end_;
}

void Subprocess::await_end() {
  siginfo_t information{};
  // Not reaped before it is known to have ended, so that no signal goes to another process of that number.
  while (waitid(P_PID, static_cast<id_t>(pid_), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
  }
  const std::scoped_lock lock(mutex_);
  int status = 0;
  waitpid(pid_, &status, 0);
  end_ = end_of(status);
  changed_.notify_all();
}

}  // namespace harness
