#include "src/http/curl_share.h"

#include <stdexcept>

namespace http {
namespace {

CURLSH* open() {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl could not start");
  CURLSH* handle = curl_share_init();
  if (handle == nullptr) throw std::runtime_error("libcurl could not start");
  return handle;
}

}  // namespace

CurlShare::CurlShare() : handle_(open()) {
  curl_share_setopt(handle_, CURLSHOPT_LOCKFUNC, &CurlShare::lock);
  curl_share_setopt(handle_, CURLSHOPT_UNLOCKFUNC, &CurlShare::unlock);
  curl_share_setopt(handle_, CURLSHOPT_USERDATA, this);
  for (const curl_lock_data data : {CURL_LOCK_DATA_SSL_SESSION, CURL_LOCK_DATA_DNS}) {
    if (curl_share_setopt(handle_, CURLSHOPT_SHARE, data) != CURLSHE_OK) {
      throw std::runtime_error("libcurl could not share");
    }
  }
}

CurlShare::~CurlShare() {
  curl_share_cleanup(handle_);
  curl_global_cleanup();
}

void CurlShare::lock(CURL* /*easy*/, curl_lock_data data, curl_lock_access /*access*/, void* self) {
  static_cast<CurlShare*>(self)->mutexes_.at(data).lock();
}

void CurlShare::unlock(CURL* /*easy*/, curl_lock_data data, void* self) {
  static_cast<CurlShare*>(self)->mutexes_.at(data).unlock();
}

}  // namespace http
