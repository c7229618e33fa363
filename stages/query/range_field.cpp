#include "stages/query/range_field.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include <arpa/inet.h>

#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"
#include "stages/parse/json_object.h"
#include "stages/query/address.h"

namespace sluice::stages {

namespace {

using Wide = pipeline::DateNanos::Wide;

/// Both ends belong to it.
template <typename T>
struct Closed {
  T low;
  T high;
};

template <typename T>
bool stands(const Closed<T>& held, const Closed<T>& asked, RangeRelation relation) {
  switch (relation) {
    case RangeRelation::kContains:
      return !(asked.low < held.low) && !(held.high < asked.high);
    case RangeRelation::kWithin:
      return !(held.low < asked.low) && !(asked.high < held.high);
    default:
      return !(held.high < asked.low) && !(asked.high < held.low);
  }
}

// One class for the ends of each family of types: `stored(text, low, inclusive)` reads an end of a document's range,
// which was checked when it was written; `asked` one of a query's. next() and previous() are the neighbouring values.

class WholeEnds {
 public:
  static constexpr std::string_view kName = "whole numbers";
  using Value = std::int64_t;
  explicit WholeEnds(bool narrow) : narrow_(narrow) {}
  [[nodiscard]] Value lowest() const {
    return narrow_ ? std::numeric_limits<std::int32_t>::min() : std::numeric_limits<Value>::min();
  }
  [[nodiscard]] Value highest() const {
    return narrow_ ? std::numeric_limits<std::int32_t>::max() : std::numeric_limits<Value>::max();
  }
  [[nodiscard]] Value next(Value value) const { return value == highest() ? value : value + 1; }
  [[nodiscard]] Value previous(Value value) const { return value == lowest() ? value : value - 1; }
  [[nodiscard]] static std::optional<Value> stored(std::string_view text, bool /*low*/, bool /*inclusive*/) {
    if (const auto whole = parse_number<Value>(text)) return whole;
    const auto fraction = parse_number<double>(text);
    if (!fraction || !(std::abs(*fraction) < 0x1p63)) return std::nullopt;
    return static_cast<Value>(std::trunc(*fraction));
  }
  [[nodiscard]] Result<Value> asked(const Bound& bound, bool /*low*/, const QueryContext& /*context*/) const {
    const auto fraction = parse_number<double>(bound.text);
    if (!fraction) return std::unexpected(number_format_error(bound.text));
    if (std::trunc(*fraction) != *fraction) {
      return std::unexpected(illegal_argument("Value [" + bound.text + "] has a decimal part"));
    }
    const auto whole = stored(bound.text, true, true);
    if (!whole || *whole < lowest() || *whole > highest()) {
      return std::unexpected(
          illegal_argument("Value [" + bound.text + "] is out of range for " + (narrow_ ? "an integer" : "a long")));
    }
    return *whole;
  }
  [[nodiscard]] static std::string shown(Value value) { return std::to_string(value); }

 private:
  bool narrow_;  ///< 32 bits
};

template <typename T>
class FloatingEnds {
 public:
  static constexpr std::string_view kName = "numbers";
  using Value = T;
  [[nodiscard]] static Value lowest() { return -std::numeric_limits<T>::infinity(); }
  [[nodiscard]] static Value highest() { return std::numeric_limits<T>::infinity(); }
  [[nodiscard]] static Value next(Value value) { return std::nextafter(value, highest()); }
  [[nodiscard]] static Value previous(Value value) { return std::nextafter(value, lowest()); }
  [[nodiscard]] static std::optional<Value> stored(std::string_view text, bool /*low*/, bool /*inclusive*/) {
    return parse_number<T>(text);
  }
  [[nodiscard]] static Result<Value> asked(const Bound& bound, bool /*low*/, const QueryContext& /*context*/) {
    const auto value = parse_number<T>(bound.text);
    if (!value) return std::unexpected(number_format_error(bound.text));
    return *value;
  }
  [[nodiscard]] static std::string shown(Value value) {
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.begin(), text.end(), value).ptr;
    std::string out(text.begin(), end);
    return out.find_first_of(".en") == std::string::npos ? out + ".0" : out;
  }
};

/// Milliseconds. `gt` and `lte` mean the end of what a text leaves out, `gte` and `lt` its start.
class DateEnds {
 public:
  static constexpr std::string_view kName = "dates";
  using Value = std::int64_t;
  DateEnds(std::shared_ptr<const pipeline::DateFormat> held, std::shared_ptr<const pipeline::DateFormat> asked,
           QueryZone zone)
      : held_(std::move(held)), asked_(std::move(asked)), zone_(zone) {}
  [[nodiscard]] static Value lowest() { return std::numeric_limits<Value>::min(); }
  [[nodiscard]] static Value highest() { return std::numeric_limits<Value>::max(); }
  [[nodiscard]] static Value next(Value value) { return value == highest() ? value : value + 1; }
  [[nodiscard]] static Value previous(Value value) { return value == lowest() ? value : value - 1; }
  [[nodiscard]] std::optional<Value> stored(std::string_view text, bool low, bool inclusive) const {
    const auto date = held_->parse(text, low != inclusive ? pipeline::DateFill::kEnd : pipeline::DateFill::kStart);
    return date ? std::optional(date->millis()) : std::nullopt;
  }
  [[nodiscard]] Result<Value> asked(const Bound& bound, bool low, const ClauseContext& context) const {
    auto nanos = parse_query_date(bound.text, *asked_, low != bound.inclusive, context, zone_);
    if (!nanos) return std::unexpected(nanos.error());
    pipeline::DateNanos date;
    date.nanos = *nanos;
    return date.millis();
  }
  [[nodiscard]] static std::string shown(Value value) { return std::to_string(value); }

 private:
  std::shared_ptr<const pipeline::DateFormat> held_;
  std::shared_ptr<const pipeline::DateFormat> asked_;
  QueryZone zone_;
};

class AddressEnds {
 public:
  static constexpr std::string_view kName = "addresses";
  using Value = Address;
  [[nodiscard]] static Value lowest() { return Address{}; }
  [[nodiscard]] static Value highest() {
    Address all;
    all.fill(0xFF);
    return all;
  }
  [[nodiscard]] static Value next(Value value) {
    for (auto byte = value.rbegin(); byte != value.rend() && ++*byte == 0; ++byte) continue;
    return value == lowest() ? highest() : value;
  }
  [[nodiscard]] static Value previous(Value value) {
    if (value == lowest()) return value;
    for (auto byte = value.rbegin(); byte != value.rend() && (*byte)-- == 0; ++byte) continue;
    return value;
  }
  [[nodiscard]] static std::optional<Value> stored(std::string_view text, bool /*low*/, bool /*inclusive*/) {
    return parse_address(text);
  }
  [[nodiscard]] static Result<Value> asked(const Bound& bound, bool /*low*/, const QueryContext& /*context*/) {
    auto address = parse_address(bound.text);
    if (!address) return std::unexpected(illegal_argument("'" + bound.text + "' is not an IP string literal."));
    return *address;
  }
  [[nodiscard]] static std::string shown(const Value& value) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    constexpr Address kFour{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    const bool four = std::equal(value.begin(), value.begin() + 12, kFour.begin());
    inet_ntop(four ? AF_INET : AF_INET6, value.data() + (four ? 12 : 0), text.data(), text.size());
    return std::string("/") + text.data();
  }
};

/// What a document holds: `{"gte":1,"lt":5}`, or a network. Ends that are null or not there are open.
template <typename Ends>
std::optional<Closed<typename Ends::Value>> held_range(std::string_view token, const Ends& ends) {
  using T = typename Ends::Value;
  if constexpr (std::is_same_v<T, Address>) {
    if (token.starts_with('"')) {
      const std::string text = json_unquoted(token);
      const auto low = end_of_network(text, true);
      const auto high = end_of_network(text, false);
      if (!low || !high) return std::nullopt;
      return Closed<T>{*low, *high};
    }
  }
  if (!token.starts_with('{')) return std::nullopt;
  auto members = json_members(token, "a range");
  if (!members) return std::nullopt;
  Closed<T> range{ends.lowest(), ends.highest()};
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    const bool low = name.starts_with('g') || name == "from";
    const bool inclusive = name != "gt" && name != "lt";
    const auto text = json_text_value(member.value);
    if (!text || name.starts_with('i')) continue;
    const auto end = ends.stored(*text, low, inclusive);
    if (!end) return std::nullopt;
    if (low) {
      range.low = inclusive ? *end : ends.next(*end);
    } else {
      range.high = inclusive ? *end : ends.previous(*end);
    }
  }
  return range;
}

template <typename Ends>
class RangeFieldTest final : public ValueTest {
 public:
  using Asked = std::pair<Closed<typename Ends::Value>, RangeRelation>;
  RangeFieldTest(std::vector<Asked> asked, Ends ends) : asked_(std::move(asked)), ends_(std::move(ends)) {}
  bool operator()(std::string_view token) const override {
    const auto held = held_range(token, ends_);
    return held &&
           std::ranges::any_of(asked_, [&](const Asked& each) { return stands(*held, each.first, each.second); });
  }
  [[nodiscard]] std::string explain() const override {
    return "stands to " + std::to_string(asked_.size()) + " range(s) as asked, read as " + std::string(Ends::kName);
  }

 private:
  std::vector<Asked> asked_;
  Ends ends_;
};

/// The range that is asked for; nothing where no value lies in it.
template <typename Ends>
Result<std::optional<Closed<typename Ends::Value>>> asked_range(const RangeBounds& bounds, const Ends& ends,
                                                                const ClauseContext& context) {
  Closed<typename Ends::Value> range{ends.lowest(), ends.highest()};
  if (bounds.low) {
    auto low = ends.asked(*bounds.low, true, context);
    if (!low) return std::unexpected(low.error());
    range.low = *low;
  }
  if (bounds.high) {
    auto high = ends.asked(*bounds.high, false, context);
    if (!high) return std::unexpected(high.error());
    range.high = *high;
  }
  if (range.high < range.low) {
    return std::unexpected(illegal_argument("Range query `from` value (" + ends.shown(range.low) +
                                            ") is greater than `to` value (" + ends.shown(range.high) + ")"));
  }
  if (bounds.low && !bounds.low->inclusive) range.low = ends.next(range.low);
  if (bounds.high && !bounds.high->inclusive) range.high = ends.previous(range.high);
  if (range.high < range.low) return std::nullopt;
  return range;
}

/// `ends_of(bounds) -> Result<Ends>`; those of the first one read what the documents hold.
template <typename EndsOf>
Result<ValueTestPtr> test_with(std::span<const RangeBounds> asked, EndsOf ends_of, const ClauseContext& context) {
  using Ends = typename decltype(ends_of(asked.front()))::value_type;
  std::vector<typename RangeFieldTest<Ends>::Asked> ranges;
  std::optional<Ends> reading;
  for (const RangeBounds& bounds : asked) {
    auto ends = ends_of(bounds);
    if (!ends) return std::unexpected(ends.error());
    auto range = asked_range(bounds, *ends, context);
    if (!range)
      return std::unexpected(
          query_shard_error(context, "failed to create query: " + range.error().reason).wrapping(range.error()));
    if (*range) ranges.emplace_back(**range, bounds.relation);
    if (!reading) reading = std::move(*ends);
  }
  if (!reading) return std::unexpected(internal_error("a test of a range field for nothing"));
  return std::make_unique<const RangeFieldTest<Ends>>(std::move(ranges), std::move(*reading));
}

Result<DateEnds> date_ends(const pipeline::FieldSchema& field, const RangeBounds& bounds) {
  const auto format_of = [](const std::string& text) -> Result<std::shared_ptr<const pipeline::DateFormat>> {
    if (text.empty()) return pipeline::DateFormat::standard();
    return pipeline::DateFormat::compile(text);
  };
  auto held = format_of(field.format);
  if (!held) return std::unexpected(held.error());
  auto asked = bounds.format.empty() ? held : format_of(bounds.format);
  if (!asked) return std::unexpected(asked.error());
  return DateEnds(*held, *asked, bounds.zone);
}

}  // namespace

Result<ValueTestPtr> test_range_field(const pipeline::FieldSchema& field, std::span<const RangeBounds> asked,
                                      const ClauseContext& context) {
  const std::string& type = field.type;
  if (type == "integer_range" || type == "long_range") {
    return test_with(
        asked, [&](const RangeBounds&) -> Result<WholeEnds> { return WholeEnds(type == "integer_range"); }, context);
  }
  if (type == "float_range") {
    return test_with(asked, [](const RangeBounds&) -> Result<FloatingEnds<float>> { return {}; }, context);
  }
  if (type == "double_range") {
    return test_with(asked, [](const RangeBounds&) -> Result<FloatingEnds<double>> { return {}; }, context);
  }
  if (type == "date_range") {
    return test_with(asked, [&](const RangeBounds& bounds) { return date_ends(field, bounds); }, context);
  }
  if (type == "ip_range") {
    return test_with(asked, [](const RangeBounds&) -> Result<AddressEnds> { return AddressEnds(); }, context);
  }
  return std::unexpected(
      unsupported("queries on the field [" + field.path + "] of type [" + type + "] are not supported yet"));
}

}  // namespace sluice::stages
