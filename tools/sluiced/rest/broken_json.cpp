#include "tools/sluiced/rest/broken_json.h"

#include "reindex/json_reader.h"

namespace sluice::rest {

namespace {

/// Longer texts than this keep the error they have: the parser looks at each byte several times.
constexpr std::size_t kMostBytes = std::size_t{1} << 20;

struct Reading {
  std::optional<Error> error;
  std::string last_token;  ///< its place
};

Reading read_through(std::string_view text) {
  Reading reading;
  if (text.size() > kMostBytes) return reading;
  JsonReader reader(text);
  for (;;) {
    const auto token = reader.next();
    if (!token) {
      reading.error = token.error();
      return reading;
    }
    if (*token == JsonToken::kEnd) return reading;
    reading.last_token = reader.location().text();
    if (*token != JsonToken::kFieldName && *token != JsonToken::kString) continue;
    if (const auto value = reader.value(); !value) {
      reading.error = value.error();
      return reading;
    }
  }
}

}  // namespace

std::optional<Error> broken_json(std::string_view text) { return read_through(text).error; }

Error exact_json_error(Error error, std::string_view body) {
  if (error.reason.starts_with("For input string")) {
    // What is no number may be no JSON either.
    auto exact = broken_json(body);
    return exact ? std::move(*exact) : error;
  }
  if (error.type != "x_content_parse_exception") return error;
  if (error.reason.find(" is malformed: ") == std::string::npos &&
      error.reason.find(" is no JSON") == std::string::npos &&
      error.reason.find(" is not valid JSON") == std::string::npos) {
    return error;
  }
  auto exact = broken_json(body);
  return exact ? std::move(*exact) : error;
}

Error exact_twice_error(Error error, std::string_view body) {
  constexpr std::string_view kTwice = "Duplicate field '";
  if (error.reason.find(kTwice) == std::string::npos || error.reason.starts_with('[')) return error;
  auto exact = broken_json(body);
  return exact && exact->reason.find(kTwice) != std::string::npos ? std::move(*exact) : error;
}

Error exact_query_error(Error error, std::string_view body) {
  Error exact = exact_json_error(std::move(error), body);
  const Reading reading = read_through(body);
  const std::size_t colon = reading.last_token.find(':');
  if (!reading.error || colon == std::string::npos || exact.reason != reading.error->reason) return exact;
  const std::string_view place(reading.last_token);
  return Error(ErrorKind::kBadRequest, 400, "parsing_exception", "Failed to parse")
      .with_raw("line", std::string(place.substr(1, colon - 1)))
      .with_raw("col", std::string(place.substr(colon + 1, place.size() - colon - 2)))
      .wrapping(std::move(exact));
}

Error exact_document_error(Error error, std::string_view source) {
  if (error.type != "document_parsing_exception") return error;
  if (error.reason.find(" is not valid JSON") == std::string::npos &&
      error.reason.find("] Duplicate field '") == std::string::npos) {
    return error;
  }
  Reading reading = read_through(source);
  if (!reading.error || reading.last_token.empty()) return error;
  Error exact(error.kind, error.status, error.type, reading.last_token + " failed to parse: " + reading.error->reason);
  return std::move(exact).wrapping(std::move(*reading.error));
}

}  // namespace sluice::rest
