#include "tools/sluiced/search/inner_hits.h"

#include <limits>
#include <utility>

#include "pipeline/base/buffer.h"
#include "stages/parse/json_object.h"

namespace sluice::rest {

namespace {

constexpr std::int64_t kHits = 3;

Result<SearchRequest> read_request(const std::string& options) {
  Buffer text(options.size());
  text.append(options);
  auto members = stages::json_members(text.view(), "[inner_hits]");
  if (!members) return std::unexpected(std::move(members.error()));
  SearchRequest request;
  request.size = kHits;
  request.track_total = std::numeric_limits<std::int64_t>::max();
  for (const stages::JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "name" || name == "ignore_unmapped") continue;
    if (Status read = read_search_member(text.view(), member, request); !read) {
      return std::unexpected(std::move(read.error()));
    }
  }
  return request;
}

/// What hits within nested objects can't show.
Status check_objects(const SearchRequest& request) {
  if (request.seq_no) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 500, "unsupported_operation_exception",
                                 "nested documents are not assigned sequence numbers"));
  }
  if (request.script_fields.empty()) return {};
  return std::unexpected(unsupported(
      "[script_fields] in [inner_hits] of [nested] is not supported by this version of sluiced: ask for [_source]"));
}

/// Sorts nested objects: what they are sorted by is theirs.
Status add_sorters(const InnerSearch& inner, const stages::QueryContext& context, std::vector<Sorter>& sorters) {
  const std::string inside = inner.hits.relation + ".";
  for (SortKey key : inner.request.sort) {
    if (key.field.starts_with(inside) && !key.nested) {
      key.nested = stages::NestedPart{.path = inner.hits.relation, .filter = {}, .max_children = {}, .inner = {}};
    }
    auto sorter = Sorter::make(key, context);
    if (!sorter) return std::unexpected(std::move(sorter.error()));
    sorters.push_back(std::move(*sorter));
  }
  return {};
}

/// The index alone, without the filters by which it was found.
IndexTarget whole(const IndexTarget& target) { return {target.index, target.view, {}, {}}; }

}  // namespace

Result<InnerSearchPtr> InnerSearch::make(const Services& services, const IndexTarget& target,
                                         const stages::InnerHits& hits, const stages::QueryContext& context,
                                         const store::MappingPtr& mapping) {
  auto request = read_request(hits.options);
  if (!request) return std::unexpected(std::move(request.error()));
  auto made = std::make_shared<InnerSearch>();
  made->hits = hits;
  made->request = std::move(*request);
  made->search.mapping = mapping;
  if (!made->of_objects()) {
    const QueryText query{hits.query, {}, {}};
    auto search = compile_search(
        services, whole(target),
        {query, made->request.sort, wants_scores(made->request), &made->request.script_fields, made->request.size > 0});
    if (!search) return std::unexpected(std::move(search.error()));
    made->search = std::move(*search);
    made->filter = [&services, target = whole(target), mapping](std::string_view text) {
      return compile_filter(services, target, mapping, text);
    };
    return made;
  }
  if (Status checked = check_objects(made->request); !checked) return std::unexpected(std::move(checked.error()));
  if (Status added = add_sorters(*made, context, made->search.sorters); !added) {
    return std::unexpected(std::move(added.error()));
  }
  for (const stages::InnerHits& each : hits.within) {
    auto inner = make(services, target, each, context, mapping);
    if (!inner) return std::unexpected(std::move(inner.error()));
    made->search.inner.push_back(std::move(*inner));
  }
  return made;
}

}  // namespace sluice::rest
