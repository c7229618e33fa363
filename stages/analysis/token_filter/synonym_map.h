#pragma once

#include <map>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/analysis/component.h"

namespace sluice::stages {

/// Words that follow each other.
using Phrase = std::vector<std::u16string>;

/// What phrases may be said instead. Immutable; any thread.
class SynonymMap {
 public:
  struct Entry {
    std::vector<Phrase> outputs;
    bool keep_original = false;
  };
  struct Match {
    const Entry* entry = nullptr;
    std::size_t length = 0;  ///< terms
  };

  void add(const Phrase& from, const Phrase& to, bool keep_original);
  /// The longest phrase that begins at a term; no entry: none does.
  [[nodiscard]] Match match(const std::vector<Term>& terms, std::size_t at) const;

 private:
  struct Node {
    std::map<std::u16string, Node, std::less<>> next;
    Entry entry;
  };
  Node root_;
};

/// Reads `synonyms`, rules as Solr has them, each phrase through what stands in front of the filter. Errors:
/// `failed to build synonyms from [..]`, illegal_argument_exception, 400; kUnsupported for files, sets and WordNet.
Result<SynonymMap> read_synonyms(const ComponentContext& context, std::string_view type);

}  // namespace sluice::stages
