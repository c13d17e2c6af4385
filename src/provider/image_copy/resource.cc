#include "src/provider/image_copy/resource.h"

#include <algorithm>
#include <array>

#include "src/cloud/huaweicloud/client.h"
#include "src/copy/copy_key.h"
#include "src/provider/diagnostics.h"
#include "src/provider/image_copy/preflight.h"
#include "src/provider/image_copy/private_state.h"
#include "src/provider/image_copy/schema.h"
#include "src/provider/tags.h"
#include "tf/plan.h"

namespace provider {
namespace {

using tf::AttributePath;
using tf::Value;

/// What a look at the copy can change, and what it can only fill in.
constexpr std::array<std::string_view, 9> kObserved = {"status",       "progress_percent", "status_reason",
                                                       "size_gb",      "os_type",          "os_name",
                                                       "architecture", "created_at",       "snapshot_ids"};
constexpr std::array<std::string_view, 2> kFilledIn = {"id", "image_id"};

/// For all questions of one plan together: they only spare a later disappointment.
constexpr std::chrono::seconds kPreflightPatience{30};

/// Ids that are known stay, so that what depends on them is left alone.
void mark_observed_unknown(Value& planned) {
  for (const std::string_view name : kObserved) planned.set(name, Value::unknown());
  for (const std::string_view name : kFilledIn) {
    if (planned[name].is_null()) planned.set(name, Value::unknown());
  }
}

void mark_all_unknown(Value& planned) {
  mark_observed_unknown(planned);
  planned.set("job_id", Value::unknown());
  for (const std::string_view name : kFilledIn) planned.set(name, Value::unknown());
}

/// The update will wait for what still runs, or look at what an import could not find.
bool must_look_again(const Value& prior, const Value& planned, const PrivateState& known) {
  const bool waits = read_model(planned).waits_until_available;
  const bool renames = tf::changes(prior, planned, "name") || tf::changes(prior, planned, "description") ||
                       tf::changes(prior, planned, "tags_all");
  const bool finds = prior["destination_region"].is_null() && !planned["destination_region"].is_null();
  return finds || known.unsettled || (is_running(prior) && (waits || renames));
}

/// Where a description cannot be taken away, a new copy can be made without, unless it is somebody else's.
void plan_description(const Value& prior, const Value& planned, const PrivateState& known,
                      const cloud::Traits& traits, tf::PlannedChange& change, tf::Diagnostics& diagnostics) {
  const bool clears = !prior["description"].text().value_or("").empty() &&
                      planned["description"].is_known() && planned["description"].text().value_or("").empty();
  if (!clears || traits.clears_description) return;
  if (known.described) {
    change.requires_replace.emplace_back("description");
    return;
  }
  diagnostics.push_back(tf::warning("Description Stays",
                                    "The image has a description that this resource did not give it, and " +
                                        std::string(traits.display_name) +
                                        " takes none away. The image keeps it; the state leaves it out.",
                                    AttributePath("description")));
}

/// An image stays in its project.
void plan_project(const Value& planned, const PrivateState& known,
                  std::vector<AttributePath>& requires_replace) {
  const auto wanted = planned["huaweicloud"]["project_name"].text();
  if (!wanted || wanted->empty() || known.project_name.empty() || *wanted == known.project_name) return;
  requires_replace.push_back(AttributePath("huaweicloud").attribute("project_name"));
}

/// Nothing and the empty text mean the same to a cloud; so do nothing and `false` where it encrypts by key
/// only.
void forget_equal_arguments(const Value& prior, const Value& planned,
                            std::vector<AttributePath>& requires_replace) {
  const auto is_nothing = [&](const Value& value) {
    if (value.is_unknown()) return false;
    const bool by_key = planned["cloud"].text() == cloud::huaweicloud::traits().name;
    return value.is_null() || value.text() == "" || (by_key && value.boolean() == false);
  };
  for (const char* name : {"encrypted", "kms_key_id", "resource_group_id"}) {
    if (is_nothing(prior[name]) && is_nothing(planned[name]))
      std::erase(requires_replace, AttributePath(name));
  }
}

/// An import cannot learn how an image was made. What the configuration says of that is taken for true,
/// unless the cloud has told otherwise.
void adopt_arguments(const Value& prior, const Value& planned, const PrivateState& known,
                     std::vector<AttributePath>& requires_replace, tf::Diagnostics& diagnostics) {
  for (const std::string_view name : {"encrypted", "kms_key_id", "resource_group_id"}) {
    const AttributePath path(name);
    const auto listed = std::ranges::find(requires_replace, path);
    if (listed == requires_replace.end() || (!prior[name].is_null() && !planned[name].is_null())) continue;
    const bool encrypts =
        name != "resource_group_id" && !planned[name].is_null() && planned[name].boolean() != false;
    if (encrypts && known.imported_plain) continue;
    requires_replace.erase(listed);
    if (planned[name].is_null()) continue;
    diagnostics.push_back(tf::warning(
        "Argument Taken for True",
        "The image was imported, and its cloud does not tell whether it was made with this argument. The "
        "state "
        "will record what the configuration says. If the image is otherwise, replace it with -replace.",
        path));
  }
}

tf::Diagnostic will_be_replaced(const Value& prior, const PrivateState& known) {
  const std::string reason = prior["status_reason"].text().value_or("The cloud gave no reason.");
  if (known.snapshots_left.empty()) {
    return tf::warning("Failed Copy Will Be Replaced",
                       "The copy failed: " + reason + " It is planned to be deleted and started again.",
                       AttributePath("source_image_id"));
  }
  return tf::warning("Deleted Image Will Be Made Again",
                     reason + " They are planned to be deleted, and a new copy to be started.",
                     AttributePath("source_image_id"));
}

tf::Diagnostic will_be_waited_for(const Value& prior) {
  const ImageCopyModel model = read_model(prior);
  const cloud::CopyStatus view{.state = model.status.value_or(cloud::CopyState::unknown),
                               .progress_percent = model.progress_percent};
  return tf::warning("Running Copy Will Be Waited For",
                     progress_sentence(copy_reference(model), view) +
                         " Applying resumes the wait for its end; nothing is started again.");
}

}  // namespace

ImageCopyResource::ImageCopyResource(const CurrentClouds& clouds, core::Clock& clock, core::Logger& log)
    : clouds_(clouds), clock_(clock), log_(log), schema_(image_copy_schema()) {}

core::Context ImageCopyResource::context(const Value& value, Action action,
                                         const std::stop_token& stop) const {
  return {.deadline = clock_.now() + timeout_of(value, action), .stop = stop};
}

tf::Diagnostics ImageCopyResource::validate(const Value& config) const {
  return check_copy_rules(config, false);
}

void ImageCopyResource::plan_regions(Value& planned, const Value& config, bool exists, const Session& session,
                                     tf::Diagnostics& diagnostics) const {
  const auto is_open = [&](std::string_view name) {
    return config[name].is_null() && (planned[name].is_unknown() || planned[name].is_null());
  };
  // Of a source that is not known, neither is the region.
  if (is_open("source_region") && !planned["source_image_id"].is_null()) {
    if (session.default_region.empty()) {
      diagnostics.push_back(
          tf::error("Missing Source Region",
                    "Neither this resource nor the provider configuration says in which region the "
                    "source image is. Set source_region, or the region of the cloud in the provider "
                    "configuration.",
                    AttributePath("source_region")));
      return;
    }
    planned.set("source_region", session.default_region);
  }
  if (!is_open("destination_region")) return;
  // Of a copy that exists, the cloud tells it.
  planned.set("destination_region", exists ? Value::unknown() : planned["source_region"]);
}

tf::PlanResponse ImageCopyResource::plan(const tf::PlanRequest& request, const std::stop_token& stop) {
  const Value& prior = request.prior_state;
  tf::PlannedChange change = tf::plan_from_schema(schema_, prior, request.config);
  tf::PlanResponse response{.planned_private = request.prior_private};
  Value& planned = change.planned;

  std::optional<Session> session;
  const auto cloud = planned["cloud"].text();
  if (cloud && !waits_for_apply(clouds_, *cloud)) session = open(*cloud, stop, response.diagnostics);
  if (session) plan_regions(planned, request.config, !prior.is_null(), *session, response.diagnostics);
  const PrivateState known = read_private_state(request.prior_private);
  if (session && !prior.is_null()) {
    plan_description(prior, planned, known, session->cloud().traits(), change, response.diagnostics);
    plan_project(planned, known, change.requires_replace);
    forget_equal_arguments(prior, planned, change.requires_replace);
    session->ownership().hold(copy_reference(read_model(prior, known)));
  }
  if (const auto clouds = clouds_.get()) {
    planned.set("tags_all", merged_tags(planned["tags"], clouds->default_tags()));
  }
  tf::append(response.diagnostics, check_copy_rules(planned, prior.is_null()));
  const cloud::CopySpec wish = copy_spec(planned);
  const bool stays =
      !prior.is_null() && change.requires_replace.empty() && prior["status"].text() != "failed";
  // A replacement that users force is planned once as an update and once as a creation, which then comes with
  // what the state remembers.
  const bool is_new = prior.is_null() && request.prior_private.empty();
  if (session && (stays || is_new)) {
    const auto key = copy::copy_key(*cloud, wish);
    copy::Ownership& ledger = session->ownership();
    const bool is_single = !key || (is_new ? ledger.plan_to_make(*key) : ledger.plan_to_keep(*key));
    if (!is_single) response.diagnostics.push_back(same_copy_twice(read_model(planned)));
  }
  if (prior.is_null() && cloud) {
    const auto key = copy::copy_key(*cloud, wish);
    planned.set("copy_key", key ? Value(*key) : Value::unknown());
  }
  if (session && planned["source_region"].text() && planned["destination_region"].text()) {
    const std::string why =
        session->cloud().why_not(*planned["source_region"].text(), *planned["destination_region"].text());
    if (!why.empty()) {
      response.diagnostics.push_back(
          tf::error("Credentials for One Region", why, AttributePath("destination_region")));
    }
  }
  if (session && !tf::has_error(response.diagnostics)) {
    const core::Context limits{.deadline = clock_.now() + kPreflightPatience, .stop = stop};
    const ImageCopyModel model = read_model(planned, known);
    // A replacement is planned once more, as a creation.
    if (prior.is_null()) tf::append(response.diagnostics, preflight(*session, model, wish, limits));
    const bool is_renamed = !prior.is_null() && tf::changes(prior, planned, "name");
    if (is_renamed && change.requires_replace.empty()) {
      tf::append(response.diagnostics, preflight_name(*session, model, wish, limits));
    }
  }
  if (known.imported) {
    adopt_arguments(prior, planned, known, change.requires_replace, response.diagnostics);
  }
  if (!prior.is_null() && change.requires_replace.empty()) {
    if (prior["status"].text() == "failed") {
      mark_all_unknown(planned);
      change.requires_replace.emplace_back("status");
      response.diagnostics.push_back(will_be_replaced(prior, known));
    } else if (must_look_again(prior, planned, known)) {
      mark_observed_unknown(planned);
      // Another run's image may turn out to be the one that stays.
      if (known.unsettled) {
        for (const std::string_view name : {"id", "image_id", "job_id"}) planned.set(name, Value::unknown());
      }
      if (is_running(prior)) response.diagnostics.push_back(will_be_waited_for(prior));
    }
  }
  response.planned_state = std::move(change.planned);
  response.requires_replace = std::move(change.requires_replace);
  return response;
}

}  // namespace provider
