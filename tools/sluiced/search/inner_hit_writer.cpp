#include "tools/sluiced/search/inner_hit_writer.h"

#include <algorithm>
#include <limits>
#include <ranges>
#include <utility>

#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"
#include "stages/parse/json_object.h"
#include "stages/query/field_values.h"
#include "tools/sluiced/search/execute.h"
#include "tools/sluiced/search/inner_hits.h"
#include "tools/sluiced/search/nested_place.h"
#include "tools/sluiced/search/shown_fields.h"

namespace sluice::rest {

namespace {

using Hit = HitWriter::Hit;

void write_head(JsonWriter& out, std::int64_t total, std::optional<float> best) {
  out.begin_object().key("hits").begin_object();
  out.key("total").begin_object().member("value", total).member("relation", "eq").end_object();
  out.key("max_score").raw(best ? java_float_text(*best) : "null");
}

/// The object at the end of a path of objects; an empty one where it is not there.
std::string inner_object(const std::string& json, std::string_view path) {
  Buffer padded(json.size());
  padded.append(json);
  const std::vector<std::string_view> found = objects_at(padded.view(), path);
  return found.empty() ? "{}" : std::string(found.front());
}

/// The nested objects of one clause in one hit.
class ObjectHits {
 public:
  ObjectHits(const InnerSearch& inner, const Hit& hit) : inner_(inner), hit_(hit), writer_(inner.request) {}

  Status write(JsonWriter& out, const std::vector<stages::InnerObject>& objects) {
    auto sorted = sort(objects);
    if (!sorted) return std::unexpected(std::move(sorted.error()));
    std::optional<float> best;
    const SearchRequest& request = inner_.request;
    if (request.size > 0 && request.sort.empty()) {
      for (const stages::InnerObject& each : objects) best = std::max(best.value_or(each.score), each.score);
    }
    write_head(out, static_cast<std::int64_t>(objects.size()), best);
    out.key("hits").begin_array();
    const auto page = *sorted | std::views::drop(request.from) | std::views::take(request.size);
    for (const Found& each : page) {
      if (Status written = write_one(out, each); !written) return written;
    }
    out.end_array().end_object().end_object();
    return {};
  }

 private:
  struct Found {
    const stages::InnerObject* object = nullptr;
    std::vector<SortValue> sort{};
  };

  Result<std::vector<Found>> sort(const std::vector<stages::InnerObject>& objects) {
    std::vector<Found> found;
    for (const stages::InnerObject& each : objects) {
      Found& one = found.emplace_back(&each);
      if (inner_.search.sorters.empty()) continue;
      wrap(each.json);
      stages::Structurals structurals;
      const stages::QueryDocument seen = as_seen(hit_.index, wrapped_, structurals);
      for (const Sorter& sorter : inner_.search.sorters) {
        auto value = value_of(sorter, seen, each.score, found.size());
        if (!value) return std::unexpected(std::move(value.error()));
        one.sort.push_back(std::move(*value));
      }
    }
    std::ranges::stable_sort(found, [this](const Found& a, const Found& b) { return before(a, b); });
    return found;
  }

  static Result<SortValue> value_of(const Sorter& sorter, const stages::QueryDocument& seen, float score,
                                    std::size_t place) {
    SortValue value;
    switch (sorter.by()) {
      case Sorter::By::kField:
      case Sorter::By::kGeoDistance:
        return sorter.value(seen);
      case Sorter::By::kScore:
        value.kind = SortValue::Kind::kFloating;
        value.floating = static_cast<double>(score);
        return value;
      case Sorter::By::kDoc:
        value.kind = SortValue::Kind::kWhole;
        value.whole = static_cast<std::int64_t>(place);
        return value;
      default:
        return std::unexpected(
            unsupported("[sort] in [inner_hits] of [nested] takes fields, [_score] and [_doc] in this version of "
                        "sluiced"));
    }
  }

  [[nodiscard]] bool before(const Found& a, const Found& b) const {
    if (inner_.search.sorters.empty()) return a.object->score > b.object->score;
    for (std::size_t i = 0; i < a.sort.size(); ++i) {
      const auto order = inner_.search.sorters[i].compare(a.sort[i], b.sort[i]);
      if (order != std::weak_ordering::equivalent) return order == std::weak_ordering::less;
    }
    return false;
  }

  /// Makes a document of an object alone, at its place: what is shown of it is named by full paths.
  void wrap(std::string_view object) {
    std::string around;
    std::size_t depth = 0;
    for (const auto part : std::views::split(std::string_view(inner_.hits.relation), '.')) {
      around += (around.empty() ? "{" : ":{") + json_string(std::string_view(part));
      ++depth;
    }
    padded_.clear();
    padded_.append(around);
    padded_.append(":");
    padded_.append(object);
    padded_.append(std::string(depth, '}'));
    wrapped_ = hit_.document;
    wrapped_.source = padded_.view();
  }

  Status write_one(JsonWriter& out, const Found& found) {
    const SearchRequest& request = inner_.request;
    wrap(found.object->json);
    out.begin_object().member("_index", hit_.index.name).member("_id", hit_.document.id);
    write_place(out, nested_place(*hit_.index.mapping, hit_.document.source, inner_.hits.relation, found.object->json),
                0);
    if (request.version) out.member("_version", 1);  // what Lucene keeps of a nested document
    out.key("_score").raw(request.sort.empty() ? java_float_text(found.object->score) : "null");
    if (writer_.shows_source()) {
      out.key("_source").raw(inner_object(writer_.filtered(padded_.view()), inner_.hits.relation));
    }
    if (!request.fields.empty() || !request.docvalue_fields.empty()) {
      Status written = write_shown_fields(out, request, inner_.search, wrapped_, inner_.hits.relation);
      if (!written) return written;
    }
    if (!found.sort.empty()) write_sort(out, found);
    if (!inner_.search.inner.empty()) {
      if (Status written = write_within(out, *found.object); !written) return written;
    }
    out.end_object();
    return {};
  }

  static void write_place(JsonWriter& out, const std::vector<NestedStep>& place, std::size_t step) {
    if (step == place.size()) return;
    out.key("_nested").begin_object().member("field", place[step].field);
    out.member("offset", static_cast<std::int64_t>(place[step].offset));
    write_place(out, place, step + 1);
    out.end_object();
  }

  void write_sort(JsonWriter& out, const Found& found) const {
    out.key("sort").begin_array();
    for (std::size_t i = 0; i < found.sort.size(); ++i) inner_.search.sorters[i].write(out, found.sort[i]);
    out.end_array();
  }

  Status write_within(JsonWriter& out, const stages::InnerObject& object) const {
    out.key("inner_hits").begin_object();
    for (std::size_t i = 0; i < object.within.size(); ++i) {
      const InnerSearch& inner = *inner_.search.inner[i];
      out.key(inner.hits.name);
      if (Status written = ObjectHits(inner, hit_).write(out, object.within[i]); !written) return written;
    }
    out.end_object();
    return {};
  }

  const InnerSearch& inner_;
  const Hit& hit_;
  HitWriter writer_;
  Buffer padded_;
  store::StoredDocument wrapped_;
};

/// The query that leaves the documents joined to a hit; empty: it can have none.
std::string joined_to(const InnerSearch& inner, const Hit& hit, const stages::QueryDocument& seen) {
  if (inner.hits.of == stages::InnerHits::Of::kChildren) {
    return R"({"parent_id":{"type":)" + json_string(inner.hits.relation) + R"(,"id":)" + json_string(hit.document.id) +
           "}}";
  }
  const pipeline::FieldSchema* const join = hit.search.mapping->join();
  std::string parent;
  stages::any_value(seen, join->source_path + ".parent", [&](std::string_view token) {
    parent = json_string(json_unquoted(token));
    return true;
  });
  if (parent.empty()) return {};
  return R"({"bool":{"filter":[{"ids":{"values":[)" + parent + R"(]}},{"term":{)" + json_string(join->path) + ":" +
         json_string(inner.hits.relation) + "}}]}}";
}

/// The documents joined to a hit, in its shard.
Result<SearchPage> joined_page(const InnerSearch& inner, const Hit& hit, std::string_view filter) {
  SearchPage page;
  page.request = inner.request;
  auto targets = std::make_shared<SearchTargets>();
  targets->indices.push_back({hit.target->index, hit.target->view, {}, {}});
  page.targets = std::move(targets);
  page.shards.push_back({0, 0, hit.document.shard, 0, std::numeric_limits<std::int64_t>::max()});
  CompiledSearch search = inner.search;
  auto compiled = inner.filter(filter);
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  search.filter = std::move(*compiled);
  search.plan = plan_of(search);
  page.compiled.push_back(std::move(search));
  page.seen_before = true;
  return page;
}

Status write_joined(JsonWriter& out, const InnerSearch& inner, const Hit& hit, const stages::QueryDocument& seen) {
  std::string hits;
  SearchResult result;
  if (const std::string filter = joined_to(inner, hit, seen); !filter.empty()) {
    auto page = joined_page(inner, hit, filter);
    if (!page) return std::unexpected(std::move(page.error()));
    auto run = PageRun::begin(std::move(*page));
    if (!run) return std::unexpected(std::move(run.error()));
    auto all = (*run)->more(hits, std::numeric_limits<std::size_t>::max() / 2);
    if (!all) return std::unexpected(std::move(all.error()));
    result = (*run)->result();
    if (!result.failures.empty()) return std::unexpected(result.failures.front().error);
  }
  const bool scored = inner.request.size > 0 && inner.request.sort.empty();
  write_head(out, result.total, scored ? result.max_score : std::nullopt);
  out.key("hits").raw("[" + hits + "]").end_object().end_object();
  return {};
}

}  // namespace

Status write_inner_hits(std::string& out, const Hit& hit) {
  JsonWriter members;
  members.begin_object();
  stages::Structurals structurals;
  const stages::QueryDocument seen = as_seen(hit.index, hit.document, structurals);
  for (const InnerSearchPtr& inner : hit.search.inner) {
    members.key(inner->hits.name);
    Status written;
    if (inner->of_objects()) {
      auto objects = hit.search.query->inner_objects(seen, inner->hits);
      if (!objects) return std::unexpected(std::move(objects.error()));
      written = ObjectHits(*inner, hit).write(members, *objects);
    } else {
      written = write_joined(members, *inner, hit, seen);
    }
    if (!written) return written;
  }
  members.end_object();
  (out += R"(,"inner_hits":)") += members.text();
  return {};
}

}  // namespace sluice::rest
