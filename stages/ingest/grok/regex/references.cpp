#include "stages/ingest/grok/regex/references.h"

#include <memory>
#include <string_view>
#include <utility>

#include "stages/ingest/grok/regex/escape.h"

namespace sluice::ingest::regex {

namespace {

constexpr std::int64_t kGreatest = 100'000'000;

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

}  // namespace

std::int64_t References::take_number() {
  std::int64_t number = 0;
  while (is_digit(cursor_.peek()) && number < kGreatest) {
    number = number * 10 + (cursor_.peek() - '0');
    cursor_.skip(1);
  }
  return number;
}

NodePtr References::numbered() {
  const Cursor before = cursor_;
  const std::int64_t number = take_number();
  auto node = std::make_unique<Node>(NodeKind::kBackReference);
  if (number > 9 && number > static_cast<std::int64_t>(tree_.names.size())) {
    cursor_ = before;
    node->kind = NodeKind::kLiteral;
    node->code = escaped_character(cursor_);
    return node;
  }
  references_.push_back({node.get(), {}, number});
  return node;
}

NodePtr References::named() {
  const bool call = cursor_.peek() == 'g';
  const char close = cursor_.peek(1) == '<' ? '>' : '\'';
  cursor_.skip(2);
  auto node = std::make_unique<Node>(call ? NodeKind::kCall : NodeKind::kBackReference);
  refer(*node, close, call);
  return node;
}

void References::refer(Node& node, char close, bool call) {
  std::string name = group_name(close);
  if (cursor_.failed()) return;
  const bool sign = name[0] == '-' || name[0] == '+';
  const std::size_t level = name.find_first_of("+-", 1);
  if (!call && level != std::string::npos) name.resize(level);
  if (!sign && !is_digit(name[0])) {
    if (call) {
      references_.push_back({&node, std::move(name)});
    } else {
      add_groups(node, name);  // only what stands before it
    }
    return;
  }
  std::int64_t value = 0;
  for (const char digit : std::string_view(name).substr(sign ? 1 : 0)) {
    if (!is_digit(digit) || value > kGreatest) {
      cursor_.fail("invalid group name <" + name + ">");
      return;
    }
    value = value * 10 + (digit - '0');
  }
  const auto groups = static_cast<std::int64_t>(tree_.names.size());
  if (name[0] == '-') value = groups + 1 - value;
  if (name[0] == '+') value = groups + value;
  if (value <= 0 && (!call || name[0] == '-')) cursor_.fail("invalid backref number/name");
  references_.push_back({&node, {}, value});
}

bool References::refer_to_number(Node& node) {
  const std::int64_t number = take_number();
  references_.push_back({&node, {}, number});
  return number > 0;
}

std::string References::group_name(char close) {
  std::string name;
  while (!cursor_.at_end() && cursor_.peek() != close && cursor_.peek() != ')') {
    name += cursor_.peek();
    cursor_.skip(1);
  }
  if (name.empty()) {
    cursor_.fail(cursor_.at_end() ? "end pattern with unmatched parenthesis" : "group name is empty");
  } else if (!cursor_.take(close)) {
    cursor_.fail("invalid group name <" + name + ">");
  }
  return name;
}

void References::resolve() {
  for (Reference& reference : references_) {
    Node& node = *reference.node;
    if (!reference.name.empty()) {
      add_groups(node, reference.name);
      if (node.groups.size() > 1) cursor_.fail("multiplex definition name <" + reference.name + "> call");
      continue;
    }
    if (reference.number > 0 && tree_.named) {
      cursor_.fail("numbered backref/call is not allowed. (use name)");
    } else if (reference.number > static_cast<std::int64_t>(tree_.names.size())) {
      cursor_.fail(node.kind == NodeKind::kCall ? "undefined group <" + std::to_string(reference.number) + "> reference"
                                                : "invalid backref number/name");
    }
    node.groups.push_back(static_cast<std::uint32_t>(reference.number));
  }
}

void References::add_groups(Node& node, const std::string& name) {
  for (std::size_t i = 0; i < tree_.names.size(); ++i) {
    if (tree_.names[i] == name) node.groups.push_back(static_cast<std::uint32_t>(i + 1));
  }
  if (node.groups.empty()) cursor_.fail("undefined name <" + name + "> reference");
}

}  // namespace sluice::ingest::regex
