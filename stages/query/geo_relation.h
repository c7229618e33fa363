#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "pipeline/model/geo_shape.h"

namespace sluice::stages {

/// What shapes of a document have to do with one that is asked for.
enum class GeoRelation : std::uint8_t {
  kIntersects,
  kDisjoint,
  kWithin,    ///< all of the document's lies inside
  kContains,  ///< the document's holds all of it, and a line or an area does not touch its rim
};

/// The shape of a query, made ready. Flat: a line between two places is straight in degrees, as in Elasticsearch.
/// Immutable; any number of threads.
class GeoMatcher {
 public:
  explicit GeoMatcher(const pipeline::GeoShape& shape);
  ~GeoMatcher();
  GeoMatcher(const GeoMatcher&) = delete;
  GeoMatcher& operator=(const GeoMatcher&) = delete;

  /// `values`: all shapes of a field, as exact as an index keeps them. Without any nothing matches. Areas that cross
  /// themselves have no relation to anything.
  [[nodiscard]] bool matches(GeoRelation relation, std::span<const pipeline::GeoShape> values) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace sluice::stages
