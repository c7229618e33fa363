#pragma once

#include "tools/sluiced/search/targets.h"

namespace sluice::rest {

/// `inner_hits` of one clause, made ready for one index: a search of its own within each hit. Immutable; any thread.
struct InnerSearch {
  stages::InnerHits hits;
  SearchRequest request;  ///< how they are shown
  /// Of joined documents: their query. Of nested objects: how they are sorted, and the `inner_hits` within.
  CompiledSearch search;
  /// Makes the filter that leaves the documents joined to one hit.
  std::function<Result<stages::CompiledQueryPtr>(std::string_view query)> filter;

  [[nodiscard]] bool of_objects() const { return hits.of == stages::InnerHits::Of::kObjects; }
  /// `context`: of the query around it. Errors: parameters that are wrong, or not there yet; what the index refuses.
  static Result<InnerSearchPtr> make(const Services& services, const IndexTarget& target, const stages::InnerHits& hits,
                                     const stages::QueryContext& context, const store::MappingPtr& mapping);
};

}  // namespace sluice::rest
