#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "stages/source_filter/verdict.h"

namespace sluice::stages {

/// Elasticsearch's filter for field lists without a wildcard among the excludes: it works on path segments, `*` stays
/// within one, `**` stands for one or more, and the segments of a key with dots count one by one (in `_source`; in
/// answers, `filter_path`, a key is a segment whatever it holds). What a filter leaves empty is left out; what was
/// empty before stays, unless only a part of it was asked for. Immutable; any number of threads. Source: FilterPath and
/// its use in SourceFilter, tried out on 9.4.3.
class FieldPathFilter {
 public:
  FieldPathFilter(const std::vector<std::string>& includes, const std::vector<std::string>& excludes,
                  bool splits_keys = true);
  ~FieldPathFilter();

  struct Node;
  using Nodes = std::vector<const Node*>;
  /// What is open below a key.
  struct State {
    Nodes includes;
    Nodes excludes;
    bool all_included = false;
    bool none_excluded = false;
  };

  [[nodiscard]] State root() const;
  Verdict decide(const State& parent, std::string_view key, State& child) const;
  static bool enter_object(State&) { return true; }
  static bool keeps_scalar(const State& state) { return state.all_included; }
  static bool keeps_empty(const State& state, bool /*member*/, bool had_content) {
    return state.all_included && !had_content;
  }

 private:
  std::unique_ptr<Node> includes_;
  std::unique_ptr<Node> excludes_;
  bool splits_keys_;
};

}  // namespace sluice::stages
