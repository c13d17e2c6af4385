#pragma once

#include "tests/emulator/huaweicloud/verify.h"
#include "tests/emulator/service.h"

namespace emulator::huaweicloud {

/// Huawei Cloud IMS and what its clients need of IAM.
class Huaweicloud final : public Service {
 public:
  [[nodiscard]] Description describe(const Request& request) const override;
  Answer answer(const Request& request, Scene& scene) override;
  [[nodiscard]] Answer refuse(const Request& request, const ApiError& api_error) const override;
  [[nodiscard]] std::string status_word(const Image& image, const Scene& scene) const override;

 private:
  KeyLocks locks_;
};

}  // namespace emulator::huaweicloud
