#pragma once

#include "tests/emulator/alicloud/verify.h"
#include "tests/emulator/service.h"

namespace emulator::alicloud {

/// Alibaba Cloud ECS, API version 2014-05-26.
class Alicloud final : public Service {
 public:
  [[nodiscard]] Description describe(const Request& request) const override;
  ServiceReply handle(const Request& request, Environment& environment) override;
  [[nodiscard]] ServiceReply refuse(const Request& request, const ApiError& api_error) const override;
  [[nodiscard]] std::string status_word(const Image& image, const Environment& environment) const override;

 private:
  Nonces nonces_;
};

}  // namespace emulator::alicloud
