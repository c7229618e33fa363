#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/model/date_format.h"
#include "stages/query/compile.h"
#include "stages/query/standard_words.h"

namespace sluice::stages {

/// Whether one value of a document, a raw JSON token, is among those that a query asks for. Immutable; any thread.
class ValueTest {
 public:
  virtual ~ValueTest() = default;
  [[nodiscard]] virtual bool operator()(std::string_view token) const = 0;
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
  RangeRelation relation = RangeRelation::kIntersects;
};

/// The value of a term query, or one of a terms query.
struct TermValue {
  std::string text;
  bool case_insensitive = false;
  bool number = false;  ///< it was a JSON number
};

/// Equal to one of the values. Errors: values that the field's type does not take.
Result<ValueTestPtr> test_terms(const pipeline::FieldSchema& field, const std::vector<TermValue>& values,
                                const QueryContext& context);
/// Between the bounds.
Result<ValueTestPtr> test_range(const pipeline::FieldSchema& field, const RangeBounds& bounds,
                                const QueryContext& context);
/// Begins with the text. Errors: fields that are no strings.
Result<ValueTestPtr> test_prefix(const pipeline::FieldSchema& field, const TermValue& value,
                                 const QueryContext& context);

/// Anything that is indexed.
Result<ValueTestPtr> test_exists(const pipeline::FieldSchema& field);

/// A query that some value of the field passes the test.
QueryPtr field_query(const pipeline::FieldSchema& field, ValueTestPtr test);

/// `{"term":{field:value}}`, also for `_id`, `_index` and `_routing`. Errors: values that the field's type does not
/// take.
Result<QueryPtr> term_query(const std::string& field, TermValue value, const QueryContext& context);

/// A date as a query writes it: a text of the format, `now`, or one of these with date math behind (`now-1d/d`,
/// `2020-01-01||+1M`). `round_up`: parts that are missing, and roundings, mean the last moment. Nanoseconds since 1970.
/// Errors: parse_exception `failed to parse date field [x] with format [y]`.
Result<pipeline::DateNanos::Wide> parse_query_date(std::string_view text, const pipeline::DateFormat& format,
                                                   bool round_up, const QueryContext& context);

}  // namespace sluice::stages
