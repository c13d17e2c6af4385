#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tests/emulator/emulator.h"

namespace emulator {

/// Serves an emulator over HTTP from construction to destruction, one thread a connection.
class Server {
 public:
  /// Port 0 takes a free one. Throws `std::runtime_error` if the address cannot be had.
  Server(Emulator& emulator, const std::string& host, std::uint16_t port);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  [[nodiscard]] std::uint16_t port() const;

 private:
  class Running;
  std::unique_ptr<Running> running_;
};

}  // namespace emulator
