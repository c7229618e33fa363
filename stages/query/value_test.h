#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/date_format.h"
#include "pipeline/model/lookup_plan.h"
#include "stages/query/compile.h"
#include "stages/query/query_zone.h"

namespace sluice::stages {

/// Whether one value of a document, a raw JSON token, is among those that a query asks for. Immutable; any thread.
class ValueTest {
 public:
  virtual ~ValueTest() = default;
  [[nodiscard]] virtual bool operator()(std::string_view token) const = 0;
  /// About nanoseconds a value.
  [[nodiscard]] virtual double cost() const { return cost::kConverted; }
  /// The keys of the values that pass, and perhaps of some more, as field_keys() makes them; nothing: that can't be
  /// told.
  [[nodiscard]] virtual std::optional<std::vector<pipeline::KeyRange>> keys() const { return std::nullopt; }
  /// What it does, for people: `is one of 3 texts, compared as JSON`.
  [[nodiscard]] virtual std::string explain() const = 0;
};
using ValueTestPtr = std::unique_ptr<const ValueTest>;

/// One end of a range.
struct Bound {
  std::string text;
  bool inclusive = true;
  bool number = false;  ///< it was a JSON number
};

/// What a range that was asked for and a range that a document holds have to do with each other.
enum class RangeRelation : std::uint8_t {
  kIntersects,
  kContains,  ///< the document's holds all of what was asked for
  kWithin,    ///< it lies inside
};

struct RangeBounds {
  std::optional<Bound> low;
  std::optional<Bound> high;
  std::string format;     ///< of the bounds; empty: the field's
  std::string time_zone;  ///< empty: UTC
  QueryZone zone{};       ///< the same
  RangeRelation relation = RangeRelation::kIntersects;
};

/// The value of a term query, or one of a terms query.
struct TermValue {
  std::string text;
  bool case_insensitive = false;
  bool number = false;  ///< it was a JSON number
  std::string rewrite = {};
};

/// A text as the field's normalizer leaves it; texts of other fields are left alone. Errors: the normalizer's.
Result<std::string> normalized(const pipeline::FieldSchema& field, std::string_view text, const ClauseContext& context);
/// The field's normalizer; null: it has none. Errors: the index has none of this name.
Result<AnalyzerPtr> normalizer_of(const pipeline::FieldSchema& field, const ClauseContext& context);

/// Equal to one of the values; for text, words are tested. Errors: values that the field's type does not take.
Result<ValueTestPtr> test_terms(const pipeline::FieldSchema& field, const std::vector<TermValue>& values,
                                const ClauseContext& context);
/// Between the bounds; for text, words are tested.
Result<ValueTestPtr> test_range(const pipeline::FieldSchema& field, const RangeBounds& bounds,
                                const ClauseContext& context);
/// Anything that is indexed. Errors: the field's format of dates.
Result<ValueTestPtr> test_exists(const pipeline::FieldSchema& field, const ClauseContext& context);

/// A query that some value of the field passes the test.
QueryPtr field_query(const pipeline::FieldSchema& field, ValueTestPtr test, const ClauseContext& context);
/// A query that some word of a text, as a JSON string, passes the test. Errors: of words_of().
Result<QueryPtr> words_query(const pipeline::FieldSchema& field, ValueTestPtr test, const ClauseContext& context);

/// The value of `term`, `prefix` and their like: the short form, or `value` `case_insensitive` and `rewrite`.
/// Errors: Elasticsearch's, by the name of the query.
Result<TermValue> read_term(const FieldClause& clause, std::string_view query, const ClauseContext& context,
                            float& boost);
/// `{"term":{field:value}}`, also for `_id`, `_index` and `_routing`. Errors: values that the field's type does not
/// take.
Result<QueryPtr> term_query(const std::string& field, TermValue value, const ClauseContext& context);
/// `{"range":{field:bounds}}`.
Result<QueryPtr> range_query(const std::string& field, const RangeBounds& bounds, const ClauseContext& context);
/// That one word of a text is `text`, which is not analyzed; scores by BM25 where scores are asked for.
Result<QueryPtr> word_query(const pipeline::FieldSchema& field, std::string text, const ClauseContext& context);

/// A date as a query writes it: a text of the format, `now`, or one of these with date math behind (`now-1d/d`,
/// `2020-01-01||+1M`). `round_up`: parts that are missing, and roundings, mean the last moment. Nanoseconds since 1970.
/// `zone`: of dates that say no offset, and of roundings. Errors: parse_exception `failed to parse date field [x] with
/// format [y]`.
Result<pipeline::DateNanos::Wide> parse_query_date(std::string_view text, const pipeline::DateFormat& format,
                                                   bool round_up, const ClauseContext& context,
                                                   const QueryZone& zone = {});

}  // namespace sluice::stages
