#include "tools/sluiced/search/shown_fields.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"
#include "stages/painless/text/decimal_format.h"
#include "stages/parse/structurals.h"
#include "stages/query/field_values.h"
#include "stages/query/value_readers.h"
#include "stages/sort/date_text.h"
#include "tools/sluiced/search/nested_place.h"
#include "tools/sluiced/search/unmapped_values.h"

namespace sluice::rest {

namespace {

using pipeline::FieldKind;
using pipeline::FieldSchema;

/// One value, and what it is sorted by.
struct Shown {
  stages::Wide whole = 0;
  double floating = 0;
  std::string text;  ///< as JSON
  bool operator==(const Shown&) const = default;
};

bool before(const Shown& a, const Shown& b) {
  if (a.whole != b.whole) return a.whole < b.whole;
  if (a.floating != b.floating) return a.floating < b.floating;
  return a.text < b.text;
}

std::string json_number(double value) { return java_double_text(value); }

/// A point as `fields` shows it, and as doc values do.
std::string point_json(const stages::GeoPoint& point, bool doc_value) {
  const std::string lat = json_number(point.lat);
  const std::string lon = json_number(point.lon);
  if (doc_value) return json_string(lat + ", " + lon);
  return R"({"coordinates":[)" + lon + "," + lat + R"(],"type":"Point"})";
}

/// Nothing: the pattern is none. Source: Elasticsearch's DocValueFormat.Decimal.
std::optional<painless::text::DecimalFormat> decimal_format(const std::string& pattern) {
  using painless::text::DecimalSymbols;
  try {
    return painless::text::DecimalFormat(pattern, DecimalSymbols::of(painless::time::Locale::root()));
  } catch (const painless::math::DateTimeError&) {
    return std::nullopt;
  }
}

/// Reads the values of one field.
class Values {
 public:
  Values(const FieldSchema& field, const std::string& format, bool doc_values)
      : field_(field), format_(format.empty() ? first_format(field) : format), doc_values_(doc_values) {
    fraction_ = stages::FloatingReader(field);
    if (is_number() && !format.empty()) decimal_ = decimal_format(format);
    if (auto made = stages::date_format_of(field.value_format())) date_format_ = std::move(*made);
  }

  void take(std::string_view token) {
    if (token == "null") {
      if (!field_.null_value) return;
      token = *field_.null_value;
    }
    if (field_.ignore_above && stages::is_longer_than(*field_.ignore_above, token)) return;
    Shown shown;
    switch (field_.kind) {
      case FieldKind::kDate:
        if (!read_date(token, shown)) return;
        break;
      case FieldKind::kInteger:
      case FieldKind::kUnsigned:
        if (!read_whole(token, shown)) return;
        break;
      case FieldKind::kFloating:
        if (!read_floating(token, shown)) return;
        break;
      case FieldKind::kBoolean:
        shown.whole = stages::bare(token) == "true" ? 1 : 0;
        shown.text = shown.whole == 1 ? "true" : "false";
        break;
      case FieldKind::kIp:
        if (!read_address(token, shown)) return;
        break;
      case FieldKind::kText:
      case FieldKind::kKeyword:
        // Of a join field, whose name is read where it stands.
        if (token.starts_with('{') && field_.join != nullptr && doc_values_) return;
        shown.text =
            token.starts_with('{') && field_.join != nullptr ? std::string(token) : json_string(json_unquoted(token));
        break;
      default:
        shown.text = token;
    }
    values_.push_back(std::move(shown));
  }

  void take(const stages::GeoPoint& point) {
    Shown shown;
    shown.text = point_json(doc_values_ ? stages::as_indexed(point) : point, doc_values_);
    values_.push_back(std::move(shown));
  }

  std::vector<Shown> finish() {
    if (!doc_values_ && field_.script == nullptr) return std::move(values_);
    if (field_.kind == FieldKind::kIp) {
      std::ranges::stable_sort(values_, {}, [](const Shown& each) { return address_of(each.text); });
    } else if (field_.kind != FieldKind::kGeoPoint) {
      std::ranges::stable_sort(values_, before);
    }
    const bool once = field_.kind == FieldKind::kKeyword || field_.kind == FieldKind::kIp;
    if (once && !field_.runtime) values_.erase(std::ranges::unique(values_).begin(), values_.end());
    return std::move(values_);
  }

 private:
  [[nodiscard]] bool is_number() const {
    return field_.kind == FieldKind::kInteger || field_.kind == FieldKind::kUnsigned ||
           field_.kind == FieldKind::kFloating;
  }
  static std::string first_format(const FieldSchema& field) { return field.format; }
  static stages::Address address_of(std::string_view json) {
    return stages::parse_address(stages::bare(json)).value_or(stages::Address{});
  }

  bool read_date(std::string_view token, Shown& shown) const {
    const auto date = date_format_ == nullptr ? std::nullopt : date_format_->parse(json_unquoted(token));
    if (!date) return false;
    shown.whole = date->nanos;
    shown.text = json_string(stages::date_text(date->millis(), format_));
    return true;
  }

  bool read_whole(std::string_view token, Shown& shown) const {
    const auto whole = stages::WholeReader(field_)(token);
    if (!whole) return false;
    shown.whole = *whole;
    const bool huge = *whole > std::numeric_limits<std::int64_t>::max();
    shown.text =
        huge ? std::to_string(static_cast<std::uint64_t>(*whole)) : std::to_string(static_cast<std::int64_t>(*whole));
    if (decimal_) shown.text = json_string(decimal_->format(painless::math::Decimal::parse(shown.text)));
    return true;
  }

  bool read_floating(std::string_view token, Shown& shown) const {
    const auto number = fraction_(token);
    if (!number) return false;
    shown.floating = *number;
    const bool as_stored = doc_values_ || field_.script != nullptr;
    shown.text = as_stored ? json_number(*number) : std::string(stages::bare(token));
    if (decimal_) shown.text = json_string(decimal_->format(*number));
    return true;
  }

  static bool read_address(std::string_view token, Shown& shown) {
    const auto address = stages::parse_address(json_unquoted(token));
    if (!address) return false;
    shown.text = json_string(stages::address_text(*address));
    return true;
  }

  const FieldSchema& field_;
  std::string format_;
  bool doc_values_;
  stages::FloatingReader fraction_;
  std::shared_ptr<const pipeline::DateFormat> date_format_;
  std::optional<painless::text::DecimalFormat> decimal_;  ///< of numbers; nothing: as they are
  std::vector<Shown> values_;
};

/// A field that is asked for, and how it is shown.
struct Wanted {
  const FieldSchema* field = nullptr;
  std::string format;
};

/// The types whose values have no format: in `fields`, and, but for numbers, in doc values.
bool takes_format(const FieldSchema& field, bool doc_values) {
  switch (field.kind) {
    case FieldKind::kInteger:
    case FieldKind::kUnsigned:
    case FieldKind::kFloating:
      return doc_values;
    case FieldKind::kBoolean:
    case FieldKind::kKeyword:
      return false;
    case FieldKind::kText:
    case FieldKind::kIp:
      return doc_values;
    default:
      return true;
  }
}

Status check_format(const Wanted& wanted, bool doc_values) {
  if (wanted.format.empty() || takes_format(*wanted.field, doc_values)) return {};
  const std::string what = "Field [" + wanted.field->path + "] of type [" + wanted.field->type + "] ";
  if (doc_values) return std::unexpected(illegal_argument(what + "does not support custom formats"));
  Error cause = illegal_argument(what + "doesn't support formats.");
  return std::unexpected(
      illegal_argument("error fetching [" + wanted.field->path + "]: " + cause.reason).wrapping(std::move(cause)));
}

/// What an object shows: names within it, each with a list of values as JSON.
using ShownValues = std::map<std::string, std::string>;

std::string json_list(const std::vector<std::string>& values) {
  std::string list = "[";
  for (const std::string& each : values) list += (list.size() == 1 ? "" : ",") + each;
  return list + "]";
}

/// `path` as it stands within the object at `scope`.
std::string_view within(std::string_view path, std::string_view scope) {
  return scope.empty() ? path : path.substr(scope.size() + 1);
}

stages::QueryDocument object_of(std::string_view json, stages::Structurals& structurals) {
  static_cast<void>(structurals.build(json));
  stages::QueryDocument object{.source = json};
  object.set_structurals(structurals);
  return object;
}

/// One document's fields.
class Reader {
 public:
  Reader(const CompiledSearch& search, const stages::QueryDocument& document) : search_(search), document_(document) {}

  /// Adds what names and patterns stand for; who comes first stays.
  Status add_fields(const std::vector<ShownField>& wanted) {
    auto fields = resolve(wanted, /*doc_values=*/false);
    if (!fields) return std::unexpected(std::move(fields.error()));
    std::vector<std::string> unmapped;
    for (const ShownField& each : wanted) {
      if (each.include_unmapped) unmapped.push_back(each.name);
    }
    return collect(document_, {}, *fields, unmapped, found_);
  }

  /// The same of doc values. `scope`: the path of the nested objects whose fields are read too.
  Status add_doc_values(const std::vector<ShownField>& wanted, std::string_view scope) {
    auto fields = resolve(wanted, /*doc_values=*/true);
    if (!fields) return std::unexpected(std::move(fields.error()));
    for (const Wanted& each : *fields) {
      if (each.field->nested_path != scope && !each.field->nested_path.empty()) continue;
      if (found_.contains(each.field->path)) continue;
      auto values = read(each, document_, {}, /*doc_values=*/true);
      if (!values) return std::unexpected(std::move(values.error()));
      if (!values->empty()) found_.emplace(each.field->path, list_of(*values));
    }
    return {};
  }

  Status add_scripts() {
    for (const CompiledScript& each : search_.scripts) {
      auto values = each.script->values(document_);
      if (!values && !each.ignore_failure) return std::unexpected(std::move(values.error()));
      if (values && !values->empty()) found_.emplace(each.name, json_list(*values));
    }
    return {};
  }

  void write(JsonWriter& out) const {
    if (found_.empty()) return;
    out.key("fields").begin_object();
    for (const auto& [path, values] : found_) out.key(path).raw(values);
    out.end_object();
  }

 private:
  [[nodiscard]] Result<std::vector<Wanted>> resolve(const std::vector<ShownField>& wanted, bool doc_values) const {
    std::vector<Wanted> fields;
    std::unordered_set<const FieldSchema*> known;
    for (const ShownField& each : wanted) {
      for (const FieldSchema* field : search_.mapping->matching(each.name)) {
        if (field->kind == FieldKind::kObject || field->kind == FieldKind::kNested) continue;
        if (!known.insert(field).second) continue;
        fields.push_back({field, each.format});
        if (Status fits = check_format(fields.back(), doc_values); !fits) return std::unexpected(fits.error());
      }
    }
    return fields;
  }

  /// The fields of an object at `scope`, with those of nested objects below the paths of these.
  Status collect(const stages::QueryDocument& object, std::string_view scope, const std::vector<Wanted>& fields,
                 const std::vector<std::string>& unmapped, ShownValues& into) const {
    for (const Wanted& each : fields) {
      if (each.field->nested_path != scope) continue;
      auto values = read(each, object, scope, /*doc_values=*/false);
      if (!values) return std::unexpected(std::move(values.error()));
      if (!values->empty()) into.emplace(within(each.field->path, scope), list_of(*values));
    }
    if (!unmapped.empty()) {
      for (const auto& [name, values] : unmapped_values(*search_.mapping, object.source, scope, unmapped)) {
        into.emplace(name, json_list(values));
      }
    }
    for (const std::string& path : paths_below(scope, fields, !unmapped.empty())) {
      auto objects = collect_objects(object, scope, path, fields, unmapped);
      if (!objects) return std::unexpected(std::move(objects.error()));
      if (!objects->empty()) into.emplace(within(path, scope), json_list(*objects));
    }
    return {};
  }

  [[nodiscard]] Result<std::vector<std::string>> collect_objects(const stages::QueryDocument& object,
                                                                 std::string_view scope, const std::string& path,
                                                                 const std::vector<Wanted>& fields,
                                                                 const std::vector<std::string>& unmapped) const {
    std::vector<std::string> shown;
    for (const std::string_view each : objects_at(object.source, within(path, scope))) {
      stages::Structurals structurals;
      ShownValues values;
      if (Status read = collect(object_of(each, structurals), path, fields, unmapped, values); !read) {
        return std::unexpected(std::move(read.error()));
      }
      if (values.empty()) continue;
      JsonWriter out;
      out.begin_object();
      for (const auto& [name, list] : values) out.key(name).raw(list);
      out.end_object();
      shown.push_back(out.take());
    }
    return shown;
  }

  /// The nested objects right below those at `scope` that have to be looked into.
  [[nodiscard]] std::set<std::string> paths_below(std::string_view scope, const std::vector<Wanted>& fields,
                                                  bool all) const {
    std::set<std::string> paths;
    const auto add = [&](const FieldSchema& field, std::string path) {
      for (const FieldSchema* around = &field; !path.empty(); path = around->nested_path) {
        around = search_.mapping->find(path);
        if (around == nullptr) return;
        if (around->nested_path != scope) continue;
        paths.insert(path);
        return;
      }
    };
    for (const Wanted& each : fields) add(*each.field, each.field->nested_path);
    if (!all) return paths;
    for (const FieldSchema* field : search_.mapping->matching("*")) {
      if (field->kind == FieldKind::kNested) add(*field, field->path);
    }
    return paths;
  }

  static std::string list_of(const std::vector<Shown>& values) {
    std::vector<std::string> texts;
    texts.reserve(values.size());
    for (const Shown& each : values) texts.push_back(each.text);
    return json_list(texts);
  }

  [[nodiscard]] Result<std::vector<Shown>> read(const Wanted& wanted, const stages::QueryDocument& object,
                                                std::string_view scope, bool doc_values) const {
    const FieldSchema& field = *wanted.field;
    Values values(field, wanted.format, doc_values);
    const auto computed = search_.computed.find(field.path);
    const bool points = field.kind == FieldKind::kGeoPoint;
    if (computed != search_.computed.end()) {
      Status read = points ? read_points(*computed->second, values)
                           : computed->second->each(document_, [&](std::string_view token) { values.take(token); });
      if (!read) return std::unexpected(std::move(read.error()));
      return values.finish();
    }
    const auto take = [&](std::string_view token) {
      if (const auto point = points ? stages::parse_geo_point(token) : std::nullopt) {
        values.take(*point);
      } else {
        values.take(token);
      }
      return false;
    };
    stages::any_value(object, within(field.source_path, scope), take);
    if (field.join == nullptr || doc_values) {
      for (const std::string& path : field.copied_from) stages::any_value(document_, path, take);
    }
    return values.finish();
  }

  Status read_points(const stages::FieldReader& reader, Values& values) const {
    std::vector<stages::GeoPoint> points;
    if (Status read = reader.points(document_, points); !read) return read;
    for (const stages::GeoPoint& point : points) values.take(point);
    return {};
  }

  const CompiledSearch& search_;
  const stages::QueryDocument& document_;
  ShownValues found_;
};

}  // namespace

Status write_shown_fields(JsonWriter& out, const SearchRequest& request, const CompiledSearch& search,
                          const store::StoredDocument& document, std::string_view scope) {
  stages::Structurals structurals;
  static_cast<void>(structurals.build(document.source));
  stages::QueryDocument seen{.id = document.id,
                             .source = document.source,
                             .shard = document.shard,
                             .seq_no = document.seq_no,
                             .version = document.version};
  seen.set_structurals(structurals);
  Reader reader(search, seen);
  if (Status added = reader.add_fields(request.fields); !added) return added;
  if (Status added = reader.add_doc_values(request.docvalue_fields, scope); !added) return added;
  if (Status added = reader.add_scripts(); !added) return added;
  reader.write(out);
  return {};
}

}  // namespace sluice::rest
