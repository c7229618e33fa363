#include <chrono>

#include "pipeline/base/buffer.h"
#include "pipeline/base/json_text.h"
#include "stages/parse/json_object.h"
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
    JsonWriter out;
    out.begin_object().member("took", 0).key("responses").begin_array();
    bool any = false;
    for (std::size_t at = 0; at < body.size();) {
      const std::string_view header = line(body, at);
      if (at >= body.size() && header.find_first_not_of(" \t\r") == std::string_view::npos) break;
      const std::string_view search = line(body, at);
      any = true;
      auto answered = one(header, search);
      if (answered) {
        answered->insert(answered->size() - 1, R"(,"status":200)");
        out.raw(*answered);
      } else if (fatal_) {
        return std::unexpected(answered.error());
      } else {
        out.raw(answered.error().envelope());
      }
    }
    if (!any) return std::unexpected(validation_error({"no requests added"}));
    out.end_array().end_object();
    return out.take();
  }

 private:
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
                 name == "routing") {
        one.query[name] = stages::json_text_value(member.value).value_or("");
      } else if (name != "search_type" && name != "preference" && name != "request_cache" &&
                 name != "allow_partial_search_results" && name != "ccs_minimize_roundtrips") {
        return std::unexpected(illegal_argument("key [" + name + "] is not supported in the metadata section"));
      }
    }
    return {};
  }

  Result<std::string> one(std::string_view header, std::string_view search) {
    Call one;
    one.method = call_.method;
    one.path = call_.path;
    one.parts = call_.parts;
    for (const std::string_view name : {"rest_total_hits_as_int", "typed_keys"}) {
      if (const auto found = call_.query.find(name); found != call_.query.end()) one.query.insert(*found);
    }
    fatal_ = true;
    if (auto read = read_header(header, one); !read) return std::unexpected(read.error());
    auto request = read_search(one, search);
    if (!request) {
      fatal_ = request.error().type == "parsing_exception" || request.error().type == "x_content_parse_exception";
      return std::unexpected(request.error());
    }
    fatal_ = false;
    auto options = index_options_of(one, {});
    if (!options) return std::unexpected(options.error());
    auto answer = run_search(services_, std::move(*request), one.text_or("index", ""), *options);
    if (!answer) return std::unexpected(answer.error());
    return whole_body(std::move(answer->body), std::move(answer->stream));
  }

  Call& call_;
  Services& services_;
  bool fatal_ = false;
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
