#include "stages/source_filter/field_path_filter.h"

#include <algorithm>
#include <utility>

#include "pipeline/base/java_trim.h"
#include "pipeline/base/wildcard.h"

namespace sluice::stages {

/// A place in the patterns: what may come next.
struct FieldPathFilter::Node {
  std::string segment;
  std::vector<std::unique_ptr<Node>> words;  ///< next segments without a wildcard
  std::vector<std::unique_ptr<Node>> globs;
  bool last = false;  ///< a pattern ends here
  [[nodiscard]] bool any_depth() const { return segment == "**"; }

  Node& child(std::string text) {
    auto& children = text.find('*') == std::string::npos ? words : globs;
    const auto found = std::ranges::find_if(children, [&](const auto& node) { return node->segment == text; });
    if (found != children.end()) return **found;
    return *children.emplace_back(std::make_unique<Node>(Node{std::move(text), {}, {}}));
  }
};

namespace {

using Node = FieldPathFilter::Node;
using Nodes = FieldPathFilter::Nodes;

/// The segments between dots; `\.` is a dot within one.
std::vector<std::string> segments(std::string_view pattern) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '.') {
      parts.emplace_back();
      continue;
    }
    if (pattern[i] == '\\' && i + 1 < pattern.size() && pattern[i + 1] == '.') ++i;
    parts.back() += pattern[i];
  }
  return parts;
}

std::unique_ptr<Node> compile(const std::vector<std::string>& patterns) {
  auto root = std::make_unique<Node>();
  for (const std::string& pattern : patterns) {
    const std::string_view text = java_trimmed(pattern);
    if (text.empty()) continue;
    Node* node = root.get();
    for (const std::string& segment : segments(text)) {
      node = &node->child(segment);
      if (node->last) break;  // `a` covers `a.b`
    }
    node->last = true;
    node->words.clear();
    node->globs.clear();
  }
  return root;
}

/// A place once, however many ways lead to it: of patterns like `**.**.a` there are more than anybody can hold.
void add(Nodes& places, const Node* place) {
  if (std::ranges::find(places, place) == places.end()) places.push_back(place);
}

/// True: the key completes a pattern. Else `next` has the places it leads to.
bool advance(const Node& node, std::string_view key, bool splits, Nodes& next) {
  const std::size_t dot = splits ? key.find('.') : std::string_view::npos;
  if (dot != std::string_view::npos && dot != 0 && dot != key.size() - 1) {
    Nodes between;
    if (advance(node, key.substr(0, dot), splits, between)) return true;
    return std::ranges::any_of(between,
                               [&](const Node* each) { return advance(*each, key.substr(dot + 1), splits, next); });
  }
  for (const auto& word : node.words) {
    if (word->segment != key) continue;
    if (word->last) return true;
    add(next, word.get());
  }
  for (const auto& glob : node.globs) {
    if (!wildcard_match(glob->segment, key)) continue;
    if (glob->last) return true;
    add(next, glob.get());
  }
  if (node.any_depth()) add(next, &node);
  return false;
}

bool advance_all(const Nodes& nodes, std::string_view key, bool splits, Nodes& next) {
  return std::ranges::any_of(nodes, [&](const Node* node) { return advance(*node, key, splits, next); });
}

}  // namespace

FieldPathFilter::FieldPathFilter(const std::vector<std::string>& includes, const std::vector<std::string>& excludes,
                                 bool splits_keys)
    : includes_(includes.empty() ? nullptr : compile(includes)),
      excludes_(excludes.empty() ? nullptr : compile(excludes)),
      splits_keys_(splits_keys) {}

FieldPathFilter::~FieldPathFilter() = default;

FieldPathFilter::State FieldPathFilter::root() const {
  State state;
  state.all_included = includes_ == nullptr;
  state.none_excluded = excludes_ == nullptr;
  if (includes_) state.includes.push_back(includes_.get());
  if (excludes_) state.excludes.push_back(excludes_.get());
  return state;
}

Verdict FieldPathFilter::decide(const State& parent, std::string_view key, State& child) const {
  child.none_excluded = parent.none_excluded;
  if (!parent.none_excluded) {
    if (advance_all(parent.excludes, key, splits_keys_, child.excludes)) return Verdict::kDrop;
    child.none_excluded = child.excludes.empty();
  }
  child.all_included = parent.all_included || advance_all(parent.includes, key, splits_keys_, child.includes);
  if (!child.all_included && child.includes.empty()) return Verdict::kDrop;
  return child.all_included && child.none_excluded ? Verdict::kKeep : Verdict::kDescend;
}

}  // namespace sluice::stages
