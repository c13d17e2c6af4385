#pragma once

#include "tests/emulator/huaweicloud/verify.h"
#include "tests/emulator/service.h"

namespace emulator::huaweicloud {

/// Huawei Cloud IMS, and the calls of IAM that its clients need.
class Huaweicloud final : public Service {
 public:
  [[nodiscard]] Description describe(const Request& request) const override;
  ServiceReply handle(const Request& request, Environment& environment) override;
  [[nodiscard]] ServiceReply refuse(const Request& request, const ApiError& api_error) const override;
  [[nodiscard]] std::string status_word(const Image& image, const Environment& environment) const override;

 private:
  KeyLocks locks_;
};

}  // namespace emulator::huaweicloud
