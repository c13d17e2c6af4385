#pragma once

#include <curl/curl.h>

#include <array>
#include <mutex>

namespace http {

/// TLS sessions and resolved names, which all transfers of a process share, so that a new connection to a
/// known host is cheap.
class CurlShare {
 public:
  CurlShare();
  CurlShare(const CurlShare&) = delete;
  CurlShare& operator=(const CurlShare&) = delete;
  ~CurlShare();

  [[nodiscard]] CURLSH* handle() const { return handle_; }

 private:
  static void lock(CURL* easy, curl_lock_data data, curl_lock_access access, void* self);
  static void unlock(CURL* easy, curl_lock_data data, void* self);

  CURLSH* const handle_;
  std::array<std::mutex, CURL_LOCK_DATA_LAST> mutexes_;  // each guards one kind of libcurl's shared data
};

}  // namespace http
