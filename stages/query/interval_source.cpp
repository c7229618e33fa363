#include "stages/query/interval_source.h"

#include <algorithm>
#include <numeric>

namespace sluice::stages {

namespace {

using Id = IntervalBuilder::Id;
using Ids = IntervalBuilder::Ids;

/// Nodes of a plan: more than any query needs, few enough to be walked for each document.
constexpr std::size_t kMostNodes = 65'536;
/// Inputs of all alternatives of one node.
constexpr std::size_t kMostInputs = std::size_t{1} << 20;
constexpr std::int32_t kEndless = std::numeric_limits<std::int32_t>::max();

std::int32_t sum_of_extents(std::int64_t a, std::int64_t b) {
  return static_cast<std::int32_t>(std::min<std::int64_t>(a + b, kEndless));
}

}  // namespace

Id IntervalBuilder::add(IntervalKind kind, Ids inputs, std::int32_t first, std::int32_t second) {
  Key key{kind, inputs, first, second};
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  if (nodes_.size() >= kMostNodes) {
    too_many_ = true;
    return 0;
  }
  const auto id = static_cast<Id>(nodes_.size());
  nodes_.push_back({kind, std::move(inputs), first, second, 0});
  nodes_.back().extent = extent_of(nodes_.back());
  known_.emplace(std::move(key), id);
  return id;
}

std::int32_t IntervalBuilder::extent_of(const IntervalNode& node) const {
  const auto of = [this](Id id) { return nodes_[id].extent; };
  switch (node.kind) {
    case IntervalKind::kWords:
    case IntervalKind::kBefore:
    case IntervalKind::kBehind:
      return 1;
    case IntervalKind::kAny:
      return std::accumulate(node.inputs.begin(), node.inputs.end(), kEndless,
                             [&](std::int32_t least, Id id) { return std::min(least, of(id)); });
    case IntervalKind::kBlock:
    case IntervalKind::kOrdered:
    case IntervalKind::kUnordered:
      return std::accumulate(node.inputs.begin(), node.inputs.end(), 0,
                             [&](std::int32_t sum, Id id) { return sum_of_extents(sum, of(id)); });
    case IntervalKind::kExtended:
      return sum_of_extents(sum_of_extents(node.first, of(node.inputs[0])), node.second);
    default:
      return of(node.inputs[0]);
  }
}

Id IntervalBuilder::words(WordTest test) {
  const auto number = static_cast<std::int32_t>(words_.size());
  const std::string key = std::to_string(test.source.number) + (test.pattern == nullptr ? "w" : "p") + test.explain();
  const auto [at, added] = known_words_.emplace(key, number);
  if (added) words_.push_back(std::move(test));
  return add(IntervalKind::kWords, {}, at->second);
}

Id IntervalBuilder::any(const Ids& sources) {
  Ids simple;
  for (const Id source : sources) {
    if (nodes_[source].kind == IntervalKind::kAny) {
      const Ids& inner = nodes_[source].inputs;
      simple.insert(simple.end(), inner.begin(), inner.end());
    } else {
      simple.push_back(source);
    }
  }
  std::ranges::sort(simple);
  simple.erase(std::unique(simple.begin(), simple.end()), simple.end());
  return simple.size() == 1 ? simple.front() : add(IntervalKind::kAny, std::move(simple));
}

Ids IntervalBuilder::split(Id source) {
  Ids of_one_position;
  Ids others;
  for (const Id each : alternatives(source)) (nodes_[each].extent == 1 ? of_one_position : others).push_back(each);
  Ids all;
  if (!of_one_position.empty()) all.push_back(any(of_one_position));
  all.insert(all.end(), others.begin(), others.end());
  return all;
}

template <typename Make>
Ids IntervalBuilder::pull_up(Id source, Make&& make) {
  Ids made;
  for (const Id each : split(source)) made.push_back(make(each));
  return made;
}

template <typename Make>
Ids IntervalBuilder::pull_up_all(const Ids& sources, Make&& make) {
  std::vector<Ids> lists(1);
  for (const Id source : sources) {
    const Ids parts = split(source);
    const std::size_t size = lists.size() * parts.size();
    if (too_many_ || (parts.size() > 1 && size > most_) || size * sources.size() > kMostInputs) {
      too_many_ = true;
      return {};
    }
    if (parts.size() == 1) {
      for (Ids& list : lists) list.push_back(parts.front());
      continue;
    }
    std::vector<Ids> longer;
    for (const Id part : parts) {
      for (const Ids& list : lists) {
        longer.push_back(list);
        longer.back().push_back(part);
      }
    }
    lists = std::move(longer);
  }
  Ids made;
  for (const Ids& list : lists) made.push_back(make(list));
  return made;
}

Ids IntervalBuilder::alternatives(Id source) {
  // A copy: nodes are added meanwhile.
  const IntervalNode node = nodes_[source];
  const auto each = [&](const Ids& inner, auto&& make) {
    Ids made;
    for (const Id id : inner) made.push_back(make(id));
    std::ranges::sort(made);
    made.erase(std::unique(made.begin(), made.end()), made.end());
    return made;
  };
  switch (node.kind) {
    case IntervalKind::kAny:
      return node.inputs;
    case IntervalKind::kOrdered:
    case IntervalKind::kUnordered:
    case IntervalKind::kOverlapping:
      return pull_up_all(node.inputs, [&](const Ids& inputs) { return add(node.kind, inputs); });
    case IntervalKind::kContaining:
      return pull_up(node.inputs[0], [&](Id big) { return add(node.kind, {big, node.inputs[1]}); });
    case IntervalKind::kContainedBy:
      return pull_up(node.inputs[1], [&](Id big) { return add(node.kind, {node.inputs[0], big}); });
    case IntervalKind::kExtended: {
      const Ids inner = alternatives(node.inputs[0]);
      if (inner.empty()) return {source};
      return each(inner, [&](Id id) { return add(node.kind, {id}, node.first, node.second); });
    }
    case IntervalKind::kInField: {
      const Ids inner = alternatives(node.inputs[0]);
      if (inner.size() == 1) return {source};
      return each(inner, [&](Id id) { return add(node.kind, {id}, node.first); });
    }
    default:
      return {source};
  }
}

Id IntervalBuilder::block_of(const Ids& sources) {
  Ids flat;
  for (const Id source : sources) {
    if (nodes_[source].kind == IntervalKind::kBlock) {
      const Ids& inner = nodes_[source].inputs;
      flat.insert(flat.end(), inner.begin(), inner.end());
    } else {
      flat.push_back(source);
    }
  }
  return add(IntervalKind::kBlock, std::move(flat));
}

Id IntervalBuilder::block(const Ids& sources) {
  if (sources.size() == 1) return sources.front();
  return any(pull_up_all(sources, [this](const Ids& inputs) { return block_of(inputs); }));
}

Id IntervalBuilder::repeated(Id source, std::size_t times) {
  return times == 1 ? source : add(IntervalKind::kRepeated, {source}, static_cast<std::int32_t>(times));
}

Id IntervalBuilder::ordered(const Ids& sources) {
  if (sources.size() == 1) return sources.front();
  Ids inputs;
  for (std::size_t i = 0; i < sources.size();) {
    std::size_t end = i;
    while (end < sources.size() && sources[end] == sources[i]) ++end;
    inputs.push_back(repeated(sources[i], end - i));
    i = end;
  }
  return inputs.size() == 1 ? inputs.front() : add(IntervalKind::kOrdered, std::move(inputs));
}

Id IntervalBuilder::unordered(const Ids& sources) {
  if (sources.size() == 1) return sources.front();
  Ids each;
  std::map<Id, std::size_t> times;
  for (const Id source : sources) {
    if (times[source]++ == 0) each.push_back(source);
  }
  Ids inputs;
  for (const Id source : each) inputs.push_back(repeated(source, times[source]));
  return inputs.size() == 1 ? inputs.front() : add(IntervalKind::kUnordered, std::move(inputs));
}

Id IntervalBuilder::extended(Id source, std::int32_t before, std::int32_t behind) {
  return add(IntervalKind::kExtended, {source}, before, behind);
}

Id IntervalBuilder::max_gaps(Id source, std::int32_t gaps) {
  Ids made;
  for (const Id each : alternatives(source)) made.push_back(add(IntervalKind::kMaxGaps, {each}, gaps));
  return any(made);
}

Id IntervalBuilder::in_field(Id source, std::int32_t field) { return add(IntervalKind::kInField, {source}, field); }

Id IntervalBuilder::filtered(IntervalKind kind, Id source, Id by) {
  switch (kind) {
    case IntervalKind::kContaining:
    case IntervalKind::kNotContaining:
      return any(pull_up(source, [&](Id big) { return add(kind, {big, by}); }));
    case IntervalKind::kContainedBy:
    case IntervalKind::kNotContainedBy:
      return any(pull_up(by, [&](Id big) { return add(kind, {source, big}); }));
    default:
      return add(kind, {source, by});
  }
}

Id IntervalBuilder::before(Id source, Id reference) {
  const Id first = add(IntervalKind::kBefore, {reference});
  return filtered(IntervalKind::kContainedBy, source, extended(first, kEndless, 0));
}

Id IntervalBuilder::after(Id source, Id reference) {
  const Id first = add(IntervalKind::kBehind, {reference});
  return filtered(IntervalKind::kContainedBy, source, extended(first, 0, kEndless));
}

Result<IntervalPlan> IntervalBuilder::finish(Id root) && {
  if (too_many_) return std::unexpected(illegal_argument("Too many disjunctions to expand"));
  std::vector<bool> used(nodes_.size());
  used[root] = true;
  for (std::size_t id = root + 1; id-- > 0;) {
    if (!used[id]) continue;
    for (const Id input : nodes_[id].inputs) used[input] = true;
  }
  IntervalPlan plan;
  plan.words = std::move(words_);
  Ids place(nodes_.size());
  for (std::size_t id = 0; id <= root; ++id) {
    if (!used[id]) continue;
    place[id] = static_cast<Id>(plan.nodes.size());
    plan.nodes.push_back(std::move(nodes_[id]));
    for (Id& input : plan.nodes.back().inputs) input = place[input];
  }
  return plan;
}

}  // namespace sluice::stages
