#include <algorithm>

#include "stages/query/inner_hits.h"
#include "stages/query/score_mode.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

struct Inside {
  ReadPlan reads;
  WordSources words;
  ScoreStatistics statistics;
};

/// One of the objects at a path, each looked at for itself, matches.
class Nested final : public Query, public InnerObjects {
 public:
  Nested(std::string path, FieldAccess objects, std::shared_ptr<const Inside> inside, QueryPtr query, ScoreMode mode)
      : path_(std::move(path)),
        objects_(std::move(objects)),
        inside_(std::move(inside)),
        query_(std::move(query)),
        mode_(mode) {}

  [[nodiscard]] bool matches(DocumentFields& document) const override {
    return any_object(objects_, inside_->reads, document,
                      [this](DocumentFields& object) { return query_->matches(object); });
  }

  [[nodiscard]] float score(DocumentFields& document) const override {
    if (mode_ == ScoreMode::kNone) return 0;
    double sum = 0;
    float least = 0;
    float most = 0;
    std::size_t count = 0;
    any_object(objects_, inside_->reads, document, [&](DocumentFields& object) {
      const auto score = query_->match_score(object);
      if (!score) return false;
      sum += static_cast<double>(*score);
      least = count == 0 ? *score : std::min(least, *score);
      most = count == 0 ? *score : std::max(most, *score);
      ++count;
      return false;
    });
    if (mode_ == ScoreMode::kMax) return most;
    if (mode_ == ScoreMode::kMin) return least;
    if (mode_ == ScoreMode::kAverage && count != 0) sum /= static_cast<double>(count);
    return static_cast<float>(sum);
  }

  void each(DocumentFields& document, const Use& use) const override {
    any_object(objects_, inside_->reads, document, [&](DocumentFields& object) {
      if (const auto score = query_->match_score(object)) use(object, *score);
      return false;
    });
  }

  [[nodiscard]] bool constant_score() const override { return mode_ == ScoreMode::kNone; }
  [[nodiscard]] double cost() const override { return cost::kPattern + 3 * query_->cost(); }
  void explain(PlanText& plan) const override {
    plan.begin("an object of [" + path_ + "], each looked at for itself");
    query_->explain(plan);
    plan.end();
  }

  /// Calls `test` with the fields of each object until it is true.
  template <typename Test>
  static bool any_object(const FieldAccess& objects, const ReadPlan& reads, DocumentFields& document, Test&& test) {
    DocumentFields& inner = document.inner();
    const bool found = objects.any_value(document, [&](const FieldValue& value) {
      QueryDocument object = document.document();
      object.source = value.token;
      object.begin = value.begin;
      object.end = value.end;
      inner.load(reads, object);
      return test(inner);
    });
    if (auto error = inner.take_error()) document.fail(std::move(*error));
    return found;
  }

 private:
  std::string path_;
  FieldAccess objects_;
  std::shared_ptr<const Inside> inside_;
  QueryPtr query_;
  ScoreMode mode_;
};

struct Clause {
  std::string path;
  std::string_view query;
  std::string_view inner_hits;  ///< empty: none
  ScoreMode mode = ScoreMode::kAverage;
  bool ignore_unmapped = false;
  float boost = 1;
};

Result<Clause> read_clause(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[nested]");
  if (!members) return std::unexpected(members.error());
  Clause clause;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "path") {
      clause.path = json_text_value(member.value).value_or("");
    } else if (name == "query") {
      clause.query = member.value;
    } else if (name == "score_mode") {
      if (auto read = read_score_mode(member.value, clause.mode); !read) return std::unexpected(read.error());
    } else if (name == "ignore_unmapped") {
      auto flag = json_flag_value(member.value);
      if (!flag) return std::unexpected(flag.error());
      clause.ignore_unmapped = *flag;
    } else if (name == "inner_hits") {
      if (member.value.starts_with('{')) clause.inner_hits = member.value;
    } else {
      auto known = read_boost_or_name(member, "nested", clause.boost);
      if (!known) return std::unexpected(known.error());
      if (!*known) return std::unexpected(query_does_not_support(context, "nested", member));
    }
  }
  if (clause.path.empty()) return std::unexpected(illegal_argument("[nested] requires 'path' field"));
  if (clause.query.empty()) return std::unexpected(illegal_argument("[nested] requires 'query' field"));
  return clause;
}

}  // namespace

Result<QueryPtr> compile_nested(std::string_view body, const ClauseContext& context) {
  auto clause = read_clause(body, context);
  if (!clause) return std::unexpected(clause.error());
  std::optional<InnerHits> hits;
  if (!clause->inner_hits.empty()) {
    auto read = read_inner_hits(clause->inner_hits, clause->path, context);
    if (!read) return std::unexpected(std::move(read.error()));
    hits = std::move(*read);
  }
  const bool shows = hits && context.inner_hits != nullptr;
  auto inside = std::make_shared<Inside>();
  ClauseContext inner = context;
  inner.reads = &inside->reads;
  inner.names = nullptr;
  inner.words = &inside->words;
  inner.statistics = &inside->statistics;
  inner.scope = clause->path;
  inner.scored = shows || (context.scored && clause->mode != ScoreMode::kNone);
  inner.inner_hits = shows ? &hits->within : nullptr;
  const pipeline::FieldSchema* field = context.schema.find(clause->path);
  const bool nested = field != nullptr && field->kind == pipeline::FieldKind::kNested;
  auto query = compile_clause(clause->query, inner);
  if (!query) return query;
  if (!nested && clause->ignore_unmapped) return nothing("there are no nested objects at [" + clause->path + "]");
  if (!nested) {
    return std::unexpected(
        query_shard_error(context, "[nested] failed to find nested object under path [" + clause->path + "]"));
  }
  FieldAccess objects(*field, context.scope, *context.reads, Take::kObjects);
  if (!inside->statistics.empty()) {
    context.statistics->count_inside(inside->statistics, [objects, inside](DocumentFields& document) {
      Nested::any_object(objects, inside->reads, document, [&](DocumentFields& object) {
        inside->statistics.add(object);
        return false;
      });
    });
  }
  auto made = std::make_shared<const Nested>(std::move(clause->path), std::move(objects), std::move(inside),
                                             std::move(*query), clause->mode);
  if (shows) {
    hits->objects = made;
    if (Status added = add_inner_hits(std::move(*hits), context); !added) return std::unexpected(added.error());
  }
  return with_boost(std::move(made), clause->boost);
}

}  // namespace sluice::stages
