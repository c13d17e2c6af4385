#pragma once

#include "tests/emulator/service.h"

namespace emulator::baiducloud {

/// Baidu AI Cloud BCC, version 2 of the image API.
class Baiducloud final : public Service {
 public:
  [[nodiscard]] Description describe(const Request& request) const override;
  ServiceReply handle(const Request& request, Environment& environment) override;
  [[nodiscard]] ServiceReply refuse(const Request& request, const ApiError& api_error) const override;
  [[nodiscard]] std::string status_word(const Image& image, const Environment& environment) const override;
};

}  // namespace emulator::baiducloud
