#include "stages/query/script_field.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <tuple>

#include "pipeline/base/json_text.h"
#include "stages/analysis/analysis.h"
#include "stages/painless/api/geo_point.h"
#include "stages/painless/api/time_object.h"
#include "stages/painless/time/zoned_date_time.h"
#include "stages/query/address.h"
#include "stages/query/geo_field.h"

namespace sluice::stages {

namespace {

using painless::Value;
using pipeline::FieldKind;
using pipeline::FieldSchema;

/// Fields of the document itself that have no values for scripts.
constexpr auto kMetadata = std::to_array<std::string_view>(
    {"_doc_count", "_field_names", "_ignored_source", "_nested_path", "_routing", "_source"});

std::string no_field(std::string_view name) { return "No field found for [" + std::string(name) + "] in mapping"; }

std::string fielddata_disabled(const std::string& field, const std::string& index) {
  return "Fielddata is disabled on [" + field + "] in [" + index +
         "]. Text fields are not optimised for operations that require per-document field data like aggregations and "
         "sorting, so these operations are disabled by default. Please use a keyword field instead. Alternatively, set "
         "fielddata=true on [" +
         field +
         "] in order to load field data by uninverting the inverted index. Note that this can use significant memory.";
}

}  // namespace

ScriptField ScriptField::make(std::string_view name, const ScriptScope& scope, ReadPlan& reads) {
  ScriptField made;
  if (name.starts_with('_')) made.set_metadata(name);
  if (made.class_ != nullptr || !made.problem_.empty()) return made;
  const FieldSchema* field = scope.schema->find(name);
  if (field == nullptr || field->kind == FieldKind::kObject || field->kind == FieldKind::kNested) {
    made.problem_ = no_field(name);
    return made;
  }
  made.set_field(*field, scope, reads);
  return made;
}

void ScriptField::set(Of of, std::string_view values_class) {
  of_ = of;
  class_ = painless::Registry::get().class_named("org.elasticsearch.index.fielddata.ScriptDocValues$" +
                                                 std::string(values_class));
}

void ScriptField::set_metadata(std::string_view name) {
  if (name == "_index") return set(Of::kIndex, "Strings");
  if (name == "_seq_no") return set(Of::kSeqNo, "Longs");
  if (name == "_version") return set(Of::kVersion, "Longs");
  if (name == "_id") {
    problem_ =
        "Fielddata access on the _id field is disallowed, you can re-enable it by updating the dynamic cluster "
        "setting: "
        "indices.id_field_data.enabled";
  } else if (std::ranges::find(kMetadata, name) != kMetadata.end()) {
    const std::string shown(name);
    problem_ = "Fielddata is not supported on field [" + shown + "] of type [" + shown + "]";
  }
}

void ScriptField::set_field(const FieldSchema& field, const ScriptScope& scope, ReadPlan& reads) {
  switch (field.kind) {
    case FieldKind::kInteger:
      set(Of::kLongs, "Longs");
      break;
    case FieldKind::kUnsigned:
      set(Of::kUnsigned, "Longs");
      break;
    case FieldKind::kFloating:
      set(Of::kDoubles, "Doubles");
      break;
    case FieldKind::kBoolean:
      set(Of::kBooleans, "Booleans");
      break;
    case FieldKind::kKeyword:
      set(Of::kStrings, "Strings");
      break;
    case FieldKind::kDate:
      set(Of::kDates, "Dates");
      break;
    case FieldKind::kIp:
      set(Of::kAddresses, "Strings");
      break;
    case FieldKind::kGeoPoint:
      set(Of::kPoints, "GeoPoints");
      break;
    case FieldKind::kText:
      problem_ = fielddata_disabled(field.path, scope.index);
      return;
    default:
      problem_ =
          "doc values of [" + field.path + "] of type [" + field.type + "] can't be read by this version of sluice";
  }
  if (!field.doc_values || (field.kind == FieldKind::kBinary && !field.doc_values)) {
    class_ = nullptr;
    problem_ = "Can't load fielddata on [" + field.path + "] because fielddata is unsupported on fields of type [" +
               field.type + "]. Use doc values instead.";
  }
  if (!problem_.empty()) return;
  if (field.nested_path != scope.nested) {
    of_ = Of::kNothing;  // it is a field of other objects than this one
    return;
  }
  if (Status ready = prepare(field, scope); !ready) {
    class_ = nullptr;
    problem_ = ready.error().reason;
    return;
  }
  access_ = FieldAccess(field, scope.nested, reads, of_ == Of::kPoints ? Take::kWhole : Take::kValues);
}

Status ScriptField::prepare(const FieldSchema& field, const ScriptScope& scope) {
  fraction_ = FloatingReader(field);
  nanos_ = field.type == "date_nanos";
  repeats_ = field.runtime;
  if (of_ == Of::kDates) {
    auto format = date_format_of(field.value_format());
    if (!format) return std::unexpected(std::move(format.error()));
    format_ = std::move(*format);
  }
  if (of_ == Of::kStrings && !field.normalizer.empty()) {
    const Analysis& analysis = scope.analysis == nullptr ? Analysis::global() : *scope.analysis;
    auto normalizer = analysis.normalizer(field.normalizer);
    if (!normalizer) return std::unexpected(std::move(normalizer.error()));
    normalizer_ = std::move(*normalizer);
  }
  return {};
}

void ScriptField::read(DocumentFields& document, painless::Machine& machine, std::vector<Value>& values) const {
  switch (of_) {
    case Of::kNothing:
      return;
    case Of::kLongs:
    case Of::kUnsigned:
      return read_longs(document, values);
    case Of::kDoubles:
      return read_doubles(document, values);
    case Of::kBooleans:
      return read_booleans(document, values);
    case Of::kStrings:
      return read_strings(document, machine, values);
    case Of::kDates:
      return read_dates(document, machine, values);
    case Of::kAddresses:
      return read_addresses(document, machine, values);
    case Of::kPoints:
      return read_points(document, machine, values);
    case Of::kIndex:
      values.push_back(machine.string_value(document.document().index));
      return;
    case Of::kSeqNo:
      if (document.document().seq_no >= 0) values.push_back(Value::of_long(document.document().seq_no));
      return;
    case Of::kVersion:
      if (document.document().version >= 0) values.push_back(Value::of_long(document.document().version));
      return;
  }
}

namespace {

/// As a long, which has the bits of an unsigned one.
std::int64_t as_long(Wide whole, bool is_unsigned) {
  if (is_unsigned) return static_cast<std::int64_t>(static_cast<std::uint64_t>(whole));
  return static_cast<std::int64_t>(std::clamp(whole, Wide{std::numeric_limits<std::int64_t>::min()},
                                              Wide{std::numeric_limits<std::int64_t>::max()}));
}

}  // namespace

void ScriptField::read_longs(DocumentFields& document, std::vector<Value>& values) const {
  access_.any(document, [&](std::string_view token) {
    if (const auto whole = WholeReader()(token))
      values.push_back(Value::of_long(as_long(*whole, of_ == Of::kUnsigned)));
    return false;
  });
  if (of_ == Of::kUnsigned) {
    std::ranges::sort(values, {}, [](const Value& value) { return static_cast<std::uint64_t>(value.i); });
  } else {
    std::ranges::sort(values, {}, &Value::i);
  }
}

void ScriptField::read_doubles(DocumentFields& document, std::vector<Value>& values) const {
  access_.any(document, [&](std::string_view token) {
    if (const auto number = fraction_(token)) values.push_back(Value::of_double(*number));
    return false;
  });
  std::ranges::sort(values, {}, [](const Value& value) { return std::pair(value.d, !std::signbit(value.d)); });
}

void ScriptField::read_booleans(DocumentFields& document, std::vector<Value>& values) const {
  access_.any(document, [&](std::string_view token) {
    const std::string_view text = bare(token);
    if (text == "true" || text == "false" || text.empty()) values.push_back(Value::boolean(text == "true"));
    return false;
  });
  std::ranges::sort(values, {}, &Value::i);
}

void ScriptField::read_strings(DocumentFields& document, painless::Machine& machine, std::vector<Value>& values) const {
  access_.any(document, [&](std::string_view token) {
    if (token.starts_with('{')) return false;
    if (normalizer_ != nullptr) {
      values.push_back(machine.string_value(normalizer_->normalize(json_unquoted(token)).value_or(std::string())));
    } else if (has_escape(token)) {
      values.push_back(machine.string_value(json_unquoted(token)));
    } else {
      values.push_back(Value::of(machine.text(bare(token))));
    }
    return false;
  });
  if (values.size() < 2) return;
  const auto text = [](const Value& value) { return static_cast<const painless::String*>(value.o)->text(); };
  std::ranges::sort(values, {}, text);
  if (repeats_) return;
  const auto rest = std::ranges::unique(values, {}, text);
  values.erase(rest.begin(), rest.end());
}

void ScriptField::read_dates(DocumentFields& document, painless::Machine& machine, std::vector<Value>& values) const {
  constexpr Wide kSecond = 1'000'000'000;
  constexpr Wide kMilli = 1'000'000;
  std::vector<Wide> moments;
  access_.any(document, [&](std::string_view token) {
    if (token.starts_with('{')) return false;
    const auto date = has_escape(token) ? format_->parse(json_unquoted(token)) : format_->parse(bare(token));
    if (date) moments.push_back(nanos_ ? date->nanos : Wide{date->millis()} * kMilli);
    return false;
  });
  std::ranges::sort(moments);
  for (const Wide moment : moments) {
    const Wide second = moment / kSecond - (moment % kSecond < 0 ? 1 : 0);
    const auto instant = painless::time::Instant::of_epoch_second(static_cast<std::int64_t>(second),
                                                                  static_cast<std::int64_t>(moment - second * kSecond));
    values.push_back(painless::api::make(
        machine, painless::time::ZonedDateTime::of_instant(instant, painless::time::ZoneOffset::utc())));
  }
}

void ScriptField::read_addresses(DocumentFields& document, painless::Machine& machine,
                                 std::vector<Value>& values) const {
  std::vector<Address> addresses;
  access_.any(document, [&](std::string_view token) {
    if (token.starts_with('{')) return false;
    if (const auto address = parse_address(json_unquoted(token))) addresses.push_back(*address);
    return false;
  });
  std::ranges::sort(addresses);
  if (!repeats_) addresses.erase(std::ranges::unique(addresses).begin(), addresses.end());
  for (const Address& address : addresses) values.push_back(machine.string_value(address_text(address)));
}

void ScriptField::read_points(DocumentFields& document, painless::Machine& machine, std::vector<Value>& values) const {
  std::vector<GeoPoint> points;
  stages::read_points(access_, document, points);
  std::ranges::transform(points, points.begin(), as_indexed);
  // By the bits of both as one whole number: a negative longitude comes behind the others.
  std::ranges::sort(points, {}, [](const GeoPoint& point) { return std::tuple(point.lat, point.lon < 0, point.lon); });
  for (const GeoPoint& point : points) values.push_back(painless::api::make_geo_point(machine, point));
}

}  // namespace sluice::stages
