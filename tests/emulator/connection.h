#pragma once

#include <httplib.h>

#include <array>
#include <cstddef>
#include <string>

namespace emulator {

/// Owns an accepted socket. Unlike cpp-httplib's own stream, it can drop the connection in the middle of a
/// response, does not poll, and supports descriptors of any number.
class Connection final : public httplib::Stream {
 public:
  explicit Connection(int socket) : socket_(socket) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() override;

  /// Returns false if the client closed the connection, `interrupt` was called, or no request arrived for ten
  /// minutes.
  bool wait_for_request();

  /// Reads `size` bytes of a request. Returns fewer if the request ends before that or is longer than 1 MiB.
  std::string read_exactly(std::size_t size);

  /// Resets the connection. Nothing more is sent.
  void drop();

  [[nodiscard]] bool is_dropped() const { return dropped_; }

  /// Ends every wait. May be called from any thread.
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
