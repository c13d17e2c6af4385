#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/catch.h"

namespace {

/// The program with its standard output and error on a pipe.
class Program {
 public:
  explicit Program(std::vector<std::string> arguments) {
    std::array<int, 2> pipe{};
    REQUIRE(::pipe2(pipe.data(), O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDERR_FILENO);
    arguments.insert(arguments.begin(), EMULATOR_PROGRAM);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    REQUIRE(posix_spawn(&process_, EMULATOR_PROGRAM, &actions, nullptr, argv.data(), environ) == 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    output_ = ::fdopen(pipe[0], "r");
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program() {
    if (process_ > 0) end(SIGKILL);
    std::fclose(output_);
  }

  /// The next line of output, or nothing when the program has ended.
  std::string read_line() {
    std::string line;
    for (int c = std::fgetc(output_); c != EOF && c != '\n'; c = std::fgetc(output_)) {
      line += static_cast<char>(c);
    }
    return line;
  }

  /// Its exit code; -1 if it ended by a signal.
  int end(int signal = 0) {
    if (signal != 0) ::kill(process_, signal);
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t process_ = 0;
  std::FILE* output_ = nullptr;
};

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the program prints its URL, and exits with 0 on SIGTERM and SIGINT") {
  const int signal = GENERATE(SIGTERM, SIGINT);
  Program program({"--listen", "127.0.0.1:0"});
  CHECK(program.read_line().starts_with("listening on http://127.0.0.1:"));
  CHECK(program.end(signal) == 0);
}

TEST_CASE("the ready file contains the URL as soon as the program listens") {
  std::string folder = (std::filesystem::temp_directory_path() / "emulator-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  const std::filesystem::path ready = std::filesystem::path(folder) / "ready";
  const std::filesystem::path state = std::filesystem::path(folder) / "state";
  const std::filesystem::path seed = std::filesystem::path(folder) / "seed.json";
  std::ofstream(seed) << R"({"images":[{"cloud":"baiducloud","region":"bj","id":"m-1"}]})";
  {
    Program program({"--ready-file", ready, "--state", state, "--seed", seed, "--copy-duration", "7s"});
    const std::string line = program.read_line();
    const std::string url = line.substr(line.find("http://"));
    // It is written after the line, so a clean exit comes after both.
    CHECK(program.end(SIGTERM) == 0);
    CHECK(read_file(ready) == url + "\n");
    CHECK(read_file(state).find("\"m-1\"") != std::string::npos);
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("the program rejects invalid arguments with a reason") {
  const auto error_of = [](const std::vector<std::string>& arguments) {
    Program program(arguments);
    const std::string line = program.read_line();
    CHECK(program.end() != 0);
    return line;
  };
  CHECK(error_of({"--listen", "0.0.0.0:0"}).find("--allow-remote") != std::string::npos);
  CHECK(error_of({"--listen", "127.0.0.1"}).find("HOST:PORT") != std::string::npos);
  CHECK(error_of({"--copy-duration", "soon"}).find("--copy-duration must be a duration") !=
        std::string::npos);
  CHECK(error_of({"--switch", "nonsense=1"}).find("there is no switch") != std::string::npos);
  CHECK(error_of({"--switch", "nonsense"}).find("NAME=VALUE") != std::string::npos);
  CHECK(error_of({"--seed", "/nonexistent"}).find("cannot read /nonexistent") != std::string::npos);
  CHECK(error_of({"--state", "/dev/null"}).find("not a state file") != std::string::npos);
  CHECK(error_of({"--nonsense"}).find("--nonsense") != std::string::npos);
}
