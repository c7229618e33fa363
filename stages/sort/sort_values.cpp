#include "stages/sort/sort_values.h"

#include <cmath>
#include <limits>

#include <arpa/inet.h>

#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/json_writer.h"
#include "pipeline/base/parse_number.h"
#include "stages/analysis/analysis.h"
#include "stages/query/compile.h"
#include "stages/query/field_values.h"
#include "stages/sort/date_text.h"

namespace sluice::stages {

namespace {

using pipeline::FieldKind;
using Kind = SortValue::Kind;

constexpr auto kLongMost = std::numeric_limits<std::int64_t>::max();
constexpr auto kLongLeast = std::numeric_limits<std::int64_t>::min();

Sorter::By metadata_of(std::string_view field) {
  if (field == "_doc") return Sorter::By::kDoc;
  if (field == "_shard_doc") return Sorter::By::kShardDoc;
  if (field == "_score") return Sorter::By::kScore;
  if (field == "_id") return Sorter::By::kId;
  if (field == "_index") return Sorter::By::kIndex;
  if (field == "_seq_no") return Sorter::By::kSeqNo;
  if (field == "_version") return Sorter::By::kVersion;
  return Sorter::By::kField;
}

/// What a field of an `unmapped_type` would sort by; nothing: there is no such type.
std::optional<FieldKind> kind_of_type(std::string_view type) {
  struct Row {
    std::string_view type;
    FieldKind kind;
  };
  constexpr Row kTypes[] = {
      {"keyword", FieldKind::kKeyword},
      {"date", FieldKind::kDate},
      {"date_nanos", FieldKind::kDate},
      {"double", FieldKind::kFloating},
      {"float", FieldKind::kFloating},
      {"half_float", FieldKind::kFloating},
      {"scaled_float", FieldKind::kFloating},
      {"boolean", FieldKind::kBoolean},
      {"ip", FieldKind::kIp},
      {"long", FieldKind::kInteger},
      {"integer", FieldKind::kInteger},
      {"short", FieldKind::kInteger},
      {"byte", FieldKind::kInteger},
      {"unsigned_long", FieldKind::kInteger},
  };
  // Of other types nothing is sorted: any order does.
  constexpr std::string_view kOthers[] = {"constant_keyword", "wildcard", "version", "text",      "match_only_text",
                                          "binary",           "object",   "nested",  "flattened", "geo_point"};
  const auto* const known = std::ranges::find(kTypes, type, &Row::type);
  if (known != std::end(kTypes)) return known->kind;
  if (std::ranges::find(kOthers, type) != std::end(kOthers)) return FieldKind::kInteger;
  return std::nullopt;
}

bool is_whole(FieldKind kind) {
  return kind == FieldKind::kInteger || kind == FieldKind::kUnsigned || kind == FieldKind::kBoolean ||
         kind == FieldKind::kDate;
}

SortValue text_value(std::string text) {
  SortValue value;
  value.kind = Kind::kText;
  value.text = std::move(text);
  return value;
}

__extension__ using Wide = __int128;

SortValue whole_value(Wide whole) {
  SortValue value;
  value.kind = Kind::kWhole;
  value.whole = whole;
  return value;
}

SortValue floating_value(double floating) {
  SortValue value;
  value.kind = Kind::kFloating;
  value.floating = floating;
  return value;
}

/// As Java compares: -0.0 stands before 0.0, and what is no number behind all others, whatever its sign.
std::weak_ordering java_order(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) <=> std::isnan(b);
  return std::strong_order(a, b);
}

/// Addresses sort by their 16 bytes and are shown as they are written shortest.
std::optional<SortValue> address_value(const std::string& text) {
  unsigned char bytes[16] = {};
  in_addr four{};
  if (inet_pton(AF_INET, text.c_str(), &four) == 1) {
    bytes[10] = bytes[11] = 0xFF;
    std::memcpy(bytes + 12, &four, sizeof(four));
  } else if (inet_pton(AF_INET6, text.c_str(), bytes) != 1) {
    return std::nullopt;
  }
  return text_value(std::string(reinterpret_cast<const char*>(bytes), sizeof(bytes)));
}

std::string address_text(std::string_view bytes) {
  char text[INET6_ADDRSTRLEN] = {};
  const bool four = bytes.substr(0, 12) == std::string_view("\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12);
  inet_ntop(four ? AF_INET : AF_INET6, bytes.data() + (four ? 12 : 0), text, sizeof(text));
  return text;
}

}  // namespace

Result<Sorter> Sorter::make(const SortKey& key, const QueryContext& context) {
  Sorter sorter;
  sorter.key_ = key;
  sorter.by_ = metadata_of(key.field);
  if (key.script) {
    sorter.by_ = By::kScript;
    sorter.kind_ = key.script_gives_text ? FieldKind::kKeyword : FieldKind::kFloating;
    const painless::ScriptContext& inputs =
        key.script_gives_text ? painless::string_sort_context() : painless::number_sort_context();
    auto script = HitScript::make(*key.script, inputs, context);
    if (!script) return std::unexpected(std::move(script.error()));
    sorter.script_ = std::move(*script);
    return sorter;
  }
  sorter.take_most_ = key.mode == "max" || (key.mode.empty() && key.descending);
  if (key.geo) {
    Status prepared = sorter.prepare_distance(context);
    return prepared ? Result<Sorter>(std::move(sorter)) : std::unexpected(std::move(prepared.error()));
  }
  if (sorter.by_ != By::kField) return sorter;
  const pipeline::FieldSchema* field = context.schema.find(key.field);
  if (field == nullptr || field->kind == FieldKind::kObject) {
    if (key.unmapped_type.empty()) {
      return std::unexpected(
          query_shard_error(context, "No mapping found for [" + key.field + "] in order to sort on"));
    }
    const auto kind = kind_of_type(key.unmapped_type);
    if (!kind) return std::unexpected(illegal_argument("No mapper found for type [" + key.unmapped_type + "]"));
    sorter.unmapped_ = true;
    sorter.kind_ = *kind;
  } else {
    Status prepared = sorter.prepare_field(*field, context);
    if (!prepared) return std::unexpected(std::move(prepared.error()));
  }
  const bool extreme = key.mode.empty() || key.mode == "min" || key.mode == "max";
  if (!extreme && (sorter.kind_ == FieldKind::kKeyword || sorter.kind_ == FieldKind::kIp)) {
    return std::unexpected(query_shard_error(context, "we only support AVG, MEDIAN and SUM on number based fields"));
  }
  sorter.combines_ = !extreme;
  if (!key.format.empty() && sorter.kind_ != FieldKind::kDate) {
    const bool text = sorter.kind() == Kind::kText;
    return std::unexpected(illegal_argument(text ? "Field [" + key.field + "] of type [" +
                                                       (sorter.unmapped_ ? key.unmapped_type : field->type) +
                                                       "] does not support custom formats"
                                                 : "require a date_time formatter; got [decimal]"));
  }
  if (key.nested && key.mode == "median") return std::unexpected(illegal_argument("Unsupported sort mode: MEDIAN"));
  if (sorter.kind_ == FieldKind::kText) {
    return std::unexpected(illegal_argument(
        "Fielddata is disabled on [" + key.field + "] in [" + context.index +
        "]. Text fields are not optimised for operations that require per-document field data like aggregations and "
        "sorting, so these operations are disabled by default. Please use a keyword field instead. Alternatively, set "
        "fielddata=true on [" +
        key.field +
        "] in order to load field data by uninverting the inverted index. Note that this can use significant memory."));
  }
  if (field != nullptr && !sorter.unmapped_) {
    if (Status numeric = sorter.prepare_number(*field, context); !numeric)
      return std::unexpected(std::move(numeric.error()));
  }
  sorter.format_ = pipeline::DateFormat::standard();
  if (field != nullptr && field->kind == FieldKind::kDate) {
    auto format = date_format_of(field->value_format());
    if (!format) return std::unexpected(format.error());
    sorter.format_ = *format;
  }
  if (!key.missing.empty() && key.missing != "_last" && key.missing != "_first") {
    sorter.stand_in_ = sorter.convert(json_string(key.missing));
    if (!sorter.stand_in_) {
      return std::unexpected(number_format_error(key.missing));
    }
  }
  return sorter;
}

/// What `numeric_type` makes of a field's values.
Status Sorter::prepare_number(const pipeline::FieldSchema& field, const QueryContext& context) {
  const std::string& type = key_.numeric_type;
  if (type.empty()) return {};
  const bool whole = is_whole(kind_);
  if (!whole && kind_ != FieldKind::kFloating) {
    return std::unexpected(
        query_shard_error(context, "[numeric_type] option cannot be set on a non-numeric field, got " + field.type));
  }
  widened_ = whole && type == "double";
  cut_ = !whole && type != "double";
  if (kind_ == FieldKind::kDate && type != "long" && type != "double") nanos_ = type == "date_nanos";
  return {};
}

SortValue::Kind Sorter::kind() const {
  switch (by_) {
    case By::kId:
    case By::kIndex:
      return Kind::kText;
    case By::kScore:
    case By::kGeoDistance:
      return Kind::kFloating;
    case By::kScript:
      return key_.script_gives_text ? Kind::kText : Kind::kFloating;
    case By::kField:
      break;
    default:
      return Kind::kWhole;
  }
  if (kind_ == FieldKind::kFloating) return cut_ ? Kind::kWhole : Kind::kFloating;
  if (!is_whole(kind_)) return Kind::kText;
  return widened_ ? Kind::kFloating : Kind::kWhole;
}

Status Sorter::prepare_field(const pipeline::FieldSchema& field, const QueryContext& context) {
  if (field.kind == FieldKind::kGeoPoint || field.kind == FieldKind::kGeoShape) {
    return std::unexpected(illegal_argument(
        field.kind == FieldKind::kGeoPoint
            ? "can't sort on geo_point or point field without using specific sorting feature, like geo_distance"
            : "Fielddata is not supported on field [" + key_.field + "] of type [" + field.type + "]"));
  }
  kind_ = field.kind;
  nanos_ = field.type == "date_nanos";
  fraction_ = FloatingReader(field);
  narrow_ = field.type == "float" || field.type == "half_float";
  if (!field.normalizer.empty()) {
    auto normalizer = analysis_of(context).normalizer(field.normalizer);
    if (!normalizer) return std::unexpected(std::move(normalizer.error()));
    normalizer_ = std::move(*normalizer);
  }
  const bool plain = field.script == nullptr && !field.null_value && !field.ignore_above;
  if (plain && !key_.nested && field.nested_path.empty()) {
    paths_.push_back(field.source_path);
    paths_.insert(paths_.end(), field.copied_from.begin(), field.copied_from.end());
    return {};
  }
  return prepare_reader(field, context);
}

Status Sorter::prepare_reader(const pipeline::FieldSchema& field, const QueryContext& context) {
  if (!key_.nested && !field.nested_path.empty()) {
    return std::unexpected(query_shard_error(
        context, "it is mandatory to set the [nested] context on the nested sort field: [" + key_.field + "]."));
  }
  auto reader = FieldReader::make(field, key_.nested ? &*key_.nested : nullptr, context);
  if (!reader) return std::unexpected(std::move(reader.error()));
  reader_ = std::move(*reader);
  return {};
}

std::optional<SortValue> Sorter::convert(std::string_view token) const {
  if (token.starts_with('{') || token.starts_with('[') || token == "null") return std::nullopt;
  const std::string text = json_unquoted(token);
  switch (kind_) {
    case FieldKind::kInteger:
    case FieldKind::kUnsigned: {
      const auto whole = WholeReader()(text);
      return whole ? std::optional(whole_value(*whole)) : std::nullopt;
    }
    case FieldKind::kFloating: {
      const auto number = fraction_(text);
      return number ? std::optional(floating_value(*number)) : std::nullopt;
    }
    case FieldKind::kBoolean:
      return whole_value(text == "true" ? 1 : 0);
    case FieldKind::kDate: {
      const auto date = format_->parse(text);
      if (!date) return std::nullopt;
      return whole_value(nanos_ ? date->nanos : date->millis());
    }
    case FieldKind::kIp:
      return address_value(text);
    default:
      return text_value(normalizer_ == nullptr ? text : normalizer_->normalize(text).value_or(text));
  }
}

namespace {

/// One value for several, as Lucene's MultiValueMode has it: whole numbers are rounded half up.
SortValue combined(std::vector<SortValue>& values, std::string_view mode) {
  SortValue result = values.front();
  const bool whole = result.kind == Kind::kWhole;
  if (mode == "median") {
    std::ranges::sort(values, [whole](const SortValue& a, const SortValue& b) {
      return whole ? a.whole < b.whole : a.floating < b.floating;
    });
    const SortValue& high = values[values.size() / 2];
    if (values.size() % 2 == 1) return high;
    const SortValue& low = values[values.size() / 2 - 1];
    if (!whole) return floating_value((low.floating + high.floating) / 2);
    return whole_value(
        static_cast<Wide>(std::floor((static_cast<double>(low.whole) + static_cast<double>(high.whole)) / 2 + 0.5)));
  }
  for (std::size_t i = 1; i < values.size(); ++i) {
    result.whole += values[i].whole;
    result.floating += values[i].floating;
  }
  if (mode == "avg" && values.size() > 1) {
    const auto count = static_cast<double>(values.size());
    if (!whole) return floating_value(result.floating / count);
    return whole_value(static_cast<Wide>(std::floor(static_cast<double>(result.whole) / count + 0.5)));
  }
  return result;
}

}  // namespace

template <typename Take>
Status Sorter::each_value(const QueryDocument& document, Take take) const {
  if (reader_ != nullptr) return reader_->each(document, take);
  for (const std::string& path : paths_) {
    any_value(document, path, [&take](std::string_view token) {
      take(token);
      return false;
    });
  }
  return {};
}

Result<SortValue> Sorter::value(const QueryDocument& document) const {
  if (by_ == By::kGeoDistance) return distance(document);
  auto value = field_value(document);
  if (!value) return value;
  if (widened_ && value->kind == Kind::kWhole) return floating_value(static_cast<double>(value->whole));
  if (cut_ && value->kind == Kind::kFloating) return whole_value(static_cast<Wide>(value->floating));
  return value;
}

Result<SortValue> Sorter::field_value(const QueryDocument& document) const {
  if (combines_ && !unmapped_) {
    std::vector<SortValue> values;
    Status read = each_value(document, [&](std::string_view token) {
      if (auto one = convert(token)) values.push_back(std::move(*one));
    });
    if (!read) return std::unexpected(std::move(read.error()));
    return values.empty() ? stand_in_.value_or(SortValue{}) : combined(values, key_.mode);
  }
  std::optional<SortValue> best;
  Status read = each_value(document, [&](std::string_view token) {
    auto one = convert(token);
    if (!one) return;
    if (!best) {
      best = std::move(one);
      return;
    }
    const bool less = one->kind == Kind::kText    ? one->text < best->text
                      : one->kind == Kind::kWhole ? one->whole < best->whole
                                                  : one->floating < best->floating;
    if (less != take_most_) best = std::move(one);
  });
  if (!read) return std::unexpected(std::move(read.error()));
  if (best) return std::move(*best);
  return stand_in_.value_or(SortValue{});
}

Result<SortValue> Sorter::script_value(const QueryDocument& document, float score) const {
  if (key_.script_gives_text) {
    auto text = script_->text(document, score);
    if (!text) return std::unexpected(std::move(text.error()));
    return text_value(std::move(*text));
  }
  const auto number = script_->number(document, score);
  if (!number) return std::unexpected(number.error());
  return floating_value(*number);
}

std::weak_ordering Sorter::compare(const SortValue& a, const SortValue& b) const {
  if (a.kind == Kind::kMissing || b.kind == Kind::kMissing) {
    if (a.kind == b.kind) return std::weak_ordering::equivalent;
    const bool first = key_.missing == "_first";
    return (a.kind == Kind::kMissing) == first ? std::weak_ordering::less : std::weak_ordering::greater;
  }
  std::weak_ordering order = std::weak_ordering::equivalent;
  if (a.kind == Kind::kText) {
    order = a.text <=> b.text;
  } else if (a.kind == Kind::kWhole) {
    order = a.whole < b.whole   ? std::weak_ordering::less
            : b.whole < a.whole ? std::weak_ordering::greater
                                : std::weak_ordering::equivalent;
  } else {
    order = java_order(a.floating, b.floating);
  }
  if (!key_.descending || order == std::weak_ordering::equivalent) return order;
  return order == std::weak_ordering::less ? std::weak_ordering::greater : std::weak_ordering::less;
}

void Sorter::write(JsonWriter& out, const SortValue& value) const {
  if (value.kind == Kind::kMissing) {
    // Numbers that are missing are the largest or the smallest there is, so that search_after can name them.
    const bool largest = (key_.missing != "_first") != key_.descending;
    if (kind() == Kind::kFloating) {
      out.string(largest ? "Infinity" : "-Infinity");
    } else if (kind_ == FieldKind::kKeyword || kind_ == FieldKind::kIp || kind_ == FieldKind::kFlattened) {
      out.null();
    } else {
      out.integer(largest ? kLongMost : kLongLeast);
    }
    return;
  }
  if (value.kind == Kind::kText) {
    out.string(kind_ == FieldKind::kIp ? address_text(value.text) : value.text);
  } else if (value.kind == Kind::kFloating && !std::isfinite(value.floating)) {
    out.string(std::isnan(value.floating) ? "NaN" : value.floating < 0 ? "-Infinity" : "Infinity");
  } else if (value.kind == Kind::kFloating) {
    out.raw(by_ == By::kScore || narrow_ ? java_float_text(static_cast<float>(value.floating))
                                         : java_double_text(value.floating));
  } else if (kind_ == FieldKind::kDate && !key_.format.empty()) {
    out.string(date_text(static_cast<std::int64_t>(nanos_ ? value.whole / 1'000'000 : value.whole), key_.format));
  } else if (value.whole > kLongMost) {
    out.raw(std::to_string(static_cast<std::uint64_t>(value.whole)));
  } else {
    out.integer(static_cast<std::int64_t>(value.whole));
  }
}

Result<SortValue> Sorter::read(std::string_view json) const {
  if (json == "null") return SortValue{};
  const std::string text = json_unquoted(json);
  if (by_ != By::kField && by_ != By::kScript && by_ != By::kGeoDistance) {
    if (by_ == By::kId || by_ == By::kIndex) return text_value(text);
    if (by_ == By::kScore) return floating_value(parse_number<double>(text).value_or(0));
    const auto whole = parse_number<std::int64_t>(text);
    if (whole) return whole_value(*whole);
    return std::unexpected(illegal_argument("Failed to parse search_after value for field [" + key_.field + "]."));
  }
  if (widened_ || cut_) {
    const auto number = parse_number<double>(text);
    if (!number) {
      return std::unexpected(illegal_argument("Failed to parse search_after value for field [" + key_.field + "].")
                                 .wrapping({ErrorKind::kBadRequest, 400, "number_format_exception",
                                            "For input string: \"" + text + "\""}));
    }
    if (std::isinf(*number)) return SortValue{};
    return widened_ ? floating_value(*number) : whole_value(static_cast<Wide>(*number));
  }
  const bool whole_kind = kind_ == FieldKind::kInteger || kind_ == FieldKind::kDate || kind_ == FieldKind::kBoolean;
  const auto whole = parse_number<std::int64_t>(text);
  if (whole_kind && whole && (*whole == kLongMost || *whole == kLongLeast)) return SortValue{};
  if (by_ == By::kGeoDistance && text == "Infinity") return floating_value(std::numeric_limits<double>::infinity());
  if (kind_ == FieldKind::kFloating && (text == "Infinity" || text == "-Infinity")) return SortValue{};
  if (kind_ == FieldKind::kDate && whole && !json.starts_with('"')) return whole_value(*whole);
  auto value = convert(json);
  if (!value) {
    Error error = illegal_argument("Failed to parse search_after value for field [" + key_.field + "].");
    if (whole_kind || kind_ == FieldKind::kUnsigned || kind_ == FieldKind::kFloating) {
      error = std::move(error).wrapping(
          {ErrorKind::kBadRequest, 400, "number_format_exception", "For input string: \"" + text + "\""});
    }
    return std::unexpected(std::move(error));
  }
  return std::move(*value);
}

}  // namespace sluice::stages
