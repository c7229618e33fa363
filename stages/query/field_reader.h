#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "stages/query/field_access.h"
#include "stages/query/geo_point.h"
#include "stages/query/query_node.h"
#include "stages/query/score_statistics.h"
#include "stages/query/word_source.h"

namespace sluice::stages {

struct ClauseContext;
struct QueryContext;
class RuntimeScripts;

/// Which nested objects' values count: `nested` of a sort.
struct NestedPart {
  std::string path;
  std::string filter;                         ///< raw JSON; empty: all objects
  std::optional<std::uint32_t> max_children;  ///< so many of the objects at most
  std::shared_ptr<const NestedPart> inner;    ///< of objects within these
};

/// The values of one field, for who looks at it alone: a sort, what a hit shows. Those of a runtime field, too, and
/// those of nested objects. Immutable; any number of threads.
class FieldReader {
 public:
  /// `nested`: null: the document's own. Errors: scripts, filters and paths that are wrong, as a shard tells them.
  static Result<std::shared_ptr<const FieldReader>> make(const pipeline::FieldSchema& field, const NestedPart* nested,
                                                         const QueryContext& context);

  /// Calls `use(raw token)` for each value. Errors: of the scripts.
  template <typename Use>
  Status each(const QueryDocument& document, Use use) const {
    return read(document, [&](DocumentFields& fields) {
      access_.any(fields, [&](std::string_view token) {
        use(token);
        return false;
      });
    });
  }
  /// The points of a field of points.
  Status points(const QueryDocument& document, std::vector<GeoPoint>& points) const;

 private:
  /// Objects of one path.
  struct Level {
    FieldAccess objects;
    ReadPlan reads;
    WordSources words;
    ScoreStatistics statistics;
    QueryPtr filter;  ///< null: all
  };
  using Look = std::function<void(DocumentFields&)>;
  Status read(const QueryDocument& document, const Look& look) const;
  Status add_level(const NestedPart& part, const ClauseContext& context);
  void look_inside(std::size_t level, DocumentFields& around, std::uint32_t& left, const Look& look) const;
  ReadPlan& reads_within(std::size_t level) { return level == 0 ? reads_ : levels_[level - 1]->reads; }

  std::shared_ptr<const RuntimeScripts> runtime_;
  ReadPlan reads_;
  std::vector<std::unique_ptr<Level>> levels_;
  std::uint32_t most_ = 0xFFFFFFFF;
  FieldAccess access_;
};
using FieldReaderPtr = std::shared_ptr<const FieldReader>;

}  // namespace sluice::stages
