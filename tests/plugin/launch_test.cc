#include <unistd.h>

#include <set>

#include "tests/plugin/responses.h"

using namespace harness;
using Stub = PluginClient::Stub;

namespace {

/// The result of a plugin that was started with other variables than Terraform's.
struct FailedStart {
  ProcessEnd end;
  std::string output;
  std::string errors;
  std::size_t sockets = 0;
};

FailedStart start_with(const std::string& binary, Environment environment, const TestFolder& folder) {
  Subprocess process({.program = binary, .arguments = {}, .environment = std::move(environment)});
  const auto end = process.wait();
  return {.end = end,
          .output = process.output().text(),
          .errors = process.errors().text(),
          .sockets = folder.sockets().size()};
}

void check_no_start(const FailedStart& start) {
  CHECK(start.end == exited(1));
  CHECK(start.output.empty());
  CHECK_FALSE(start.errors.empty());
  CHECK(start.sockets == 0);
}

/// Returns the handshake line for these offered protocol versions.
std::string line_for_versions(const std::string& binary, const std::string& versions) {
  PluginProcess plugin({.binary = binary, .environment = {{"PLUGIN_PROTOCOL_VERSIONS", versions}}});
  CHECK(plugin.handshake().core_protocol == 1);
  CHECK(plugin.handshake().network == "unix");
  CHECK(plugin.handshake().transport == "grpc");
  return std::to_string(plugin.handshake().application_protocol);
}

}  // namespace

TEST_CASE("12.1 without the cookie, the program explains what it is and ends", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const TestFolder folder;
  Environment environment = terraform_environment(folder, std::nullopt);
  environment.erase("TF_PLUGIN_MAGIC_COOKIE");
  const FailedStart start = start_with(binary, environment, folder);
  check_no_start(start);
  CHECK(start.errors.find("Terraform") != std::string::npos);
}

TEST_CASE("12.2 a wrong cookie has the same effect as none", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const TestFolder folder;
  Environment environment = terraform_environment(folder, std::nullopt);
  const std::string right = environment.at("TF_PLUGIN_MAGIC_COOKIE");
  for (const std::string& wrong : {std::string("x"), right + "0", right.substr(1)}) {
    environment["TF_PLUGIN_MAGIC_COOKIE"] = wrong;
    check_no_start(start_with(binary, environment, folder));
  }
}

TEST_CASE("12.3 the handshake is one line with the address of a listening plugin", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  CHECK(plugin.handshake().core_protocol == 1);
  CHECK(plugin.handshake().application_protocol == 6);
  CHECK(plugin.handshake().network == "unix");
  CHECK(plugin.handshake().address.starts_with("/"));
  CHECK(plugin.handshake().transport == "grpc");
  CHECK(plugin.folder().sockets() == std::vector<std::string>{plugin.handshake().address});
  PluginClient client(plugin);
  CHECK(client.call(&Stub::GetMetadata).status.ok());
  end_plugin(plugin, client);
}

TEST_CASE("12.4 to 12.6 the handshake names version 6 for any offered versions", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  for (const char* versions :
       {"5,6", "6,5", "6", "5", "7", "", "abc,6", "abc", ",,", "6,99999999999999999999"}) {
    CAPTURE(versions);
    CHECK(line_for_versions(binary, versions) == "6");
  }
}

TEST_CASE("12.5 stderr explains if the client does not offer version 6", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary, .environment = {{"PLUGIN_PROTOCOL_VERSIONS", "5"}}});
  const std::string name = std::filesystem::path(binary).filename();
  CHECK(plugin.process().errors().wait_until(
      [&](std::string_view text) { return text.contains(name) && text.contains("protocol 6"); }));
}

TEST_CASE("12.7 without a client certificate, the plugin uses plaintext", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary, .tls = false});
  CHECK(plugin.handshake().certificate.empty());
  PluginClient client(plugin);
  CHECK(client.call(&Stub::GetProviderSchema).status.ok());
  end_plugin(plugin, client);
}

TEST_CASE("12.8 an invalid client certificate prevents the start", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const TestFolder folder;
  Environment environment = terraform_environment(folder, std::nullopt);
  const std::string whole = create_client_identity().certificate_pem;
  for (const std::string& rubbish :
       {std::string("rubbish"), whole.substr(0, whole.size() / 2),
        std::string("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")}) {
    environment["PLUGIN_CLIENT_CERT"] = rubbish;
    const FailedStart start = start_with(binary, environment, folder);
    check_no_start(start);
    CHECK(start.errors.find("PLUGIN_CLIENT_CERT") != std::string::npos);
  }
}

TEST_CASE("12.9 the handshake carries a certificate for localhost that is valid now and new each time",
          "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  std::set<std::string> seen;
  for (int start = 0; start < 3; ++start) {
    const PluginProcess plugin({.binary = binary});
    const auto der = decode_base64(plugin.handshake().certificate);
    REQUIRE(der);
    const auto certificate = read_der_certificate(*der);
    REQUIRE(certificate != nullptr);
    CHECK(X509_check_host(certificate.get(), "localhost", 0, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) ==
          1);
    CHECK(X509_cmp_current_time(X509_get0_notBefore(certificate.get())) < 0);
    CHECK(X509_cmp_current_time(X509_get0_notAfter(certificate.get())) > 0);
    CHECK(X509_check_purpose(certificate.get(), X509_PURPOSE_SSL_SERVER, 0) == 1);
    CHECK(seen.insert(plugin.handshake().certificate).second);
  }
}

TEST_CASE("12.10 fifty starts in a row never pad the certificate and leave nothing behind", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  std::set<std::size_t> lengths;
  for (int start = 0; start < 50; ++start) {
    PluginProcess plugin({.binary = binary});
    const std::string& certificate = plugin.handshake().certificate;
    CAPTURE(certificate);
    const auto der = decode_base64(certificate);
    REQUIRE(der);
    REQUIRE(read_der_certificate(*der) != nullptr);
    lengths.insert(der->size() % 3);
    PluginClient client(plugin);
    end_plugin(plugin, client);
  }
  // Otherwise no certificate had a length that requires padding.
  CHECK(lengths.size() > 1);
}

TEST_CASE("12.13 standard input is never read and may be closed", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  SECTION("what is typed stays for Terraform") {
    Pipe input = open_pipe();
    REQUIRE(write(input.write_end.number(), "yes\n", 4) == 4);
    input.write_end.close();
    PluginProcess plugin(
        {.binary = binary, .input = StandardInput::given, .given_input = input.read_end.number()});
    PluginClient client(plugin);
    CHECK(client.call(&Stub::GetProviderSchema).status.ok());
    end_plugin(plugin, client);
    std::array<char, 16> typed{};
    CHECK(read(input.read_end.number(), typed.data(), typed.size()) == 4);
  }
  SECTION("closed") {
    PluginProcess plugin({.binary = binary, .input = StandardInput::closed});
    PluginClient client(plugin);
    CHECK(client.call(&Stub::GetProviderSchema).status.ok());
    end_plugin(plugin, client);
  }
}

TEST_CASE("12.14 nothing follows the handshake on stdout", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary, .environment = {{"TF_LOG", "trace"}}});
  PluginClient client(plugin);
  CHECK(client.call(&Stub::GetProviderSchema).status.ok());
  CHECK(client.call(&Stub::ConfigureProvider).status.ok());
  CHECK(client.call(&Stub::StopProvider).status.ok());
  end_plugin(plugin, client);
  const std::string output = plugin.process().output().text();
  CHECK(std::ranges::count(output, '\n') == 1);
  CHECK(output.ends_with(plugin.handshake().certificate + "\n"));
}
