#include "plugin/end_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <stdexcept>

namespace tf::plugin {
namespace {

/// How often the parent is checked if the kernel cannot report its end.
constexpr int kParentCheckMs = 1000;

int open_termination_signal(bool also_interrupt) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  if (also_interrupt) sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

}  // namespace

EndWatch::EndWatch(EndedBy ended_by)
    : host_(ended_by == EndedBy::host ? std::optional(getppid()) : std::nullopt),
      request_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      termination_(open_termination_signal(ended_by == EndedBy::interrupt)),
      host_end_(host_ ? static_cast<int>(syscall(SYS_pidfd_open, *host_, 0)) : -1) {
  if (request_ < 0 || termination_ < 0) throw std::runtime_error("the process cannot watch for its own end");
}

EndWatch::~EndWatch() {
  for (const int descriptor : {request_, termination_, host_end_}) {
    if (descriptor >= 0) close(descriptor);
  }
}

void EndWatch::request_end() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(request_, &one, sizeof one);
}

EndReason EndWatch::wait() {
  while (true) {
    std::array<pollfd, 3> watched = {{{.fd = request_, .events = POLLIN, .revents = 0},
                                      {.fd = termination_, .events = POLLIN, .revents = 0},
                                      {.fd = host_end_, .events = POLLIN, .revents = 0}}};
    const int ready = poll(watched.data(), watched.size(), host_ && host_end_ < 0 ? kParentCheckMs : -1);
    if (ready < 0 && errno != EINTR) throw std::runtime_error("the process cannot watch for its own end");
    if (ready > 0 && watched[0].revents != 0) return EndReason::requested;
    if (ready > 0 && watched[1].revents != 0) return EndReason::terminated;
    // The parent may have ended before it was watched. This process then has another parent.
    const bool has_changed = host_ && getppid() != *host_;
    if ((ready > 0 && watched[2].revents != 0) || has_changed) return EndReason::host_gone;
  }
}

}  // namespace tf::plugin
