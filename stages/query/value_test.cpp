#include "stages/query/value_test.h"

#include <algorithm>
#include <unordered_set>

#include "pipeline/base/json_text.h"
#include "stages/query/field_values.h"
#include "stages/query/interval.h"
#include "stages/query/range_field.h"

namespace sluice::stages {

namespace {

using pipeline::FieldKind;
using pipeline::FieldSchema;

class FieldQuery final : public Query {
 public:
  FieldQuery(const FieldSchema& field, ValueTestPtr test)
      : path_(field.source_path), copied_from_(field.copied_from), test_(std::move(test)) {}
  [[nodiscard]] bool matches(const QueryDocument& document) const override {
    const auto passes = [this](std::string_view token) { return token != "null" && (*test_)(token); };
    if (any_value(document, path_, passes)) return true;
    return std::ranges::any_of(copied_from_,
                               [&](const std::string& path) { return any_value(document, path, passes); });
  }

 private:
  std::string path_;
  std::vector<std::string> copied_from_;
  ValueTestPtr test_;
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// UTF-16 units of a text: what `ignore_above` counts.
std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

/// Leaves out what is too long to be indexed.
class ShortTest final : public ValueTest {
 public:
  ShortTest(std::uint32_t longest, ValueTestPtr test) : longest_(longest), test_(std::move(test)) {}
  bool operator()(std::string_view token) const override {
    return utf16_units(json_unquoted(token)) <= longest_ && (*test_)(token);
  }

 private:
  std::uint32_t longest_;
  ValueTestPtr test_;
};

Result<ValueTestPtr> only_short(const FieldSchema& field, Result<ValueTestPtr> test) {
  if (!test || !field.ignore_above) return test;
  return std::make_unique<const ShortTest>(*field.ignore_above, std::move(*test));
}

bool is_scalar(std::string_view token) { return !token.starts_with('{') && !token.starts_with('['); }

/// Strings that are kept whole.
class KeywordTest final : public ValueTest {
 public:
  KeywordTest(const FieldSchema& field, const std::vector<TermValue>& values)
      : lowercase_(field.normalizer == "lowercase") {
    for (const TermValue& value : values) {
      fold_ = fold_ || value.case_insensitive;
      texts_.push_back(value.case_insensitive || lowercase_ ? lower(value.text) : value.text);
    }
    set_.insert(texts_.begin(), texts_.end());
  }
  bool operator()(std::string_view token) const override {
    if (!is_scalar(token)) return false;
    if (token.starts_with('"') && !has_escape(token) && !fold_ && !lowercase_) {
      return set_.contains(token.substr(1, token.size() - 2));
    }
    const std::string text = json_unquoted(token);
    return set_.contains(fold_ || lowercase_ ? lower(text) : text);
  }

 private:
  std::vector<std::string> texts_;
  std::unordered_set<std::string_view> set_;
  bool lowercase_;
  bool fold_ = false;
};

/// Words of analyzed text.
class WordTest final : public ValueTest {
 public:
  explicit WordTest(const std::vector<TermValue>& values) {
    for (const TermValue& value : values) {
      texts_.push_back(value.case_insensitive ? lower(value.text) : value.text);
    }
  }
  bool operator()(std::string_view token) const override {
    if (!is_scalar(token)) return false;
    const auto words = standard_words(json_unquoted(token));
    return std::ranges::any_of(
        words, [&](const std::string& word) { return std::ranges::find(texts_, word) != texts_.end(); });
  }

 private:
  std::vector<std::string> texts_;
};

class AnythingTest final : public ValueTest {
 public:
  bool operator()(std::string_view /*token*/) const override { return true; }
};

/// A test of whole strings, for the words of analyzed text.
class AnyWordTest final : public ValueTest {
 public:
  explicit AnyWordTest(ValueTestPtr test) : test_(std::move(test)) {}
  bool operator()(std::string_view token) const override {
    if (!is_scalar(token)) return false;
    const auto words = standard_words(json_unquoted(token));
    return std::ranges::any_of(words, [&](const std::string& word) { return (*test_)(json_string(word)); });
  }

 private:
  ValueTestPtr test_;
};

class PrefixTest final : public ValueTest {
 public:
  PrefixTest(std::string prefix, bool fold, bool words) : prefix_(std::move(prefix)), fold_(fold), words_(words) {}
  bool operator()(std::string_view token) const override {
    if (!is_scalar(token)) return false;
    const std::string text = json_unquoted(token);
    if (!words_) return (fold_ ? lower(text) : text).starts_with(prefix_);
    return std::ranges::any_of(standard_words(text),
                               [&](const std::string& word) { return word.starts_with(prefix_); });
  }

 private:
  std::string prefix_;
  bool fold_;
  bool words_;
};

Error not_searchable(const FieldSchema& field) {
  return illegal_argument("Cannot search on field [" + field.path + "] since it is not indexed nor has doc values.");
}

std::vector<RangeBounds> equal_to(const std::vector<TermValue>& values) {
  std::vector<RangeBounds> bounds;
  for (const TermValue& value : values) {
    RangeBounds one;
    one.low = Bound{value.text, true, value.number};
    one.high = one.low;
    bounds.push_back(std::move(one));
  }
  return bounds;
}

}  // namespace

Result<ValueTestPtr> test_exists(const FieldSchema& field) {
  return only_short(field, std::make_unique<const AnythingTest>());
}

QueryPtr field_query(const FieldSchema& field, ValueTestPtr test) {
  return std::make_shared<const FieldQuery>(field, std::move(test));
}

Result<ValueTestPtr> test_terms(const FieldSchema& field, const std::vector<TermValue>& values,
                                const QueryContext& context) {
  if (!field.indexed && !field.doc_values) return std::unexpected(not_searchable(field));
  switch (field.kind) {
    case FieldKind::kText:
      return std::make_unique<const WordTest>(values);
    case FieldKind::kKeyword:
    case FieldKind::kFlattened:
      return only_short(field, std::make_unique<const KeywordTest>(field, values));
    case FieldKind::kInteger:
    case FieldKind::kUnsigned:
    case FieldKind::kFloating:
    case FieldKind::kBoolean:
    case FieldKind::kDate:
    case FieldKind::kIp:
      return test_intervals(field, equal_to(values), /*exact=*/true, context);
    case FieldKind::kRange:
      return test_range_field(field, equal_to(values), context);
    case FieldKind::kGeoPoint:
    case FieldKind::kGeoShape:
      return std::unexpected(query_shard_error(
          context, "Geometry fields do not support exact searching, use dedicated geometry queries instead: [" +
                       field.path + "]"));
    default:
      return std::unexpected(
          unsupported("queries on the field [" + field.path + "] of type [" + field.type + "] are not supported yet"));
  }
}

Result<ValueTestPtr> test_range(const FieldSchema& field, const RangeBounds& bounds, const QueryContext& context) {
  if (!field.indexed && !field.doc_values) return std::unexpected(not_searchable(field));
  if (field.kind == FieldKind::kRange) return test_range_field(field, {&bounds, 1}, context);
  if (field.kind != FieldKind::kDate) {
    if (!bounds.format.empty()) {
      return std::unexpected(
          illegal_argument("Field [" + field.path + "] of type [" + field.type + "] does not support custom formats"));
    }
    if (!bounds.time_zone.empty()) {
      return std::unexpected(illegal_argument("Field [" + field.path + "] of type [" + field.type +
                                              "] does not support custom time zones"));
    }
  }
  auto test = test_intervals(field, {&bounds, 1}, /*exact=*/false, context);
  if (test && field.kind == FieldKind::kText) return std::make_unique<const AnyWordTest>(std::move(*test));
  return only_short(field, std::move(test));
}

Result<ValueTestPtr> test_prefix(const FieldSchema& field, const TermValue& value, const QueryContext& context) {
  if (field.kind != FieldKind::kKeyword && field.kind != FieldKind::kText) {
    return std::unexpected(
        query_shard_error(context, "Can only use prefix queries on keyword, text and wildcard fields - not on [" +
                                       field.path + "] which is of type [" + field.type + "]"));
  }
  const bool fold = value.case_insensitive || field.normalizer == "lowercase";
  return only_short(field, std::make_unique<const PrefixTest>(fold ? lower(value.text) : value.text, fold,
                                                              field.kind == FieldKind::kText));
}

}  // namespace sluice::stages
