// A complete Terraform provider built on plugin/, which communicates with Terraform, and schema/, which
// validates, plans and converts values. Its resource note_file is a file in a directory.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "src/core/file.h"
#include "tf/plan.h"
#include "tf/provider.h"
#include "tf/serve.h"
#include "tf/upgrade.h"
#include "tf/validate.h"

namespace {

using tf::Presence;
using tf::Value;

/// A file with a text. Changing its name forces a new file.
class NoteFile final : public tf::Resource {
 public:
  explicit NoteFile(const std::string& directory) : directory_(directory) {}

  [[nodiscard]] const tf::Schema& schema() const override {
    static const tf::Schema kSchema = {
        .version = 0,
        .description = "A note in the provider's directory.",
        .attributes = {
            {.name = "name",
             .presence = Presence::required,
             .description = "The name of the file.",
             .replacement = tf::Replacement::on_change,
             .validators = {tf::validators::length_between(1, 100)}},
            {.name = "text", .presence = Presence::required, .description = "The content of the file."},
            {.name = "id", .presence = Presence::computed, .description = "The path of the file."}}};
    return kSchema;
  }

  /// Checks rules that the schema cannot express. Unknown arguments pass.
  [[nodiscard]] tf::Diagnostics validate(const Value& config) const override {
    if (config["name"].text().value_or("").find('/') == std::string::npos) return {};
    return {tf::error("Invalid Note Name", "The name must not contain a slash.", tf::AttributePath("name"))};
  }

  tf::PlanResponse plan(const tf::PlanRequest& request, const std::stop_token& /*stop*/) override {
    tf::PlannedChange change = tf::plan_from_schema(schema(), request.prior_state, request.config);
    return {.planned_state = std::move(change.planned),
            .requires_replace = std::move(change.requires_replace),
            .planned_private = request.prior_private,
            .diagnostics = {}};
  }

  tf::StateResponse create(tf::CreateRequest request, const std::stop_token& /*stop*/) override {
    if (std::filesystem::exists(path(request.planned_state))) return failed({}, "Note Exists", "Import it.");
    return write(std::move(request.planned_state), {});
  }

  tf::StateResponse update(const tf::UpdateRequest& request, const std::stop_token& /*stop*/) override {
    return write(request.planned_state, request.prior_state);
  }

  /// Returns no state if the note no longer exists, so that Terraform plans to create it.
  tf::StateResponse read(const tf::ReadRequest& request, const std::stop_token& /*stop*/) override {
    return read_note(request.state);
  }

  tf::StateResponse remove(const tf::DeleteRequest& request, const std::stop_token& /*stop*/) override {
    std::error_code error;
    std::filesystem::remove(path(request.prior_state), error);
    return error ? failed(request.prior_state, "Note Not Deleted", error.message()) : tf::StateResponse();
  }

  tf::StateResponse import(const std::string& id, const std::stop_token& /*stop*/) override {
    Value state = tf::null_object(schema().type());
    state.set("name", id);
    if (tf::has_error(validate(state))) return failed({}, "Invalid Note Name", "A note name has no slash.");
    tf::StateResponse note = read_note(std::move(state));
    return note.state.is_null() ? failed({}, "Note Not Found", "There is no note \"" + id + "\".") : note;
  }

  [[nodiscard]] tf::StateResponse upgrade(const tf::UpgradeRequest& request) const override {
    auto state = tf::upgrade_from_schema(schema(), request.state_json);
    if (state) return {.state = *std::move(state), .private_state = "", .diagnostics = {}};
    return failed({}, "Unreadable State", state.error().to_string());
  }

 private:
  [[nodiscard]] std::string path(const Value& note) const {
    return directory_ + "/" + note["name"].text().value_or("");
  }

  static tf::StateResponse failed(Value state, const std::string& summary, const std::string& detail) {
    return {.state = std::move(state), .private_state = "", .diagnostics = {tf::error(summary, detail)}};
  }

  tf::StateResponse write(Value note, const Value& prior) {
    std::ofstream file(path(note));
    file << note["text"].text().value_or("") << std::flush;
    return file ? read_note(std::move(note)) : failed(prior, "Note Not Written", "It cannot be written.");
  }

  [[nodiscard]] tf::StateResponse read_note(Value note) const {
    const auto text = core::read_file(path(note));
    if (!text) return {};
    note.set("text", *text);
    note.set("id", path(note));
    return {.state = std::move(note), .private_state = "", .diagnostics = {}};
  }

  const std::string& directory_;
};

class NotesProvider final : public tf::Provider {
 public:
  [[nodiscard]] const tf::Schema& schema() const override {
    static const tf::Schema kSchema = {.version = 0,
                                       .description = "Notes in a directory.",
                                       .attributes = {{.name = "directory",
                                                       .presence = Presence::required,
                                                       .description = "The directory of the notes."}}};
    return kSchema;
  }
  tf::Diagnostics configure(const tf::ConfigureRequest& request) override {
    directory_ = request.config["directory"].text().value_or(".");
    return {};
  }
  [[nodiscard]] const std::map<std::string, tf::Resource*>& resources() const override { return resources_; }

 private:
  std::string directory_;
  NoteFile note_file_{directory_};
  const std::map<std::string, tf::Resource*> resources_ = {{"note_file", &note_file_}};
};

}  // namespace

int main() {
  if (!tf::plugin::started_by_terraform()) {
    std::cerr << "This is a Terraform provider. Terraform starts it; do not run it directly.\n";
    return 1;
  }
  core::SystemClock clock;
  core::HclogLogger log(clock, STDERR_FILENO, tf::plugin::requested_log_level(), "note");
  NotesProvider provider;
  return tf::plugin::serve("terraform-provider-note", provider, clock, log);
}
