#include <limits>

#include <fmt/format.h>

#include "stages/query/join.h"
#include "stages/query/join_passes.h"
#include "stages/query/score_mode.h"

namespace sluice::stages {

namespace {

constexpr std::string_view kName = "has_child";

struct Clause {
  std::string type;
  JoinBody body;
  ScoreMode mode = ScoreMode::kNone;
  std::int32_t least = 1;
  std::int32_t most = std::numeric_limits<std::int32_t>::max();
  bool ignore_unmapped = false;
  float boost = 1;
};

/// Parents that have enough children which match, and not too many. Source: Elasticsearch's HasChildQueryBuilder.
class HasChild final : public Query {
 public:
  HasChild(Clause clause, std::string parent_type, JoinAccess access, QueryPtr query, JoinedPtr children)
      : clause_(std::move(clause)),
        parent_type_(std::move(parent_type)),
        access_(std::move(access)),
        query_(std::move(query)),
        children_(std::move(children)) {}

  [[nodiscard]] bool matches(DocumentFields& document) const override { return children_of(document) != nullptr; }
  [[nodiscard]] float score(DocumentFields& document) const override { return match_score(document).value_or(0); }
  [[nodiscard]] std::optional<float> match_score(DocumentFields& document) const override {
    const JoinedDocuments::Joined* const children = children_of(document);
    if (children == nullptr) return std::nullopt;
    switch (clause_.mode) {
      case ScoreMode::kAverage:
        return children->sum / static_cast<float>(children->count);
      case ScoreMode::kMax:
        return children->most;
      case ScoreMode::kMin:
        return children->least;
      case ScoreMode::kSum:
        return children->sum;
      default:
        return 1.0F;
    }
  }
  [[nodiscard]] bool constant_score() const override { return clause_.mode == ScoreMode::kNone; }
  [[nodiscard]] double cost() const override { return cost::kConverted; }
  void explain(PlanText& plan) const override {
    plan.begin(
        fmt::format("has {} children [{}] or more, found before in all documents, with", clause_.least, clause_.type));
    query_->explain(plan);
    plan.end();
  }

 private:
  [[nodiscard]] const JoinedDocuments::Joined* children_of(DocumentFields& document) const {
    if (!children_->begun()) fail_without_pass(kName, document);
    if (!access_.is(document, parent_type_)) return nullptr;
    const auto* const found = children_->find(document.document().shard, document.document().id);
    if (found == nullptr || found->count < static_cast<std::uint64_t>(clause_.least)) return nullptr;
    return found->count <= static_cast<std::uint64_t>(clause_.most) ? found : nullptr;
  }

  Clause clause_;
  std::string parent_type_;
  JoinAccess access_;
  QueryPtr query_;
  JoinedPtr children_;
};

/// Finds the children of all parents.
struct ChildLook {
  std::string type;
  JoinAccess access;
  QueryPtr query;
  bool scored;
  JoinedPtr children;

  void operator()(DocumentFields& document) const {
    children->begin();
    if (!access.is(document, type)) return;
    const auto score = inner_score(*query, scored, document);
    const auto parent = score ? access.parent(document) : std::nullopt;
    if (!parent) return;
    if (!children->add(document.document().shard, *parent, *score)) fail_too_many(kName, document);
  }
};

Status read_count(const JsonMember& member, std::int32_t& into) {
  auto number = read_int(member.value);
  if (!number) return std::unexpected(request_error(std::move(number.error())));
  into = *number;
  return {};
}

/// False: it is none of these.
Result<bool> read_plain(const JsonMember& member, Clause& clause) {
  const std::string name = member.name();
  Status read;
  if (name == "type") {
    clause.type = json_text_value(member.value).value_or("");
  } else if (name == "score_mode") {
    read = read_score_mode(member.value, clause.mode);
  } else if (name == "min_children") {
    read = read_count(member, clause.least);
  } else if (name == "max_children") {
    read = read_count(member, clause.most);
  } else if (name == "ignore_unmapped") {
    auto flag = json_flag_value(member.value);
    if (!flag) return std::unexpected(std::move(flag.error()));
    clause.ignore_unmapped = *flag;
  } else {
    return read_boost_or_name(member, kName, clause.boost);
  }
  if (!read) return std::unexpected(std::move(read.error()));
  return true;
}

Status check(const Clause& clause) {
  const auto wrong = [](std::string_view what) {
    return std::unexpected(illegal_argument(fmt::format("[has_child] {}", what)));
  };
  if (clause.type.empty()) return wrong("requires 'type' field");
  if (clause.body.query.empty()) return wrong("requires 'query' field");
  if (clause.least <= 0) return wrong("requires positive 'min_children' field");
  if (clause.most <= 0) return wrong("requires positive 'max_children' field");
  if (clause.most < clause.least) return wrong("'max_children' is less than 'min_children'");
  return {};
}

Result<Clause> read_clause(std::string_view body, const ClauseContext& context) {
  Clause clause;
  const auto plain = [&clause](const JsonMember& member) { return read_plain(member, clause); };
  if (Status read = read_join_body(kName, body, context, clause.body, plain); !read) {
    return std::unexpected(std::move(read.error()));
  }
  if (auto whole = check(clause); !whole) return std::unexpected(std::move(whole.error()));
  return clause;
}

}  // namespace

Result<QueryPtr> compile_has_child(std::string_view body, const ClauseContext& context) {
  auto clause = read_clause(body, context);
  if (!clause) return std::unexpected(std::move(clause.error()));
  const bool scored = context.scored && clause->mode != ScoreMode::kNone;
  const pipeline::FieldSchema* const join = context.schema.join();
  const std::string* const parent = join == nullptr ? nullptr : join->join->parent_of(clause->type);
  auto inner = compile_inner({.name = kName,
                              .relation = "child",
                              .relatives = "children",
                              .type = clause->type,
                              .body = clause->body,
                              .of = InnerHits::Of::kChildren,
                              .known = parent != nullptr,
                              .ignore_unmapped = clause->ignore_unmapped,
                              .scored = scored},
                             context);
  if (!inner) return std::unexpected(std::move(inner.error()));
  if (inner->instead) return std::move(inner->instead);
  const JoinAccess access(*join, *context.reads);
  auto children = std::make_shared<JoinedDocuments>(budget_of(context));
  add_pass(context, inner->pass, ChildLook{clause->type, access, inner->query, scored, children});
  const float boost = clause->boost;
  return with_boost(std::make_shared<const HasChild>(std::move(*clause), *parent, access, std::move(inner->query),
                                                     std::move(children)),
                    boost);
}

}  // namespace sluice::stages
