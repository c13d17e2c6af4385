#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tests/emulator/emulator.h"

namespace emulator {

/// Serves an emulator over HTTP from construction to destruction, with one thread per connection.
class Server {
 public:
  /// Port 0 selects a free port. Throws `std::runtime_error` if it cannot listen on the address.
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
