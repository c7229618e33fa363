#include "stages/query/regex_terms.h"

#include <algorithm>

namespace sluice::stages {

RegexTerms::RegexTerms() {
  nothing_ = add({.kind = Kind::kNothing});
  empty_ = add({.kind = Kind::kEmpty, .takes_empty = true});
  everything_ = add({.kind = Kind::kComplement, .children = {nothing_}, .takes_empty = true});
}

RegexTerms::Id RegexTerms::add(Node node) {
  work_ += node.children.size() + 1;
  // What stands behind something else is not looked at yet.
  const std::size_t counted = node.kind == Kind::kConcatenation ? 1 : node.children.size();
  for (std::size_t i = 0; i < counted; ++i) node.width += width(node.children[i]);
  Key key{{node.kind, {node.least, node.most}}, node.children};
  const auto [at, added] = known_.try_emplace(std::move(key), static_cast<Id>(nodes_.size()));
  if (added) nodes_.push_back(std::move(node));
  return at->second;
}

RegexTerms::Id RegexTerms::characters(std::vector<Range> ranges) {
  std::ranges::sort(ranges);
  if (ranges.empty()) return nothing_;
  auto found = std::ranges::find(ranges_, ranges);
  if (found == ranges_.end()) {
    ranges_.push_back(std::move(ranges));
    found = ranges_.end() - 1;
  }
  return add({.kind = Kind::kCharacters, .least = static_cast<std::uint32_t>(found - ranges_.begin())});
}

RegexTerms::Id RegexTerms::concatenation(Id first, Id second) {
  if (first == nothing_ || second == nothing_) return nothing_;
  if (first == empty_) return second;
  if (second == empty_) return first;
  if (nodes_[first].kind == Kind::kConcatenation) {
    const Id head = nodes_[first].children[0];
    const Id rest = nodes_[first].children[1];
    return concatenation(head, concatenation(rest, second));
  }
  return add({.kind = Kind::kConcatenation,
              .children = {first, second},
              .takes_empty = takes_empty(first) && takes_empty(second)});
}

RegexTerms::Id RegexTerms::many(Kind kind, const std::vector<Id>& terms) {
  const Id neutral = kind == Kind::kEither ? nothing_ : everything_;
  const Id deciding = kind == Kind::kEither ? everything_ : nothing_;
  std::vector<Id> all;
  for (const Id each : terms) {
    if (each == deciding) return deciding;
    if (nodes_[each].kind == kind) {
      all.insert(all.end(), nodes_[each].children.begin(), nodes_[each].children.end());
    } else if (each != neutral) {
      all.push_back(each);
    }
  }
  std::ranges::sort(all);
  all.erase(std::ranges::unique(all).begin(), all.end());
  if (all.empty()) return neutral;
  if (all.size() == 1) return all.front();
  const auto takes = [this](Id each) { return takes_empty(each); };
  const bool empty = kind == Kind::kEither ? std::ranges::any_of(all, takes) : std::ranges::all_of(all, takes);
  return add({.kind = kind, .children = std::move(all), .takes_empty = empty});
}

RegexTerms::Id RegexTerms::complement(Id term) {
  if (nodes_[term].kind == Kind::kComplement) return nodes_[term].children.front();
  return add({.kind = Kind::kComplement, .children = {term}, .takes_empty = !takes_empty(term)});
}

RegexTerms::Id RegexTerms::repeated(Id term, std::uint32_t least, std::uint32_t most) {
  if (most == 0 || term == empty_) return empty_;
  if (term == nothing_) return least == 0 ? empty_ : nothing_;
  if (least == 1 && most == 1) return term;
  const Node& node = nodes_[term];
  if (node.kind == Kind::kRepeated && node.least == 0 && node.most == kUnlimited) return term;
  const bool empty = least == 0 || takes_empty(term);
  return add({.kind = Kind::kRepeated, .least = least, .most = most, .children = {term}, .takes_empty = empty});
}

bool RegexTerms::contains(const std::vector<Range>& ranges, char32_t character) const {
  return std::ranges::any_of(ranges,
                             [&](const Range& range) { return range.first <= character && character <= range.second; });
}

RegexTerms::Id RegexTerms::behind(Id term, char32_t first) {
  if (const auto found = derived_.find({term, first}); found != derived_.end()) return found->second;
  const Id derived = derive(term, first);
  derived_.emplace(std::pair(term, first), derived);
  return derived;
}

RegexTerms::Id RegexTerms::derive(Id term, char32_t first) {
  const Node node = nodes_[term];  // a copy: more nodes are added below
  switch (node.kind) {
    case Kind::kNothing:
    case Kind::kEmpty:
      return nothing_;
    case Kind::kCharacters:
      return contains(ranges_[node.least], first) ? empty_ : nothing_;
    case Kind::kConcatenation: {
      const Id head = concatenation(behind(node.children[0], first), node.children[1]);
      return takes_empty(node.children[0]) ? either(head, behind(node.children[1], first)) : head;
    }
    case Kind::kComplement:
      return complement(behind(node.children[0], first));
    case Kind::kRepeated: {
      const std::uint32_t least = node.least == 0 ? 0 : node.least - 1;
      const std::uint32_t most = node.most == kUnlimited ? kUnlimited : node.most - 1;
      return concatenation(behind(node.children[0], first), repeated(node.children[0], least, most));
    }
    default:
      break;
  }
  std::vector<Id> derived;
  derived.reserve(node.children.size());
  for (const Id child : node.children) derived.push_back(behind(child, first));
  return many(node.kind, derived);
}

std::vector<char32_t> RegexTerms::class_begins() const {
  std::vector<char32_t> begins = {0};
  for (const std::vector<Range>& ranges : ranges_) {
    for (const Range& range : ranges) {
      begins.push_back(range.first);
      if (range.second < kLast) begins.push_back(range.second + 1);
    }
  }
  std::ranges::sort(begins);
  begins.erase(std::ranges::unique(begins).begin(), begins.end());
  return begins;
}

}  // namespace sluice::stages
