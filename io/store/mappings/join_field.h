#pragma once

#include <string>

#include <boost/json/value.hpp>

#include "io/store/mappings/field.h"
#include "io/store/mappings/value_checks.h"
#include "pipeline/base/error.h"

namespace sluice::store {

/// Reads `relations` of a field whose parameters are known into its schema, and normalises how they are shown.
/// `inside`: it stands in an object or is a multi-field. Errors: parse_exception, illegal_argument_exception, as
/// Elasticsearch words them.
Status read_join(Field& field, bool inside);

/// What an index with documents can't change, a line each for the error of a merge; empty: nothing is wrong. Source:
/// Elasticsearch's Joiner.canMerge.
std::string join_conflicts(const Field& base, const Field& update);

/// Whether a value is the name of a relation, or an object with that and, for children, with `parent`.
bool check_join(const Field& field, const boost::json::value& value, Misfit& misfit);
/// Whether a value that was checked is a child: its document needs a routing.
bool is_join_child(const Field& field, const boost::json::value& value);

}  // namespace sluice::store
