#pragma once

#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "tools/sluiced/rest/rest.h"

namespace sluice::rest {

/// What an answer is written as.
enum class Format : std::uint8_t { kJson, kYaml };

/// What the headers and `format` of a request say of its body and its answer.
struct MediaTypes {
  Format format = Format::kJson;
  std::string json;  ///< the content type of a JSON answer: `application/json`, or the versioned one that was asked for
  std::string yaml;
};

/// Errors: 406 for a body of another kind than JSON (and NDJSON, for _bulk and _msearch) or without Content-Type, 400
/// for headers that make no sense, with Elasticsearch's reasons.
Result<MediaTypes> check_media_types(const Call& call, std::string_view pattern);

/// Elasticsearch's short form of an error, `{"error":"..","status":N}`, is meant by this type; see answer().
inline constexpr std::string_view kPlainError = "plain";

}  // namespace sluice::rest
