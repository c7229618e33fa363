#include <fmt/format.h>

#include "stages/query/join.h"
#include "stages/query/join_passes.h"

namespace sluice::stages {

namespace {

constexpr std::string_view kName = "has_parent";

struct Clause {
  std::string type;
  JoinBody body;
  bool score = false;
  bool ignore_unmapped = false;
  float boost = 1;
};

/// Children of parents that match. Source: Elasticsearch's HasParentQueryBuilder.
class HasParent final : public Query {
 public:
  HasParent(std::string type, bool score, std::vector<std::string> children, JoinAccess access, QueryPtr query,
            JoinedPtr parents)
      : type_(std::move(type)),
        score_(score),
        children_(std::move(children)),
        access_(std::move(access)),
        query_(std::move(query)),
        parents_(std::move(parents)) {}

  [[nodiscard]] bool matches(DocumentFields& document) const override { return parent_of(document) != nullptr; }
  [[nodiscard]] float score(DocumentFields& document) const override { return match_score(document).value_or(0); }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    const JoinedDocuments::Joined* const parent = parent_of(document);
    if (parent == nullptr) return std::nullopt;
    return score_ ? parent->most : 1.0F;
  }
  [[nodiscard]] bool constant_score() const override { return !score_; }
  [[nodiscard]] double cost() const override { return cost::kConverted; }
  void explain(PlanText& plan) const override {
    plan.begin(fmt::format("has a parent [{}], found before in all documents, with", type_));
    query_->explain(plan);
    plan.end();
  }

 private:
  [[nodiscard]] const JoinedDocuments::Joined* parent_of(DocumentFields& document) const {
    if (!parents_->begun()) fail_without_pass(kName, document);
    if (!access_.is_one_of(document, children_)) return nullptr;
    const auto parent = access_.parent(document);
    return parent ? parents_->find(document.document().shard, *parent) : nullptr;
  }

  std::string type_;
  bool score_;
  std::vector<std::string> children_;
  JoinAccess access_;
  QueryPtr query_;
  JoinedPtr parents_;
};

/// Finds the parents.
struct ParentLook {
  std::string type;
  JoinAccess access;
  QueryPtr query;
  bool scored;
  JoinedPtr parents;

  void operator()(DocumentFields& document) const {
    parents->begin();
    if (!access.is(document, type)) return;
    const auto score = inner_score(*query, scored, document);
    if (!score) return;
    if (!parents->add(document.document().shard, document.document().id, *score)) fail_too_many(kName, document);
  }
};

/// False: it is none of these.
Result<bool> read_plain(const JsonMember& member, Clause& clause) {
  const std::string name = member.name();
  if (name == "parent_type") {
    clause.type = json_text_value(member.value).value_or("");
    return true;
  }
  if (name != "score" && name != "ignore_unmapped") return read_boost_or_name(member, kName, clause.boost);
  auto flag = json_flag_value(member.value);
  if (!flag) return std::unexpected(std::move(flag.error()));
  (name == "score" ? clause.score : clause.ignore_unmapped) = *flag;
  return true;
}

Result<Clause> read_clause(std::string_view body, const ClauseContext& context) {
  Clause clause;
  const auto plain = [&clause](const JsonMember& member) { return read_plain(member, clause); };
  if (Status read = read_join_body(kName, body, context, clause.body, plain); !read) {
    return std::unexpected(std::move(read.error()));
  }
  if (clause.type.empty()) return std::unexpected(illegal_argument("[has_parent] requires 'parent_type' field"));
  if (clause.body.query.empty()) return std::unexpected(illegal_argument("[has_parent] requires 'query' field"));
  return clause;
}

}  // namespace

Result<QueryPtr> compile_has_parent(std::string_view body, const ClauseContext& context) {
  auto clause = read_clause(body, context);
  if (!clause) return std::unexpected(std::move(clause.error()));
  const bool scored = context.scored && clause->score;
  const pipeline::FieldSchema* const join = context.schema.join();
  const std::vector<std::string>* const children = join == nullptr ? nullptr : join->join->children_of(clause->type);
  auto inner = compile_inner({.name = kName,
                              .relation = "parent",
                              .relatives = "parents",
                              .type = clause->type,
                              .body = clause->body,
                              .of = InnerHits::Of::kParent,
                              .known = children != nullptr,
                              .ignore_unmapped = clause->ignore_unmapped,
                              .scored = scored},
                             context);
  if (!inner) return std::unexpected(std::move(inner.error()));
  if (inner->instead) return std::move(inner->instead);
  const JoinAccess access(*join, *context.reads);
  auto parents = std::make_shared<JoinedDocuments>(budget_of(context));
  add_pass(context, inner->pass, ParentLook{clause->type, access, inner->query, scored, parents});
  return with_boost(std::make_shared<const HasParent>(std::move(clause->type), clause->score, *children, access,
                                                      std::move(inner->query), std::move(parents)),
                    clause->boost);
}

}  // namespace sluice::stages
