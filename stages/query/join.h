#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "stages/query/compile.h"
#include "stages/query/field_access.h"
#include "stages/query/join_passes.h"

namespace sluice::stages {

/// What the join field of a document says: the name of its relation, and whose child it is. Immutable; any thread.
class JoinAccess {
 public:
  JoinAccess(const pipeline::FieldSchema& join, ReadPlan& reads);

  [[nodiscard]] bool is(DocumentFields& document, std::string_view name) const;
  /// Whether it is one of these.
  [[nodiscard]] bool is_one_of(DocumentFields& document, const std::vector<std::string>& names) const;
  /// Nothing: it has none.
  [[nodiscard]] std::optional<std::string> parent(DocumentFields& document) const;

 private:
  FieldAccess names_;
  FieldAccess parents_;
};

/// What was joined to each document, by its id: found in a pass over all documents of its shard, where a join looks for
/// it. Filled by one thread; then immutable.
class JoinedDocuments {
 public:
  explicit JoinedDocuments(std::shared_ptr<JoinPasses::Budget> budget) : budget_(std::move(budget)) {}
  struct Joined {
    std::uint64_t count = 0;
    float sum = 0;
    float least = 0;
    float most = 0;
  };

  /// That a document is looked at, whatever comes of it.
  void begin() { begun_ = true; }
  /// False: the query may not keep another id.
  [[nodiscard]] bool add(std::uint32_t shard, std::string_view id, float score);
  /// Null: nothing was.
  [[nodiscard]] const Joined* find(std::uint32_t shard, std::string_view id) const;
  /// Whether the pass was made.
  [[nodiscard]] bool begun() const { return begun_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::vector<std::unordered_map<std::string, Joined, Hash, std::equal_to<>>> shards_;
  std::shared_ptr<JoinPasses::Budget> budget_;
  bool begun_ = false;
};
using JoinedPtr = std::shared_ptr<JoinedDocuments>;

/// `document.fail()` with what is wrong where a join is asked without its pass.
void fail_without_pass(std::string_view query, DocumentFields& document);
/// The same where there are more ids than are kept.
void fail_too_many(std::string_view query, DocumentFields& document);

/// The parts of a join's body that are objects, raw JSON; empty: it has none.
struct JoinBody {
  std::string_view query;
  std::string_view inner_hits;
};
/// Reads the body of the join `name`: its objects into `into`, and the rest by `plain`, which says false to what it
/// does not know. Lists and nulls are passed over, as a node does. Errors: of the parameters.
Status read_join_body(std::string_view name, std::string_view body, const ClauseContext& context, JoinBody& into,
                      const std::function<Result<bool>(const JsonMember&)>& plain);

/// What a join asks for.
struct JoinTerms {
  std::string_view name;       ///< of the query
  std::string_view relation;   ///< what the joined documents are: `child`
  std::string_view relatives;  ///< several of them: `children`
  std::string_view type;       ///< the name of the relation
  JoinBody body;
  InnerHits::Of of;    ///< what `inner_hits` of it are
  bool known = false;  ///< whether there is such a relation
  bool ignore_unmapped = false;
  bool scored = false;
};
/// The clause within a join, and which pass it is that the join has to make; or what the join is `instead`, where it
/// can't match.
struct InnerQuery {
  QueryPtr query;
  std::size_t pass = 0;
  QueryPtr instead;
};
/// Errors: of compile_clause(), of a relation that is not there.
Result<InnerQuery> compile_inner(const JoinTerms& terms, const ClauseContext& context);
/// What all joins of the query may keep.
std::shared_ptr<JoinPasses::Budget> budget_of(const ClauseContext& context);
/// The score of the clause within a join; nothing: it does not match. Where nobody asks for scores none is made.
std::optional<float> inner_score(const Query& query, bool scored, DocumentFields& document);
/// Lets the query make a pass before it is asked, and the joins around this one know of it.
void add_pass(const ClauseContext& context, std::size_t pass, std::function<void(DocumentFields&)> look);

}  // namespace sluice::stages
