#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/units.h"
#include "stages/query/doc_values.h"
#include "stages/query/geo_field.h"
#include "stages/query/score_function.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

enum class Shape : std::uint8_t { kGauss, kExp, kLinear };
enum class Mode : std::uint8_t { kMin, kMax, kAverage, kSum };

/// How a value falls with its distance from the origin. Source: reference/query-dsl.md 9.
class Curve {
 public:
  Curve(Shape shape, double scale, double decay) : shape_(shape) {
    if (shape == Shape::kGauss) {
      parameter_ = 0.5 * scale * scale / std::log(decay);
    } else if (shape == Shape::kExp) {
      parameter_ = std::log(decay) / scale;
    } else {
      parameter_ = scale / (1.0 - decay);
    }
  }
  [[nodiscard]] double at(double distance) const {
    if (shape_ == Shape::kGauss) return std::exp(0.5 * distance * distance / parameter_);
    if (shape_ == Shape::kExp) return std::exp(parameter_ * distance);
    return std::max(0.0, (parameter_ - distance) / parameter_);
  }

 private:
  Shape shape_;
  double parameter_;
};

double combined(std::vector<double>& distances, Mode mode) {
  switch (mode) {
    case Mode::kMin:
      return *std::ranges::min_element(distances);
    case Mode::kMax:
      return *std::ranges::max_element(distances);
    default: {
      const double sum = std::accumulate(distances.begin(), distances.end(), 0.0);
      return mode == Mode::kSum ? sum : sum / static_cast<double>(distances.size());
    }
  }
}

/// Fills in the distances of a document's values from the origin.
using Distances = std::function<void(DocumentFields&, std::vector<double>&)>;

class Decay final : public ScoreFunction {
 public:
  Decay(Curve curve, double offset, Mode mode, Distances distances, std::string line)
      : curve_(curve), offset_(offset), mode_(mode), distances_(std::move(distances)), line_(std::move(line)) {}
  [[nodiscard]] double value(DocumentFields& document, float /*score*/) const override {
    static thread_local std::vector<double> distances;
    distances.clear();
    distances_(document, distances);
    if (distances.empty()) return 1;
    for (double& distance : distances) distance = std::max(0.0, distance - offset_);
    return curve_.at(combined(distances, mode_));
  }
  [[nodiscard]] std::string explain() const override { return line_; }

 private:
  Curve curve_;
  double offset_;
  Mode mode_;
  Distances distances_;
  std::string line_;
};

struct Parameters {
  std::string field;
  std::string_view origin;
  std::string scale;
  std::string offset = "0";
  double decay = 0.5;
  Mode mode = Mode::kMin;
};

Status read_mode(const JsonMember& member, Parameters& parameters) {
  const std::string text = json_text_value(member.value).value_or("");
  const std::string lower = ascii_lower_case(text);
  if (lower == "min") {
    parameters.mode = Mode::kMin;
  } else if (lower == "max") {
    parameters.mode = Mode::kMax;
  } else if (lower == "avg") {
    parameters.mode = Mode::kAverage;
  } else if (lower == "sum") {
    parameters.mode = Mode::kSum;
  } else {
    return std::unexpected(illegal_argument("Illegal sort mode: " + text));
  }
  return {};
}

Status read_field(const JsonMember& member, Parameters& parameters) {
  parameters.field = member.name();
  auto members = json_members(member.value, "[decay]");
  if (!members) return std::unexpected(members.error());
  for (const JsonMember& each : *members) {
    const std::string name = each.name();
    if (name == "origin") {
      parameters.origin = each.value;
    } else if (name == "scale") {
      parameters.scale = json_text_value(each.value).value_or("");
    } else if (name == "offset") {
      parameters.offset = json_text_value(each.value).value_or("");
    } else if (name == "decay") {
      auto number = read_number(each.value);
      if (!number) return std::unexpected(number.error());
      parameters.decay = *number;
    } else {
      Error error(ErrorKind::kBadRequest, 400, "parse_exception", "parameter [" + name + "] not supported!");
      return std::unexpected(std::move(error));
    }
  }
  return {};
}

Result<Parameters> read_parameters(std::string_view kind, std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[" + std::string(kind) + "]");
  if (!members) return std::unexpected(members.error());
  Parameters parameters;
  for (const JsonMember& member : *members) {
    Status read;
    if (member.value.starts_with('{')) {
      read = read_field(member, parameters);
    } else if (member.key == "\"multi_value_mode\"") {
      read = read_mode(member, parameters);
    } else {
      read = std::unexpected(query_parsing_error(context, member.value.data(),
                                                 "malformed score function score parameters. unexpected token [" +
                                                     std::string(json_token_name(member.value)) + "]"));
    }
    if (!read) return std::unexpected(read.error());
  }
  if (parameters.field.empty()) {
    return std::unexpected(query_parsing_error(context, end_of(body), "malformed score function score parameters."));
  }
  return parameters;
}

Result<double> duration(const std::string& text, std::string_view name) {
  if (text == "0") return 0;
  auto time = parse_time_value(text, name);
  if (!time) return std::unexpected(time.error());
  return std::chrono::duration<double, std::milli>(time->duration).count();
}

struct Measured {
  double scale = 0;
  double offset = 0;
  Distances distances;
};

Result<Measured> measure_points(const pipeline::FieldSchema& field, const Parameters& parameters,
                                const ClauseContext& context) {
  const auto origin = parse_geo_point(parameters.origin);
  if (!origin || parameters.scale.empty()) {
    return std::unexpected(failed_to_create(context, Error(ErrorKind::kBadRequest, 400, "parse_exception",
                                                           "[origin] and [scale] must be set for geo fields.")));
  }
  auto scale = parse_distance(parameters.scale);
  if (!scale) return std::unexpected(scale.error());
  auto offset = parse_distance(parameters.offset);
  if (!offset) return std::unexpected(offset.error());
  FieldAccess access(field, context.scope, *context.reads, Take::kWhole);
  return Measured{
      *scale, *offset,
      [access = std::move(access), from = *origin](DocumentFields& document, std::vector<double>& distances) {
        std::vector<GeoPoint> points;
        read_points(access, document, points);
        for (const GeoPoint& point : points) distances.push_back(geo_distance(from, as_indexed(point)));
      }};
}

Result<Measured> measure_numbers(const pipeline::FieldSchema& field, const Parameters& parameters,
                                 const ClauseContext& context) {
  auto values = NumberValues::make(field, context);
  if (!values) return std::unexpected(failed_to_create(context, std::move(values.error())));
  Measured measured;
  double origin = static_cast<double>(context.now_ms);
  if (field.kind == pipeline::FieldKind::kDate) {
    if (!parameters.origin.empty()) {
      auto format = field.format.empty()
                        ? Result<std::shared_ptr<const pipeline::DateFormat>>(pipeline::DateFormat::standard())
                        : pipeline::DateFormat::compile(field.format);
      if (!format) return std::unexpected(format.error());
      auto date = parse_query_date(json_text_value(parameters.origin).value_or(""), **format, false, context);
      if (!date) return std::unexpected(date.error());
      const pipeline::DateNanos::Wide millis = *date / 1'000'000;
      origin = static_cast<double>(millis);
    }
    auto scale = duration(parameters.scale, "scale");
    if (!scale) return std::unexpected(scale.error());
    auto offset = duration(parameters.offset, "offset");
    if (!offset) return std::unexpected(offset.error());
    measured.scale = *scale;
    measured.offset = *offset;
  } else {
    if (parameters.origin.empty() || parameters.scale.empty()) {
      return std::unexpected(
          failed_to_create(context, Error(ErrorKind::kBadRequest, 400, "parse_exception",
                                          "both [scale] and [origin] must be set for numeric fields.")));
    }
    auto from = read_number(parameters.origin);
    if (!from) return std::unexpected(from.error());
    auto scale = read_number(parameters.scale);
    if (!scale) return std::unexpected(scale.error());
    auto offset = read_number(parameters.offset);
    if (!offset) return std::unexpected(offset.error());
    origin = *from;
    measured.scale = *scale;
    measured.offset = *offset;
  }
  measured.distances = [values = std::move(*values), origin](DocumentFields& document, std::vector<double>& distances) {
    values.read(document, distances);
    for (double& distance : distances) distance = std::fabs(distance - origin);
  };
  return measured;
}

}  // namespace

Result<ScoreFunctionPtr> make_decay(std::string_view kind, std::string_view body, const ClauseContext& context) {
  auto parameters = read_parameters(kind, body, context);
  if (!parameters) return std::unexpected(std::move(parameters.error()));
  const pipeline::FieldSchema* field = context.find(parameters->field);
  if (field == nullptr) {
    return std::unexpected(
        Error(ErrorKind::kBadRequest, 400, "parsing_exception", "unknown field [" + parameters->field + "]")
            .with_raw("line", "1")
            .with_raw("col", "0"));
  }
  auto measured = field->kind == pipeline::FieldKind::kGeoPoint ? measure_points(*field, *parameters, context)
                                                                : measure_numbers(*field, *parameters, context);
  if (!measured) return std::unexpected(std::move(measured.error()));
  if (!(measured->scale > 0)) {
    return std::unexpected(failed_to_create(context, illegal_argument("function_score : scale must be > 0.0.")));
  }
  if (!(parameters->decay > 0 && parameters->decay < 1)) {
    return std::unexpected(
        failed_to_create(context, illegal_argument("function_score : decay must be in the range [0..1].")));
  }
  if (measured->offset < 0) {
    return std::unexpected(failed_to_create(context, illegal_argument("function_score : offset must be > 0.0")));
  }
  const Shape shape = kind == "gauss" ? Shape::kGauss : kind == "exp" ? Shape::kExp : Shape::kLinear;
  return std::make_shared<const Decay>(Curve(shape, measured->scale, parameters->decay), measured->offset,
                                       parameters->mode, std::move(measured->distances),
                                       fmt::format("{} decay of [{}]", kind, parameters->field));
}

}  // namespace sluice::stages
