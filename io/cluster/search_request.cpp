#include "io/cluster/search_request.h"

#include <algorithm>

#include <boost/json.hpp>

#include "pipeline/base/json_text.h"

namespace sluice::io {
namespace {

std::string path_of(const SearchQuery& search, const char* what) {
  const std::string indices = index_list(search.indices);
  return (indices.empty() ? "" : "/" + indices) + what;
}

ClusterCall post(std::string target, std::string body) {
  ClusterCall call;
  call.method = "POST";
  call.target = std::move(target);
  call.body = std::move(body);
  return call;
}

ClusterCall text_body(ClusterCall call) {
  call.content_type = "text/plain";
  return call;
}

void add_slice(std::string& body, const std::optional<ManualSlice>& slice) {
  if (!slice) return;
  body += ",\"slice\":{";
  if (!slice->field.empty()) body += "\"field\":" + json_string(slice->field) + ",";
  body += "\"id\":" + std::to_string(slice->id) + ",\"max\":" + std::to_string(slice->max) + "}";
}

/// `_source`, so that nothing is left out that the filter does not name: vectors are by default, from 9.1 on.
std::string source_value(const Dialect& dialect, const std::string& filter) {
  const std::size_t first = filter.find_first_not_of(" \t\r\n");
  const bool all = first == std::string::npos || filter.compare(first, 4, "true") == 0;
  if (!dialect.has(Feature::kHidesVectors)) return all ? "true" : filter;
  static constexpr char kVectors[] = "{\"exclude_vectors\":false";
  if (all) return std::string(kVectors) + "}";
  if (filter[first] == 'f') return filter;
  if (filter[first] != '{') return std::string(kVectors) + ",\"includes\":" + filter + "}";
  const std::size_t member = filter.find_first_not_of(" \t\r\n", first + 1);
  const bool empty = member == std::string::npos || filter[member] == '}';
  return kVectors + (empty ? std::string("}") : "," + filter.substr(member));
}

std::string query_members(const Dialect& dialect, const SearchQuery& search) {
  return "\"query\":" + (search.query.empty() ? R"({"match_all":{}})" : search.query) +
         ",\"_source\":" + source_value(dialect, search.source_filter) +
         (search.project_routing.empty() ? "" : ",\"project_routing\":" + search.project_routing) +
         (search.runtime_mappings.empty() ? "" : ",\"runtime_mappings\":" + search.runtime_mappings);
}

/// The elements of a `sort` value: of an array the inside, of anything else itself.
std::string sort_elements(const std::string& sort) {
  const std::size_t open = sort.find_first_not_of(" \t\r\n");
  const std::size_t close = sort.find_last_not_of(" \t\r\n");
  if (open == std::string::npos || sort[open] != '[') return sort;
  const std::string inside = sort.substr(open + 1, close - open - 1);
  return inside.find_first_not_of(" \t\r\n") == std::string::npos ? std::string() : inside;
}

/// search_after needs an order that no two documents share a place in. OpenSearch adds no tie-break of its own, and
/// skips the documents of earlier pages quickly only where `_doc` leads.
std::string pit_sort(const Dialect& dialect, const SearchQuery& search) {
  std::string asked = sort_elements(search.sort);
  if (total_order(search)) return asked;
  if (asked.empty())
    return dialect.has(Feature::kPitImplicitSort) ? R"({"_shard_doc":"asc"})" : R"("_doc","_shard_doc")";
  return dialect.has(Feature::kPitImplicitSort) ? asked : asked + R"(,"_shard_doc")";
}

}  // namespace

bool sorts_by(const SearchQuery& search, std::string_view field) {
  boost::system::error_code problem;
  const boost::json::value sort = boost::json::parse(search.sort, problem);
  if (problem) return false;
  const auto names = [field](const boost::json::value& element) {
    if (element.is_string()) return std::string_view(element.as_string()) == field;
    return element.is_object() && element.as_object().if_contains({field.data(), field.size()}) != nullptr;
  };
  if (!sort.is_array()) return names(sort);
  return std::ranges::any_of(sort.as_array(), names);
}

bool total_order(const SearchQuery& search) {
  return sorts_by(search, "_id") && (search.one_index || sorts_by(search, "_index"));
}

ClusterCall open_pit_call(const Dialect& dialect, const SearchQuery& search) {
  const bool opensearch = dialect.distribution == Distribution::kOpenSearch;
  std::string target = path_of(search, opensearch ? "/_search/point_in_time" : "/_pit");
  if (search.indices.empty()) target = "/*" + target;
  target += "?keep_alive=" + dialect.keep_alive(search.pit_keep_alive);
  if (!search.routing.empty()) target += "&routing=" + percent_encoded(search.routing);
  if (opensearch) target += "&allow_partial_pit_creation=false";
  return post(std::move(target), {});
}

ClusterCall close_pit_call(const Dialect& dialect, const std::string& pit_id) {
  const bool opensearch = dialect.distribution == Distribution::kOpenSearch;
  ClusterCall call = opensearch ? post("/_search/point_in_time", "{\"pit_id\":[" + json_string(pit_id) + "]}")
                                : post("/_pit", "{\"id\":" + json_string(pit_id) + "}");
  call.method = "DELETE";
  call.even_after_abort = true;
  return call;
}

ClusterCall pit_page_call(const Dialect& dialect, const SearchQuery& search, const SearchPage& page) {
  const bool first = page.search_after.empty();
  std::string body = "{\"pit\":{\"id\":" + json_string(page.pit_id) + ",\"keep_alive\":\"" +
                     dialect.keep_alive(search.pit_keep_alive + page.extra_keep_alive) + "\"}";
  body += ",\"size\":" + std::to_string(page.size);
  body += search.want_version ? ",\"version\":true" : ",\"version\":false";
  body += ",\"sort\":[" + pit_sort(dialect, search) + "]," + query_members(dialect, search);
  add_slice(body, page.slice);
  if (!first) body += ",\"search_after\":" + page.search_after;
  body += first ? ",\"track_total_hits\":true}" : ",\"track_total_hits\":false}";
  return post("/_search?allow_partial_search_results=false", std::move(body));
}

ClusterCall open_scroll_call(const Dialect& dialect, const SearchQuery& search, const SearchPage& page) {
  std::string target = path_of(search, "/_search");
  target += "?scroll=" + dialect.keep_alive(search.scroll_keep_alive + page.extra_keep_alive);
  target += "&size=" + std::to_string(page.size);
  target += search.want_version ? "&version=true" : "&version=false";
  if (search.sort.empty()) target += "&sort=_doc:asc";
  if (!dialect.has(Feature::kRoutingInHits)) target += "&fields=_parent,_routing,_ttl";
  if (!search.routing.empty()) target += "&routing=" + percent_encoded(search.routing);
  if (dialect.has(Feature::kNoPartialResults)) target += "&allow_partial_search_results=false";
  std::string body = "{" + query_members(dialect, search);
  if (!search.sort.empty()) body += ",\"sort\":[" + sort_elements(search.sort) + "]";
  add_slice(body, page.slice);
  return post(std::move(target), body + "}");
}

ClusterCall scroll_page_call(const Dialect& dialect, const SearchQuery& search, const std::string& scroll_id,
                             Nanoseconds extra_keep_alive) {
  const std::string keep_alive = dialect.keep_alive(search.scroll_keep_alive + extra_keep_alive);
  if (!dialect.has(Feature::kJsonScrollId)) {
    return text_body(post("/_search/scroll?scroll=" + keep_alive, scroll_id));
  }
  return post("/_search/scroll?scroll=" + keep_alive, "{\"scroll_id\":" + json_string(scroll_id) + "}");
}

ClusterCall clear_scroll_call(const Dialect& dialect, const std::string& scroll_id) {
  ClusterCall call = dialect.has(Feature::kJsonScrollId)
                         ? post("/_search/scroll", "{\"scroll_id\":[" + json_string(scroll_id) + "]}")
                         : text_body(post("/_search/scroll", scroll_id));
  call.method = "DELETE";
  call.even_after_abort = true;
  return call;
}

ClusterCall search_shards_call(const SearchQuery& search) {
  ClusterCall call;
  call.target = path_of(search, "/_search_shards?filter_path=shards.index,shards.shard");
  if (!search.routing.empty()) call.target += "&routing=" + percent_encoded(search.routing);
  return call;
}

}  // namespace sluice::io
