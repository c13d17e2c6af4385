#pragma once

#include "tests/emulator/alicloud/verify.h"
#include "tests/emulator/service.h"

namespace emulator::alicloud {

/// Alibaba Cloud ECS, version 2014-05-26.
class Alicloud final : public Service {
 public:
  [[nodiscard]] Description describe(const Request& request) const override;
  Answer answer(const Request& request, Scene& scene) override;
  [[nodiscard]] Answer refuse(const Request& request, const ApiError& api_error) const override;
  [[nodiscard]] std::string status_word(const Image& image, const Scene& scene) const override;

 private:
  Nonces nonces_;
};

}  // namespace emulator::alicloud
