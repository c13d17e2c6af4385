#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "src/cloud/alicloud/signature.h"
#include "src/cloud/baiducloud/signature.h"
#include "src/cloud/huaweicloud/signature.h"
#include "src/core/text.h"
#include "tests/support/catch.h"

// Reads every `*.json` in the folder of vectors. The fields of an entry determine its signature scheme.

namespace {

using nlohmann::json;

std::filesystem::path vectors_folder() {
  const char* chosen = std::getenv("IMAGE_SIGNING_VECTORS");
  return chosen != nullptr && *chosen != '\0' ? chosen : IMAGE_SOURCE_DIR "/tests/vectors";
}

std::vector<json> all_vectors() {
  std::vector<json> vectors;
  for (const auto& entry : std::filesystem::directory_iterator(vectors_folder())) {
    if (entry.path().extension() != ".json") continue;
    for (json& vector : json::parse(std::ifstream(entry.path()))) vectors.push_back(std::move(vector));
  }
  return vectors;
}

enum class Scheme { alicloud_v1, alicloud_v3, baiducloud, huaweicloud };

Scheme scheme_of(const json& vector) {
  if (vector.contains("scheme_version")) {
    return vector["scheme_version"] == "V1" ? Scheme::alicloud_v1 : Scheme::alicloud_v3;
  }
  return vector.contains("signing_key") ? Scheme::baiducloud : Scheme::huaweicloud;
}

std::vector<json> vectors_of(Scheme scheme) {
  std::vector<json> chosen;
  for (json& vector : all_vectors()) {
    if (scheme_of(vector) == scheme) chosen.push_back(std::move(vector));
  }
  return chosen;
}

/// The header `host` becomes the request's host.
http::Request request_of(const json& vector) {
  http::Request request{.method = vector["method"], .host = vector["host"]};
  for (const auto& [name, value] : vector["headers"].items()) {
    if (core::to_lower(name) != "host") request.headers.push_back({.name = name, .value = value});
  }
  const json& query = vector["query"];
  if (query.is_object()) {
    for (const auto& [name, value] : query.items()) request.query.push_back({.name = name, .value = value});
  } else {
    for (const json& item : query) {
      http::QueryParameter parameter{.name = item[0], .value = std::nullopt};
      if (!item[1].is_null()) parameter.value = item[1];
      request.query.push_back(std::move(parameter));
    }
  }
  request.path = vector["path"];
  request.body = vector.value("body", "");
  return request;
}

cloud::Credentials alicloud_credentials(const json& vector) {
  return {.access_key = vector["access_key_id"],
          .secret_key = vector["access_key_secret"],
          .security_token = vector["security_token"]};
}

cloud::Credentials credentials(const json& vector) {
  return {.access_key = vector["access_key"],
          .secret_key = vector["secret_key"],
          .security_token = vector.value("session_token", "")};
}

std::map<std::string, std::string> form_parameters(const std::string& form) {
  std::map<std::string, std::string> parameters;
  if (form.empty()) return parameters;
  for (const std::string& item : core::split(form, '&')) {
    const std::size_t equals = item.find('=');
    parameters[core::percent_decode(item.substr(0, equals))] = core::percent_decode(item.substr(equals + 1));
  }
  return parameters;
}

std::string text(const json& vector, const char* name) {
  return vector.at(name).get<std::string>();
}

}  // namespace

TEST_CASE("the signing vectors of each scheme are found") {
  CHECK(vectors_of(Scheme::alicloud_v1).size() >= 12);
  CHECK(vectors_of(Scheme::alicloud_v3).size() >= 17);
  CHECK(vectors_of(Scheme::baiducloud).size() >= 20);
  CHECK(vectors_of(Scheme::huaweicloud).size() >= 20);
}

TEST_CASE("Alibaba V1 signatures equal the vendor's at every stage") {
  for (const json& vector : vectors_of(Scheme::alicloud_v1)) {
    CAPTURE(vector["name"]);
    std::map<std::string, std::string> parameters = form_parameters(vector["body"]);
    for (const auto& [name, value] : vector["query"].items()) parameters[name] = value;
    const std::string method = vector["method"];
    const std::string secret_key = vector["access_key_secret"];
    const cloud::Signature signature = cloud::alicloud::compute_signature_v1(method, parameters, secret_key);
    CHECK(signature.canonical_request == text(vector, "canonical_request"));
    CHECK(signature.string_to_sign == text(vector, "string_to_sign"));
    CHECK(signature.authorization == text(vector, "signature"));
    CHECK(core::percent_encode(signature.authorization) == text(vector, "authorization"));
  }
}

TEST_CASE("Alibaba V3 signatures equal the vendor's at every stage") {
  for (const json& vector : vectors_of(Scheme::alicloud_v3)) {
    CAPTURE(vector["name"]);
    const auto signature =
        cloud::alicloud::compute_signature(request_of(vector), alicloud_credentials(vector));
    CHECK(signature.canonical_request == text(vector, "canonical_request"));
    CHECK(signature.string_to_sign == text(vector, "string_to_sign"));
    CHECK(signature.authorization == text(vector, "authorization"));
    CHECK(signature.authorization.ends_with(vector["signature"].get<std::string>()));
  }
}

TEST_CASE("Baidu signatures equal the vendor's at every stage") {
  for (const json& vector : vectors_of(Scheme::baiducloud)) {
    CAPTURE(vector["name"]);
    std::optional<std::vector<std::string>> names;
    if (!vector["headers_to_sign"].is_null()) {
      names.emplace();
      for (const json& name : vector["headers_to_sign"])
        names->push_back(core::to_lower(name.get<std::string>()));
    }
    const std::string date = vector["date"];
    const std::chrono::seconds validity(vector["expiration_seconds"].get<int>());
    const auto signature =
        cloud::baiducloud::compute_signature(request_of(vector), names, credentials(vector), date, validity);
    CHECK(signature.signing_key == text(vector, "signing_key"));
    CHECK(signature.canonical_request == text(vector, "canonical_request"));
    CHECK(signature.authorization == text(vector, "authorization"));
  }
}

TEST_CASE("Baidu signs an empty path as a slash (baiducloud/API.md 2.2)") {
  const auto signed_path = [](const std::string& path) {
    return cloud::baiducloud::compute_signature({.host = "bcc.bj.baidubce.com", .path = path}, std::nullopt,
                                                {.access_key = "a", .secret_key = "s"},
                                                "2026-03-14T09:26:53Z", std::chrono::seconds(1800));
  };
  CHECK(signed_path("") == signed_path("/"));
  CHECK(signed_path("v2/image") == signed_path("/v2/image"));
}

TEST_CASE("Huawei signatures equal the vendor's at every stage") {
  for (const json& vector : vectors_of(Scheme::huaweicloud)) {
    CAPTURE(vector["name"]);
    http::Request request = request_of(vector);
    request.path = core::percent_decode(request.path);
    const std::string date = vector["date"];
    http::set_header(request.headers, "X-Sdk-Date", date);
    std::vector<std::string> names = {"host"};
    for (const http::Header& header : request.headers) names.push_back(core::to_lower(header.name));
    std::ranges::sort(names);
    const auto signature = cloud::huaweicloud::compute_signature(request, names, credentials(vector), date);
    CHECK(signature.canonical_request == text(vector, "canonical_request"));
    CHECK(signature.string_to_sign == text(vector, "string_to_sign"));
    CHECK(signature.authorization == text(vector, "authorization"));
    CHECK(cloud::huaweicloud::compute_signature(request, names, credentials(vector), date,
                                                cloud::huaweicloud::QueryOrder::encoded) == signature);
  }
}
