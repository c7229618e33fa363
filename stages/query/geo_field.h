#pragma once

#include <functional>
#include <string>
#include <vector>

#include "stages/query/compile.h"
#include "stages/query/geo_point.h"

namespace sluice::stages {

/// A test of one point of a document.
using GeoTest = std::function<bool(const GeoPoint&)>;

/// The geo_point field of a query. Null: there is none and `ignore_unmapped` says that this is no error. Errors:
/// query_shard_exception `failed to find geo field [f]` and `field [f] is not a geo_point field`, as the query words
/// it.
Result<const pipeline::FieldSchema*> geo_field(const std::string& name, bool ignore_unmapped, std::string_view query,
                                               const ClauseContext& context);

/// A query that some point of the field passes the test. `line`: what it does, for people.
QueryPtr geo_query(const pipeline::FieldSchema& field, GeoTest test, std::string line, const ClauseContext& context);

/// The points of a field.
void read_points(const FieldAccess& access, DocumentFields& document, std::vector<GeoPoint>& points);

/// What is said of a raw value that should be a point: parse_exception `unsupported symbol [!] in geohash [!]`, 400.
Error not_a_point(std::string_view json);

}  // namespace sluice::stages
