#include <string>
#include <utility>
#include <vector>

#include "pipeline/base/java_number_text.h"
#include "stages/source_filter/source_filter.h"
#include "tools/sluiced/rest/document_get.h"
#include "tools/sluiced/rest/query_body.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/search/execute.h"

namespace sluice::rest {

namespace {

/// The index of a document, as the name under which it was asked for filters it.
Result<IndexTarget> target_of(Services& services, const std::string& name) {
  store::IndexOptions one;
  one.allow_no_indices = false;
  one.expand_open = false;
  auto targets = search_targets(services, name, one);
  if (!targets) return std::unexpected(std::move(targets.error()));
  return (*targets)->indices.front();
}

/// What a query says of a document.
struct Judged {
  bool matched = false;
  float score = 0;
  std::string plan;
};

Result<Judged> judge(const Services& services, const IndexTarget& target, const QueryText& query,
                     const store::StoredDocument& document) {
  const std::vector<SortKey> no_sort;
  auto search = compile_search(services, target, {query, no_sort, /*scored=*/true});
  if (!search) return std::unexpected(std::move(search.error()));
  if (Status seen = see_shard(target, document.shard, *search, SearchStop()); !seen) {
    return std::unexpected(std::move(seen.error()));
  }
  Buffer padded(document.source.size());
  padded.append(document.source);
  store::StoredDocument looked = document;
  looked.source = padded.view();
  stages::Structurals structurals;
  Judged judged;
  auto matched = search->matches(as_seen(*target.index, looked, structurals), judged.score);
  if (!matched) return std::unexpected(std::move(matched.error()));
  judged.matched = *matched;
  if (!judged.matched) judged.score = 0;
  judged.plan = search->everything() ? "*:*" : search->query->explain();
  if (search->filter != nullptr) judged.plan += "\nfiltered by\n" + search->filter->explain();
  return judged;
}

/// The score as a whole: what it is made of is not kept apart here.
void write_judged(JsonWriter& out, const Judged& judged) {
  out.member("matched", judged.matched).key("explanation").begin_object();
  out.key("value").raw(java_float_text(judged.score));
  out.member("description", judged.matched ? judged.plan : "no match for: " + judged.plan);
  out.key("details").begin_array().end_array().end_object();
}

void write_get(JsonWriter& out, const GetRequest& request, const Got& got) {
  const store::StoredDocument& document = got.found->document();
  out.key("get").begin_object().member("_seq_no", document.seq_no).member("_primary_term", document.primary_term);
  if (!document.routing.empty()) out.member("_routing", document.routing);
  out.member("found", true);
  const bool named = std::ranges::find(request.stored_fields, "_source") != request.stored_fields.end();
  const bool wanted = request.source.enabled && (named || !request.source.json.empty());
  if (wanted && got.index->mapping->source_enabled()) {
    out.key("_source").raw(
        stages::SourceFilter(request.source.includes, request.source.excludes).filtered(document.source));
  }
  write_stored_fields(out, *got.index, request.stored_fields, document);
  out.end_object();
}

}  // namespace

Result<Reply> explain_hit(Call& call, Services& services) {
  auto body = body_of(call);
  if (!body) return std::unexpected(std::move(body.error()));
  auto query = query_of(call, body->view());
  if (!query) return std::unexpected(std::move(query.error()));
  if (query->json.empty()) return std::unexpected(validation_error({"query is missing"}));
  if (auto readable = check_query(*query); !readable) return std::unexpected(std::move(readable.error()));
  auto request = get_request_of(call);
  if (!request) return std::unexpected(std::move(request.error()));
  request->realtime = false;  // it is explained what a search would find
  auto target = target_of(services, request->index);
  if (!target) return std::unexpected(std::move(target.error()));
  auto got = get_document_for(services, *request, /*refresh=*/false);
  if (!got) return std::unexpected(std::move(got.error()));
  JsonWriter out;
  out.begin_object().member("_index", got->index->name).member("_id", request->id);
  if (got->found == nullptr) {
    out.member("matched", false).end_object();
    return Reply::json(out.take(), 404);
  }
  auto judged = judge(services, *target, *query, got->found->document());
  if (!judged) return std::unexpected(std::move(judged.error()));
  write_judged(out, *judged);
  const bool shows = !request->source.json.empty() || !request->stored_fields.empty();
  if (shows) write_get(out, *request, *got);
  out.end_object();
  return Reply::json(out.take());
}

}  // namespace sluice::rest
