#include <execinfo.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string_view>

#include "tf/serve.h"

namespace tf::plugin {
namespace {

void write_text(std::string_view text) {
  [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, text.data(), text.size());
}

std::string_view signal_text(int signal) {
  switch (signal) {
    case SIGSEGV: return "panic: invalid memory access (SIGSEGV)\n";
    case SIGBUS: return "panic: invalid memory access (SIGBUS)\n";
    case SIGFPE: return "panic: invalid arithmetic (SIGFPE)\n";
    case SIGILL: return "panic: invalid instruction (SIGILL)\n";
    case SIGABRT: return "panic: the provider aborted (SIGABRT)\n";
    default: return "panic: fatal signal\n";
  }
}

extern "C" void print_stack_and_raise(int signal) {
  write_text(signal_text(signal));
  std::array<void*, 64> frames{};
  const int depth = backtrace(frames.data(), static_cast<int>(frames.size()));
  backtrace_symbols_fd(frames.data(), depth, STDERR_FILENO);
  // The handler was reset when it was called, so this ends the process as the signal would have.
  raise(signal);
}

}  // namespace

#if defined(__SANITIZE_ADDRESS__)
/// gRPC occasionally leaks a TLS session of OpenSSL when the process ends; the stack shows no caller.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libcrypto\n";
}
extern "C" const char* __lsan_default_options() {
  return "print_suppressions=0";
}
#endif

void report_crashes() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // The first call of backtrace loads a library, which must not happen in a signal handler.
  void* frame = nullptr;
  backtrace(&frame, 1);
  struct sigaction action{};
  action.sa_handler = print_stack_and_raise;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) sigaction(signal, &action, nullptr);
#endif
}

}  // namespace tf::plugin
