#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/store/catalog/catalog.h"
#include "io/store/documents/documents.h"
#include "reindex/request.h"
#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// One document to fetch by its id.
struct GetRequest {
  std::string index;
  std::string id;
  std::string routing;
  bool realtime = true;
  std::optional<std::int64_t> version;
  store::Versioning versioning = store::Versioning::kInternal;
  SourceFields source;  ///< `json` set: it was asked for by name
  std::vector<std::string> stored_fields;
};

/// What was found; `found` is null where there is no such document.
struct Got {
  store::IndexPtr index;
  std::unique_ptr<store::Found> found;
};

/// URL parameters `_source`, `_source_includes`, `_source_excludes`, over what is there already.
Status read_source_parameters(const Call& call, SourceFields& fields);

Result<GetRequest> get_request_of(const Call& call);

/// Errors: the index is not there, is closed, or wants a routing; the version is another one (409).
Result<Got> get_document_for(Services& services, const GetRequest& request, bool refresh);

/// `{"_index":..,"_id":..,"_version":..,"found":true,"_source":..}`
void write_got(JsonWriter& out, const GetRequest& request, const Got& got);

/// The values of stored fields, `"fields":{"a":[1]}`: of those that the mapping stores. Nothing is written where there
/// are none.
void write_stored_fields(JsonWriter& out, const store::IndexMeta& index, const std::vector<std::string>& names,
                         const store::StoredDocument& document);

/// `"_ignored":[..]`: the fields whose values its mapping left out of what can be searched. Nothing where there are
/// none.
void write_ignored(JsonWriter& out, const store::IndexMeta& index, const store::StoredDocument& document);

}  // namespace sluice::rest
