#include <utility>

#include "stages/query/score_statistics.h"
#include "tools/sluiced/search/execute.h"

namespace sluice::rest {

namespace {

/// What BM25 and queries that stand for the best so many terms have to know, of all documents of one shard, whichever
/// of them match.
Status count_shard(const IndexTarget& target, std::uint32_t shard, const stages::CompiledQuery& query,
                   const SearchStop& stop) {
  return each_document(target, shard, stop,
                       [&query](const stages::QueryDocument& document) { return query.add_statistics(document); });
}

/// Adds what the index of a field knows of the documents that it covers, of which `live` are still there. False: some
/// are gone, and whether they had a value can't be told.
bool add_known(const store::FieldFacts& known, std::uint64_t live, stages::ScoredCounts& counts) {
  if (known.unknown != 0) return false;
  if (known.documents == live) {
    counts.documents += known.with_value;
    counts.words += known.values;
    return true;
  }
  // Where each had one value, each that is left has one.
  if (known.with_value != known.documents || known.values != known.documents) return false;
  counts.documents += live;
  counts.words += live;
  return true;
}

/// An index that is further behind than this is worth nothing to who counts.
constexpr std::int64_t kFarBehind = 20'000;

/// Counts a field for one shard.
class FieldCounter {
 public:
  FieldCounter(const IndexTarget& target, std::uint32_t shard, const stages::CompiledQuery& query,
               const store::ShardFacts& facts, const SearchStop& stop)
      : target_(target), shard_(shard), query_(query), facts_(facts), stop_(stop) {}

  /// False: only looking at all documents can tell.
  Result<bool> count(const stages::ScoredField& field, stages::ScoredCounts& counts) {
    auto counted = count_entries(field, counts);
    if (!counted || *counted) return counted;
    counts = {};
    return count_candidates(field, counts);
  }

 private:
  [[nodiscard]] bool is_far_behind(const store::FieldFacts& known) const {
    return facts_.max_seq_no - known.covered > kFarBehind;
  }

  /// Where all documents that the index has seen are there, an entry is a document.
  Result<bool> count_entries(const stages::ScoredField& field, stages::ScoredCounts& counts) {
    if (!field.exact) return false;
    auto found = target_.view->field_entries(target_.index->key(), shard_, field.words);
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found || is_far_behind((*found)->facts)) return false;
    auto behind = look((*found)->behind.get(), 0, field, counts);
    if (!behind) return std::unexpected(std::move(behind.error()));
    if ((*found)->facts.documents != facts_.documents - *behind) return false;
    counts.having.resize(field.word_of_range.size());
    for (std::size_t i = 0; i < field.word_of_range.size(); ++i) {
      counts.having[field.word_of_range[i]] += (*found)->in_range[i];
    }
    return add_known((*found)->facts, facts_.documents - *behind, counts);
  }

  Result<bool> count_candidates(const stages::ScoredField& field, stages::ScoredCounts& counts) {
    auto found = target_.view->field_candidates(target_.index->key(), shard_, field.words);
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found || is_far_behind((*found)->facts)) return false;
    auto behind = look((*found)->scan.get(), (*found)->facts.covered, field, counts);
    if (!behind) return std::unexpected(std::move(behind.error()));
    return add_known((*found)->facts, facts_.documents - *behind, counts);
  }

  /// Counts documents; of those below `covered` only their words. How many are not below.
  Result<std::uint64_t> look(store::Scan* scan, std::int64_t covered, const stages::ScoredField& field,
                             stages::ScoredCounts& counts) {
    std::uint64_t behind = 0;
    for (;;) {
      auto document = scan->next();
      if (!document) return std::unexpected(std::move(document.error()));
      if (*document == nullptr) return behind;
      if (stop_.over()) return std::unexpected(stop_.why());
      const bool known = (*document)->seq_no < covered;
      if (!known) ++behind;
      auto counted =
          query_.count_scored(field.number, as_seen(*target_.index, **document, structurals_), known, counts);
      if (!counted) return std::unexpected(std::move(counted.error()));
    }
  }

  const IndexTarget& target_;
  std::uint32_t shard_;
  const stages::CompiledQuery& query_;
  store::ShardFacts facts_;
  const SearchStop& stop_;
  stages::Structurals structurals_;
};

/// The same by indices of the fields. False: only looking at all documents can tell.
Result<bool> count_by_index(const IndexTarget& target, std::uint32_t shard, const stages::CompiledQuery& query,
                            const SearchStop& stop) {
  const auto fields = query.scored_fields();
  if (!fields) return false;
  auto facts = target.view->facts(target.index->key(), shard);
  if (!facts) return std::unexpected(std::move(facts.error()));
  std::vector<stages::ScoredCounts> counts(fields->size());
  FieldCounter counter(target, shard, query, *facts, stop);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    auto counted = counter.count((*fields)[i], counts[i]);
    if (!counted || !*counted) return counted;
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    query.set_scored((*fields)[i].number, shard, counts[i], facts->documents);
  }
  return true;
}

Status count_for(const IndexTarget& target, std::uint32_t shard, const stages::CompiledQuery& query,
                 const SearchStop& stop) {
  auto by_index = count_by_index(target, shard, query, stop);
  if (!by_index) return std::unexpected(std::move(by_index.error()));
  return *by_index ? Status{} : count_shard(target, shard, query, stop);
}

}  // namespace

Status count_words(const IndexTarget& target, std::uint32_t shard, const CompiledSearch& search,
                   const SearchStop& stop) {
  for (const stages::CompiledQuery* query : {search.query.get(), search.filter.get()}) {
    if (query == nullptr || !query->needs_statistics()) continue;
    if (auto done = count_for(target, shard, *query, stop); !done) return done;
  }
  return {};
}

}  // namespace sluice::rest
