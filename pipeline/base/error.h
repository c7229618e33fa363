#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice {

class JsonWriter;

/// What policy may depend on. People read `type` and `reason` instead.
enum class ErrorKind : std::uint8_t {
  kBadRequest,    ///< the request is wrong; nothing was started
  kNotFound,      ///< an index, a file or a search context is not there
  kUnauthorized,  ///< 401 or 403 from an endpoint
  kNetwork,       ///< an endpoint can't be reached, or the connection broke
  kTimeout,
  kThrottled,  ///< 429 or 503: the same request may succeed later
  kTooLarge,   ///< a document, page or bulk is over a limit
  kConflict,   ///< a version conflict
  kDocument,   ///< one document is malformed or was refused
  kScript,
  kCancelled,
  kUnsupported,  ///< a part of the specification that is not there yet
  kInternal,     ///< a bug, or an endpoint that answers nonsense
};

/// An error as Elasticsearch describes it: `type` and `reason` go into its JSON, `status` is the HTTP status it has
/// there. A value type; copying is cheap enough for the cold path it is on. Any thread.
struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  int status = 500;
  std::string type;
  std::string reason;
  bool reason_is_null = false;  ///< its JSON says `"reason":null`: an exception of Java without a message
  /// Keys between `reason` and `caused_by`, as raw JSON values, in order (`index`, `shard`, `index_uuid`, ...).
  std::vector<std::pair<std::string, std::string>> details;
  /// Empty: the error is its own root cause.
  std::vector<Error> root_causes;
  std::shared_ptr<const Error> caused_by;

  Error() = default;
  Error(ErrorKind error_kind, int http_status, std::string error_type, std::string error_reason)
      : kind(error_kind), status(http_status), type(std::move(error_type)), reason(std::move(error_reason)) {}

  /// The error that `cause` led to. `cause` becomes `caused_by`.
  [[nodiscard]] Error wrapping(Error cause) &&;
  /// Adds a detail with a string value.
  [[nodiscard]] Error with(std::string_view key, std::string_view text) &&;

  /// Adds a detail with a value that is JSON already.
  [[nodiscard]] Error with_raw(std::string_view key, std::string json) &&;

  /// `{"type":..,"reason":..,details..,"caused_by":..}`: the object inside an envelope or a `cause`.
  void write(JsonWriter& out) const;
  /// `{"error":{"root_cause":[..],"type":..,"reason":..,..},"status":N}`, what the REST API answers.
  [[nodiscard]] std::string envelope() const;
  /// One line for people: the reason, then each cause after a colon.
  [[nodiscard]] std::string message() const;
};

template <typename T>
using Result = std::expected<T, Error>;
using Status = std::expected<void, Error>;

/// `illegal_argument_exception`, 400: what Elasticsearch answers to a value it does not accept.
Error illegal_argument(std::string reason);
/// `x_content_parse_exception`, 400.
Error x_content_parse_error(std::string reason);
/// `action_request_validation_exception`, 400, with `Validation Failed: 1: a;2: b;`.
Error validation_error(const std::vector<std::string>& problems);
/// A request that is right but needs a part of sluice that does not exist yet; `unsupported_operation_exception`, 501.
Error unsupported(std::string reason);
/// The run was cancelled: `task_cancelled_exception`, 400.
Error cancelled();
/// A bug of ours, as an error instead of a crash: `internal_error`, 500.
Error internal_error(std::string reason);

}  // namespace sluice
