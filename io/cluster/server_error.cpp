#include "io/cluster/server_error.h"

#include <memory>
#include <string>
#include <utility>

#include <boost/json.hpp>

namespace sluice::io {
namespace {

constexpr int kDeepestCause = 32;
constexpr std::size_t kShownBody = 500;

std::string text_of(const boost::json::value* value) {
  if (value == nullptr || value->is_null()) return {};
  if (value->is_string()) return {value->as_string().data(), value->as_string().size()};
  return boost::json::serialize(*value);
}

Error read_error(const boost::json::value& json, int status, int depth) {
  Error error(error_kind(status), status, "exception", "");
  if (!json.is_object()) {
    error.reason = "Unknown remote exception with reason=[" + text_of(&json) + "]";
    return error;
  }
  for (const auto& [key, value] : json.as_object()) {
    if (key == "type") {
      error.type = text_of(&value);
    } else if (key == "reason") {
      error.reason = text_of(&value);
    } else if (key == "caused_by") {
      if (depth < kDeepestCause) error.caused_by = std::make_shared<const Error>(read_error(value, status, depth + 1));
    } else if (key == "root_cause") {
      if (!value.is_array() || depth >= kDeepestCause) continue;
      for (const auto& root : value.as_array()) error.root_causes.push_back(read_error(root, status, depth + 1));
    } else if (key != "stack_trace" && key != "suppressed") {
      error.details.emplace_back(std::string(key), boost::json::serialize(value));
    }
  }
  return error;
}

std::string shown(std::string_view body) {
  if (body.empty()) return "No error body.";
  return "body=" + std::string(body.substr(0, kShownBody)) + (body.size() > kShownBody ? "..." : "");
}

}  // namespace

ErrorKind error_kind(int status) {
  switch (status) {
    case 401:
    case 403:
      return ErrorKind::kUnauthorized;
    case 404:
      return ErrorKind::kNotFound;
    case 409:
      return ErrorKind::kConflict;
    case 413:
      return ErrorKind::kTooLarge;
    case 429:
    case 502:
    case 503:
    case 504:
      return ErrorKind::kThrottled;
    default:
      return status >= 300 && status < 500 ? ErrorKind::kBadRequest : ErrorKind::kInternal;
  }
}

Error error_from_json(const boost::json::value& json, int status) { return read_error(json, status, 0); }

Error server_error(const HttpResponse& response, std::string_view request) {
  const int status = response.status;
  if (status >= 300 && status < 400) {
    return {ErrorKind::kBadRequest, status, "status_exception",
            std::string(request) + " was redirected (" + std::to_string(status) + ") to [" + response.location +
                "]; redirects are not followed: name that endpoint instead"};
  }
  boost::system::error_code problem;
  const std::string_view body = response.body.view();
  const boost::json::value json = boost::json::parse({body.data(), body.size()}, problem);
  if (!problem && json.is_object()) {
    if (const boost::json::value* error = json.as_object().if_contains("error")) {
      if (error->is_object()) return error_from_json(*error, status);
      return {error_kind(status), status, "status_exception", text_of(error)};
    }
  }
  std::string advice;
  if (status == 401) advice = "; the endpoint wants a user and password, or an API key";
  if (status == 403) advice = "; the user may not do this there";
  return {error_kind(status), status, "status_exception",
          std::string(request) + " was answered with " + std::to_string(status) + ": " + shown(body) + advice};
}

Error not_json_error(const HttpResponse& response, std::string_view request) {
  const std::string type = response.content_type.empty() ? "no Content-Type" : response.content_type;
  return {ErrorKind::kInternal, 500, "illegal_state_exception",
          "Error parsing the response, remote is likely not an Elasticsearch instance: " + std::string(request) +
              " was answered with " + type + ": " + shown(response.body.view())};
}

bool looks_like_json(std::string_view body) {
  const std::size_t first = body.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && body[first] == '{';
}

bool has_cause(const Error& error, std::string_view type) {
  if (error.type == type) return true;
  for (const Error& root : error.root_causes) {
    if (has_cause(root, type)) return true;
  }
  return error.caused_by && has_cause(*error.caused_by, type);
}

}  // namespace sluice::io
