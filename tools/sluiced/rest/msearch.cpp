#include <chrono>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "stages/parse/json_object.h"
#include "tools/sluiced/rest/broken_json.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/rest/search_reply.h"
#include "tools/sluiced/rest/whole_body.h"

namespace sluice::rest {

namespace {

/// One search of a multi search: a header line and a body line.
class MultiSearch {
 public:
  MultiSearch(Call& call, Services& services) : call_(call), services_(services) {}

  Result<std::string> run() {
    const std::string_view body = call_.body();
    if (!body.ends_with('\n')) {
      return std::unexpected(illegal_argument("The msearch request must be terminated by a newline [\n]"));
    }
    if (auto read = read_all(body); !read) return std::unexpected(read.error());
    if (searches_.empty()) return std::unexpected(validation_error({"no requests added"}));
    JsonWriter out;
    out.begin_object().member("took", 0).key("responses").begin_array();
    for (One& one : searches_) {
      auto answered = answer(one);
      if (answered) {
        answered->insert(answered->size() - 1, R"(,"status":200)");
        out.raw(*answered);
      } else {
        out.raw(answered.error().envelope());
      }
    }
    out.end_array().end_object();
    return out.take();
  }

 private:
  struct One {
    Call call;
    Result<SearchRequest> request;
  };

  static std::string_view line(std::string_view body, std::size_t& at) {
    const std::size_t end = std::min(body.find('\n', at), body.size());
    const std::string_view text = body.substr(at, end - at);
    at = std::min(end + 1, body.size());
    return text;
  }

  Status read_header(std::string_view header, Call& one) {
    if (header.find_first_not_of(" \t\r") == std::string_view::npos) return {};
    auto members = stages::json_members(header, "a header of the multi search");
    if (!members) return std::unexpected(members.error());
    for (const stages::JsonMember& member : *members) {
      const std::string name = member.name();
      if (name == "index" || name == "indices") {
        if (member.value == "null") continue;
        auto list = stages::json_text_list(member.value, "index");
        if (!list) return std::unexpected(list.error());
        std::string joined;
        for (const std::string& each : *list) joined += (joined.empty() ? "" : ",") + each;
        one.parts["index"] = joined;
      } else if (name == "ignore_unavailable" || name == "allow_no_indices" || name == "expand_wildcards" ||
                 name == "routing" || name == "preference" || name == "search_type") {
        one.query[name] = stages::json_text_value(member.value).value_or("");
      } else if (name != "request_cache" && name != "allow_partial_search_results" &&
                 name != "ccs_minimize_roundtrips") {
        return std::unexpected(illegal_argument("key [" + name + "] is not supported in the metadata section"));
      }
    }
    return {};
  }

  /// Everything is read before anything is searched: what can't be read is the request's fault, and fails all of it.
  Status read_all(std::string_view body) {
    for (std::size_t at = 0; at < body.size();) {
      const std::string_view header = line(body, at);
      if (at >= body.size() && header.find_first_not_of(" \t\r") == std::string_view::npos) break;
      if (auto read = read_one(header, line(body, at)); !read) return read;
    }
    return {};
  }

  Status read_one(std::string_view header, std::string_view search) {
    One one;
    one.call.method = call_.method;
    one.call.path = call_.path;
    one.call.parts = call_.parts;
    for (const std::string_view name : {"rest_total_hits_as_int", "typed_keys"}) {
      if (const auto found = call_.query.find(name); found != call_.query.end()) one.call.query.insert(*found);
    }
    if (auto read = read_header(header, one.call); !read) return read;
    one.request = read_search(one.call, search);
    Status readable = one.request ? check_query(one.request->query) : std::unexpected(one.request.error());
    if (!readable && is_fatal(readable.error())) return std::unexpected(exact_json_error(readable.error(), search));
    searches_.push_back(std::move(one));
    return {};
  }

  static bool is_fatal(const Error& error) {
    return error.type == "parsing_exception" || error.type == "x_content_parse_exception" ||
           error.reason.starts_with("[rest_total_hits_as_int] cannot be used");
  }

  Result<std::string> answer(One& one) {
    if (!one.request) return std::unexpected(one.request.error());
    auto options = index_options_of(one.call, {});
    if (!options) return std::unexpected(options.error());
    auto found =
        run_search(services_, std::move(*one.request), one.call.text_or("index", ""), *options, call_.http.abandoned);
    if (!found) return std::unexpected(found.error());
    return whole_body(std::move(found->body), std::move(found->stream));
  }

  Call& call_;
  Services& services_;
  std::vector<One> searches_;
};

}  // namespace

Result<Reply> msearch(Call& call, Services& services) {
  if (!call.has_body()) {
    return std::unexpected(
        Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body or source parameter is required"));
  }
  auto at_once = call.integer("max_concurrent_searches", 1);
  if (!at_once) return std::unexpected(at_once.error());
  if (*at_once < 1) return std::unexpected(illegal_argument("maxConcurrentSearchRequests must be positive"));
  auto reply = MultiSearch(call, services).run();
  if (!reply) return std::unexpected(reply.error());
  return Reply::json(std::move(*reply));
}

}  // namespace sluice::rest
