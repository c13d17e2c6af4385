#include "src/http/ca_bundle.h"

#include <map>

#include "tests/support/catch.h"
#include "tests/support/test_folder.h"

using http::CaBundle;
using http::find_ca_bundle;

namespace {

/// The usual places in the root folder of another machine.
class HostEnvironment {
 public:
  HostEnvironment() {
    for (const std::string& place : http::usual_ca_bundles()) places.push_back(root.path() + place);
  }

  /// Returns the path as this machine sees it.
  [[nodiscard]] std::string write(const std::string& place) const {
    static_cast<void>(root.make_folder(place.substr(1, place.rfind('/') - 1)));
    return root.write_file(place.substr(1), "-----BEGIN CERTIFICATE-----\n");
  }

  [[nodiscard]] CaBundle find(const std::string& ca_file = "") const {
    return find_ca_bundle(
        ca_file,
        [this](const char* name) {
          const auto value = environment.find(name);
          return value == environment.end() ? "" : value->second;
        },
        places);
  }

  harness::TestFolder root;
  std::vector<std::string> places;
  std::map<std::string, std::string> environment;
};

}  // namespace

TEST_CASE("the CA bundle of every usual distribution is found") {
  for (const std::string& place : http::usual_ca_bundles()) {
    CAPTURE(place);
    const HostEnvironment machine;
    const std::string file = machine.write(place);
    CHECK(machine.find() == CaBundle{.file = file});
  }
}

TEST_CASE("of several CA bundles the first one is used") {
  const HostEnvironment machine;
  const std::string first = machine.write(http::usual_ca_bundles().front());
  static_cast<void>(machine.write(http::usual_ca_bundles().back()));
  CHECK(machine.find().file == first);
}

TEST_CASE("a folder and a broken link are no CA bundles") {
  const HostEnvironment machine;
  const auto usual = http::usual_ca_bundles();
  static_cast<void>(machine.root.make_folder(usual.at(0).substr(1)));
  static_cast<void>(machine.root.make_folder(usual.at(1).substr(1, usual.at(1).rfind('/'))));
  std::filesystem::create_symlink("nowhere", machine.places.at(1));
  const std::string file = machine.write(usual.at(2));
  CHECK(machine.find().file == file);
}

TEST_CASE("without a CA bundle, the message lists every path that was searched, and what to do") {
  const HostEnvironment machine;
  const CaBundle bundle = machine.find();
  CHECK(bundle.file.empty());
  CAPTURE(bundle.not_found);
  for (const std::string& place : machine.places) CHECK(bundle.not_found.contains(place));
  for (const char* remedy : {"ca-certificates", "SSL_CERT_FILE", "ca_file"}) {
    CHECK(bundle.not_found.contains(remedy));
  }
}

TEST_CASE("SSL_CERT_FILE takes precedence over the usual paths, and SSL_CERT_DIR is used in addition") {
  HostEnvironment machine;
  const std::string file = machine.write(http::usual_ca_bundles().front());
  machine.environment = {{"SSL_CERT_DIR", "/a:/b"}};
  CHECK(machine.find() == CaBundle{.file = file, .folders = "/a:/b"});
  machine.environment["SSL_CERT_FILE"] = "/mine.pem";
  CHECK(machine.find() == CaBundle{.file = "/mine.pem", .folders = "/a:/b"});
}

TEST_CASE("with SSL_CERT_DIR alone, the message lists its folders and the paths that were searched") {
  HostEnvironment machine;
  machine.environment = {{"SSL_CERT_DIR", "/a:/b"}};
  const CaBundle bundle = machine.find();
  CHECK(bundle.folders == "/a:/b");
  CHECK(bundle.not_found.contains("/a:/b"));
  CHECK(bundle.not_found.contains(machine.places.back()));
}

TEST_CASE("a configured CA file is the only one that is trusted") {
  HostEnvironment machine;
  static_cast<void>(machine.write(http::usual_ca_bundles().front()));
  machine.environment = {{"SSL_CERT_FILE", "/mine.pem"}, {"SSL_CERT_DIR", "/a"}};
  CHECK(machine.find("/told.pem") == CaBundle{.file = "/told.pem"});
}

TEST_CASE("a file without certificates is skipped") {
  const HostEnvironment machine;
  static_cast<void>(machine.write(http::usual_ca_bundles().front()));
  static_cast<void>(machine.root.write_file(http::usual_ca_bundles().front().substr(1), ""));
  const std::string good = machine.write(http::usual_ca_bundles().back());
  CHECK(machine.find().file == good);
}
