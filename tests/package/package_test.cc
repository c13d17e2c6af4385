#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/catch.h"
#include "tests/support/subprocess.h"
#include "tests/support/test_folder.h"
#include "tests/support/tls_server.h"

// Checks the output of scripts/package by the registry's rules and with terraform.

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kName = "terraform-provider-image_" IMAGE_VERSION;
constexpr const char* kArchive = "terraform-provider-image_" IMAGE_VERSION "_linux_amd64.zip";
constexpr const char* kAddress = "registry.terraform.io/imagecopy/image";

struct Outcome {
  int exit_code = -1;
  std::string text;
};

/// A temporary folder with an environment in which a package is made and installed.
class Sandbox {
 public:
  Sandbox() {
    const char* path = std::getenv("PATH");
    environment_ = {{"PATH", path == nullptr ? "/usr/bin:/bin" : path},
                    {"HOME", folder_.path()},
                    {"TMPDIR", folder_.make_folder("tmp")},
                    {"GNUPGHOME", folder_.make_folder("gnupg")},
                    {"CHECKPOINT_DISABLE", "1"},
                    {"SOURCE_DATE_EPOCH", "1773480413"}};
    fs::permissions(folder_.path() + "/gnupg", fs::perms::owner_all);
  }

  [[nodiscard]] const harness::TestFolder& folder() const { return folder_; }
  void set(const std::string& name, const std::string& value) { environment_[name] = value; }

  Outcome run(const std::string& program, std::vector<std::string> arguments, const std::string& in = "") {
    harness::Subprocess process({.program = program,
                                 .arguments = std::move(arguments),
                                 .environment = environment_,
                                 .folder = in.empty() ? folder_.path() : in});
    const harness::ProcessEnd end = process.wait();
    return {.exit_code = end.code.value_or(-1), .text = process.output().text() + process.errors().text()};
  }
  Outcome shell(const std::string& command, const std::string& in = "") {
    return run("/bin/sh", {"-c", command}, in);
  }
  void must(const Outcome& outcome) {
    INFO(outcome.text);
    REQUIRE(outcome.exit_code == 0);
  }

  /// Makes a package. Returns its path.
  std::string make_package(const std::string& name = "package") {
    const std::string path = folder_.path() + "/" + name;
    must(run(IMAGE_SOURCE_DIR "/scripts/package", {IMAGE_PROVIDER, IMAGE_LINK_MAP, IMAGE_VERSION, path}));
    return path;
  }

  /// Writes a configuration that requires the provider. Returns its folder.
  std::string make_configuration() {
    const std::string path = folder_.make_folder("configuration" + std::to_string(++configurations_));
    folder_.write_file(
        "configuration" + std::to_string(configurations_) + "/main.tf",
        "terraform {\n  required_providers {\n    image = {\n      source = \"imagecopy/image\"\n"
        "    }\n  }\n}\noutput \"id\" {\n  value = provider::image::import_id(\"alicloud\", \"r\", "
        "\"m-1\")\n}\n");
    return path;
  }

  /// Makes terraform install only from the sources in the block.
  void install_from(const std::string& block) {
    set("TF_CLI_CONFIG_FILE",
        folder_.write_file("terraform.rc", "provider_installation {\n" + block + "\n}\n"));
  }

  /// Checks that terraform installs the provider from the sources in the block, and that it works. Returns
  /// the folder of installed providers.
  std::string check_installs(const std::string& block) {
    INFO(block);
    install_from(block);
    const std::string configuration = make_configuration();
    must(run(IMAGE_TERRAFORM, {"init", "-no-color"}, configuration));
    const Outcome applied = run(IMAGE_TERRAFORM, {"apply", "-auto-approve", "-no-color"}, configuration);
    must(applied);
    CHECK(applied.text.find("alicloud/r/m-1") != std::string::npos);
    return configuration + "/.terraform/providers";
  }

 private:
  harness::TestFolder folder_;
  harness::Environment environment_;
  int configurations_ = 0;
};

std::set<std::string> names_in(const std::string& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
  return names;
}

std::string mirror_of(const std::string& package) {
  return package + "/mirror";
}

/// Serves a folder as a network mirror.
class WebServer : public harness::TlsServer {
 public:
  explicit WebServer(const std::string& folder)
      : harness::TlsServer([&folder](httplib::SSLServer& server) {
          server.set_mount_point("/", folder);
          server.set_file_extension_and_mimetype_mapping("json", "application/json");
        }) {}

  [[nodiscard]] std::string url() const { return "https://" + host() + "/"; }
};

}  // namespace

TEST_CASE(
    "a package has the files that a registry requires, lists all linked libraries, and is reproducible") {
  Sandbox sandbox;
  const std::string package = sandbox.make_package();
  CHECK(names_in(package) == std::set<std::string>{kArchive, std::string(kName) + "_SHA256SUMS",
                                                   std::string(kName) + "_linux_amd64_sbom.spdx.json",
                                                   std::string(kName) + "_manifest.json", "mirror"});
  sandbox.must(sandbox.shell("sha256sum --check --strict " + std::string(kName) + "_SHA256SUMS", package));
  const json manifest = json::parse(harness::read_file(package + "/" + kName + "_manifest.json"));
  CHECK(manifest == json::parse(R"({"version":1,"metadata":{"protocol_versions":["6.0"]}})"));
  // The checksums are of the archive and the manifest, so their bytes are the same as well.
  const std::string again = sandbox.make_package("again");
  CHECK(harness::read_file(package + "/" + kName + "_SHA256SUMS") ==
        harness::read_file(again + "/" + kName + "_SHA256SUMS"));

  INFO("the bill of materials");
  const json bill = json::parse(harness::read_file(package + "/" + kName + "_linux_amd64_sbom.spdx.json"));
  CHECK(bill.at("spdxVersion") == "SPDX-2.3");
  std::set<std::string> ids;
  std::string names;
  for (const json& part : bill.at("packages")) {
    CAPTURE(part.dump());
    CHECK(ids.insert(part.at("SPDXID")).second);
    CHECK_FALSE(part.at("versionInfo").get<std::string>().empty());
    CHECK(part.at("licenseDeclared") != "NOASSERTION");
    names += part.at("name").get<std::string>() + " ";
  }
  for (const char* part :
       {"libgrpc", "libprotobuf", "libssl", "libre2", "curl", "libinih", "nlohmann-json3-dev"}) {
    CAPTURE(part, names);
    CHECK(names.find(part) != std::string::npos);
  }
  for (const json& relationship : bill.at("relationships")) {
    CHECK(ids.contains(relationship.at("relatedSpdxElement")));
  }
}

TEST_CASE(
    "terraform installs from packed, unpacked and network mirrors, locks them and detects changed bytes") {
  Sandbox sandbox;
  const std::string mirror = mirror_of(sandbox.make_package());
  const WebServer server(mirror);
  sandbox.set("SSL_CERT_FILE", sandbox.folder().write_file("ca.pem", server.certificate()));
  const std::string unpacked = sandbox.check_installs("filesystem_mirror {\n  path = \"" + mirror + "\"\n}");
  // An unpacked mirror is what terraform has installed.
  sandbox.check_installs("filesystem_mirror {\n  path = \"" + unpacked + "\"\n}");
  sandbox.check_installs("network_mirror {\n  url = \"" + server.url() + "\"\n}");

  sandbox.install_from("filesystem_mirror {\n  path = \"" + mirror + "\"\n}");
  std::set<std::string> locks;
  for (const std::string& source : {"-fs-mirror=" + mirror, "-net-mirror=" + server.url()}) {
    const std::string configuration = sandbox.make_configuration();
    sandbox.must(sandbox.run(
        IMAGE_TERRAFORM, {"providers", "lock", "-platform=linux_amd64", source, "-no-color"}, configuration));
    const std::string lock = harness::read_file(configuration + "/.terraform.lock.hcl");
    CHECK(lock.find("h1:") != std::string::npos);
    locks.insert(lock.substr(lock.find("h1:"), 40));
    sandbox.must(sandbox.run(IMAGE_TERRAFORM, {"init", "-lockfile=readonly", "-no-color"}, configuration));
  }
  CHECK(locks.size() == 1);

  const std::string configuration = sandbox.make_configuration();
  sandbox.must(sandbox.run(IMAGE_TERRAFORM, {"init", "-no-color"}, configuration));
  const std::string archive = mirror + "/" + kAddress + "/" + kArchive;
  sandbox.must(sandbox.shell("rm -rf .terraform; cp '" + archive +
                                 "' changed.zip; echo x >extra; zip -q changed.zip extra; " +
                                 "cp --remove-destination changed.zip '" + archive + "'",
                             configuration));
  const Outcome refused = sandbox.run(IMAGE_TERRAFORM, {"init", "-no-color"}, configuration);
  CHECK(refused.exit_code != 0);
  CHECK(refused.text.find("checksum") != std::string::npos);
}

TEST_CASE("a package is signed with the configured key, and a missing key is an error") {
  Sandbox sandbox;
  sandbox.must(sandbox.shell(
      "gpg --batch --quiet --passphrase '' --quick-generate-key 'Release <release@example.com>' "
      "rsa3072 sign never"));
  sandbox.set("IMAGE_GPG_KEY", "release@example.com");
  const std::string package = sandbox.make_package();
  const std::string sums = std::string(kName) + "_SHA256SUMS";
  sandbox.must(sandbox.shell("gpg --batch --verify " + sums + ".sig " + sums, package));
  const Outcome changed = sandbox.shell(
      "sed 's/^./0/' " + sums + " >other && gpg --batch --verify " + sums + ".sig other", package);
  CHECK(changed.exit_code != 0);
  sandbox.shell("gpgconf --kill all");

  sandbox.set("IMAGE_GPG_KEY", "nobody@example.com");
  const Outcome nobody =
      sandbox.run(IMAGE_SOURCE_DIR "/scripts/package",
                  {IMAGE_PROVIDER, IMAGE_LINK_MAP, IMAGE_VERSION, sandbox.folder().path() + "/none"});
  CHECK(nobody.exit_code != 0);
  sandbox.shell("gpgconf --kill all");
}

TEST_CASE("a user's own installation works, and uninstalling leaves nothing") {
  Sandbox sandbox;
  const std::string install = IMAGE_SOURCE_DIR "/examples/install";
  const Outcome installed = sandbox.run(install, {"--preset", IMAGE_PRESET});
  sandbox.must(installed);
  const std::size_t block = installed.text.find("terraform {");
  REQUIRE(block != std::string::npos);
  const std::string configuration = sandbox.folder().make_folder("pasted");
  sandbox.folder().write_file("pasted/main.tf",
                              installed.text.substr(block, installed.text.find("\n\nThen") - block) + "\n");
  sandbox.must(sandbox.run(IMAGE_TERRAFORM, {"init", "-no-color"}, configuration));
  sandbox.must(sandbox.run(IMAGE_TERRAFORM, {"validate", "-no-color"}, configuration));

  sandbox.must(sandbox.run(install, {"--uninstall"}));
  CHECK_FALSE(fs::exists(sandbox.folder().path() + "/.terraform.d"));
  const Outcome nothing = sandbox.run(install, {"--uninstall"});
  CHECK(nothing.exit_code != 0);
  CHECK(nothing.text.find("Nothing is installed") != std::string::npos);

  // A CLI configuration of the user that excludes the installation is reported.
  sandbox.folder().write_file(".terraformrc", "provider_installation {\n  direct {}\n}\n");
  CHECK(sandbox.run(install, {"--preset", IMAGE_PRESET}).text.find("does not search") != std::string::npos);
  CHECK(sandbox.run(install, {"--preset"}).exit_code != 0);
  CHECK(sandbox.run(install, {"--preset", "other"}).exit_code != 0);
}

TEST_CASE("a developer can use the build without installing it") {
  Sandbox sandbox;
  const Outcome made = sandbox.run(IMAGE_SOURCE_DIR "/examples/install", {"--dev", "--preset", IMAGE_PRESET});
  sandbox.must(made);
  const std::string begin = "export TF_CLI_CONFIG_FILE=";
  const std::size_t start = made.text.find(begin);
  REQUIRE(start != std::string::npos);
  sandbox.set("TF_CLI_CONFIG_FILE",
              made.text.substr(start + begin.size(), made.text.find('\n', start) - start - begin.size()));
  const Outcome applied =
      sandbox.run(IMAGE_TERRAFORM, {"apply", "-auto-approve", "-no-color"}, sandbox.make_configuration());
  sandbox.must(applied);
  CHECK(applied.text.find("development overrides") != std::string::npos);
  CHECK(applied.text.find("alicloud/r/m-1") != std::string::npos);
}
