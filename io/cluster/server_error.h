#pragma once

#include <string_view>

#include <boost/json/fwd.hpp>

#include "io/http/http_client.h"
#include "pipeline/base/error.h"

/// A cluster's own words about what went wrong, as an Error.
namespace sluice::io {

/// The kind that goes with an HTTP status.
ErrorKind error_kind(int status);

/// An error object (`type`, `reason`, details in their order, `root_cause`, `caused_by`), or a text, as Elasticsearch 1
/// has it. Cut off at 32 levels of causes.
Error error_from_json(const boost::json::value& json, int status);

/// What a response with a status other than 2xx says. Understands Elasticsearch's envelope, and describes what is not
/// one (a proxy's HTML, a redirect, nothing at all). `request` is `POST http://host:9200/x/_search`, for the message.
Error server_error(const HttpResponse& response, std::string_view request);

/// A response with status 2xx that is not JSON: something else than a cluster answers.
Error not_json_error(const HttpResponse& response, std::string_view request);

/// Whether the body can be a JSON object, by its first byte. Pages are never parsed here.
bool looks_like_json(std::string_view body);

/// Whether any cause in the error has this type.
bool has_cause(const Error& error, std::string_view type);

}  // namespace sluice::io
