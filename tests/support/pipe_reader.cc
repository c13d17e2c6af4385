#include "tests/support/pipe_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>

#include <array>
#include <cstdint>
#include <stdexcept>

namespace harness {

Pipe open_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe can be opened");
  return {.read_end = Descriptor(ends[0]), .write_end = Descriptor(ends[1])};
}

PipeReader::PipeReader(Descriptor read_end)
    : read_end_(std::move(read_end)), stop_(eventfd(0, EFD_CLOEXEC)), thread_([this] { read_all(); }) {}

PipeReader::~PipeReader() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(stop_.number(), &one, sizeof one);
}

std::string PipeReader::text() const {
  const std::scoped_lock lock(mutex_);
  return text_;
}

bool PipeReader::wait_until(const std::function<bool(std::string_view)>& condition,
                            std::chrono::seconds timeout) const {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, timeout, [&] { return ended_ || condition(text_); });
  return condition(text_);
}

bool PipeReader::wait_for_end(std::chrono::seconds timeout) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, timeout, [&] { return ended_; });
}

void PipeReader::read_all() {
  std::array<char, 65536> buffer{};
  while (true) {
    std::array<pollfd, 2> watched = {{{.fd = read_end_.number(), .events = POLLIN, .revents = 0},
                                      {.fd = stop_.number(), .events = POLLIN, .revents = 0}}};
    poll(watched.data(), watched.size(), -1);
    if (watched[1].revents != 0) return;
    if (watched[0].revents == 0) continue;
    const ssize_t length = read(read_end_.number(), buffer.data(), buffer.size());
    const std::scoped_lock lock(mutex_);
    if (length > 0) text_.append(buffer.data(), static_cast<std::size_t>(length));
    if (length <= 0) ended_ = true;
    changed_.notify_all();
    if (ended_) return;
  }
}

}  // namespace harness
