#include <csignal>
#include <cstdlib>
#include <iostream>
#include <random>

#include "tests/kill/kill_world.h"
#include "tests/support/catch.h"
#include "tests/support/processes.h"

using acceptance::Outcome;
using acceptance::Workspace;
using kill_test::Damage;
using kill_test::KillWorld;

namespace {

enum class Disruption { kill_provider, kill_terraform, kill_both, interrupt };

/// Counts for the report.
struct Counters {
  int provider_kills = 0;
  int terraform_kills = 0;
  int kills_of_both = 0;
  int interrupts = 0;
  int too_late = 0;     ///< the command ended first
  int imports = 0;      ///< copies that needed the import command from an error
  int torn_states = 0;  ///< state files that Terraform was killed while writing, replaced by its backup
  Damage damage;

  [[nodiscard]] int disruptions() const {
    return provider_kills + terraform_kills + kills_of_both + interrupts;
  }
};

unsigned long number_from_environment(const char* name, unsigned long otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr || *text == '\0' ? otherwise : std::stoul(text);
}

using Command = std::vector<std::string>;
const Command kApply = {"apply", "-auto-approve"};
const Command kDestroy = {"destroy", "-auto-approve"};

/// How many calls each command makes without a disruption.
struct CallCounts {
  int create = 0;
  int change = 0;
  int destroy = 0;
};

class Round {
 public:
  Round(std::mt19937_64& random, Counters& counters, const CallCounts& undisturbed)
      : random_(random), counters_(counters), undisturbed_(undisturbed) {}

  void run() {
    disrupt(kApply, undisturbed_.create);
    repair(kApply);
    check(world_.compare());
    world_.configure(2);
    disrupt(kApply, undisturbed_.change);
    repair(kApply);
    check(world_.compare());
    disrupt(kDestroy, undisturbed_.destroy);
    repair(kDestroy);
    check(world_.compare_destroyed());
  }

 private:
  int pick(int max) { return std::uniform_int_distribution<int>(0, max)(random_); }

  /// Runs the command, and disrupts it after a random number of calls.
  void disrupt(const Command& command, int undisturbed_calls) {
    Workspace& workspace = world_.workspace();
    const int begin = workspace.emulator().all_calls();
    const int moment = begin + pick(undisturbed_calls);
    const auto disruption = static_cast<Disruption>(pick(3));
    const auto terraform = workspace.start(command);
    while (!terraform->has_ended() && workspace.emulator().all_calls() < moment) {
    }
    const std::vector<pid_t> providers = harness::children_of(terraform->pid());
    if (terraform->has_ended()) {
      ++counters_.too_late;
    } else {
      send(terraform->pid(), providers, disruption);
    }
    last_disrupted_ = Workspace::finish(*terraform).text;
    // The provider must not outlive Terraform.
    INFO("providers of process " << terraform->pid());
    REQUIRE(harness::wait_until_gone(providers));
  }

  void send(pid_t terraform, const std::vector<pid_t>& providers, Disruption disruption) {
    switch (disruption) {
      case Disruption::kill_provider:
        for (const pid_t provider : providers) ::kill(provider, SIGKILL);
        ++(providers.empty() ? counters_.too_late : counters_.provider_kills);
        return;
      case Disruption::kill_terraform:
        ::kill(terraform, SIGKILL);
        ++counters_.terraform_kills;
        return;
      case Disruption::kill_both:
        ::kill(-terraform, SIGKILL);
        ++counters_.kills_of_both;
        return;
      case Disruption::interrupt:
        ::kill(-terraform, SIGINT);
        ++counters_.interrupts;
        return;
    }
  }

  /// Runs the command once more, which must repair everything. On a cloud that does not identify copies,
  /// first runs the import commands that the errors print.
  void repair(const Command& command) {
    Workspace& workspace = world_.workspace();
    if (world_.restore_torn_state()) ++counters_.torn_states;
    Outcome outcome = workspace.run(command);
    const auto imports = KillWorld::suggested_imports(outcome);
    if (outcome.exit_code != 0 && !imports.empty()) {
      for (const auto& import : imports) workspace.must(import);
      counters_.imports += static_cast<int>(imports.size());
      outcome = workspace.run(command);
    }
    CAPTURE(last_disrupted_, outcome.text);
    CHECK(outcome.exit_code == 0);
    last_repair_ = outcome.text;
  }

  void check(const Damage& damage) {
    counters_.damage += damage;
    CAPTURE(last_disrupted_, last_repair_, damage.to_string(), damage.details);
    CHECK_FALSE(damage.any());
  }

  std::mt19937_64& random_;
  Counters& counters_;
  CallCounts undisturbed_;
  KillWorld world_;
  std::string last_disrupted_;
  std::string last_repair_;
};

CallCounts count_undisturbed_calls() {
  KillWorld world;
  const auto calls_of = [&](const Command& command) {
    const int before = world.workspace().emulator().all_calls();
    world.workspace().must(command);
    return world.workspace().emulator().all_calls() - before;
  };
  CallCounts undisturbed;
  undisturbed.create = calls_of(kApply);
  CHECK_FALSE(world.compare().any());
  world.configure(2);
  undisturbed.change = calls_of(kApply);
  CHECK_FALSE(world.compare().any());
  undisturbed.destroy = calls_of(kDestroy);
  CHECK_FALSE(world.compare_destroyed().any());
  return undisturbed;
}

}  // namespace

TEST_CASE("after a kill or an interrupt at any moment, one more run repairs everything") {
  const unsigned long rounds = number_from_environment("IMAGE_KILL_ROUNDS", 2);
  const unsigned long seed = number_from_environment("IMAGE_KILL_SEED", std::random_device()());
  std::cout << "seed " << seed << "\n" << std::flush;
  std::mt19937_64 random(seed);
  Counters counters;
  const CallCounts undisturbed = count_undisturbed_calls();
  const auto report = [&](unsigned long done) {
    std::cout << done << " rounds, " << counters.disruptions() << " disruptions (provider killed "
              << counters.provider_kills << ", Terraform killed " << counters.terraform_kills
              << ", both killed " << counters.kills_of_both << ", both interrupted " << counters.interrupts
              << "), " << counters.too_late << " too late, " << counters.imports << " imports, "
              << counters.torn_states << " torn states: " << counters.damage.to_string() << "\n"
              << std::flush;
  };
  for (unsigned long round = 1; round <= rounds; ++round) {
    INFO("seed " << seed << ", round " << round);
    Round(random, counters, undisturbed).run();
    if (round % 10 == 0 || round == rounds) report(round);
  }
  CHECK(counters.disruptions() > 0);
}
