#include "tools/sluiced/search/search_request.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "pipeline/base/parse_number.h"
#include "stages/parse/json_object.h"
#include "stages/sort/sort_request.h"
#include "tools/sluiced/rest/body_position.h"
#include "tools/sluiced/rest/document_get.h"
#include "tools/sluiced/rest/index_options.h"
#include "tools/sluiced/rest/query_parameter.h"
#include "tools/sluiced/rest/source_fields.h"
#include "tools/sluiced/search/requested_fields.h"

namespace sluice::rest {

namespace {

using stages::JsonMember;

/// Parts of a search that a reindexing server does without, or not yet with.
constexpr auto kNotThere = std::to_array<std::string_view>(
    {"aggs", "aggregations", "collapse", "explain", "ext", "highlight", "include_named_queries_score", "knn",
     "post_filter", "profile", "rank", "rescore", "retriever", "suggest"});
/// Parts that make no difference here.
constexpr auto kWithoutEffect = std::to_array<std::string_view>({"stats"});

constexpr std::string_view kQueryThenFetch = "query_then_fetch";

template <typename List>
bool holds(const List& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

Status read_integer(const JsonMember& member, std::int64_t& into) {
  auto number = stages::json_integer_value(member.value);
  if (!number) {
    number.error().type = "number_format_exception";
    return std::unexpected(number.error());
  }
  into = *number;
  return {};
}

Status read_flag(const JsonMember& member, bool& into) {
  auto flag = stages::json_flag_value(member.value);
  if (!flag) return std::unexpected(flag.error());
  into = *flag;
  return {};
}

Status read_total(std::string_view text, std::int64_t& into) {
  if (text == "true" || text.empty()) {
    into = std::numeric_limits<std::int64_t>::max();
    return {};
  }
  if (text == "false") {
    into = 0;
    return {};
  }
  auto number = stages::json_integer_value(text);
  if (!number) return std::unexpected(number.error());
  if (*number == -1) {  // it is not counted
    into = 0;
    return {};
  }
  if (*number < 0) {
    return std::unexpected(illegal_argument("[track_total_hits] parameter must be positive or equals to -1, got " +
                                            std::to_string(*number)));
  }
  into = *number;
  return {};
}

/// 0: not at all.
Status read_terminate_after(std::int64_t number, SearchRequest& request) {
  if (number < 0) return std::unexpected(illegal_argument("terminateAfter must be > 0"));
  request.terminate_after = number == 0 ? std::nullopt : std::optional(number);
  return {};
}

constexpr auto kPitFields = std::to_array<std::string_view>({"id", "keep_alive"});
constexpr auto kSliceFields = std::to_array<std::string_view>({"field", "id", "max"});

Status read_pit(std::string_view body, const JsonMember& member, SearchRequest& request) {
  auto members = stages::json_members(member.value, "[pit]");
  if (!members) return std::unexpected(members.error());
  for (const JsonMember& each : *members) {
    const std::string text = stages::json_text_value(each.value).value_or("");
    if (each.key == "\"id\"") {
      request.pit = text;
    } else if (each.key == "\"keep_alive\"") {
      auto time = parse_time_value(text, "keep_alive");
      if (!time) return std::unexpected(time.error());
      request.pit_keep_alive = *time;
    } else {
      return std::unexpected(unknown_field_error(body, each.key.data(), "pit", each.name(), kPitFields));
    }
  }
  if (request.pit.empty()) return std::unexpected(illegal_argument("point in time id is not provided"));
  return {};
}

/// What can be wrong once `id` or `max` has been set.
Status check_slice(const SearchSlice& slice, bool id) {
  if (id && slice.id < 0) return std::unexpected(illegal_argument("id must be greater than or equal to 0"));
  if (!id && slice.max <= 1) return std::unexpected(illegal_argument("max must be greater than 1"));
  if (slice.max != 0 && slice.max <= slice.id) return std::unexpected(illegal_argument("max must be greater than id"));
  return {};
}

Status read_slice(std::string_view body, const JsonMember& member, SearchRequest& request) {
  auto members = stages::json_members(member.value, "[slice]");
  if (!members) return std::unexpected(members.error());
  SearchSlice slice;
  for (const JsonMember& each : *members) {
    if (each.key == "\"field\"") {
      slice.field = stages::json_text_value(each.value).value_or("");
      continue;
    }
    std::int64_t number = 0;
    if (auto read = read_integer(each, number); !read) return read;
    if (number != static_cast<int>(number)) {
      Error out_of_range = illegal_argument("Numeric value (" + std::to_string(number) +
                                            ") out of range of `int` (-2147483648 - 2147483647)");
      return std::unexpected(
          failed_field_error(body, each.value.data(), "slice", each.name(), std::move(out_of_range)));
    }
    if (each.key == "\"id\"") {
      slice.id = static_cast<int>(number);
    } else if (each.key == "\"max\"") {
      slice.max = static_cast<int>(number);
    } else {
      return std::unexpected(unknown_field_error(body, each.key.data(), "slice", each.name(), kSliceFields));
    }
    if (auto checked = check_slice(slice, each.key == "\"id\""); !checked) {
      return std::unexpected(
          failed_field_error(body, each.value.data(), "slice", each.name(), std::move(checked.error())));
    }
  }
  if (slice.max != 0) request.slice = slice;  // a node takes a slice without a number of slices for all
  return {};
}

Status read_search_after(const JsonMember& member, SearchRequest& request) {
  auto values = stages::json_elements(member.value, "[search_after]");
  if (!values) return std::unexpected(values.error());
  if (values->empty()) return std::unexpected(illegal_argument("Values must contains at least one value."));
  request.search_after.assign(values->begin(), values->end());
  request.search_after_set = true;
  return {};
}

Status read_timeout(std::string_view text, SearchRequest& request) {
  auto time = parse_time_value(text, "timeout");
  if (!time) return std::unexpected(time.error());
  request.timeout = std::move(*time);
  return {};
}

/// What hits show. Nothing: the member is about something else.
std::optional<Status> read_shown_member(std::string_view body, const JsonMember& member, SearchRequest& request) {
  const std::string name = member.name();
  if (name == "_source") return read_source_fields(member.value, request.source);
  if (name == "stored_fields") {
    request.stored_fields_set = true;
    auto list = stages::json_text_list(member.value, "stored_fields");
    if (!list) return std::unexpected(list.error());
    request.stored_fields = std::move(*list);
    return Status();
  }
  if (name == "script_fields" && member.value.starts_with('{')) {
    return read_script_fields(body, member.value, request.script_fields);
  }
  if (name == "fields") return read_field_names(body, member.value, request.fields);
  if (name == "docvalue_fields") return read_field_names(body, member.value, request.docvalue_fields);
  if (name == "version") return read_flag(member, request.version);
  if (name == "seq_no_primary_term") return read_flag(member, request.seq_no);
  return std::nullopt;
}

}  // namespace

Status read_search_member(std::string_view body, const JsonMember& member, SearchRequest& request) {
  const std::string name = member.name();
  if (auto read = read_shown_member(body, member, request)) return *read;
  if (name == "from") {
    request.from_set = true;
    return read_integer(member, request.from);
  }
  if (name == "size") return read_integer(member, request.size);
  if (name == "query") {
    if (!member.value.starts_with('{')) return std::unexpected(unknown_search_key(body, member));
    request.query.json = member.value;
    request.query.start = stages::position_of(body, member.value.data());
    return {};
  }
  if (name == "runtime_mappings") {
    if (!member.value.starts_with('{')) return std::unexpected(unknown_search_key(body, member));
    request.query.runtime = member.value;
    return {};
  }
  if (name == "sort") return read_sort(body, member.value, request.sort);
  if (name == "search_after") return read_search_after(member, request);
  if (name == "indices_boost" && member.value.starts_with('[')) {
    return read_index_boosts(body, member.value, request.index_boosts);
  }
  if (name == "track_scores") return read_flag(member, request.track_scores);
  if (name == "track_total_hits") return read_total(member.value, request.track_total);
  if (name == "pit") return read_pit(body, member, request);
  if (name == "slice") return read_slice(body, member, request);
  if (name == "terminate_after") {
    std::int64_t number = 0;
    if (auto read = read_integer(member, number); !read) return read;
    return read_terminate_after(number, request);
  }
  if (name == "min_score") {
    const std::string text = stages::json_text_value(member.value).value_or("");
    const auto score = parse_number<float>(text);
    if (!score) return std::unexpected(number_format_error(text));
    request.min_score = score;
    return {};
  }
  if (name == "timeout") return read_timeout(stages::json_text_value(member.value).value_or(""), request);
  if (holds(kWithoutEffect, name)) return {};
  if (name == "explain" || name == "profile" || name == "include_named_queries_score") {
    bool wanted = false;
    if (auto read = read_flag(member, wanted); !read || !wanted) return read;
  }
  if (holds(kNotThere, name)) {
    return std::unexpected(unsupported("[" + name + "] in a search is not supported by this version of sluiced"));
  }
  return std::unexpected(unknown_search_key(body, member));
}

namespace {

/// Which hits are wanted, and how many answers are merged at a time.
Status read_numbers(const Call& call, SearchRequest& request) {
  if (call.text("from")) request.from_set = true;
  constexpr std::int64_t kLeastReduced = 2;
  auto reduced = call.integer("batched_reduce_size", kLeastReduced);
  if (!reduced) return std::unexpected(reduced.error());
  if (*reduced < kLeastReduced) return std::unexpected(illegal_argument("batchedReduceSize must be >= 2"));
  auto from = call.integer("from", request.from);
  auto size = call.integer("size", request.size);
  if (!from || !size) return std::unexpected(!from ? from.error() : size.error());
  request.from = *from;
  request.size = *size;
  return {};
}

Status read_url(const Call& call, SearchRequest& request) {
  if (auto read = read_numbers(call, request); !read) return read;
  const auto flag = [&](std::string_view name, bool& into) -> Status {
    auto value = call.flag(name, into);
    if (!value) return std::unexpected(value.error());
    into = *value;
    return {};
  };
  // As in Elasticsearch, it says nothing without a value.
  if (!call.text_or("version", "").empty()) {
    if (auto read = flag("version", request.version); !read) return read;
  }
  if (auto read = flag("seq_no_primary_term", request.seq_no); !read) return read;
  if (auto read = flag("track_scores", request.track_scores); !read) return read;
  if (auto read = flag("rest_total_hits_as_int", request.total_as_int); !read) return read;
  if (auto read = flag("request_cache", request.request_cache); !read) return read;
  if (call.text("allow_partial_search_results")) {
    bool partial = true;
    if (auto read = flag("allow_partial_search_results", partial); !read) return read;
    request.partial = partial;
  }
  if (request.total_as_int && request.track_total == 10'000) {
    request.track_total = std::numeric_limits<std::int64_t>::max();
  }
  if (const auto text = call.text("track_total_hits")) {
    if (auto read = read_total(*text, request.track_total); !read) return read;
  }
  if (request.total_as_int && request.track_total != 0 &&
      request.track_total != std::numeric_limits<std::int64_t>::max()) {
    return std::unexpected(
        illegal_argument("[rest_total_hits_as_int] cannot be used if the tracking of total hits is not accurate, got " +
                         std::to_string(request.track_total)));
  }
  for (std::string& name : call.list("docvalue_fields")) request.docvalue_fields.push_back({std::move(name)});
  bool explained = false;
  if (auto read = flag("explain", explained); !read) return read;
  if (explained) {
    return std::unexpected(unsupported("[explain] in a search is not supported by this version of sluiced"));
  }
  if (call.text("sort")) {
    if (auto read = read_sort_parameter(call.list("sort"), request.sort); !read) return read;
  }
  if (call.text("stored_fields")) {
    request.stored_fields = call.list("stored_fields");
    request.stored_fields_set = true;
  }
  if (const auto scroll = call.text("scroll")) {
    auto time = parse_time_value(*scroll, "scroll");
    if (!time) return std::unexpected(time.error());
    request.scroll = *time;
  }
  auto query = query_parameter(call);
  if (!query) return std::unexpected(query.error());
  if (*query) {
    request.query.json = std::move((*query)->json);
    request.query.start = (*query)->start;
  }
  if (const auto timeout = call.text("timeout")) {
    if (auto read = read_timeout(*timeout, request); !read) return read;
  }
  auto terminate = call.integer("terminate_after", request.terminate_after.value_or(0));
  if (!terminate) return std::unexpected(terminate.error());
  if (auto read = read_terminate_after(*terminate, request); !read) return read;
  auto shards = shard_choice_of(call);
  if (!shards) return std::unexpected(std::move(shards.error()));
  request.shards = std::move(*shards);
  request.preference_set = call.text("preference").has_value();
  if (const std::string_view type = call.text_or("search_type", kQueryThenFetch); type != kQueryThenFetch) {
    request.global_statistics = type == "dfs_query_then_fetch";
    if (!request.global_statistics) {
      return std::unexpected(illegal_argument("No search type for [" + std::string(type) + "]"));
    }
  }
  return read_source_parameters(call, request.source);
}

}  // namespace

Status read_search_body(std::string_view body, SearchRequest& request) {
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) return {};
  const std::size_t first = body.find_first_not_of(" \t\r\n");
  if (body[first] == '[') {
    const stages::TextPosition place = stages::position_of(body, body.data() + first);
    return std::unexpected(
        Error(ErrorKind::kBadRequest, 400, "parsing_exception", "Expected [START_OBJECT] but found [START_ARRAY]")
            .with_raw("line", std::to_string(place.line))
            .with_raw("col", std::to_string(place.column)));
  }
  auto members = stages::json_members(body, "the search");
  if (!members) return std::unexpected(members.error());
  for (const JsonMember& member : *members) {
    if (auto read = read_search_member(body, member, request); !read) return read;
  }
  return {};
}

Status validate_search(const SearchRequest& request, bool indices_named) {
  if (request.from < 0) {
    return std::unexpected(
        illegal_argument("[from] parameter cannot be negative but was [" + std::to_string(request.from) + "]"));
  }
  if (request.size < 0) {
    return std::unexpected(
        illegal_argument("[size] parameter cannot be negative, found [" + std::to_string(request.size) + "]"));
  }
  std::vector<std::string> problems;
  const bool pit = !request.pit.empty();
  if (request.scroll) {
    if (request.track_total != std::numeric_limits<std::int64_t>::max() && request.track_total != 10'000) {
      problems.emplace_back("disabling [track_total_hits] is not allowed in a scroll context");
    }
    if (request.from > 0) problems.emplace_back("using [from] is not allowed in a scroll context");
    if (request.size == 0) problems.emplace_back("[size] cannot be [0] in a scroll context");
    if (request.search_after_set) problems.emplace_back("[search_after] cannot be used in a scroll context");
    if (request.request_cache) problems.emplace_back("[request_cache] cannot be used in a scroll context");
    if (pit) problems.emplace_back("using [point in time] is not allowed in a scroll context");
  }
  if (request.slice && !request.scroll && !pit) {
    problems.emplace_back("[slice] can only be used with [scroll] or [point-in-time] requests");
  }
  if (pit && indices_named) {
    problems.emplace_back("[indices] cannot be used with point in time. Do not specify any index with point in time.");
  }
  if (pit && request.preference_set) problems.emplace_back("[preference] cannot be used with point in time");
  if (pit && !request.shards.routing.empty()) problems.emplace_back("[routing] cannot be used with point in time");
  const bool shard_doc =
      std::ranges::any_of(request.sort, [](const SortKey& key) { return key.field == "_shard_doc"; });
  if (shard_doc && !pit) problems.emplace_back("[_shard_doc] sort field cannot be used without [point in time]");
  if (request.search_after_set && !request.scroll && request.from > 0) {
    problems.emplace_back("[from] parameter must be set to 0 when [search_after] is used");
  }
  if (!problems.empty()) return std::unexpected(validation_error(problems));
  return {};
}

Result<SearchRequest> read_search(const Call& call, std::string_view body) {
  SearchRequest request;
  if (auto read = read_search_body(body, request); !read) return std::unexpected(read.error());
  if (auto read = read_url(call, request); !read) return std::unexpected(read.error());
  const bool named = call.parts.contains("index") || call.query.contains("index");
  if (auto valid = validate_search(request, named); !valid) return std::unexpected(valid.error());
  return request;
}

bool wants_scores(const SearchRequest& request) {
  if (request.track_scores || request.min_score) return true;
  if (request.sort.empty()) return request.size > 0;
  return std::ranges::any_of(request.sort, &SortKey::uses_score);
}

}  // namespace sluice::rest
