#include <fstream>
#include <random>

#include "tests/plugin/thing_calls.h"
#include "tests/plugin/value_fields.h"
#include "tf/codec.h"

using namespace harness;
using Stub = PluginClient::Stub;

namespace {

constexpr unsigned kSeed = 20260314;

/// Bytes that are not a value of any object type.
std::vector<std::string> undecodable_bytes() {
  return {
      "\xc1",                                           // a byte that msgpack does not have
      "\xc3",                                           // a bool
      "\xa4name",                                       // a text
      std::string("\x80", 1),                           // an object without attributes
      "\x81\xa4name",                                   // cut short
      "\x81\xa4na\xff\xff\xa1x",                        // a key that is not UTF-8
      std::string("\x82\xa1") + "a\xc0\xa1" + "a\xc0",  // a duplicate key
      "\x81\x01\x01",                                   // a key that is a number
      "\xdf\xff\xff\xff\xff",                           // announces four billion entries
      "\xdd\xff\xff\xff\xff\xc0",                       // announces as many elements
      "\xdb\xff\xff\xff\xff",                           // announces as many bytes of text
      "\xc6\xff\xff\xff\xff",                           // announces as many bytes of binary data
      "\xc9\xff\xff\xff\xff\x0c",                       // announces as many bytes of a refinement
      "\xc7\x05\x0c\x81\x02\xa2m-",                     // a refinement that is not valid for objects
      std::string(3'000'000, '\x91'),                   // nested too deeply
      std::string(3'000'000, '\x81'),
      "\xdd" + std::string(3'000'000, '\0'),
  };
}

/// Damages the bytes of a valid value, or generates random bytes.
class Damage {
 public:
  std::string next(const std::string& good) {
    switch (random_() % 4) {
      case 0: return noise();
      case 1: return good.substr(0, random_() % good.size());
      case 2: return replaced(good);
      default: return inserted(good);
    }
  }

 private:
  char byte() { return static_cast<char>(random_()); }

  std::string noise() {
    std::string bytes(random_() % 60, '\0');
    for (char& c : bytes) c = byte();
    return bytes;
  }

  std::string replaced(std::string bytes) {
    for (unsigned i = 0; i <= random_() % 3; ++i) bytes[random_() % bytes.size()] = byte();
    return bytes;
  }

  std::string inserted(std::string bytes) {
    for (unsigned i = 0; i <= random_() % 3; ++i) bytes.insert(random_() % bytes.size(), 1, byte());
    return bytes;
  }

  std::mt19937 random_{kSeed};
};

tfplugin6::DynamicValue msgpack(const std::string& bytes) {
  tfplugin6::DynamicValue value;
  value.set_msgpack(bytes);
  return value;
}

/// Checks that the call returned without an exception, and with an error if the bytes are not a value.
void check_result(const FieldResult& result, bool readable) {
  CAPTURE(result.status.error_message(), result.diagnostics);
  CHECK(result.status.ok());
  CHECK(result.diagnostics.find("Provider Bug") == std::string::npos);
  if (!readable) {
    CHECK(result.errors == 1);
    CHECK(result.diagnostics.starts_with("Unreadable Value from Terraform"));
  }
}

/// The peak memory of the process in kilobytes.
long peak_memory(const PluginProcess& plugin, pid_t pid) {
  CAPTURE(plugin.handshake().address);
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
  }
  return -1;
}

}  // namespace

TEST_CASE("12.39 every call rejects bytes that are not a value, and the plugin survives", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  for (const ValueField& field : value_fields(call_ok(client, &Stub::GetProviderSchema))) {
    for (const std::string& bytes : undecodable_bytes()) {
      CAPTURE(field.name, bytes.size(), bytes.substr(0, 10));
      check_result(field.send(client, msgpack(bytes)), false);
    }
  }
  end_plugin(plugin, client);
}

TEST_CASE("12.39 random damage to a valid value causes errors at most") {
  CAPTURE(kSeed);
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const std::string good_thing = encoded(full_thing()).msgpack();
  const std::string good_provider =
      "\x83\xa9"
      "behaviour\xc0\xa4tags\x81\xa1"
      "a\xa1"
      "b\xa5token\xa1t";
  Damage damage;
  int damaged = 0;
  int unreadable = 0;
  for (const ValueField& field : value_fields(call_ok(client, &Stub::GetProviderSchema))) {
    const bool provider = field.name.contains("Provider");
    const std::string& good = provider ? good_provider : good_thing;
    REQUIRE(tf::decode_msgpack(good, field.type));
    for (int round = 0; round < 300; ++round) {
      const std::string bytes = damage.next(good);
      const bool readable = tf::decode_msgpack(bytes, field.type).has_value();
      CAPTURE(field.name, round);
      check_result(field.send(client, msgpack(bytes)), readable);
      ++damaged;
      if (!readable) ++unreadable;
    }
  }
  // Damage that is always harmless, or always an error, would prove little.
  CHECK(unreadable > damaged / 4);
  CHECK(unreadable < damaged);
  end_plugin(plugin, client);
}

TEST_CASE("12.39 values in JSON are read with the same care") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  for (const ValueField& field : value_fields(call_ok(client, &Stub::GetProviderSchema))) {
    for (const std::string& text : {std::string("{"), std::string("[]"), std::string("{\"a\":1}"),
                                    std::string("\xff"), std::string("{} {}"), std::string(1'000'000, '[')}) {
      CAPTURE(field.name, text.substr(0, 10));
      tfplugin6::DynamicValue value;
      value.set_json(text);
      check_result(field.send(client, value), false);
    }
  }
  end_plugin(plugin, client);
}

TEST_CASE("12.39 damaged state is rejected and not treated as no state") {
  CAPTURE(kSeed);
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const std::string good =
      R"({"name":"a","amount":0.1,"items":["a","b"],"labels":{"team":"x"},"secret":null})";
  CHECK(call_ok(client, &Stub::UpgradeResourceState, upgrade_request(good)).diagnostics_size() == 0);
  Damage damage;
  for (int round = 0; round < 1000; ++round) {
    const auto upgraded = call_ok(client, &Stub::UpgradeResourceState, upgrade_request(damage.next(good)));
    CAPTURE(round, all_diagnostics(upgraded));
    CHECK(all_diagnostics(upgraded).find("Provider Bug") == std::string::npos);
    CHECK((count_errors(upgraded) == 1 || decoded(upgraded.upgraded_state()).as_attributes() != nullptr));
  }
  end_plugin(plugin, client);
}

#ifndef __SANITIZE_ADDRESS__
TEST_CASE("12.39 no memory is allocated for announced sizes") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  for (const ValueField& field : value_fields(call_ok(client, &Stub::GetProviderSchema))) {
    for (const char* header : {"\xdf\xff\xff\xff\xff", "\xdd\xff\xff\xff\xff\xc0", "\xdb\xff\xff\xff\xff",
                               "\xc6\xff\xff\xff\xff", "\xc9\xff\xff\xff\xff\x0c"}) {
      check_result(field.send(client, msgpack(header)), false);
    }
  }
  const long peak = peak_memory(plugin, plugin.process().pid());
  CHECK(peak > 0);
  CHECK(peak < 100'000);
  end_plugin(plugin, client);
}
#endif
