#include <algorithm>
#include <optional>

#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/huaweicloud/actions.h"
#include "tests/emulator/huaweicloud/errors.h"
#include "tests/emulator/huaweicloud/projects.h"
#include "tests/emulator/ids.h"

namespace emulator::huaweicloud {
namespace {

constexpr std::chrono::hours kTokenLifetime{24};
constexpr const char* kMicroseconds = "%Y-%m-%dT%H:%M:%S.000000Z";

Json project_json(const OwnedProject& project, const std::string& account) {
  return {{"id", project.id},
          {"name", project.name},
          {"domain_id", domain_id_of(account)},
          {"parent_id", domain_id_of(account)},
          {"enabled", true},
          {"is_domain", false},
          {"description", ""},
          {"links", {{"self", "https://iam.myhuaweicloud.com/v3/projects/" + project.id}}}};
}

Json domain_json(const std::string& account) {
  return {{"id", domain_id_of(account)}, {"name", account}};
}

/// Returns the string at a path of keys; empty if there is none.
std::string text_at(const Json& body, std::initializer_list<const char*> keys) {
  const Json* value = &body;
  for (const char* key : keys) {
    if (!value->is_object() || !value->contains(key)) return "";
    value = &(*value)[key];
  }
  return value->is_string() ? value->get<std::string>() : "";
}

bool uses(const Json& body, std::string_view method) {
  const auto pointer = Json::json_pointer("/auth/identity/methods");
  if (!body.contains(pointer) || !body.at(pointer).is_array()) return false;
  return std::ranges::any_of(body.at(pointer), [&](const Json& item) { return item == method; });
}

ApiError unauthorized(std::string message) {
  return iam_refusal(401, "Unauthorized", std::move(message));
}

/// Returns the account of the user whose password is in the body.
Result<std::string> log_in(const World& world, const Json& body) {
  const std::string name = text_at(body, {"auth", "identity", "password", "user", "name"});
  const std::string password = text_at(body, {"auth", "identity", "password", "user", "password"});
  const std::string domain = text_at(body, {"auth", "identity", "password", "user", "domain", "name"});
  const auto& users = world.data().users;
  const auto user = std::ranges::find_if(users, [&](const User& candidate) {
    return candidate.name == name && candidate.account == domain &&
           equal_in_constant_time(candidate.password, password);
  });
  if (user == users.end()) return std::unexpected(unauthorized("The username or password is wrong."));
  return user->account;
}

/// Returns the account of `X-Auth-Token` or the token in the body.
Result<std::string> account_of_token(const Context& context, const Json& body) {
  std::string token = context.request.header("x-auth-token");
  if (token.empty()) token = text_at(body, {"auth", "identity", "token", "id"});
  const auto& tokens = context.world.data().iam_tokens;
  const auto known = tokens.find(token);
  if (known == tokens.end() || known->second.expires <= context.environment.signing_time) {
    return std::unexpected(unauthorized("The token is unknown or has expired."));
  }
  return known->second.account;
}

/// Returns the delegating account if the agency exists.
Result<std::string> assume(const World& world, const Json& body) {
  std::string account = text_at(body, {"auth", "identity", "assume_role", "domain_name"});
  std::string agency = text_at(body, {"auth", "identity", "assume_role", "agency_name"});
  if (agency.empty()) agency = text_at(body, {"auth", "identity", "assume_role", "xrole_name"});
  if (!account.empty() && world.data().agencies.contains(agency)) return account;
  return std::unexpected(iam_refusal(404, "Not Found", "There is no agency " + agency + "."));
}

/// Returns the account for which a token or temporary key is issued.
Result<std::string> identify(const Context& context, const Json& body) {
  if (uses(body, "password")) return log_in(context.world, body);
  const bool agency = uses(body, "assume_role");
  if (!agency && !uses(body, "token")) {
    return std::unexpected(iam_refusal(400, "Bad Request", "auth.identity.methods is missing or unknown."));
  }
  if (context.caller.key.access_key.empty()) {
    auto account = account_of_token(context, body);
    if (!account || !agency) return account;
  }
  return agency ? assume(context.world, body) : Result<std::string>(context.caller.key.account);
}

Json read_body(const Request& request) {
  return Json::parse(request.wire.body, nullptr, false);
}

}  // namespace

Result<Reply> list_projects(Context& context) {
  const std::string& account = context.caller.key.account;
  const std::string name = context.request.parameter("name");
  const std::string domain = context.request.parameter("domain_id");
  Json projects = Json::array();
  for (const OwnedProject& project : projects_of(context.world, account)) {
    const bool wanted =
        (name.empty() || project.name == name) && (domain.empty() || domain == domain_id_of(account));
    if (wanted) projects.push_back(project_json(project, account));
  }
  const Json links = {
      {"self", "https://iam.myhuaweicloud.com/v3/projects"}, {"next", nullptr}, {"previous", nullptr}};
  return Reply{.body = {{"links", links}, {"projects", projects}}};
}

Result<Reply> create_token(Context& context) {
  const Json body = read_body(context.request);
  if (!body.is_object()) return std::unexpected(iam_refusal(400, "Bad Request", "The body is not JSON."));
  const auto account = identify(context, body);
  if (!account) return std::unexpected(account.error());
  std::string scope = text_at(body, {"auth", "scope", "project", "id"});
  if (scope.empty()) scope = text_at(body, {"auth", "scope", "project", "name"});
  const auto project = find_project(context.world, *account, scope);
  if (!scope.empty() && !project) {
    return std::unexpected(iam_refusal(404, "Not Found", "There is no project " + scope + "."));
  }

  const UtcTime now = context.environment.signing_time;
  const std::string token = random_text(120);
  IamToken& kept = context.world.data().iam_tokens[token];
  kept = {.account = *account, .expires = now + kTokenLifetime};
  Json description = {{"expires_at", core::format_utc(kept.expires, kMicroseconds)},
                      {"issued_at", core::format_utc(now, kMicroseconds)},
                      {"methods", body["auth"]["identity"]["methods"]},
                      {"user", {{"domain", domain_json(*account)}, {"name", *account}}},
                      {"roles", Json::array()}};
  if (project) {
    kept.region = project->region;
    kept.project_id = project->id;
    description["project"] = {
        {"id", project->id}, {"name", project->name}, {"domain", domain_json(*account)}};
  } else {
    description["domain"] = domain_json(*account);
  }
  if (context.request.parameter("nocatalog") != "true") description["catalog"] = Json::array();
  return Reply{.status = 201,
               .body = {{"token", description}},
               .headers = {{.name = "X-Subject-Token", .value = token}}};
}

Result<Reply> list_domains(Context& context) {
  const Json links = {{"self", "https://iam.myhuaweicloud.com/v3/auth/domains"}};
  return Reply{
      .body = {{"domains", Json::array({domain_json(context.caller.key.account)})}, {"links", links}}};
}

Result<Reply> list_regions(Context& context) {
  Json regions = Json::array();
  for (const std::string& region : context.world.data().regions.at(Cloud::huaweicloud)) {
    regions.push_back({{"id", region},
                       {"type", "public"},
                       {"parent_region_id", nullptr},
                       {"locales", {{"en-us", region}, {"zh-cn", region}}}});
  }
  return Reply{.body = {{"regions", regions}}};
}

Result<Reply> create_temporary_key(Context& context) {
  const Json body = read_body(context.request);
  if (!body.is_object()) return std::unexpected(iam_refusal(400, "Bad Request", "The body is not JSON."));
  const auto account = identify(context, body);
  if (!account) return std::unexpected(account.error());
  const std::string method = uses(body, "assume_role") ? "assume_role" : "token";
  const auto pointer = Json::json_pointer("/auth/identity/" + method + "/duration_seconds");
  int seconds = 900;
  if (body.contains(pointer))
    seconds = body.at(pointer).is_number_integer() ? body.at(pointer).get<int>() : 0;
  if (seconds < 900 || seconds > 86400) {
    return std::unexpected(iam_refusal(400, "Bad Request", "duration_seconds must be 900 to 86400."));
  }
  const UtcTime expires = context.environment.signing_time + std::chrono::seconds(seconds);
  const AccessKey& key = context.world.issue_key("", *account, expires);
  const Json credential = {{"access", key.access_key},
                           {"secret", key.secret_key},
                           {"securitytoken", key.security_token},
                           {"expires_at", core::format_utc(*key.expires, kMicroseconds)}};
  return Reply{.status = 201, .body = {{"credential", credential}}};
}

}  // namespace emulator::huaweicloud
