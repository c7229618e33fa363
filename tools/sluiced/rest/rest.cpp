#include "tools/sluiced/rest/rest.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "pipeline/base/json_text.h"
#include "tools/sluiced/rest/broken_json.h"
#include "tools/sluiced/rest/media_type.h"
#include "tools/sluiced/rest/parameters.h"
#include "tools/sluiced/rest/rendering.h"
#include "tools/sluiced/rest/router.h"
#include "tools/sluiced/rest/security.h"
#include "tools/sluiced/rest/uri.h"
#include "tools/sluiced/rest/whole_body.h"
#include "tools/sluiced/rest/whole_json.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {
namespace {

/// How this request wants to be answered.
struct Style {
  MediaTypes media{.format = Format::kJson, .json = "application/json", .yaml = "application/yaml"};
  bool pretty = false;
  bool traces = false;
  std::vector<std::string> filter_path;
};

Error traced(const Error& error) {
  Error copy = error;
  copy.details.emplace_back("stack_trace", json_string(error.type + ": " + error.reason));
  for (Error& root : copy.root_causes) root = traced(root);
  if (error.caused_by) copy.caused_by = std::make_shared<const Error>(traced(*error.caused_by));
  return copy;
}

Reply error_reply(const Error& error, bool traces) {
  if (error.type == kPlainError) {
    JsonWriter out;
    out.begin_object().member("error", error.reason).member("status", error.status).end_object();
    return Reply::json(out.take(), error.status);
  }
  Reply reply = Reply::json(traces ? traced(error).envelope() : error.envelope(), error.status);
  if (error.status == 401) {
    reply.headers.emplace_back("WWW-Authenticate", "Basic realm=\"security\", charset=\"UTF-8\"");
    reply.headers.emplace_back("WWW-Authenticate", "ApiKey");
  }
  return reply;
}

/// Makes one body of a stream, for what has to see it whole.
Status collect(Reply& reply) {
  auto whole = whole_body(std::move(reply.body), std::move(reply.stream));
  if (!whole) return std::unexpected(std::move(whole.error()));
  reply.body = std::move(*whole);
  return {};
}

/// Errors are not filtered, as in Elasticsearch.
serve::HttpResponse render(Reply reply, const Style& style, bool is_error) {
  serve::HttpResponse response;
  response.status = reply.status;
  response.headers = std::move(reply.headers);
  response.content_type = reply.content_type;
  const bool filter = !is_error && !reply.is_error && !style.filter_path.empty();
  if (reply.content_type == "application/json") {
    const bool yaml = style.media.format == Format::kYaml;
    response.content_type = yaml ? style.media.yaml : style.media.json;
    if (reply.stream && (filter || yaml || style.pretty)) {
      if (auto whole = collect(reply); !whole) return render(error_reply(whole.error(), style.traces), style, true);
    }
    if (filter && !reply.body.empty()) reply.body = filtered_json(reply.body, style.filter_path);
    if (yaml && !reply.body.empty()) {
      reply.body = yaml_of_json(reply.body);
    } else if (style.pretty && !reply.body.empty()) {
      reply.body = pretty_json(reply.body);
    }
  }
  response.body = std::move(reply.body);
  response.stream = std::move(reply.stream);
  return response;
}

/// `source` in the URL stands for a body.
Status take_source(Call& call) {
  const auto source = call.query.find("source");
  if (call.has_body() || source == call.query.end()) return {};
  if (!call.query.contains("source_content_type")) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "validation_exception",
                                 "Validation Failed: 1: source and source_content_type parameters are required;"));
  }
  call.http.body.append(source->second);
  call.http.headers.insert(call.http.headers.begin(), {"Content-Type", call.query.at("source_content_type")});
  return {};
}

Result<bool> style_flag(const Call& call, std::string_view name) { return call.flag(name, false); }

Status read_style(const Call& call, Style& style) {
  const auto pretty = style_flag(call, "pretty");
  if (!pretty) return std::unexpected(pretty.error());
  style.pretty = *pretty;
  const auto traces = style_flag(call, "error_trace");
  if (!traces)
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, std::string(kPlainError), traces.error().reason));
  style.traces = *traces;
  if (const auto human = style_flag(call, "human"); !human) return std::unexpected(human.error());
  style.filter_path = call.list("filter_path");
  return {};
}

/// In the order in which Elasticsearch names methods.
std::string methods_text(const std::vector<std::string_view>& methods, std::string_view between) {
  std::string text;
  for (const std::string_view known : {"GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"}) {
    if (std::ranges::find(methods, known) == methods.end()) continue;
    if (!text.empty()) text += between;
    text += known;
  }
  return text;
}

/// What is answered where no route has the path and the method.
Reply no_route(const Call& call, const Router::Match& match) {
  JsonWriter out;
  if (match.allowed.empty()) {
    out.begin_object()
        .member("error", "no handler found for uri [" + call.http.target + "] and method [" + call.method + "]")
        .end_object();
    return Reply::json(out.take(), 400);
  }
  Reply reply;
  if (call.method == "OPTIONS") {
    reply = Reply::text("");
  } else {
    out.begin_object()
        .member("error", "Incorrect HTTP method for uri [" + call.http.target + "] and method [" + call.method +
                             "], allowed: [" + methods_text(match.allowed, ", ") + "]")
        .member("status", 405)
        .end_object();
    reply = Reply::json(out.take(), 405);
  }
  reply.headers.emplace_back("Allow", methods_text(match.allowed, ","));
  return reply;
}

Result<Reply> handle(Call& call, Style& style, Services& services) {
  if (services.security != nullptr) {
    if (auto admitted = services.security->admit(call); !admitted) return std::unexpected(std::move(admitted.error()));
  }
  auto uri = parse_uri(call.http.target);
  if (!uri) return std::unexpected(std::move(uri.error()));
  call.path = std::move(uri->path);
  call.query = std::move(uri->query);
  if (auto read = read_style(call, style); !read) return std::unexpected(std::move(read.error()));
  Router::Match match = router().find(call.method, uri->segments);
  if (match.route == nullptr) {
    if (auto media = check_media_types(call, ""); media) style.media = *media;
    return no_route(call, match);
  }
  call.parts = std::move(match.parts);
  if (auto taken = take_source(call); !taken) return std::unexpected(std::move(taken.error()));
  auto media = check_media_types(call, match.route->pattern);
  if (!media) return std::unexpected(std::move(media.error()));
  style.media = std::move(*media);
  if (auto known = check_parameters(call, *match.route); !known) return std::unexpected(std::move(known.error()));
  if (call.has_body() && keeps_raw_json(match.route->pattern)) {
    if (auto whole = check_whole_json(call.body()); !whole) {
      return std::unexpected(exact_json_error(std::move(whole.error()), call.body()));
    }
    if (auto broken = broken_json(call.body())) return std::unexpected(std::move(*broken));
  }
  auto reply = match.route->handler(call, services);
  if (!reply) return std::unexpected(exact_twice_error(std::move(reply.error()), call.body()));
  if (auto read = read_style(call, style); !read) return std::unexpected(std::move(read.error()));
  return reply;
}

template <typename Make>
Result<Reply> guarded(Make&& make) {
  try {
    return make();
  } catch (const std::bad_alloc&) {
    return std::unexpected(Error(ErrorKind::kThrottled, 429, "circuit_breaking_exception",
                                 "there is no memory left for this request; ask for less at a time"));
  } catch (const std::exception& error) {
    return std::unexpected(internal_error(std::string("unexpected: ") + error.what() + "; please report it"));
  }
}

serve::HttpResponse rendered(Result<Reply> reply, const Style& style, const std::string& opaque);

/// The answer to what is answered later.
serve::HttpResponse rendered_later(Reply reply, const Style& style, const std::string& opaque) {
  serve::HttpResponse response;
  response.later = [later = std::move(reply.later), style, opaque](serve::Respond respond) mutable {
    later([style, opaque, respond = std::move(respond)](MakeReply make) mutable {
      respond([style, opaque, make = std::move(make)]() mutable { return rendered(guarded(make), style, opaque); });
    });
  };
  return response;
}

serve::HttpResponse rendered(Result<Reply> reply, const Style& style, const std::string& opaque) {
  if (reply && reply->later) return rendered_later(std::move(*reply), style, opaque);
  const bool is_error = !reply || reply->status == 405;
  serve::HttpResponse response =
      render(reply ? std::move(*reply) : error_reply(reply.error(), style.traces), style, is_error);
  if (!opaque.empty()) response.headers.emplace_back("X-Opaque-Id", opaque);
  response.headers.emplace_back("X-elastic-product", "Elasticsearch");
  return response;
}

}  // namespace

std::optional<serve::HttpResponse> refusal(const serve::HttpRequest& request, Services& services) {
  if (services.security == nullptr) return std::nullopt;
  Call call;
  call.method = request.method;
  call.http.target = request.target;
  call.http.headers = request.headers;
  auto admitted = guarded([&]() -> Result<Reply> {
    if (auto known = services.security->admit(call); !known) return std::unexpected(std::move(known.error()));
    return Reply{};
  });
  if (admitted) return std::nullopt;
  return rendered(std::move(admitted), Style{}, std::string(request.header("X-Opaque-Id")));
}

serve::HttpResponse answer(serve::HttpRequest request, Services& services) {
  Call call;
  call.method = request.method;
  const std::string opaque(request.header("X-Opaque-Id"));
  call.http = std::move(request);
  Style style;
  return rendered(guarded([&] { return handle(call, style, services); }), style, opaque);
}

}  // namespace sluice::rest
