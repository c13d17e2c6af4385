#include <pwd.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "src/core/text.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

// The flow of examples/pipelines, with a real PostgreSQL that keeps and locks the state.

using acceptance::Workspace;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

/// The folder with the programs of the newest installed version.
std::string postgresql_programs() {
  std::string found;
  const fs::path versions = "/usr/lib/postgresql";
  if (!fs::is_directory(versions)) return "";
  for (const auto& entry : fs::directory_iterator(versions)) {
    if (fs::exists(entry.path() / "bin/initdb")) found = std::max(found, (entry.path() / "bin").string());
  }
  return found;
}

/// A PostgreSQL server with a socket in a temporary folder. PostgreSQL refuses to run as root.
class Postgresql {
 public:
  Postgresql() {
    programs_ = postgresql_programs();
    REQUIRE_FALSE(programs_.empty());
    if (geteuid() == 0) {
      const passwd* user = getpwnam("postgres");
      REQUIRE(user != nullptr);
      REQUIRE(::chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) == 0);
      run_as_ = {"setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"};
    }
    must("initdb", {"--pgdata=" + data(), "--auth=trust", "--username=terraform", "--no-sync",
                    "--encoding=UTF8", "--locale=C"});
    server_ =
        start("postgres", {"-D", data(), "-k", folder_.path(), "-c", "listen_addresses=", "-c", "fsync=off"});
    const bool is_ready = server_->errors().wait_until([](std::string_view text) {
      return text.find("ready to accept connections") != std::string_view::npos;
    });
    INFO(server_->errors().text());
    REQUIRE(is_ready);
  }
  Postgresql(const Postgresql&) = delete;
  Postgresql& operator=(const Postgresql&) = delete;
  ~Postgresql() {
    if (!server_) return;
    server_->send(SIGQUIT);
    [[maybe_unused]] const harness::ProcessEnd end = server_->wait();
  }

  [[nodiscard]] std::string connection() const {
    return "host=" + folder_.path() + " user=terraform dbname=postgres sslmode=disable";
  }

 private:
  [[nodiscard]] std::string data() const { return folder_.path() + "/data"; }

  std::unique_ptr<harness::Subprocess> start(const std::string& program, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), programs_ + "/" + program);
    arguments.insert(arguments.begin(), run_as_.begin(), run_as_.end());
    const std::string first = arguments.front();
    arguments.erase(arguments.begin());
    return std::make_unique<harness::Subprocess>(
        harness::Command{.program = first.find('/') == std::string::npos ? "/usr/bin/" + first : first,
                         .arguments = std::move(arguments),
                         .environment = {{"PATH", "/usr/bin:/bin"}, {"LC_ALL", "C"}},
                         .folder = folder_.path()});
  }

  void must(const std::string& program, std::vector<std::string> arguments) {
    const auto process = start(program, std::move(arguments));
    const harness::ProcessEnd end = process->wait();
    INFO(process->output().text() << process->errors().text());
    REQUIRE(end == harness::exited(0));
  }

  harness::TestFolder folder_;
  std::string programs_;
  std::vector<std::string> run_as_;
  std::unique_ptr<harness::Subprocess> server_;
};

json seed(const std::string& copy_duration) {
  return {{"images",
           {{{"cloud", "alicloud"},
             {"region", "cn-hangzhou"},
             {"id", "m-bp1golden00000000001"},
             {"name", "golden"},
             {"size_gb", 40},
             {"copy_duration", copy_duration}}}}};
}

/// A pipeline's checkout of the example. All checkouts share the state.
class Checkout {
 public:
  Checkout(Workspace& workspace, const Postgresql& database, const std::string& name)
      : workspace_(workspace), folder_(workspace.folder().make_folder(name)) {
    const fs::path example = fs::path(IMAGE_SOURCE_DIR) / "examples/pipelines";
    for (const char* file : {"main.tf", "pipeline"}) fs::copy(example / file, fs::path(folder_) / file);
    workspace.set_environment("PG_CONN_STR", database.connection());
    workspace.set_environment("TF_VAR_endpoint", workspace.emulator().url() + "/alicloud/{region}");
    workspace.set_environment("ALIBABA_CLOUD_ACCESS_KEY_ID", acceptance::kAccessKey);
    workspace.set_environment("ALIBABA_CLOUD_ACCESS_KEY_SECRET", acceptance::kSecretKey);
  }

  std::unique_ptr<harness::Subprocess> start(std::vector<std::string> step) {
    return workspace_.start_program(folder_ + "/pipeline", std::move(step), folder_);
  }
  acceptance::Outcome run(std::vector<std::string> step) {
    const auto process = start(std::move(step));
    return Workspace::finish(*process);
  }
  void must(std::vector<std::string> step) {
    const acceptance::Outcome outcome = run(std::move(step));
    INFO(outcome.text);
    REQUIRE(outcome.exit_code == 0);
  }

  /// The resources in the state, in the format of `terraform show -json`.
  json resources() {
    const auto process = workspace_.start_program(IMAGE_TERRAFORM, {"show", "-json"}, folder_);
    REQUIRE(process->wait() == harness::exited(0));
    const json shown = json::parse(process->output().text());
    return shown.contains("values") ? shown.at("values").at("root_module").value("resources", json::array())
                                    : json::array();
  }

 private:
  Workspace& workspace_;
  std::string folder_;
};

int count_golden_images(Workspace& workspace) {
  int count = 0;
  for (const json& image : workspace.emulator().all_images())
    count += image.at("name") == "golden-2026-11" ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("when one of two concurrent pipelines is canceled, no copy is lost or made twice") {
  const int signal = GENERATE(SIGINT, SIGTERM);
  CAPTURE(signal);
  const Postgresql database;
  Workspace workspace(seed("100m"));
  Checkout first(workspace, database, "first");
  Checkout second(workspace, database, "second");

  // The merge request's plan, and the apply of main that is canceled while its copies run.
  first.must({"plan", "images.tfplan"});
  CHECK(harness::read_file(workspace.folder().path() + "/first/images.tfplan.md").find("4 to add") !=
        std::string::npos);
  const auto cancelled = first.start({"apply", "images.tfplan"});
  workspace.emulator().wait_for_calls("alicloud", "CopyImage", 4);
  // Meanwhile the other pipeline waits for the lock.
  const auto waiting = second.start({"finish"});
  REQUIRE(waiting->output().wait_until(
      [](std::string_view text) { return text.find("Acquiring state lock") != std::string_view::npos; }));
  CHECK(::kill(cancelled->pid(), signal) == 0);
  const acceptance::Outcome stopped = Workspace::finish(*cancelled);
  CAPTURE(stopped.text);
  CHECK(stopped.exit_code != 0);

  // It gets the lock, finds the copies in the state, and resumes waiting.
  workspace.emulator().advance_clock("3h");
  const acceptance::Outcome finished = Workspace::finish(*waiting);
  CAPTURE(finished.text);
  CHECK(finished.exit_code == 0);
  CHECK(workspace.emulator().calls("alicloud", "CopyImage") == 4);
  CHECK(count_golden_images(workspace) == 4);
  const json resources = second.resources();
  CHECK(resources.size() == 4);
  for (const json& resource : resources) {
    CAPTURE(resource.dump());
    CHECK(resource.at("values").at("status") == "available");
    CHECK_FALSE(resource.value("tainted", false));
  }
  // The plan that was canceled is stale.
  const acceptance::Outcome stale = first.run({"apply", "images.tfplan"});
  CHECK(stale.exit_code != 0);
  CHECK(stale.says("stale"));
  // The next pipeline has nothing left to do.
  first.must({"plan", "images.tfplan"});
  CHECK(harness::read_file(workspace.folder().path() + "/first/images.tfplan.md").find("No changes") !=
        std::string::npos);
}
