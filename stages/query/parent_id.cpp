#include <memory>
#include <vector>

#include "stages/query/join.h"

namespace sluice::stages {

namespace {

constexpr std::string_view kName = "parent_id";

struct Clause {
  std::string type;
  std::optional<std::string> id;
  bool ignore_unmapped = false;
  float boost = 1;
};

/// How many documents of each shard are of a family, parents and all of their children, and how many of these are one
/// parent's: what BM25 makes a score of. Source: ParentIdFieldMapper, whose field has the id of the parent in both.
struct FamilyCounts {
  struct Shard {
    std::uint64_t all = 0;
    std::uint64_t having = 0;
  };
  std::vector<Shard> shards;

  [[nodiscard]] float score(std::uint32_t shard) const {
    if (shard >= shards.size() || shards[shard].having == 0) return 0;
    const float weight = ScoreStatistics::idf_from(shards[shard].all, shards[shard].having);
    return ScoreStatistics::score_from(weight, 1, 1, 1);
  }
};

/// Children of one parent.
class ParentId final : public Query {
 public:
  ParentId(std::string type, std::string id, JoinAccess access, std::shared_ptr<const FamilyCounts> counts)
      : type_(std::move(type)), id_(std::move(id)), access_(std::move(access)), counts_(std::move(counts)) {}
  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return access_.is(document, type_) && access_.parent(document) == id_;
  }
  [[nodiscard]] float score(DocumentFields& document) const override {
    return counts_ == nullptr ? 1 : counts_->score(document.document().shard);
  }
  [[nodiscard]] bool constant_score() const override { return counts_ == nullptr; }
  [[nodiscard]] double cost() const override { return cost::kValue; }
  void explain(PlanText& plan) const override { plan.leaf("is a child [" + type_ + "] of [" + id_ + "]"); }

 private:
  std::string type_;
  std::string id_;
  JoinAccess access_;
  std::shared_ptr<const FamilyCounts> counts_;
};

Result<Clause> read_clause(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[parent_id]");
  if (!members) return std::unexpected(std::move(members.error()));
  Clause clause;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    auto text = json_text_value(member.value);
    if (!text) return std::unexpected(query_does_not_support(context, kName, member));
    if (name == "type") {
      clause.type = std::move(*text);
    } else if (name == "id") {
      clause.id = std::move(text);
    } else if (name == "ignore_unmapped") {
      auto flag = json_flag_value(member.value);
      if (!flag) return std::unexpected(std::move(flag.error()));
      clause.ignore_unmapped = *flag;
    } else {
      auto known = read_boost_or_name(member, kName, clause.boost);
      if (!known) return std::unexpected(std::move(known.error()));
      if (!*known) return std::unexpected(query_does_not_support(context, kName, member));
    }
  }
  if (clause.type.empty()) return std::unexpected(illegal_argument("[parent_id] requires 'type' field"));
  if (!clause.id) return std::unexpected(illegal_argument("[parent_id] requires 'id' field"));
  return clause;
}

std::shared_ptr<const FamilyCounts> count_family(const std::string& parent, const std::string& id,
                                                 const pipeline::JoinRelations& relations, const JoinAccess& access,
                                                 ScoreStatistics& statistics) {
  auto counts = std::make_shared<FamilyCounts>();
  const std::vector<std::string>* const names = relations.children_of(parent);
  const std::vector<std::string> children = names == nullptr ? std::vector<std::string>() : *names;
  statistics.count_too([=](DocumentFields& document) {
    const QueryDocument& seen = document.document();
    const auto of = access.is(document, parent)            ? std::optional(std::string(seen.id))
                    : access.is_one_of(document, children) ? access.parent(document)
                                                           : std::nullopt;
    if (!of) return;
    if (counts->shards.size() <= seen.shard) counts->shards.resize(seen.shard + 1);
    FamilyCounts::Shard& shard = counts->shards[seen.shard];
    ++shard.all;
    if (*of == id) ++shard.having;
  });
  return counts;
}

}  // namespace

Result<QueryPtr> compile_parent_id(std::string_view body, const ClauseContext& context) {
  auto clause = read_clause(body, context);
  if (!clause) return std::unexpected(std::move(clause.error()));
  const pipeline::FieldSchema* const join = context.schema.join();
  const std::string* const parent = join == nullptr ? nullptr : join->join->parent_of(clause->type);
  if (parent == nullptr) {
    if (clause->ignore_unmapped) return nothing("there are no children [" + clause->type + "]");
    return std::unexpected(
        query_shard_error(context, join == nullptr ? "[parent_id] no join field found for index [" + context.index + "]"
                                                   : "[parent_id] no relation found for child [" + clause->type + "]"));
  }
  if (!context.scope.empty()) return nothing("objects within a document have no parents");
  const JoinAccess access(*join, *context.reads);
  std::shared_ptr<const FamilyCounts> counts;
  if (context.scored) counts = count_family(*parent, *clause->id, *join->join, access, *context.statistics);
  return with_boost(
      std::make_shared<const ParentId>(std::move(clause->type), std::move(*clause->id), access, std::move(counts)),
      clause->boost);
}

}  // namespace sluice::stages
