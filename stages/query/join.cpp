#include "stages/query/join.h"

#include <algorithm>

#include <fmt/format.h>

#include "pipeline/base/json_text.h"
#include "stages/query/inner_hits.h"

namespace sluice::stages {

namespace {

bool is_text(std::string_view token, std::string_view text) {
  if (token.starts_with('"') && !has_escape(token)) return token.substr(1, token.size() - 2) == text;
  return json_unquoted(token) == text;
}

/// The field in which children say whose they are.
pipeline::FieldSchema parent_field(const pipeline::FieldSchema& join) {
  pipeline::FieldSchema field = join;
  field.path += ".parent";
  field.source_path += ".parent";
  field.copied_from.clear();
  return field;
}

}  // namespace

JoinAccess::JoinAccess(const pipeline::FieldSchema& join, ReadPlan& reads)
    : names_(join, {}, reads), parents_(parent_field(join), {}, reads) {}

bool JoinAccess::is(DocumentFields& document, std::string_view name) const {
  return names_.any(document, [name](std::string_view token) { return is_text(token, name); });
}

bool JoinAccess::is_one_of(DocumentFields& document, const std::vector<std::string>& names) const {
  return std::ranges::any_of(names, [&](const std::string& name) { return is(document, name); });
}

std::optional<std::string> JoinAccess::parent(DocumentFields& document) const {
  std::optional<std::string> id;
  parents_.any(document, [&](std::string_view token) {
    id = json_unquoted(token);
    return true;
  });
  return id;
}

bool JoinedDocuments::add(std::uint32_t shard, std::string_view id, float score) {
  if (shards_.size() <= shard) shards_.resize(shard + 1);
  auto& documents = shards_[shard];
  auto found = documents.find(id);
  if (found == documents.end()) {
    if (budget_->left == 0) return false;
    --budget_->left;
    found = documents.emplace(std::string(id), Joined{}).first;
  }
  Joined& joined = found->second;
  joined.sum += score;
  joined.least = joined.count == 0 ? score : std::min(joined.least, score);
  joined.most = joined.count == 0 ? score : std::max(joined.most, score);
  ++joined.count;
  return true;
}

const JoinedDocuments::Joined* JoinedDocuments::find(std::uint32_t shard, std::string_view id) const {
  if (shard >= shards_.size()) return nullptr;
  const auto found = shards_[shard].find(id);
  return found == shards_[shard].end() ? nullptr : &found->second;
}

void fail_without_pass(std::string_view query, DocumentFields& document) {
  document.fail(unsupported(
      fmt::format("a [{}] query has to see all documents before it can be asked, which nobody does here", query)));
}

void fail_too_many(std::string_view query, DocumentFields& document) {
  document.fail(illegal_argument(fmt::format(
      "a [{}] query joins too many: all joins of a search may keep {} documents; let its [query] find fewer", query,
      JoinPasses::Budget().left)));
}

Status read_join_body(std::string_view name, std::string_view body, const ClauseContext& context, JoinBody& into,
                      const std::function<Result<bool>(const JsonMember&)>& plain) {
  auto members = json_members(body, name);
  if (!members) return std::unexpected(std::move(members.error()));
  for (const JsonMember& member : *members) {
    if (member.value.starts_with('[') || member.value == "null") continue;
    const bool object = member.value.starts_with('{');
    if (object && (member.key == "\"query\"" || member.key == "\"inner_hits\"")) {
      (member.key == "\"query\"" ? into.query : into.inner_hits) = member.value;
      continue;
    }
    const auto known = object ? Result<bool>(false) : plain(member);
    if (!known) return std::unexpected(known.error());
    if (!*known) return std::unexpected(query_does_not_support(context, name, member));
  }
  return {};
}

namespace {

Status add_joined_hits(const JoinTerms& terms, const ClauseContext& context) {
  if (terms.body.inner_hits.empty()) return {};
  auto hits = read_inner_hits(terms.body.inner_hits, terms.type, context);
  if (!hits) return std::unexpected(std::move(hits.error()));
  hits->of = terms.of;
  hits->query = terms.body.query;
  return add_inner_hits(std::move(*hits), context);
}

}  // namespace

// What is wrong with the clause comes first, unless it is the shard that says so.
Result<InnerQuery> compile_inner(const JoinTerms& terms, const ClauseContext& context) {
  ClauseContext inner = context;
  InnerQuery made;
  inner.scored = terms.scored;
  inner.passes_before = &made.pass;
  inner.inner_hits = nullptr;  // they are of the joined documents, whose query is compiled once more for them
  auto query = compile_clause(terms.body.query, inner);
  if (!query && !is_shard_error(query.error())) return std::unexpected(std::move(query.error()));
  if (!terms.known && terms.ignore_unmapped) {
    made.instead = nothing(fmt::format("there are no {} [{}]", terms.relatives, terms.type));
    return made;
  }
  const pipeline::FieldSchema* const join = context.schema.join();
  if (join == nullptr)
    return std::unexpected(
        query_shard_error(context, fmt::format("[{}] no join field has been configured", terms.name)));
  if (!terms.known) {
    return std::unexpected(query_shard_error(context, fmt::format("[{}] join field [{}] doesn't hold [{}] as a {}",
                                                                  terms.name, join->path, terms.type, terms.relation)));
  }
  if (!query) return std::unexpected(std::move(query.error()));
  made.query = std::move(*query);
  if (!context.scope.empty()) {
    made.instead = nothing(fmt::format("objects within a document have no {}", terms.relatives));
  }
  if (Status added = add_joined_hits(terms, context); !added) return std::unexpected(std::move(added.error()));
  return made;
}

std::shared_ptr<JoinPasses::Budget> budget_of(const ClauseContext& context) {
  return context.passes == nullptr ? std::make_shared<JoinPasses::Budget>() : context.passes->budget();
}

std::optional<float> inner_score(const Query& query, bool scored, DocumentFields& document) {
  if (scored) return query.match_score(document);
  return query.matches(document) ? std::optional(1.0F) : std::nullopt;
}

void add_pass(const ClauseContext& context, std::size_t pass, std::function<void(DocumentFields&)> look) {
  if (context.passes == nullptr) return;  // a clause that is not of a query: it says so where it is asked
  context.passes->add(pass, std::move(look));
  *context.passes_before = std::max(*context.passes_before, pass + 1);
}

}  // namespace sluice::stages
