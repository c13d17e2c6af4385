#include "tests/plugin/sample_behaviour.h"

#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <stdexcept>

namespace sample {
namespace {

void announce_wait(const std::string& name) {
  const std::string line = name + " waits\n";
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

std::string requested_behaviour(const tf::Value& object, std::string_view call) {
  const std::string behaviour = object["behaviour"].text().value_or("");
  if (!behaviour.starts_with(call) || behaviour.size() <= call.size() || behaviour[call.size()] != ':') {
    return "";
  }
  return behaviour.substr(call.size() + 1);
}

void misbehave(std::string_view what) {
  if (what == "throw") throw std::runtime_error("the sample throws");
  if (what == "throw_other") throw 42;
  if (what == "crash") std::raise(SIGSEGV);
}

void wait_for_stop(const std::string& name, const std::stop_token& stop) {
  announce_wait(name);
  std::mutex mutex;  // guards nothing: a condition variable requires one
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait(lock, stop, [] { return false; });
}

void wait_forever(const std::string& name) {
  wait_for_stop(name, {});
}

}  // namespace sample
