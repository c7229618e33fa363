#include <utility>

#include "stages/query/inner_hits.h"
#include "stages/query/join_passes.h"
#include "stages/query/query.h"
#include "stages/query/query_node.h"
#include "stages/query/score_statistics.h"

namespace sluice::stages {

namespace {

DocumentFields& fields_of_this_thread() {
  static thread_local DocumentFields fields;
  return fields;
}

}  // namespace

float Query::score(DocumentFields& /*document*/) const { return 1; }

std::optional<float> Query::match_score(DocumentFields& document) const {
  return matches(document) ? std::optional(score(document)) : std::nullopt;
}

CompiledQuery::CompiledQuery(QueryPtr root, std::shared_ptr<const ReadPlan> reads,
                             std::shared_ptr<ScoreStatistics> statistics, std::shared_ptr<const JoinPasses> passes,
                             std::shared_ptr<const RuntimeScripts> runtime, std::vector<NamedQuery> names,
                             std::vector<InnerHits> inner_hits)
    : root_(std::move(root)),
      reads_(std::move(reads)),
      statistics_(std::move(statistics)),
      passes_(std::move(passes)),
      runtime_(std::move(runtime)),
      names_(std::move(names)),
      inner_hits_(std::move(inner_hits)) {}

Result<bool> CompiledQuery::matches(const QueryDocument& document) const {
  DocumentFields& fields = fields_of_this_thread();
  fields.load(*reads_, document);
  const bool matched = root_->matches(fields);
  if (auto error = fields.take_error()) return std::unexpected(std::move(*error));
  return matched;
}

Result<bool> CompiledQuery::matches(const QueryDocument& document, float& score) const {
  DocumentFields& fields = fields_of_this_thread();
  fields.load(*reads_, document);
  const auto scored = root_->match_score(fields);
  if (auto error = fields.take_error()) return std::unexpected(std::move(*error));
  if (scored) score = *scored;
  return scored.has_value();
}

Result<std::vector<std::string>> CompiledQuery::matched_names(const QueryDocument& document) const {
  DocumentFields& fields = fields_of_this_thread();
  fields.load(*reads_, document);
  std::vector<std::string> matched;
  for (const NamedQuery& each : names_) {
    if (each.query->matches(fields)) matched.push_back(each.name);
  }
  if (auto error = fields.take_error()) return std::unexpected(std::move(*error));
  return matched;
}

Result<std::vector<InnerObject>> CompiledQuery::inner_objects(const QueryDocument& document,
                                                              const InnerHits& hits) const {
  DocumentFields& fields = fields_of_this_thread();
  fields.load(*reads_, document);
  std::vector<InnerObject> found = objects_of(hits, fields);
  if (auto error = fields.take_error()) return std::unexpected(std::move(*error));
  return found;
}

bool CompiledQuery::matches_all() const { return root_->matches_all(); }
bool CompiledQuery::matches_none() const { return root_->matches_none(); }
std::optional<pipeline::LookupPlan> CompiledQuery::lookup() const { return root_->lookup(); }
bool CompiledQuery::needs_statistics() const { return !statistics_->empty(); }
Status CompiledQuery::check_without_statistics() const {
  if (!statistics_->required_by().empty()) {
    return std::unexpected(unsupported("a [" + statistics_->required_by() +
                                       "] query needs to know how common words are, and nothing is counted for a "
                                       "reindex: find the ids with a search and reindex these"));
  }
  if (!statistics_->scores_words()) return {};
  return std::unexpected(
      unsupported("[min_score] of a [function_score] over the scores of words is not supported for a reindex yet: put "
                  "the query into "
                  "[filter] of a [bool] or into [constant_score], so that only the functions score"));
}

bool CompiledQuery::constant_score() const { return root_->constant_score(); }

Status CompiledQuery::add_statistics(const QueryDocument& document) const {
  DocumentFields& fields = fields_of_this_thread();
  fields.load(*reads_, document);
  statistics_->add(fields);
  if (auto error = fields.take_error()) return std::unexpected(std::move(*error));
  return {};
}

std::size_t CompiledQuery::passes() const { return passes_ == nullptr ? 0 : passes_->count(); }

Status CompiledQuery::look(std::size_t pass, const QueryDocument& document) const {
  DocumentFields& fields = fields_of_this_thread();
  fields.load(*reads_, document);
  passes_->look(pass, fields);
  if (auto error = fields.take_error()) return std::unexpected(std::move(*error));
  return {};
}

std::optional<std::vector<ScoredField>> CompiledQuery::scored_fields() const { return statistics_->by_index(); }

Status CompiledQuery::count_scored(std::uint32_t field, const QueryDocument& document, bool words_only,
                                   ScoredCounts& counts) const {
  DocumentFields& fields = fields_of_this_thread();
  fields.load(*reads_, document);
  statistics_->count(field, fields, words_only, counts);
  if (auto error = fields.take_error()) return std::unexpected(std::move(*error));
  return {};
}

void CompiledQuery::set_scored(std::uint32_t field, std::uint32_t shard, const ScoredCounts& counts,
                               std::uint64_t documents) const {
  statistics_->set(field, shard, counts, documents);
}

std::string CompiledQuery::explain() const {
  PlanText plan;
  std::string paths;
  for (const std::string& path : reads_->paths()) paths += (paths.empty() ? "" : ", ") + path;
  plan.begin(paths.empty() ? "reads nothing of _source" : "reads " + paths);
  root_->explain(plan);
  plan.end();
  return plan.take();
}

}  // namespace sluice::stages
