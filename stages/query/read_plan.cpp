#include "stages/query/read_plan.h"

#include <algorithm>

#include "pipeline/base/json_text.h"
#include "stages/parse/hit_reader.h"
#include "stages/query/document_fields.h"
#include "stages/query/runtime_field.h"

namespace sluice::stages {

std::uint32_t ReadPlan::slot(std::string_view path, Take take) {
  std::uint32_t at = 0;
  for (std::string_view rest = path;;) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    const std::string_view part = rest.substr(0, dot);
    const Node* found = child(nodes_[at], part);
    if (found != nullptr) {
      at = static_cast<std::uint32_t>(found - nodes_.data());
    } else {
      const auto added = static_cast<std::uint32_t>(nodes_.size());
      nodes_[at].children.emplace_back(part, added);
      nodes_.emplace_back();
      at = added;
    }
    if (dot == rest.size()) break;
    rest.remove_prefix(dot + 1);
  }
  flat_ = flat_ && take == Take::kValues && path.find('.') == std::string_view::npos;
  Node& node = nodes_[at];
  std::uint32_t& slot = take == Take::kValues ? node.values : take == Take::kWhole ? node.whole : node.objects;
  if (slot == kNone) {
    slot = static_cast<std::uint32_t>(paths_.size());
    paths_.emplace_back(path);
  }
  return slot;
}

std::uint32_t ReadPlan::computed(const pipeline::FieldSchema& field) {
  const auto known = std::ranges::find(computed_paths_, field.path);
  const auto number = static_cast<std::uint32_t>(known - computed_paths_.begin());
  if (known != computed_paths_.end()) return number;
  // Its number is known before its script is: that one may name other runtime fields, which name this one.
  computed_paths_.push_back(field.path);
  computed_.emplace_back();
  auto made = RuntimeField::make(field, *scripts_, *this);
  computed_[number] = std::move(made);
  return number;
}

const ReadPlan::Node* ReadPlan::child(const Node& node, std::string_view part) const {
  for (const auto& [name, index] : node.children) {
    if (name == part) return &nodes_[index];
  }
  return nullptr;
}

void ReadPlan::read(Walker walker, DocumentFields& into) const {
  if (flat_) {
    read_flat(walker, into);
  } else {
    read_members(nodes_.front(), walker, into);
  }
}

/// Ends behind the last of the keys: an index takes no document that has a key twice.
void ReadPlan::read_flat(Walker& walker, DocumentFields& into) const {
  std::size_t missing = nodes_.size() - 1;
  static_cast<void>(walk_object(walker, [&](std::string_view token, Walker& at) {
    const Node* found = has_escape(token) ? child(nodes_.front(), json_unquoted(token))
                                          : child(nodes_.front(), token.substr(1, token.size() - 2));
    if (found == nullptr) return at.skip_value();
    read_elements(*found, at, into);
    return --missing != 0;
  }));
}

void ReadPlan::read_members(const Node& node, Walker& walker, DocumentFields& into) const {
  static_cast<void>(walk_object(walker, [&](std::string_view token, Walker& at) {
    if (!has_escape(token)) {
      read_member(node, token.substr(1, token.size() - 2), at, into);
    } else {
      const std::string key = json_unquoted(token);
      read_member(node, key, at, into);
    }
    return at.skip_value();
  }));
}

/// Looks at the value of a key; the walker stays in front of it.
void ReadPlan::read_member(const Node& node, std::string_view key, Walker& walker, DocumentFields& into) const {
  if (const Node* found = child(node, key)) {
    Walker inside = walker;
    read_value(*found, inside, into);
  }
  for (std::size_t dot = key.find('.'); dot != std::string_view::npos; dot = key.find('.', dot + 1)) {
    const Node* found = child(node, key.substr(0, dot));
    if (found != nullptr) read_member(*found, key.substr(dot + 1), walker, into);
  }
}

void ReadPlan::read_value(const Node& node, Walker& walker, DocumentFields& into) const {
  if (node.whole != kNone) {
    Walker whole = walker;
    const std::uint32_t* const begin = whole.position();
    const std::string_view token = whole.take_value();
    if (!token.empty()) into.file(node.whole, token, begin, whole.position());
  }
  if (node.values == kNone && node.objects == kNone && node.children.empty()) return;
  read_elements(node, walker, into);
}

/// The value, or each of an array, however deep.
void ReadPlan::read_elements(const Node& node, Walker& walker, DocumentFields& into) const {
  const std::uint32_t* const begin = walker.position();
  if (walker.peek() == '[') {
    walker.take('[');
    while (!walker.take(']')) {
      read_elements(node, walker, into);
      if (!walker.take(',') && walker.peek() != ']') return;  // not JSON: it has no more values
    }
    return;
  }
  const bool object = walker.peek() == '{';
  Walker inside = walker;
  const std::string_view token = walker.take_value();
  if (token.empty()) {
    walker.move_to(walker.limit());
    return;
  }
  if (!object) {
    if (node.values != kNone) into.file(node.values, token, begin, walker.position());
    return;
  }
  if (node.objects != kNone) into.file(node.objects, token, begin, walker.position());
  if (!node.children.empty()) read_members(node, inside, into);
}

}  // namespace sluice::stages
