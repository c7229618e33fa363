#include "stages/query/geo_shape_reader.h"

#include <charconv>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "stages/parse/hit_reader.h"
#include "stages/parse/structurals.h"

namespace sluice::stages {

namespace {

using pipeline::GeoJson;
using pipeline::GeoNumbers;

constexpr std::size_t kMostDepth = 100;

/// Takes GeoJSON off a walker.
class GeoJsonReader {
 public:
  explicit GeoJsonReader(Walker& walker) : walker_(walker) {}

  /// False: it is none.
  bool read(GeoJson& json) {
    if (++depth_ > kMostDepth) return false;
    const auto broken = read_object(walker_, [&](std::string_view key, Walker& at) { return member(key, at, json); });
    --depth_;
    return !broken;
  }

 private:
  bool member(std::string_view key, Walker& at, GeoJson& json) {
    if (key == "\"coordinates\"" && at.peek() == '[') {
      json.has_coordinates = true;
      return numbers(at, json.coordinates);
    }
    if (key == "\"geometries\"" && at.peek() == '[') {
      json.has_geometries = true;
      return geometries(at, json);
    }
    const std::string_view value = at.take_value();
    if (key == "\"type\"") json.type = json_unquoted(value);
    if (key == "\"orientation\"") json.orientation = json_unquoted(value);
    return !value.empty();
  }

  bool geometries(Walker& at, GeoJson& json) {
    at.take('[');
    while (!at.done() && !at.take(']')) {
      if (at.peek() != '{' || !GeoJsonReader(at, depth_).read(json.geometries.emplace_back())) return false;
      at.take(',');
    }
    return true;
  }

  bool numbers(Walker& at, GeoNumbers& into) {
    if (++depth_ > kMostDepth) return false;
    at.take('[');
    while (!at.done() && !at.take(']')) {
      if (at.peek() == '[') {
        if (!numbers(at, into.parts.emplace_back())) return false;
      } else {
        const std::string_view token = at.take_value();
        const std::string text = token.starts_with('"') ? json_unquoted(token) : std::string(token);
        double& value = into.numbers.emplace_back();
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (problem != std::errc() || end != text.data() + text.size()) return false;
      }
      at.take(',');
    }
    --depth_;
    return true;
  }

  GeoJsonReader(Walker& walker, std::size_t depth) : walker_(walker), depth_(depth) {}

  Walker& walker_;
  std::size_t depth_ = 0;
};

}  // namespace

namespace {

Result<pipeline::GeoShape> take_shape(Walker& walker, const pipeline::GeoRules& rules) {
  if (walker.peek() != '{') return pipeline::geo_shape_of_text(json_unquoted(walker.take_value()), rules);
  GeoJson json;
  if (!GeoJsonReader(walker).read(json)) {
    return std::unexpected(
        x_content_parse_error("[geojson] failed to parse field [coordinates]")
            .wrapping(Error(ErrorKind::kBadRequest, 400, "parse_exception", "geo coordinates must be numbers")));
  }
  return pipeline::geo_shape_of(json, rules);
}

}  // namespace

void read_geo_shapes(Walker walker, const pipeline::GeoRules& rules, std::vector<pipeline::GeoShape>& shapes) {
  const bool list = walker.peek() == '[';
  if (list) walker.take('[');
  do {
    if (walker.peek() != '{' && walker.peek() != '"') {
      // Nothing, or no shape.
      if (walker.take_value().empty()) return;
      continue;
    }
    auto shape = take_shape(walker, rules);
    // Where it broke off nobody knows.
    if (!shape && shape.error().type == "x_content_parse_exception" && shape.error().reason.starts_with('[')) return;
    if (shape) shapes.push_back(std::move(*shape));
  } while (list && walker.take(','));
}

Result<pipeline::GeoShape> read_geo_shape(std::string_view json, const pipeline::GeoRules& rules) {
  const Error none(ErrorKind::kBadRequest, 400, "parse_exception",
                   "shape must be an object consisting of type and coordinates");
  if (!json.starts_with('{') && !json.starts_with('"')) return std::unexpected(none);
  Buffer padded(json.size());
  padded.append(json);
  Structurals structurals;
  if (structurals.build(padded.view()) != Structurals::Problem::kNone) return std::unexpected(none);
  Walker walker(padded.view().data(), structurals.begin(), structurals.end());
  return take_shape(walker, rules);
}

}  // namespace sluice::stages
