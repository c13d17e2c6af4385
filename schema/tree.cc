#include "tf/tree.h"

#include <nlohmann/json.hpp>

#include "src/core/text.h"

namespace tf {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxNesting = 100;
constexpr std::size_t kMaxValues = 1'000'000;
constexpr std::size_t kMaxRefinementBytes = 1024;
constexpr int kRefinedUnknown = 12;

std::expected<Refinement, std::string> read_refinement(std::string_view payload);

/// Receives the parser's events. Returning false stops the parser, which bounds its recursion.
class TreeBuilder final : public nlohmann::json_sax<json> {
 public:
  bool null() override { return add(Value()); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(Number(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add(Number::from_unsigned(value)); }

  bool number_float(number_float_t value, const string_t& literal) override {
    // Only JSON has a literal; MessagePack has a binary number.
    const auto number = literal.empty() ? Number::from_double(value) : Number::parse(literal);
    return number ? add(*number) : fail("contains a number that is NaN or out of range");
  }

  bool string(string_t& value) override {
    if (!core::is_valid_utf8(value)) return fail("contains text that is not valid UTF-8");
    return add(std::move(value));
  }

  bool binary(binary_t& value) override {
    std::string bytes(value.begin(), value.end());
    if (!value.has_subtype()) return string(bytes);
    if (value.subtype() != kRefinedUnknown || bytes.size() <= 1) return add(Value::unknown());
    auto refinement = read_refinement(bytes);
    return refinement ? add(Value::unknown(std::move(*refinement))) : fail(refinement.error());
  }

  bool start_array(std::size_t /*length*/) override { return open(Value::Elements()); }
  bool start_object(std::size_t /*length*/) override { return open(Value::Attributes()); }
  bool end_array() override { return close(); }
  bool end_object() override { return close(); }

  bool key(string_t& name) override {
    if (!core::is_valid_utf8(name)) return fail("contains a key that is not valid UTF-8");
    open_.back().key = std::move(name);
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return fail("cannot be read at byte " + std::to_string(position));
  }

  std::expected<Value, std::string> take() {
    if (!problem_.empty()) return std::unexpected(problem_);
    return std::move(root_);
  }

 private:
  struct Container {
    std::variant<Value::Elements, Value::Attributes> content;
    std::string key;  // of the next entry
  };

  bool fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

  bool open(std::variant<Value::Elements, Value::Attributes> content) {
    if (open_.size() >= kMaxNesting) {
      return fail("is nested deeper than " + std::to_string(kMaxNesting) + " levels");
    }
    open_.push_back({.content = std::move(content), .key = {}});
    return true;
  }

  bool close() {
    Container done = std::move(open_.back());
    open_.pop_back();
    return std::visit([this](auto& content) { return add(std::move(content)); }, done.content);
  }

  bool add(Value value) {
    if (++count_ > kMaxValues) return fail("contains more than a million values");
    if (open_.empty()) {
      root_ = std::move(value);
      return true;
    }
    Container& parent = open_.back();
    if (auto* elements = std::get_if<Value::Elements>(&parent.content)) {
      elements->push_back(std::move(value));
      return true;
    }
    auto& attributes = std::get<Value::Attributes>(parent.content);
    if (!attributes.emplace(parent.key, std::move(value)).second)
      return fail("contains the key \"" + parent.key + "\" twice");
    return true;
  }

  std::vector<Container> open_;
  Value root_;
  std::size_t count_ = 0;
  std::string problem_;
};

std::expected<Value, std::string> read_tree(std::string_view bytes, json::input_format_t format, bool whole) {
  TreeBuilder builder;
  json::sax_parse(bytes.begin(), bytes.end(), &builder, format, whole);
  return builder.take();
}

/// Reads the payload of a refinement (PROTOCOL.md 6.4). It is a MessagePack map with integer keys, which the
/// general parser rejects. Each key is one byte; each value is read by the general parser.
class RefinementReader {
 public:
  explicit RefinementReader(std::string_view payload) : rest_(payload) {}

  std::expected<Refinement, std::string> read() {
    if (rest_.empty() || (byte() & 0xF0U) != 0x80U) return malformed();
    const unsigned count = byte() & 0x0FU;
    rest_.remove_prefix(1);
    for (unsigned i = 0; i < count; ++i) {
      if (rest_.empty() || byte() > 0x7FU) return malformed();
      const unsigned key = byte();
      rest_.remove_prefix(1);
      const auto value = next();
      if (!value || !apply(key, *value)) return malformed();
    }
    return refinement_;
  }

 private:
  [[nodiscard]] unsigned byte() const { return static_cast<unsigned char>(rest_.front()); }

  static std::unexpected<std::string> malformed() {
    return std::unexpected(std::string("contains an unknown value with a malformed refinement"));
  }

  /// Reads the next value. The parser does not report where a value ends, so this tries prefixes of growing
  /// length.
  std::optional<Value> next() {
    for (std::size_t length = 1; length <= rest_.size(); ++length) {
      auto value = read_tree(rest_.substr(0, length), json::input_format_t::msgpack, true);
      if (!value) continue;
      rest_.remove_prefix(length);
      return std::move(*value);
    }
    return std::nullopt;
  }

  bool apply(unsigned key, const Value& value) {
    switch (key) {
      case 1: refinement_.not_null = value.boolean() == false; return value.as_bool() != nullptr;
      case 2: refinement_.string_prefix = value.text(); return refinement_.string_prefix.has_value();
      case 3: refinement_.lower = bound(value); return refinement_.lower.has_value();
      case 4: refinement_.upper = bound(value); return refinement_.upper.has_value();
      case 5: refinement_.min_length = value.integer(); return refinement_.min_length.has_value();
      case 6: refinement_.max_length = value.integer(); return refinement_.max_length.has_value();
      default: return true;  // newer clients may send other keys
    }
  }

  static std::optional<Bound> bound(const Value& value) {
    const Value::Elements* pair = value.as_elements();
    if (pair == nullptr || pair->size() != 2 || pair->at(1).as_bool() == nullptr) return std::nullopt;
    const Value& number = pair->at(0);
    if (const Number* exact = number.as_number())
      return Bound{.number = *exact, .inclusive = *pair->at(1).as_bool()};
    const auto parsed = number.as_string() == nullptr ? std::nullopt : Number::parse(*number.as_string());
    if (!parsed) return std::nullopt;
    return Bound{.number = *parsed, .inclusive = *pair->at(1).as_bool()};
  }

  std::string_view rest_;
  Refinement refinement_;
};

std::expected<Refinement, std::string> read_refinement(std::string_view payload) {
  if (payload.size() > kMaxRefinementBytes) {
    return std::unexpected(std::string("contains an unknown value with an oversized refinement"));
  }
  return RefinementReader(payload).read();
}

}  // namespace

std::expected<Value, std::string> read_msgpack_tree(std::string_view bytes) {
  return read_tree(bytes, json::input_format_t::msgpack, false);
}

std::expected<Value, std::string> read_json_tree(std::string_view text) {
  return read_tree(text, json::input_format_t::json, true);
}

}  // namespace tf
