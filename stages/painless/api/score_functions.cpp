#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/json_text.h"
#include "pipeline/base/units.h"
#include "pipeline/model/date_format.h"
#include "stages/painless/api/families.h"
#include "stages/painless/api/geo_point.h"
#include "stages/painless/api/natives.h"
#include "stages/painless/api/time_natives.h"
#include "stages/painless/run/doc_values.h"

/// What scripts of the context `score` have as functions. Source: Elasticsearch's ScoreScriptUtils.
namespace sluice::painless::api {

namespace {

Value saturation(Machine& /*machine*/, const Value* a) { return Value::of_double(a[0].d / (a[1].d + a[0].d)); }

Value sigmoid(Machine& /*machine*/, const Value* a) {
  const double value = std::pow(a[0].d, a[2].d);
  return Value::of_double(value / (std::pow(a[1].d, a[2].d) + value));
}

Value random_of_document(Machine& machine, const Value* a) {
  if (machine.fields() == nullptr) return machine.null_pointer();
  return machine.fields()->random_score(machine, as_int(a[0]), nullptr);
}

Value random_of_field(Machine& machine, const Value* a) {
  if (machine.fields() == nullptr || a[1].is_null()) return machine.null_pointer();
  const std::string_view field = text(a[1]);
  return machine.fields()->random_score(machine, as_int(a[0]), &field);
}

using Curve = double (*)(double distance, double scale, double decay);

double linear(double distance, double scale, double decay) {
  const double whole = scale / (1.0 - decay);
  return std::max(0.0, (whole - distance) / whole);
}
double exponential(double distance, double scale, double decay) { return std::exp(std::log(decay) / scale * distance); }
double gauss(double distance, double scale, double decay) {
  return std::exp(0.5 * distance * distance / (0.5 * scale * scale / std::log(decay)));
}

template <Curve kCurve>
Value decay_numeric(Machine& /*machine*/, const Value* a) {
  const double distance = std::max(0.0, std::abs(a[4].d - a[0].d) - a[2].d);
  return Value::of_double(kCurve(distance, a[1].d, a[3].d));
}

/// What `read` makes of a text. Origins and scales are constants of a script nearly always: the last few are not read
/// again for each document.
template <auto kRead>
auto remembered(std::string_view text) {
  using Made = decltype(kRead(text));
  struct Known {
    std::string text;
    Made made;
  };
  constexpr std::size_t kMostKnown = 4;
  constexpr std::size_t kLongest = 64;
  static thread_local std::vector<Known> known;
  static thread_local std::size_t oldest = 0;
  for (const Known& each : known) {
    if (each.text == text) return each.made;
  }
  Made made = kRead(text);
  if (text.size() > kLongest) return made;
  if (known.size() < kMostKnown) {
    known.push_back({std::string(text), made});
  } else {
    known[std::exchange(oldest, (oldest + 1) % kMostKnown)] = {std::string(text), made};
  }
  return made;
}

Value raise(Machine& machine, const Error& error) { return machine.raise(known().illegal_argument, error.reason); }

Result<double> distance_of(std::string_view text) { return stages::parse_distance(text); }
auto point_of(std::string_view text) { return stages::parse_geo_point(json_string(text)); }

template <Curve kCurve>
Value decay_geo(Machine& machine, const Value* a) {
  for (const std::size_t i : {0, 1, 2, 4}) {
    if (missing(machine, a[i])) return Value::error();
  }
  const auto origin = remembered<point_of>(text(a[0]));
  if (!origin) {
    return machine.raise(known().illegal_argument, "failed to parse the origin [" + std::string(text(a[0])) + "]");
  }
  const auto scale = remembered<distance_of>(text(a[1]));
  if (!scale) return raise(machine, scale.error());
  const auto offset = remembered<distance_of>(text(a[2]));
  if (!offset) return raise(machine, offset.error());
  const double distance = stages::geo_distance(*origin, object<GeoPointObject>(a[4]).point);
  return Value::of_double(kCurve(std::max(0.0, distance - *offset), *scale, a[3].d));
}

auto date_of(std::string_view text) { return pipeline::DateFormat::standard()->parse(text); }

/// Milliseconds of a time value.
Result<double> millis_of(std::string_view text, std::string_view name) {
  auto time = parse_time_value(text, name);
  if (!time) return std::unexpected(std::move(time.error()));
  return static_cast<double>(std::chrono::duration_cast<std::chrono::milliseconds>(time->duration).count());
}

Result<double> scale_of(std::string_view text) { return millis_of(text, "scale"); }
Result<double> offset_of(std::string_view text) { return millis_of(text, "offset"); }

/// Overflows as Java's long does, to a negative one.
std::int64_t wrapped_distance(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(std::max(a, b)) -
                                   static_cast<std::uint64_t>(std::min(a, b)));
}

template <Curve kCurve>
Value decay_date(Machine& machine, const Value* a) {
  for (const std::size_t i : {0, 1, 2, 4}) {
    if (missing(machine, a[i])) return Value::error();
  }
  const auto origin = remembered<date_of>(text(a[0]));
  if (!origin) {
    return machine.raise(known().illegal_argument, "failed to parse date field [" + std::string(text(a[0])) +
                                                       "] with format [strict_date_optional_time||epoch_millis]");
  }
  const auto scale = remembered<scale_of>(text(a[1]));
  if (!scale) return raise(machine, scale.error());
  const auto offset = remembered<offset_of>(text(a[2]));
  if (!offset) return raise(machine, offset.error());
  const Value at =
      call<[](const time::ZonedDateTime& date) { return date.to_instant().to_epoch_milli(); }>(machine, &a[4]);
  if (at.is_error()) return at;
  const auto distance = static_cast<double>(wrapped_distance(at.i, origin->millis()));
  return Value::of_double(kCurve(std::max(0.0, distance - *offset), *scale, a[3].d));
}

constexpr MethodRow kFunctions[] = {
    {"static double saturation(double,double)", saturation, "value / (k + value).", "saturation(3, 1)", "0.75"},
    {"static double sigmoid(double,double,double)", sigmoid, "value^a / (k^a + value^a).", "sigmoid(2, 2, 3)", "0.5"},
    {"static double randomScore(int)", random_of_document, "A number from 0 to 1 that depends on seed and document.",
     "", ""},
    {"static double randomScore(int,String)", random_of_field, "Likewise, on the seed and the first value of a field.",
     "", ""},
    {"static double decayNumericLinear(double,double,double,double,double)", decay_numeric<linear>,
     "How near a number is to the origin: (origin, scale, offset, decay, value).",
     "decayNumericLinear(0, 10, 0, 0.5, 10)", "0.5"},
    {"static double decayNumericExp(double,double,double,double,double)", decay_numeric<exponential>,
     "Likewise, by an exponential curve.", "decayNumericExp(0, 10, 0, 0.5, 10)", "0.5"},
    {"static double decayNumericGauss(double,double,double,double,double)", decay_numeric<gauss>,
     "Likewise, by a normal curve.", "decayNumericGauss(0, 10, 5, 0.5, 15)", "0.5"},
    {"static double decayGeoLinear(String,String,String,double,GeoPoint)", decay_geo<linear>,
     "How near a point is to the origin: (origin, scale, offset, decay, point).",
     "decayGeoLinear('52.5,13.4', '5km', '0', 0.5, new GeoPoint(52.5, 13.4))", "1.0"},
    {"static double decayGeoExp(String,String,String,double,GeoPoint)", decay_geo<exponential>,
     "Likewise, by an exponential curve.", "decayGeoExp('52.5,13.4', '5km', '0', 0.5, new GeoPoint(52.5, 13.4))",
     "1.0"},
    {"static double decayGeoGauss(String,String,String,double,GeoPoint)", decay_geo<gauss>,
     "Likewise, by a normal curve.", "decayGeoGauss('52.5,13.4', '5km', '0', 0.5, new GeoPoint(52.5, 13.4))", "1.0"},
    {"static double decayDateLinear(String,String,String,double,ZonedDateTime)", decay_date<linear>,
     "How near a date is to the origin: (origin, scale, offset, decay, date).",
     "decayDateLinear('2020-01-01', '2d', '0', 0.5, ZonedDateTime.parse('2020-01-03T00:00:00Z'))", "0.5"},
    {"static double decayDateExp(String,String,String,double,ZonedDateTime)", decay_date<exponential>,
     "Likewise, by an exponential curve.",
     "decayDateExp('2020-01-01', '2d', '0', 0.5, ZonedDateTime.parse('2020-01-03T00:00:00Z'))", "0.5"},
    {"static double decayDateGauss(String,String,String,double,ZonedDateTime)", decay_date<gauss>,
     "Likewise, by a normal curve.",
     "decayDateGauss('2020-01-01', '2d', '1d', 0.5, ZonedDateTime.parse('2020-01-04T00:00:00Z'))", "0.5"},
};

constexpr ClassRow kRows[] = {
    {"org.elasticsearch.script.ScoreScriptUtils", "", "Functions of scripts that score.", kFunctions, false, true},
};

}  // namespace

std::span<const ClassRow> score_functions_family() { return kRows; }

}  // namespace sluice::painless::api
