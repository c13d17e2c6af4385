#include "src/http/ca_bundle.h"

#include <map>

#include "tests/support/catch.h"
#include "tests/support/test_folder.h"

using http::CaBundle;
using http::find_ca_bundle;

namespace {

/// A host with its own root folder and environment variables.
class FakeFiles {
 public:
  FakeFiles() {
    for (const std::string& path : http::usual_ca_bundles()) paths.push_back(root.path() + path);
  }

  /// Writes a CA bundle at that path of the host. Returns its real path.
  [[nodiscard]] std::string write(const std::string& path) const {
    static_cast<void>(root.make_folder(path.substr(1, path.rfind('/') - 1)));
    return root.write_file(path.substr(1), "-----BEGIN CERTIFICATE-----\n");
  }

  [[nodiscard]] CaBundle find(const std::string& ca_file = "") const {
    return find_ca_bundle(
        ca_file,
        [this](const char* name) {
          const auto value = environment.find(name);
          return value == environment.end() ? "" : value->second;
        },
        paths);
  }

  harness::TestFolder root;
  std::vector<std::string> paths;
  std::map<std::string, std::string> environment;
};

}  // namespace

TEST_CASE("the CA bundle of every usual distribution is found") {
  for (const std::string& path : http::usual_ca_bundles()) {
    CAPTURE(path);
    const FakeFiles host;
    const std::string file = host.write(path);
    CHECK(host.find() == CaBundle{.file = file});
  }
}

TEST_CASE("of several CA bundles the first one is used") {
  const FakeFiles host;
  const std::string first = host.write(http::usual_ca_bundles().front());
  static_cast<void>(host.write(http::usual_ca_bundles().back()));
  CHECK(host.find().file == first);
}

TEST_CASE("a directory and a broken link are no CA bundles") {
  const FakeFiles host;
  const auto usual = http::usual_ca_bundles();
  static_cast<void>(host.root.make_folder(usual.at(0).substr(1)));
  static_cast<void>(host.root.make_folder(usual.at(1).substr(1, usual.at(1).rfind('/'))));
  std::filesystem::create_symlink("nowhere", host.paths.at(1));
  const std::string file = host.write(usual.at(2));
  CHECK(host.find().file == file);
}

TEST_CASE("without a CA bundle, the message lists every path that was searched, and what to do") {
  const FakeFiles host;
  const CaBundle bundle = host.find();
  CHECK(bundle.file.empty());
  CAPTURE(bundle.not_found);
  for (const std::string& path : host.paths) CHECK(bundle.not_found.contains(path));
  for (const char* remedy : {"ca-certificates", "SSL_CERT_FILE", "ca_file"}) {
    CHECK(bundle.not_found.contains(remedy));
  }
}

TEST_CASE("SSL_CERT_FILE takes precedence over the usual paths, and SSL_CERT_DIR is used in addition") {
  FakeFiles host;
  const std::string file = host.write(http::usual_ca_bundles().front());
  host.environment = {{"SSL_CERT_DIR", "/a:/b"}};
  CHECK(host.find() == CaBundle{.file = file, .folders = "/a:/b"});
  host.environment["SSL_CERT_FILE"] = "/mine.pem";
  CHECK(host.find() == CaBundle{.file = "/mine.pem", .folders = "/a:/b"});
}

TEST_CASE("with SSL_CERT_DIR alone, the message lists its directories and the paths that were searched") {
  FakeFiles host;
  host.environment = {{"SSL_CERT_DIR", "/a:/b"}};
  const CaBundle bundle = host.find();
  CHECK(bundle.folders == "/a:/b");
  CHECK(bundle.not_found.contains("/a:/b"));
  CHECK(bundle.not_found.contains(host.paths.back()));
}

TEST_CASE("a configured CA file is the only one that is trusted") {
  FakeFiles host;
  static_cast<void>(host.write(http::usual_ca_bundles().front()));
  host.environment = {{"SSL_CERT_FILE", "/mine.pem"}, {"SSL_CERT_DIR", "/a"}};
  CHECK(host.find("/configured.pem") == CaBundle{.file = "/configured.pem"});
}

TEST_CASE("a file without certificates is skipped") {
  const FakeFiles host;
  static_cast<void>(host.write(http::usual_ca_bundles().front()));
  static_cast<void>(host.root.write_file(http::usual_ca_bundles().front().substr(1), ""));
  const std::string good = host.write(http::usual_ca_bundles().back());
  CHECK(host.find().file == good);
}
