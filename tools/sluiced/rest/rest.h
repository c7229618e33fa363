#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/serve/http_server.h"
#include "pipeline/base/error.h"
#include "pipeline/base/json_writer.h"
#include "pipeline/base/units.h"

namespace sluice::rest {

/// A request that has found its route. Path parts and parameters are decoded.
class Call {
 public:
  std::string method;
  std::string path;                                       ///< decoded, without the query
  std::map<std::string, std::string, std::less<>> parts;  ///< `{index}` and the like
  std::map<std::string, std::string, std::less<>> query;  ///< URL parameters; a key without `=` has an empty value
  serve::HttpRequest http;
  std::string user;        ///< who asks; empty: security is off
  std::string api_key_id;  ///< and by which key; empty: by password

  [[nodiscard]] std::string_view body() const { return http.body.view(); }
  [[nodiscard]] bool has_body() const { return !http.body.empty(); }
  /// A path part, or else a URL parameter; nothing where neither is there.
  [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const;
  [[nodiscard]] std::string_view text_or(std::string_view name, std::string_view fallback) const;
  /// `true`, `false`, empty (true). Errors: `Failed to parse value [x] as only [true] or [false] are allowed.`
  [[nodiscard]] Result<bool> flag(std::string_view name, bool fallback) const;
  /// Errors: `Failed to parse int parameter [size] with value [x]`, caused by number_format_exception.
  [[nodiscard]] Result<std::int64_t> integer(std::string_view name, std::int64_t fallback) const;
  [[nodiscard]] Result<TimeValue> time(std::string_view name, std::string_view fallback) const;
  /// A list with commas; empty where it is not given.
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
};

struct Reply;
/// Makes what a route answers. Called once, on a worker; may block.
using MakeReply = std::move_only_function<Result<Reply>()>;

/// What a route answers. `body` is JSON (an object or array) unless `content_type` says otherwise.
struct Reply {
  int status = 200;
  std::string body;
  std::string content_type = "application/json";
  serve::Headers headers;  ///< `Location`, `Warning`, ...
  std::unique_ptr<serve::BodyStream> stream;
  bool is_error = false;  ///< `body` is an error's envelope, which no `filter_path` cuts
  /// Set: the answer comes later, and nothing else here counts. Called once with where it is to be given to.
  std::move_only_function<void(std::move_only_function<void(MakeReply)>)> later;

  static Reply json(std::string text, int status = 200);
  static Reply text(std::string text, int status = 200);
  static Reply acknowledged() { return json(R"({"acknowledged":true})"); }
};

struct Services;  // services.h: the store, the settings, the node's names, open searches, tasks

/// A route: may block; any thread. An Error is answered as its envelope with its status.
using RouteHandler = Result<Reply> (*)(Call& call, Services& services);

/// A row of routes.def: ROUTE("GET", "/{index}/_doc/{id}", get_document, "realtime,refresh,routing,...")
struct Route {
  std::string_view method;
  std::string_view pattern;
  RouteHandler handler;
  /// Names of the URL parameters it takes, with commas; pretty, human, error_trace, filter_path, format and source are
  /// always taken. Any other is refused before the handler is called: `request [/x] contains unrecognized parameter:
  /// [y]` with Elasticsearch's suggestions.
  std::string_view parameters;
};

/// The rows of routes.def.
const std::vector<Route>& routes();

/// What a request is refused with that nobody may make, as answer() would: 401. Nothing: whoever asks may. Never
/// throws. Any thread.
std::optional<serve::HttpResponse> refusal(const serve::HttpRequest& request, Services& services);

/// Answers a request: finds the route (405 with Allow, 400 `no handler found for uri [..] and method [..]`), checks
/// parameters and media types, calls the handler, and renders what it answers (pretty, filter_path, format=yaml, HEAD,
/// X-Elastic-Product, compatible-with). Never throws. Any thread.
serve::HttpResponse answer(serve::HttpRequest request, Services& services);

}  // namespace sluice::rest
