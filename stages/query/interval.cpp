#include "stages/query/interval.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"
#include "stages/query/address.h"
#include "stages/query/key_bytes.h"
#include "stages/query/value_readers.h"

namespace sluice::stages {

namespace {

using pipeline::FieldKind;
using pipeline::FieldSchema;

template <typename T>
struct Interval {
  std::optional<T> low;
  std::optional<T> high;
  bool low_inclusive = true;
  bool high_inclusive = true;

  [[nodiscard]] bool holds(const T& value) const {
    if (low && (low_inclusive ? value < *low : !(*low < value))) return false;
    return !high || (high_inclusive ? !(*high < value) : value < *high);
  }
};

/// Reads a value of a document with `Read` (token -> optional<T>) and looks for it in the intervals.
template <typename T, typename Read>
class IntervalTest final : public ValueTest {
 public:
  IntervalTest(std::vector<Interval<T>> intervals, std::string_view kind, Read read)
      : intervals_(std::move(intervals)), kind_(kind), read_(std::move(read)) {
    points_ = std::ranges::all_of(intervals_, [](const Interval<T>& each) {
      return each.low && each.high && each.low_inclusive && each.high_inclusive && !(*each.low < *each.high) &&
             !(*each.high < *each.low);
    });
    if (points_) {
      std::ranges::sort(intervals_, [](const Interval<T>& a, const Interval<T>& b) { return *a.low < *b.low; });
    }
  }
  bool operator()(std::string_view token) const override {
    if (token.starts_with('{') || token.starts_with('[')) return false;
    const std::optional<T> value = read_(token);
    if (!value) return false;
    if (points_) {
      const auto at =
          std::ranges::lower_bound(intervals_, *value, {}, [](const Interval<T>& each) { return *each.low; });
      return at != intervals_.end() && !(*value < *at->low);
    }
    return std::ranges::any_of(intervals_, [&](const Interval<T>& each) { return each.holds(*value); });
  }
  [[nodiscard]] std::string explain() const override {
    if (points_ && intervals_.size() == 1) return fmt::format("is the one value that is asked for, read as {}", kind_);
    if (points_) return fmt::format("is one of {} values, read as {}, by binary search", intervals_.size(), kind_);
    return fmt::format("lies in {} interval(s), read as {}", intervals_.size(), kind_);
  }
  [[nodiscard]] std::optional<std::vector<pipeline::KeyRange>> keys() const override {
    std::vector<pipeline::KeyRange> ranges;
    ranges.reserve(intervals_.size());
    for (const Interval<T>& each : intervals_) {
      pipeline::KeyRange range;
      if (each.low) range.begin = key_of(*each.low);
      if (each.high) range.end = behind_all(key_of(*each.high));
      range.one_key = points_;
      ranges.push_back(std::move(range));
    }
    std::ranges::sort(ranges, {}, &pipeline::KeyRange::begin);
    return ranges;
  }

 private:
  std::vector<Interval<T>> intervals_;
  std::string_view kind_;
  Read read_;
  bool points_ = false;
};

template <typename T, typename Read>
ValueTestPtr interval_test(std::vector<Interval<T>> intervals, std::string_view kind, Read read) {
  return std::make_unique<const IntervalTest<T, Read>>(std::move(intervals), kind, std::move(read));
}

/// Runs `bound(bound, is_low, inclusive&) -> Result<optional<T>>` on the ends of all intervals. A bound that is nothing
/// leaves its interval out.
template <typename T, typename ReadBound>
Result<std::vector<Interval<T>>> read_intervals(std::span<const RangeBounds> intervals, ReadBound bound) {
  std::vector<Interval<T>> out;
  for (const RangeBounds& each : intervals) {
    Interval<T> interval;
    bool possible = true;
    const auto read = [&](const std::optional<Bound>& from, bool low, std::optional<T>& into,
                          bool& inclusive) -> Status {
      if (!from) return {};
      inclusive = from->inclusive;
      auto value = bound(*from, low, inclusive);
      if (!value) return std::unexpected(value.error());
      if (!*value) possible = false;
      into = *value;
      return {};
    };
    if (auto status = read(each.low, true, interval.low, interval.low_inclusive); !status) {
      return std::unexpected(status.error());
    }
    if (auto status = read(each.high, false, interval.high, interval.high_inclusive); !status) {
      return std::unexpected(status.error());
    }
    if (possible) out.push_back(interval);
  }
  return out;
}

/// Whole numbers are compared as such, beyond 2^53 too; fractions of bounds are rounded towards the inside.
Result<ValueTestPtr> whole_numbers(std::span<const RangeBounds> intervals, bool exact) {
  const auto bound = [exact](const Bound& from, bool low, bool& inclusive) -> Result<std::optional<Wide>> {
    const std::string& text = from.text;
    if (const auto whole = parse_number<std::int64_t>(text)) return static_cast<Wide>(*whole);
    if (const auto large = parse_number<std::uint64_t>(text)) return static_cast<Wide>(*large);
    const auto fraction = parse_number<double>(text);
    if (!fraction) return std::unexpected(number_format_error(text));
    if (std::isnan(*fraction)) return std::optional<Wide>();
    const double limit = std::clamp(*fraction, -1e30, 1e30);
    if (exact) return std::trunc(limit) == limit ? std::optional(static_cast<Wide>(limit)) : std::nullopt;
    if (std::trunc(limit) != limit) inclusive = true;
    return static_cast<Wide>(low ? std::ceil(limit) : std::floor(limit));
  };
  auto read = read_intervals<Wide>(intervals, bound);
  if (!read) return std::unexpected(read.error());
  return interval_test(std::move(*read), "whole numbers", WholeReader());
}

Result<ValueTestPtr> floating_numbers(const FieldSchema& field, std::span<const RangeBounds> intervals, bool exact) {
  const FloatingReader reader(field);
  const auto bound = [&](const Bound& from, bool, bool&) -> Result<std::optional<double>> {
    const std::string& text = from.text;
    const auto value = parse_number<double>(text);
    if (!value) return std::unexpected(number_format_error(text));
    if (!std::isfinite(*value)) {
      return std::unexpected(
          illegal_argument("[" + field.type + "] supports only finite values, but got [" + std::string(text) + "]"));
    }
    return exact ? reader.kept(*value) : reader.range_end(*value);
  };
  auto read = read_intervals<double>(intervals, bound);
  if (!read) return std::unexpected(read.error());
  return interval_test(std::move(*read), "numbers", reader);
}

Result<ValueTestPtr> booleans(const FieldSchema& field, std::span<const RangeBounds> intervals) {
  const auto bound = [&field](const Bound& from, bool, bool&) -> Result<std::optional<int>> {
    const std::string& text = from.text;
    if (text == "true") return 1;
    if (text == "false") return 0;
    if (field.runtime) {
      return std::unexpected(
          illegal_argument("Failed to parse value [" + text + "] as only [true] or [false] are allowed."));
    }
    return std::unexpected(
        illegal_argument("Can't parse boolean value [" + std::string(text) + "], expected [true] or [false]"));
  };
  // A node reads an end of a runtime field's range that is missing as false.
  std::vector<RangeBounds> closed(intervals.begin(), intervals.end());
  for (RangeBounds& each : closed) {
    if (!field.runtime) break;
    if (!each.low) each.low = Bound{"false"};
    if (!each.high) each.high = Bound{"false"};
  }
  auto read = read_intervals<int>(closed, bound);
  if (!read) return std::unexpected(read.error());
  return interval_test(std::move(*read), "booleans", BooleanReader());
}

Result<ValueTestPtr> dates(const FieldSchema& field, std::span<const RangeBounds> intervals, bool exact,
                           const ClauseContext& context) {
  auto stored = date_format_of(field.format);
  if (!stored) return std::unexpected(stored.error());
  std::vector<Interval<Wide>> read;
  for (const RangeBounds& each : intervals) {
    // A number on either side makes both milliseconds since 1970, unless the query has a format of its own.
    const bool numbers = (each.low && each.low->number) || (each.high && each.high->number);
    auto asked = !each.format.empty() ? date_format_of(each.format) : numbers ? date_format_of("epoch_millis") : stored;
    if (!asked) return std::unexpected(asked.error());
    const auto bound = [&](const Bound& from, bool low, bool& inclusive) -> Result<std::optional<Wide>> {
      // `gt` and `lte` mean the end of what the text leaves out, `gte` and `lt` its start.
      // A term of a runtime field is one moment.
      const bool round_up = exact ? !low && !field.runtime : low != inclusive;
      auto date = parse_query_date(from.text, **asked, round_up, context, each.zone);
      if (!date) return std::unexpected(date.error());
      return *date;
    };
    auto one = read_intervals<Wide>({&each, 1}, bound);
    if (!one) return std::unexpected(one.error());
    read.insert(read.end(), one->begin(), one->end());
  }
  auto values = date_format_of(field.value_format());
  if (!values) return std::unexpected(values.error());
  return interval_test(std::move(read), "dates", DateReader(*values, field.type == "date_nanos"));
}

Result<ValueTestPtr> addresses(std::span<const RangeBounds> intervals, bool exact) {
  const auto bound = [exact](const Bound& from, bool low, bool&) -> Result<std::optional<Address>> {
    const std::string& text = from.text;
    const bool network = exact && text.find('/') != std::string_view::npos;
    const auto address = network ? end_of_network(text, low) : parse_address(text);
    if (!address) return std::unexpected(illegal_argument("'" + std::string(text) + "' is not an IP string literal."));
    return address;
  };
  auto read = read_intervals<Address>(intervals, bound);
  if (!read) return std::unexpected(read.error());
  return interval_test(std::move(*read), "addresses", AddressReader());
}

Result<ValueTestPtr> strings(std::span<const RangeBounds> intervals) {
  const auto bound = [](const Bound& from, bool, bool&) -> Result<std::optional<std::string>> { return from.text; };
  auto read = read_intervals<std::string>(intervals, bound);
  if (!read) return std::unexpected(read.error());
  return interval_test(std::move(*read), "texts", TextReader());
}

}  // namespace

Result<ValueTestPtr> test_intervals(const FieldSchema& field, std::span<const RangeBounds> intervals, bool exact,
                                    const ClauseContext& context) {
  switch (field.kind) {
    case FieldKind::kInteger:
    case FieldKind::kUnsigned:
      return whole_numbers(intervals, exact);
    case FieldKind::kFloating:
      return floating_numbers(field, intervals, exact);
    case FieldKind::kBoolean:
      return booleans(field, intervals);
    case FieldKind::kDate:
      return dates(field, intervals, exact, context);
    case FieldKind::kIp:
      return addresses(intervals, exact);
    case FieldKind::kKeyword:
    case FieldKind::kText:
      return strings(intervals);
    default:
      return std::unexpected(
          unsupported("queries on the field [" + field.path + "] of type [" + field.type + "] are not supported yet"));
  }
}

}  // namespace sluice::stages
