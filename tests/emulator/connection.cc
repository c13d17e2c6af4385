#include "tests/emulator/connection.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>

namespace emulator {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kIdleTime = std::chrono::minutes(10);
constexpr milliseconds kStallTime = std::chrono::seconds(30);

bool wait_for(int socket, short event, milliseconds time) {
  pollfd descriptor = {.fd = socket, .events = event, .revents = 0};
  return ::poll(&descriptor, 1, static_cast<int>(time.count())) > 0;
}

}  // namespace

Connection::~Connection() {
  ::close(socket_);
}

bool Connection::wait_for_request() {
  return is_buffered() || wait_for(socket_, POLLIN, kIdleTime);
}

std::string Connection::read_exactly(std::size_t size) {
  constexpr std::size_t kMax = 1 << 20;
  std::string text(std::min(size, kMax), '\0');
  std::size_t count = 0;
  while (count < text.size()) {
    const ssize_t more = read(text.data() + count, text.size() - count);
    if (more <= 0) break;
    count += static_cast<std::size_t>(more);
  }
  text.resize(count);
  return text;
}

void Connection::drop() {
  dropped_ = true;
  const linger at_once = {.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
}

void Connection::interrupt() {
  ::shutdown(socket_, SHUT_RDWR);
}

bool Connection::is_readable() const {
  return is_buffered() || wait_for(socket_, POLLIN, kStallTime);
}

bool Connection::is_writable() const {
  return !dropped_ && wait_for(socket_, POLLOUT, kStallTime);
}

ssize_t Connection::read(char* data, std::size_t size) {
  if (!is_buffered()) {
    if (!wait_for(socket_, POLLIN, kStallTime)) return -1;
    const ssize_t received = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
    if (received <= 0) return received;
    next_ = 0;
    end_ = static_cast<std::size_t>(received);
  }
  const std::size_t count = std::min(size, end_ - next_);
  std::memcpy(data, buffer_.data() + next_, count);
  next_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* data, std::size_t size) {
  if (!is_writable()) return -1;
  return ::send(socket_, data, size, MSG_NOSIGNAL);
}

void Connection::get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const {}

void Connection::get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const {}

}  // namespace emulator
