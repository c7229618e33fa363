#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>

#include "stages/painless/lang/analyzer.h"
#include "stages/painless/lang/casts.h"
#include "stages/painless/lang/compile_error.h"
#include "stages/painless/run/regex.h"

namespace sluice::painless {

namespace {

/// The digits of an integer literal as an unsigned value; nothing: more than 64 bits.
std::optional<std::uint64_t> digits(std::string_view text, int radix) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, radix);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Digits {
  std::string_view text;
  int radix;
  char suffix;
};

Digits split(const Node& node) {
  std::string_view text = node.text;
  int radix = 10;
  if (node.name == "hex") {
    radix = 16;
    text.remove_prefix(2);
  } else if (node.name == "octal") {
    radix = 8;
  }
  char suffix = '\0';
  if (const char last = text.back(); last == 'l' || last == 'L') {
    suffix = 'L';
    text.remove_suffix(1);
  } else if (radix == 10 && (last == 'f' || last == 'F')) {
    suffix = 'F';
    text.remove_suffix(1);
  } else if (radix == 10 && (last == 'd' || last == 'D')) {
    suffix = 'D';
    text.remove_suffix(1);
  }
  return {text, radix, suffix};
}

/// Whether a magnitude with its sign fits a signed type of `bits` bits.
bool fits(std::uint64_t magnitude, bool negative, int bits) {
  const std::uint64_t limit = std::uint64_t{1} << (bits - 1);
  return negative ? magnitude <= limit : magnitude < limit;
}

}  // namespace

void Analyzer::number(Node& node, const Type* want) {
  const Digits parts = split(node);
  const std::string shown = (node.negative ? "-" : "") + std::string(parts.text);
  node.is_constant = true;
  const bool decimal = parts.radix == 10 && parts.text.find_first_of(".eE") != std::string_view::npos;
  if (decimal || parts.suffix == 'F' || parts.suffix == 'D') {
    if (parts.suffix == 'F') {
      const float value = std::strtof(shown.c_str(), nullptr);
      if (std::isinf(value)) fail(node.offset, "Invalid float constant [" + node.text + "].");
      node.constant = Value::of_float(value);
      node.type = simple(Kind::kFloat);
    } else {
      const double value = std::strtod(shown.c_str(), nullptr);
      if (std::isinf(value)) fail(node.offset, "Invalid double constant [" + node.text + "].");
      node.constant = Value::of_double(value);
      node.type = simple(Kind::kDouble);
    }
    return;
  }
  const std::optional<std::uint64_t> magnitude = digits(parts.text, parts.radix);
  const auto signed_value = [&] {
    return static_cast<std::int64_t>(node.negative ? std::uint64_t{0} - *magnitude : *magnitude);
  };
  if (parts.suffix == 'L') {
    if (!magnitude || !fits(*magnitude, node.negative, 64)) {
      fail(node.offset, "Invalid long constant [" + shown + (parts.radix == 10 ? "" : "L") + "].");
    }
    node.constant = Value::of_long(signed_value());
    node.type = simple(Kind::kLong);
    return;
  }
  if (!magnitude || !fits(*magnitude, node.negative, 32)) {
    std::string reason = "Invalid int constant [" + shown + "].";
    if (magnitude && fits(*magnitude, node.negative, 64)) {
      reason += " If you want a long constant then change it to [" + shown + "L].";
    }
    fail(node.offset, reason);
  }
  // A literal takes the small type that is wanted, when it fits.
  const std::int64_t value = signed_value();
  Kind kind = Kind::kInt;
  if (want != nullptr) {
    const bool byte = want->kind == Kind::kByte && value >= -128 && value <= 127;
    const bool short_int = want->kind == Kind::kShort && value >= -32768 && value <= 32767;
    const bool character = want->kind == Kind::kChar && value >= 0 && value <= 65535;
    if (byte || short_int || character) kind = want->kind;
  }
  node.constant = convert_primitive(Value::of_int(static_cast<std::int32_t>(value)), kind);
  node.type = simple(kind);
}

void Analyzer::literal(Node& node, bool read) {
  switch (node.kind) {
    case NodeKind::kTrue:
    case NodeKind::kFalse: {
      const bool value = node.kind == NodeKind::kTrue;
      if (!read) unused(node, std::string("boolean constant [") + (value ? "true" : "false") + "] not used");
      node.is_constant = true;
      node.constant = Value::boolean(value);
      node.type = simple(Kind::kBoolean);
      break;
    }
    case NodeKind::kNull:
      if (!read) unused(node, "null constant not used");
      node.type = def();
      break;
    default:
      if (!read) unused(node, "string constant [" + node.text + "] not used");
      node.type = known().string->type;
      break;
  }
}

void Analyzer::regex(Node& node, bool read) {
  if (!read) unused(node, "regex constant [" + node.text + "] with flags [" + node.name + "] not used");
  if (!options_.regex_enabled) {
    throw CompileError{
        node.offset,
        {{"illegal_state_exception",
          "Regexes are disabled. Set [script.painless.regex.enabled] to [true] in elasticsearch.yaml to allow them. Be "
          "careful though, regexes break out of Painless's protection against deep recursion and long loops."}}};
  }
  if (const auto problem = regex_problem(node.text, node.name)) {
    // The place is one behind the literal's start, where the expression itself begins.
    throw CompileError{
        node.offset + 1 + static_cast<std::uint32_t>(problem->index),
        {{"illegal_argument_exception", "invalid regular expression: could not compile regex constant [" + node.text +
                                            "] with flags [" + node.name + "]: " + problem->description},
         {"pattern_syntax_exception", problem->message}}};
  }
  node.type = known().pattern->type;
}

}  // namespace sluice::painless
