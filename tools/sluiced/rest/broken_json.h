#pragma once

#include <optional>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::rest {

/// Where a text stops being JSON, in the words of Elasticsearch's parser: x_content_parse_exception or
/// x_content_e_o_f_exception, 400. Nothing: it is JSON. Takes the time of a careful parser: for what has failed
/// already.
std::optional<Error> broken_json(std::string_view text);

/// An error that says that a body is no JSON, in the words of Elasticsearch's parser; every other error as it is.
Error exact_json_error(Error error, std::string_view body);

/// An error about a field that is there twice, with the field's place in a body that is one JSON value.
Error exact_twice_error(Error error, std::string_view body);

/// The same for bodies that are no more than a query: parsing_exception `Failed to parse` around it.
Error exact_query_error(Error error, std::string_view body);

/// The same for what a document's mapping says of a source that is no JSON: document_parsing_exception around it.
Error exact_document_error(Error error, std::string_view source);

}  // namespace sluice::rest
