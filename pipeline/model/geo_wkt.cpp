#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

#include "pipeline/base/ascii_case.h"
#include "pipeline/model/geo_shape.h"

namespace sluice::pipeline {

namespace {

constexpr std::size_t kMostDepth = 100;  // of brackets in brackets

/// Reads well-known text into what GeoJSON would have.
class WktReader {
 public:
  explicit WktReader(std::string_view text) : rest_(text) {}

  Result<GeoJson> read() {
    auto json = geometry();
    if (!json) return json;
    skip_space();
    if (!rest_.empty()) return std::unexpected(unexpected("end of text"));
    return json;
  }

 private:
  void skip_space() {
    while (!rest_.empty() && std::isspace(static_cast<unsigned char>(rest_.front())) != 0) rest_.remove_prefix(1);
  }
  bool take(char c) {
    skip_space();
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string word() {
    skip_space();
    const auto end = std::ranges::find_if(rest_, [](unsigned char c) { return std::isalpha(c) == 0; });
    const auto size = static_cast<std::size_t>(end - rest_.begin());
    const std::string name = ascii_lower_case(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return name;
  }
  [[nodiscard]] Error unexpected(std::string_view wanted) const {
    const std::string found = rest_.empty() ? "END-OF-STREAM" : "'" + std::string(rest_.substr(0, 1)) + "'";
    const std::string reason = "expected " + std::string(wanted) + " but found: " + found;
    return Error(ErrorKind::kBadRequest, 500, "i_o_exception", "java.text.ParseException: " + reason)
        .wrapping(Error(ErrorKind::kBadRequest, 400, "parse_exception", reason));
  }

  Result<GeoJson> geometry() {
    if (++depth_ > kMostDepth) return std::unexpected(illegal_argument("geometry collections are nested too deeply"));
    GeoJson json;
    const std::string_view before = rest_;
    json.type = word();
    if (json.type.empty()) return std::unexpected(unexpected("word"));
    Status read;
    if (json.type == "geometrycollection") {
      json.has_geometries = true;
      read = geometries(json);
    } else if (json.type == "bbox" || json.type == "envelope") {
      json.type = "envelope";
      json.has_coordinates = true;
      read = envelope(json);
    } else if (json.type == "circle") {
      return std::unexpected(unsupported("circles are not supported by this version of sluice"));
    } else if (auto deep = depth_of(json.type)) {
      json.has_coordinates = true;
      read = numbers(*deep, json.coordinates);
      // A point in brackets is itself, not a list of one.
      if (read && json.type == "point" && json.coordinates.parts.size() == 1) {
        GeoNumbers only = std::move(json.coordinates.parts.front());
        json.coordinates = std::move(only);
      }
    } else {
      rest_ = before;
      return std::unexpected(illegal_argument("Unknown geometry type: " + json.type));
    }
    --depth_;
    if (!read) return std::unexpected(std::move(read.error()));
    return json;
  }

  static std::optional<int> depth_of(const std::string& type) {
    if (type == "point" || type == "multipoint" || type == "linestring") return 1;
    if (type == "polygon" || type == "multilinestring") return 2;
    return type == "multipolygon" ? std::optional(3) : std::nullopt;
  }

  Status geometries(GeoJson& json) {
    if (is_empty()) return {};
    if (!take('(')) return std::unexpected(unexpected("("));
    do {
      auto inner = geometry();
      if (!inner) return std::unexpected(std::move(inner.error()));
      json.geometries.push_back(std::move(*inner));
    } while (take(','));
    return take(')') ? Status() : std::unexpected(unexpected(", or )"));
  }

  bool is_empty() {
    const std::string_view before = rest_;
    if (word() == "empty") return true;
    rest_ = before;
    return false;
  }

  /// `left, right, top, bottom`, as the two corners of GeoJSON.
  Status envelope(GeoJson& json) {
    if (!take('(')) return std::unexpected(unexpected("("));
    std::vector<double> sides;
    do {
      auto side = number();
      if (!side) return std::unexpected(std::move(side.error()));
      sides.push_back(*side);
    } while (take(','));
    if (sides.size() != 4) return std::unexpected(unexpected("four numbers"));
    json.coordinates.parts = {{{sides[0], sides[2]}, {}}, {{sides[1], sides[3]}, {}}};
    return take(')') ? Status() : std::unexpected(unexpected(")"));
  }

  Result<double> number() {
    skip_space();
    double value = 0;
    const auto [end, problem] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (problem != std::errc()) return std::unexpected(unexpected("number"));
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }

  /// Lists `deep` deep of places, with commas between.
  Status numbers(int deep, GeoNumbers& into) {
    if (is_empty()) return {};
    if (!take('(')) return std::unexpected(unexpected("("));
    do {
      GeoNumbers& part = into.parts.emplace_back();
      skip_space();
      // A multipoint may have each of its points in brackets.
      Status read = deep > 1 ? numbers(deep - 1, part) : place(part);
      if (!read) return read;
    } while (take(','));
    return take(')') ? Status() : std::unexpected(unexpected(", or )"));
  }

  Status place(GeoNumbers& into) {
    const bool bracket = take('(');
    do {
      auto value = number();
      if (!value) return std::unexpected(std::move(value.error()));
      into.numbers.push_back(*value);
      skip_space();
    } while (into.numbers.size() < 2 || (!rest_.empty() && rest_.front() != ',' && rest_.front() != ')'));
    if (bracket && !take(')')) return std::unexpected(unexpected(")"));
    return {};
  }

  std::string_view rest_;
  std::size_t depth_ = 0;
};

}  // namespace

Result<GeoShape> geo_shape_of_text(std::string_view text, const GeoRules& rules) {
  auto json = WktReader(text).read();
  if (!json) return std::unexpected(std::move(json.error()));
  // `POINT EMPTY` is nothing, and no point without numbers.
  const GeoNumbers& numbers = json->coordinates;
  if (numbers.numbers.empty() && numbers.parts.empty() && json->geometries.empty()) return GeoShape();
  auto shape = geo_shape_of(*json, rules);
  // It is GeoJSON that says so much around what is wrong.
  if (!shape && shape.error().caused_by != nullptr && shape.error().caused_by->type == "exception") {
    return std::unexpected(illegal_argument("at least two points in the line is required"));
  }
  if (!shape && shape.error().caused_by != nullptr) return std::unexpected(Error(*shape.error().caused_by));
  return shape;
}

}  // namespace sluice::pipeline
