#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "stages/query/compile.h"

namespace sluice::stages {

/// What function_score computes for a document. Immutable; any thread.
class ScoreFunction {
 public:
  virtual ~ScoreFunction() = default;
  /// `score`: of the query. What can't be computed is told by DocumentFields::fail().
  [[nodiscard]] virtual double value(DocumentFields& document, float score) const = 0;
  [[nodiscard]] virtual std::string explain() const = 0;
};
using ScoreFunctionPtr = std::shared_ptr<const ScoreFunction>;

/// The functions by name; each takes what stands behind its name. Errors: Elasticsearch's.
Result<ScoreFunctionPtr> make_random_score(std::string_view body, const ClauseContext& context);
Result<ScoreFunctionPtr> make_field_value_factor(std::string_view body, const ClauseContext& context);
Result<ScoreFunctionPtr> make_script_function(std::string_view body, const ClauseContext& context);
/// `kind`: `gauss`, `exp` or `linear`.
Result<ScoreFunctionPtr> make_decay(std::string_view kind, std::string_view body, const ClauseContext& context);

}  // namespace sluice::stages
