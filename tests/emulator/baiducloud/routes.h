#pragma once

#include "tests/emulator/service.h"

namespace emulator::baiducloud {

/// Baidu AI Cloud BCC, images of version 2.
class Baiducloud final : public Service {
 public:
  [[nodiscard]] Description describe(const Request& request) const override;
  Answer answer(const Request& request, Scene& scene) override;
  [[nodiscard]] Answer refuse(const Request& request, const ApiError& api_error) const override;
  [[nodiscard]] std::string status_word(const Image& image, const Scene& scene) const override;
};

}  // namespace emulator::baiducloud
