#include "tools/sluiced/search/shown_fields.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"
#include "stages/parse/structurals.h"
#include "stages/query/field_values.h"
#include "stages/query/value_readers.h"
#include "stages/sort/date_text.h"

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

/// Reads the values of one field.
class Values {
 public:
  Values(const FieldSchema& field, const std::string& format, bool doc_values)
      : field_(field), format_(format.empty() ? first_format(field) : format), doc_values_(doc_values) {
    fraction_ = stages::FloatingReader(field);
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
    return true;
  }

  bool read_floating(std::string_view token, Shown& shown) const {
    const auto number = fraction_(token);
    if (!number) return false;
    shown.floating = *number;
    const bool as_stored = doc_values_ || field_.script != nullptr;
    shown.text = as_stored ? json_number(*number) : std::string(stages::bare(token));
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
  std::vector<Shown> values_;
};

/// One document's fields.
class Reader {
 public:
  Reader(const CompiledSearch& search, const stages::QueryDocument& document) : search_(search), document_(document) {}

  /// Adds what names and patterns stand for; who comes first stays.
  Status add(const std::vector<ShownField>& wanted, bool doc_values) {
    for (const ShownField& each : wanted) {
      for (const FieldSchema* field : search_.mapping->matching(each.name)) {
        if (field->kind == FieldKind::kObject || field->kind == FieldKind::kNested) continue;
        if (doc_values && !field->nested_path.empty()) continue;
        if (found_.contains(field->path)) continue;
        auto values = read(*field, each.format, doc_values);
        if (!values) return std::unexpected(std::move(values.error()));
        if (!values->empty()) found_.emplace(field->path, std::move(*values));
      }
    }
    return {};
  }

  void write(JsonWriter& out) const {
    if (found_.empty()) return;
    out.key("fields").begin_object();
    for (const auto& [path, values] : found_) {
      out.key(path).begin_array();
      for (const Shown& value : values) out.raw(value.text);
      out.end_array();
    }
    out.end_object();
  }

 private:
  Result<std::vector<Shown>> read(const FieldSchema& field, const std::string& format, bool doc_values) {
    Values values(field, format, doc_values);
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
    stages::any_value(document_, field.source_path, take);
    if (field.join == nullptr || doc_values) {
      for (const std::string& path : field.copied_from) stages::any_value(document_, path, take);
    }
    return values.finish();
  }

  Status read_points(const stages::FieldReader& reader, Values& values) {
    std::vector<stages::GeoPoint> points;
    if (Status read = reader.points(document_, points); !read) return read;
    for (const stages::GeoPoint& point : points) values.take(point);
    return {};
  }

  const CompiledSearch& search_;
  const stages::QueryDocument& document_;
  std::map<std::string, std::vector<Shown>> found_;
};

}  // namespace

Status write_shown_fields(JsonWriter& out, const SearchRequest& request, const CompiledSearch& search,
                          const store::StoredDocument& document) {
  stages::Structurals structurals;
  static_cast<void>(structurals.build(document.source));
  stages::QueryDocument seen{.id = document.id,
                             .source = document.source,
                             .shard = document.shard,
                             .seq_no = document.seq_no,
                             .version = document.version};
  seen.set_structurals(structurals);
  Reader reader(search, seen);
  if (Status added = reader.add(request.fields, /*doc_values=*/false); !added) return added;
  if (Status added = reader.add(request.docvalue_fields, /*doc_values=*/true); !added) return added;
  reader.write(out);
  return {};
}

}  // namespace sluice::rest
