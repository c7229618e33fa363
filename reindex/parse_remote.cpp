#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "reindex/object_fields.h"
#include "reindex/parse_parts.h"

namespace sluice {
namespace {

Error null_pointer(const std::string& reason) {
  return {ErrorKind::kBadRequest, 400, "null_pointer_exception", reason};
}

/// Takes members out of `remote`, one after the other, so that what is left is what nobody knows.
class Taker {
 public:
  explicit Taker(const JsonNode& remote) : remote_(remote) {}

  const JsonNode* take(std::string_view name) {
    taken_.emplace(name);
    const JsonNode* node = remote_.member(name);
    return node != nullptr && !node->is_null() ? node : nullptr;
  }

  Result<std::optional<std::string>> take_string(std::string_view name) {
    const JsonNode* node = take(name);
    if (node == nullptr) return std::nullopt;
    if (!node->is_string()) {
      return std::unexpected(
          illegal_argument(fmt::format("Expected [{}] to be a string but was [{}]", name, java_text(*node))));
    }
    return node->text();
  }

  Status take_time(std::string_view name, Nanoseconds& duration) {
    const auto text = take_string(name);
    if (!text) return std::unexpected(text.error());
    if (!*text) return {};
    const auto time = parse_time_value(**text, name);
    if (!time) return std::unexpected(time.error());
    duration = time->duration;
    return {};
  }

  Status nothing_left() const {
    std::string left;
    for (const JsonNode* member : in_java_order(remote_)) {
      if (!taken_.contains(member->name)) left.append(left.empty() ? "" : ",").append(member->name);
    }
    if (left.empty()) return {};
    return std::unexpected(illegal_argument(fmt::format("Unsupported fields in [remote]: [{}]", left)));
  }

 private:
  const JsonNode& remote_;
  std::set<std::string, std::less<>> taken_;
};

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

Status parse_headers(const JsonNode* headers, RemoteSource& remote) {
  if (headers == nullptr) return {};
  if (!headers->is_object()) {
    return std::unexpected(illegal_argument(
        fmt::format("Expected [headers] to be an object containing strings but was [{}]", java_text(*headers))));
  }
  for (const JsonNode* header : in_java_order(*headers)) {
    if (!header->is_string()) {
      return std::unexpected(illegal_argument(fmt::format(
          "Expected [headers] to be an object containing strings but has [{}={}]", header->name, java_text(*header))));
    }
    remote.headers.emplace_back(header->name, header->text());
  }
  for (const auto& [name, value] : remote.headers) {
    if (remote.api_key && equals_ignoring_case(name, "Authorization")) {
      return std::unexpected(
          illegal_argument("Cannot specify both [api_key] and [headers] including [Authorization] key"));
    }
  }
  return {};
}

Status check_kind(const JsonNode& remote) {
  if (remote.is_object()) return {};
  std::string_view java_class = "java.lang.Integer";
  if (remote.is_string()) java_class = "java.lang.String";
  if (remote.is_array()) java_class = "java.util.ArrayList";
  if (remote.kind == JsonToken::kTrue || remote.kind == JsonToken::kFalse) java_class = "java.lang.Boolean";
  return std::unexpected(Error(ErrorKind::kBadRequest, 400, "class_cast_exception",
                               fmt::format("class {0} cannot be cast to class java.util.Map ({0} and java.util.Map are "
                                           "in module java.base of loader 'bootstrap')",
                                           java_class)));
}

}  // namespace

Result<RemoteSource> parse_remote(const JsonNode& remote, const JsonNode* query) {
  if (Status kind = check_kind(remote); !kind) return std::unexpected(std::move(kind.error()));
  Taker taker(remote);
  auto username = taker.take_string("username");
  if (!username) return std::unexpected(std::move(username.error()));
  auto password = taker.take_string("password");
  if (!password) return std::unexpected(std::move(password.error()));
  auto api_key = taker.take_string("api_key");
  if (!api_key) return std::unexpected(std::move(api_key.error()));
  const auto host = taker.take_string("host");
  if (!host) return std::unexpected(host.error());
  if (!*host) return std::unexpected(null_pointer("[host] must be specified to reindex from a remote cluster"));
  auto parsed = parse_remote_url(**host);
  if (!parsed) return parsed;
  parsed->username = std::move(*username);
  parsed->password = std::move(*password);
  parsed->api_key = std::move(*api_key);
  if (Status s = parse_headers(taker.take("headers"), *parsed); !s) return std::unexpected(std::move(s.error()));
  if (Status s = taker.take_time("socket_timeout", parsed->socket_timeout); !s) {
    return std::unexpected(std::move(s.error()));
  }
  if (Status s = taker.take_time("connect_timeout", parsed->connect_timeout); !s) {
    return std::unexpected(std::move(s.error()));
  }
  if (Status s = taker.nothing_left(); !s) return std::unexpected(std::move(s.error()));
  if (query != nullptr && !query->is_null() && !query->is_object()) {
    return std::unexpected(
        illegal_argument(fmt::format("Expected [query] to be an object but was [{}]", java_text(*query))));
  }
  if (parsed->scheme.empty()) {
    return std::unexpected(null_pointer("[scheme] must be specified to reindex from a remote cluster"));
  }
  return parsed;
}

}  // namespace sluice
