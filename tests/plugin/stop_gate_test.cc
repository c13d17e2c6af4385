#include "plugin/stop_gate.h"

#include "tests/support/catch.h"

using tf::plugin::StopGate;

TEST_CASE("a stop reaches running calls but not later ones") {
  StopGate gate;
  const std::stop_token running = gate.token();
  CHECK_FALSE(running.stop_requested());
  gate.stop();
  CHECK(running.stop_requested());
  CHECK_FALSE(gate.token().stop_requested());
}

TEST_CASE("after the gate is closed, calls are stopped before they begin") {
  StopGate gate;
  const std::stop_token running = gate.token();
  gate.close();
  CHECK(running.stop_requested());
  CHECK(gate.token().stop_requested());
  gate.stop();
  CHECK(gate.token().stop_requested());
}
