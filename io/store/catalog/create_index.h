#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "io/store/catalog/catalog.h"

namespace sluice::store {

/// What an index is made of, besides what templates give it.
struct NewIndex {
  std::string name;           ///< date math resolved
  std::string provided_name;  ///< as it was asked for; empty: `name`
  Settings settings;
  std::string mappings;  ///< raw JSON object; empty: none
  std::map<std::string, AliasMeta, std::less<>> aliases;
  std::string data_stream;  ///< the stream it is a backing index of; empty: none
};

/// Reads the body of `PUT /index`. Errors: parse_exception for unknown keys, and what the parts say.
Result<NewIndex> parse_new_index(std::string_view name, std::string_view body);
/// Reads one alias of an `aliases` object: `{"filter":..,"routing":..,"is_write_index":..}`.
Result<AliasMeta> parse_alias(std::string_view name, std::string_view object);

/// Adds the index to `state`: templates whose patterns fit are laid under what is given. Only inside Catalog::update().
/// Errors: invalid_index_name_exception, resource_already_exists_exception, settings, mappings and aliases that are
/// wrong, each 400.
Result<IndexPtr> create_index(Catalog& catalog, ClusterState& state, NewIndex index);

/// Whether a write to a name that is not there may make an index. `allowed` is the value of action.auto_create_index:
/// `true`, `false`, or a list of patterns with + and -. Errors, 404: `no such index [x] and [action.auto_create_index]
/// is [false]`, `.. ([a*]) doesn't match`, `.. contains [-x] which forbids automatic creation of the index`.
Status check_auto_create(const ClusterState& state, std::string_view name, std::string_view allowed);

/// What a write to a name that is not there does: makes the index, or the data stream of a template that says so.
/// Errors: check_auto_create()'s and create_index()'s.
Status auto_create(Catalog& catalog, std::string_view name, std::string_view allowed);

/// The composable template that an index of that name gets; null: none.
const TemplateMeta* matching_template(const ClusterState& state, std::string_view name);

/// A data stream's first or next backing index, `.ds-NAME-yyyy.MM.dd-000001`. Only inside Catalog::update().
Result<IndexPtr> add_backing_index(Catalog& catalog, ClusterState& state, DataStreamMeta& stream);
/// Makes a data stream. Errors: illegal_argument_exception where no template with `data_stream` fits the name,
/// resource_already_exists_exception. Only inside Catalog::update().
Status create_data_stream(Catalog& catalog, ClusterState& state, std::string_view name);

/// 22 characters of URL-safe base64 of 16 random bytes, as Elasticsearch's UUIDs.
std::string random_uuid();

}  // namespace sluice::store
