#pragma once

#include <httplib.h>

#include <array>
#include <cstddef>
#include <string>

namespace emulator {

/// An accepted socket, closed in the end. In place of cpp-httplib's own stream it can be cut off in the
/// middle, waits without polling, and takes any number of descriptors.
class Connection final : public httplib::Stream {
 public:
  explicit Connection(int socket) : socket_(socket) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() override;

  /// False once the other side has gone, `interrupt` was called, or nothing came for ten minutes.
  bool wait_for_request();

  /// What comes next of a request; less if it ends before, or is longer than any request needs.
  std::string read_exactly(std::size_t size);

  /// Nothing more is sent, and the other side sees a reset.
  void drop();

  [[nodiscard]] bool is_dropped() const { return dropped_; }

  /// Ends every wait; may be called from another thread.
  void interrupt();

  [[nodiscard]] bool is_readable() const override;
  [[nodiscard]] bool is_writable() const override;
  ssize_t read(char* data, std::size_t size) override;
  ssize_t write(const char* data, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  [[nodiscard]] socket_t socket() const override { return socket_; }

 private:
  [[nodiscard]] bool is_buffered() const { return next_ < end_; }

  const int socket_;
  bool dropped_ = false;
  std::array<char, 8192> buffer_{};
  std::size_t next_ = 0;
  std::size_t end_ = 0;
};

}  // namespace emulator
