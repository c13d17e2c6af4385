#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "src/http/curl_transport.h"

namespace http {

/// A transfer of libcurl for one request. Owned by the caller, which waits until it is done.
class CurlTransfer {
 public:
  /// `timeout` limits the whole transfer, the options' own timeouts its parts.
  CurlTransfer(const Request& request, const CurlOptions& options, const CaBundle& trusted,
               const CurlShare& share, std::chrono::milliseconds timeout);
  CurlTransfer(const CurlTransfer&) = delete;
  CurlTransfer& operator=(const CurlTransfer&) = delete;

  [[nodiscard]] CURL* easy() const { return easy_.get(); }

  /// The result. Must be called only when the transfer is done.
  std::expected<Response, TransportError> outcome();

  bool cancelled = false;  // guarded by the driver's mutex, as are the next two
  bool done = false;
  CURLcode code = CURLE_OK;

 private:
  struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };

  template <typename T>
  void set(CURLoption option, T value);
  void set_request(const Request& request);
  void set_network(const Request& request, const CurlOptions& options, std::chrono::milliseconds timeout);
  void set_trust();
  void add_header(const std::string& line);

  /// Called when libcurl is about to send the request, which it does again if a reused connection turns out
  /// to be closed. Returns whether it may.
  static int on_send(void* self, char* local_ip, char* remote_ip, int remote_port, int local_port);
  static std::size_t on_body(char* data, std::size_t one, std::size_t size, void* self);
  static std::size_t on_header(char* data, std::size_t one, std::size_t size, void* self);

  [[nodiscard]] TransportFailure failure() const;
  [[nodiscard]] std::string describe() const;
  [[nodiscard]] TransportError error(TransportFailure kind, std::string message) const;

  std::unique_ptr<CURL, EasyDeleter> easy_;
  std::unique_ptr<curl_slist, ListDeleter> headers_;
  const std::string url_;
  const std::string body_;
  const std::string proxy_url_;
  const CaBundle& trusted_;
  Response response_;
  bool sent_ = false;
  std::array<char, CURL_ERROR_SIZE> message_{};
};

}  // namespace http
