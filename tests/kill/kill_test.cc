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

enum class Blow { kill_provider, kill_terraform, kill_both, interrupt };

/// What happened, for the report.
struct Tally {
  int provider_kills = 0;
  int terraform_kills = 0;
  int kills_of_both = 0;
  int interrupts = 0;
  int too_late = 0;  ///< the command had ended before
  int asked = 0;     ///< copies that a user was asked to import, by the command that was printed
  int torn_states =
      0;  ///< files that Terraform was killed in the middle of writing; its backup took their place
  Damage damage;

  [[nodiscard]] int blows() const { return provider_kills + terraform_kills + kills_of_both + interrupts; }
};

unsigned long number_from_environment(const char* name, unsigned long otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr || *text == '\0' ? otherwise : std::stoul(text);
}

using Command = std::vector<std::string>;
const Command kApply = {"apply", "-auto-approve"};
const Command kDestroy = {"destroy", "-auto-approve"};

/// How many calls each command makes that nobody disturbs.
struct UsualCalls {
  int create = 0;
  int change = 0;
  int destroy = 0;
};

class Round {
 public:
  Round(std::mt19937_64& random, Tally& tally, const UsualCalls& usual)
      : random_(random), tally_(tally), usual_(usual) {}

  void run() {
    strike(kApply, usual_.create);
    repair(kApply);
    check(world_.compare());
    world_.want(2);
    strike(kApply, usual_.change);
    repair(kApply);
    check(world_.compare());
    strike(kDestroy, usual_.destroy);
    repair(kDestroy);
    check(world_.compare_destroyed());
  }

 private:
  int pick(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }

  /// Runs the command, and hits it after a random number of the calls that it makes.
  void strike(const Command& command, int usual_calls) {
    Workspace& workspace = world_.workspace();
    const int begin = workspace.emulator().all_calls();
    const int moment = begin + pick(usual_calls);
    const auto blow = static_cast<Blow>(pick(3));
    const auto terraform = workspace.start(command);
    while (!terraform->has_ended() && workspace.emulator().all_calls() < moment) {
    }
    const std::vector<pid_t> providers = harness::children_of(terraform->pid());
    if (terraform->has_ended()) {
      ++tally_.too_late;
    } else {
      hit(terraform->pid(), providers, blow);
    }
    last_strike_ = Workspace::finish(*terraform).text;
    // The provider never outlives Terraform.
    INFO("providers of process " << terraform->pid());
    REQUIRE(harness::wait_until_gone(providers));
  }

  void hit(pid_t terraform, const std::vector<pid_t>& providers, Blow blow) {
    switch (blow) {
      case Blow::kill_provider:
        for (const pid_t provider : providers) ::kill(provider, SIGKILL);
        ++(providers.empty() ? tally_.too_late : tally_.provider_kills);
        return;
      case Blow::kill_terraform:
        ::kill(terraform, SIGKILL);
        ++tally_.terraform_kills;
        return;
      case Blow::kill_both:
        ::kill(-terraform, SIGKILL);
        ++tally_.kills_of_both;
        return;
      case Blow::interrupt:
        ::kill(-terraform, SIGINT);
        ++tally_.interrupts;
        return;
    }
  }

  /// One run of the command makes everything whole. Only where a cloud tells nothing of whose an image is,
  /// the user is asked, and does what the error says.
  void repair(const Command& command) {
    Workspace& workspace = world_.workspace();
    if (world_.restore_torn_state()) ++tally_.torn_states;
    Outcome outcome = workspace.run(command);
    const auto imports = KillWorld::asked_imports(outcome);
    if (outcome.exit_code != 0 && !imports.empty()) {
      for (const auto& import : imports) workspace.must(import);
      tally_.asked += static_cast<int>(imports.size());
      outcome = workspace.run(command);
    }
    CAPTURE(last_strike_, outcome.text);
    CHECK(outcome.exit_code == 0);
    last_repair_ = outcome.text;
  }

  void check(const Damage& damage) {
    tally_.damage += damage;
    CAPTURE(last_strike_, last_repair_, damage.to_string(), damage.details);
    CHECK_FALSE(damage.any());
  }

  std::mt19937_64& random_;
  Tally& tally_;
  UsualCalls usual_;
  KillWorld world_;
  std::string last_strike_;
  std::string last_repair_;
};

UsualCalls undisturbed_calls() {
  KillWorld world;
  const auto calls_of = [&](const Command& command) {
    const int before = world.workspace().emulator().all_calls();
    world.workspace().must(command);
    return world.workspace().emulator().all_calls() - before;
  };
  UsualCalls usual;
  usual.create = calls_of(kApply);
  CHECK_FALSE(world.compare().any());
  world.want(2);
  usual.change = calls_of(kApply);
  CHECK_FALSE(world.compare().any());
  usual.destroy = calls_of(kDestroy);
  CHECK_FALSE(world.compare_destroyed().any());
  return usual;
}

}  // namespace

TEST_CASE("after a kill or an interrupt at any moment, one more run repairs everything") {
  const unsigned long rounds = number_from_environment("IMAGE_KILL_ROUNDS", 2);
  const unsigned long seed = number_from_environment("IMAGE_KILL_SEED", std::random_device()());
  std::cout << "seed " << seed << "\n" << std::flush;
  std::mt19937_64 random(seed);
  Tally tally;
  const UsualCalls usual = undisturbed_calls();
  const auto report = [&](unsigned long done) {
    std::cout << done << " rounds, " << tally.blows() << " blows (provider killed " << tally.provider_kills
              << ", Terraform killed " << tally.terraform_kills << ", both killed " << tally.kills_of_both
              << ", both interrupted " << tally.interrupts << "), " << tally.too_late << " too late, "
              << tally.asked << " asked to import, " << tally.torn_states
              << " torn states: " << tally.damage.to_string() << "\n"
              << std::flush;
  };
  for (unsigned long round = 1; round <= rounds; ++round) {
    INFO("seed " << seed << ", round " << round);
    Round(random, tally, usual).run();
    if (round % 10 == 0 || round == rounds) report(round);
  }
  CHECK(tally.blows() > 0);
}
