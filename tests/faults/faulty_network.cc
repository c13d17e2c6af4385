#include "tests/faults/faulty_network.h"

#include <map>

#include "src/core/text.h"

namespace faults {
namespace {

using http::Response;
using http::TransportFailure;
using nlohmann::json;
using Send = std::function<SendResult()>;

SendResult broken(TransportFailure failure, bool may_be_processed, const std::string& message) {
  return std::unexpected(
      http::TransportError{.failure = failure, .may_be_processed = may_be_processed, .message = message});
}

Fault refusal(int status, const std::vector<http::Header>& headers = {}) {
  const std::string name = "status " + std::to_string(status) + (headers.empty() ? "" : " with Retry-After");
  return {.name = name, .send = [=](const std::string&, const Send&) -> SendResult {
            return Response{.status = status, .headers = headers, .body = "<html>busy</html>"};
          }};
}

/// The cloud processes the request, and its response is corrupted.
Fault corrupted(const std::string& name, const std::function<void(Response&)>& corrupt) {
  return {.name = name, .send = [=](const std::string&, const Send& send) -> SendResult {
            SendResult result = send();
            if (result) corrupt(*result);
            return result;
          }};
}

/// Replaces strings by numbers, other values except lists and objects by strings, and lists by objects unless
/// they are kept.
json of_another_type(const json& value, bool keeps_lists) {
  if (value.is_string()) return 7;
  if (!value.is_structured()) return "seven";
  if (value.is_array() && !keeps_lists) return json::object();
  json other = value;
  for (json& item : other) item = of_another_type(item, keeps_lists);
  return other;
}

void retype(Response& response) {
  const json body = json::parse(response.body, nullptr, false);
  if (body.is_object()) response.body = of_another_type(body, false).dump();
}

void retype_elements(Response& response) {
  const json body = json::parse(response.body, nullptr, false);
  if (body.is_object()) response.body = of_another_type(body, true).dump();
}

/// Replaces every status of the three clouds by an undocumented one.
void make_status_unknown(Response& response) {
  for (const char* status : {"Available", "Creating", "Waiting", "active", "queued", "saving", "SUCCESS",
                             "RUNNING", "INIT", "dest_copying"}) {
    response.body = core::replace_all(response.body, std::string("\"") + status + "\"", "\"Somewhere\"");
  }
}

/// A cloud's responses that are the same for every call.
struct CloudResponses {
  Response credentials_expired;  ///< to expired temporary credentials
  Response wrong_time;           ///< to a signature with a wrong time
};

const CloudResponses& responses_of(const std::string& cloud) {
  static const std::vector<http::Header> kDate = {{.name = "Date", .value = "Sat, 14 Mar 2026 20:00:00 GMT"}};
  static const std::map<std::string, CloudResponses> kResponses = {
      {"alicloud",
       {.credentials_expired = {.status = 400,
                                .headers = {},
                                .body = R"({"Code":"InvalidSecurityToken.Expired","Message":"ended"})"},
        .wrong_time = {.status = 400,
                       .headers = kDate,
                       .body = R"({"Code":"InvalidTimeStamp.Expired","Message":"old"})"}}},
      {"baiducloud",
       {.credentials_expired = {.status = 403,
                                .headers = {},
                                .body = R"({"code":"InvalidAccessKeyId","message":"ended"})"},
        .wrong_time = {.status = 400,
                       .headers = kDate,
                       .body = R"({"code":"RequestExpired","message":"old"})"}}},
      {"huaweicloud",
       {.credentials_expired = {.status = 401,
                                .headers = {},
                                .body = R"({"error_code":"APIGW.0301","error_msg":"token expires"})"},
        .wrong_time = {.status = 401,
                       .headers = kDate,
                       .body = R"({"error_code":"APIGW.0301","error_msg":"signature expired"})"}}},
  };
  return kResponses.at(cloud);
}

SendResult credentials_expired(const std::string& cloud) {
  return responses_of(cloud).credentials_expired;
}

SendResult wrong_time(const std::string& cloud) {
  return responses_of(cloud).wrong_time;
}

std::vector<Fault> broken_connections() {
  return {
      {.name = "connection refused",
       .send =
           [](const std::string&, const Send&) {
             return broken(TransportFailure::unreachable, false, "connection refused");
           }},
      {.name = "TLS failure",
       .send =
           [](const std::string&, const Send&) {
             return broken(TransportFailure::unreachable, false, "certificate has expired");
           }},
      {.name = "dropped before the cloud processed it",
       .send = [](const std::string&,
                  const Send&) { return broken(TransportFailure::broken, true, "reset"); }},
      {.name = "dropped after the cloud processed it",
       .send =
           [](const std::string&, const Send& send) {
             [[maybe_unused]] const SendResult lost = send();
             return broken(TransportFailure::broken, true, "reset");
           }},
      {.name = "reset in the middle of the body",
       .send =
           [](const std::string&, const Send& send) {
             [[maybe_unused]] const SendResult lost = send();
             return broken(TransportFailure::broken, true,
                           "transfer closed with outstanding read data remaining");
           }},
      {.name = "response slower than the request timeout",
       .send =
           [](const std::string&, const Send& send) {
             [[maybe_unused]] const SendResult lost = send();
             return broken(TransportFailure::timed_out, true, "timed out");
           }},
  };
}

std::vector<Fault> corrupted_responses() {
  return {
      corrupted("truncated JSON", [](Response& response) { response.body.resize(response.body.size() / 2); }),
      corrupted("invalid JSON", [](Response& response) { response.body = "{]"; }),
      corrupted("HTML instead of JSON", [](Response& response) { response.body = "<html>welcome</html>"; }),
      corrupted("empty body", [](Response& response) { response.body.clear(); }),
      corrupted("wrong types", retype),
      corrupted("wrong types inside of lists", retype_elements),
      corrupted("unknown status", make_status_unknown),
      corrupted("status 500 after the cloud processed it",
                [](Response& response) {
                  response.status = 500;
                  response.body = "<html>oops</html>";
                }),
  };
}

std::vector<Fault> refusals() {
  return {
      refusal(429),
      refusal(429, {{.name = "Retry-After", .value = "3"}}),
      refusal(500),
      refusal(502),
      refusal(503),
      refusal(504),
      {.name = "clock skew", .send = [](const std::string& cloud, const Send&) { return wrong_time(cloud); }},
      {.name = "expired credentials",
       .send = [](const std::string& cloud, const Send&) { return credentials_expired(cloud); }},
  };
}

}  // namespace

const std::vector<Fault>& all_faults() {
  static const std::vector<Fault> kFaults = [] {
    std::vector<Fault> faults;
    for (const auto& some : {broken_connections(), corrupted_responses(), refusals()}) {
      faults.insert(faults.end(), some.begin(), some.end());
    }
    return faults;
  }();
  return kFaults;
}

SendResult FaultyNetwork::send(const http::Request& request, const core::Context& context) {
  const int number = calls_++;
  const auto forward = [&] { return emulator_.send(request, context); };
  if (fault_ == nullptr || number < first_ || number - first_ >= times_) return forward();
  return fault_->send(cloud_, forward);
}

void FaultyNetwork::arm(const std::string& cloud, const Fault& fault, int first, int times) {
  cloud_ = cloud;
  fault_ = &fault;
  first_ = first;
  times_ = times;
  calls_ = 0;
}

}  // namespace faults
