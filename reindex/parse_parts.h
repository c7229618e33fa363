#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "reindex/json_reader.h"
#include "reindex/json_tree.h"
#include "reindex/request.h"

/// The parts of parse_request(), one for each file parse_*.cpp. They fill in `request` and answer Elasticsearch's
/// errors.
namespace sluice {

/// `source`; the reader is at its `{`, and then at its `}`.
Status parse_source(JsonReader& reader, const RequestRules& rules, Request& request);
/// `dest`; likewise.
Status parse_dest(JsonReader& reader, const RequestRules& rules, RequestDest& dest);
/// `script`; likewise.
Status parse_script(JsonReader& reader, Request& request);

/// A script given as the value of a search's `script`: an object, or a text.
Status parse_script_value(const JsonNode& value, Request& request);
/// `conflicts`.
Status set_conflicts(Request& request, std::string_view conflicts);
/// A name list with commas, as Java splits it.
std::vector<std::string> split_by_comma(const std::string& text);
/// A URL parameter that is a whole number.
Result<std::int32_t> int_parameter(std::string_view name, std::string_view text);

/// `source.remote`, and `source.query`, which is not looked into when there is a remote.
Result<RemoteSource> parse_remote(const JsonNode& remote, const JsonNode* query);
/// Splits `remote.host`. Also for a program that has a URL.
Result<RemoteSource> parse_remote_url(std::string_view url);

/// What is left of `source` without index and remote: a search body. `search` is what Elasticsearch writes again after
/// having taken those out, and where its positions count; `given` is what came.
Status parse_search(const std::string& search, const JsonNode& given, const RequestRules& rules, Request& request);

/// The URL parameters that are read before the body (`pipeline`), and those after it, in Elasticsearch's order.
Status check_pipeline_parameter(const UrlParameters& parameters);
/// The last value of a parameter, as Elasticsearch's map of parameters has it; nothing: it is not there.
std::optional<std::string_view> url_parameter(const UrlParameters& parameters, std::string_view name);
/// A flag, which may stand without a value. Errors: `Failed to parse value [x] as only [true] or [false] are allowed.`
Status read_url_flag(const UrlParameters& parameters, std::string_view name, bool& flag);
Status parse_url_parameters(const UrlParameters& parameters, Request& request);
/// `wait_for_completion`, read behind all others.
Status parse_wait_for_completion(const UrlParameters& parameters, Request& request);
/// Refuses parameters that nobody reads.
Status check_unread_parameters(const UrlParameters& parameters, std::string_view path);

/// `max_docs`, from the body or the URL.
Status set_max_docs(Request& request, std::int32_t max_docs);

}  // namespace sluice
