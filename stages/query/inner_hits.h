#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "stages/query/compile.h"
#include "stages/query/document_fields.h"

namespace sluice::stages {

/// The objects of a nested clause. Immutable; any number of threads, each with fields of its own.
class InnerObjects {
 public:
  virtual ~InnerObjects() = default;
  using Use = std::function<void(DocumentFields& object, float score)>;
  /// Calls `use` with each object of `document` that matches, as what it has of fields.
  virtual void each(DocumentFields& document, const Use& use) const = 0;
};

/// The objects that match, and for each those of the clauses within. What fails is told by DocumentFields::fail().
std::vector<InnerObject> objects_of(const InnerHits& hits, DocumentFields& document);

/// Reads `inner_hits` (raw JSON) of a clause for `relation`. Errors: parameters that are unknown, or have the wrong
/// kind of value; more hits than index.max_inner_result_window.
Result<InnerHits> read_inner_hits(std::string_view json, std::string_view relation, const ClauseContext& context);
/// Adds them to those of the query. Errors: there are some of that name.
Status add_inner_hits(InnerHits hits, const ClauseContext& context);
/// Whether an error is one of those that a shard finds in `inner_hits`.
bool is_inner_hits_error(const Error& error);

}  // namespace sluice::stages
