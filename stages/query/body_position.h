#pragma once

#include <span>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::stages {

/// `[line:column]` of `at`, which points into `body` or right behind it, both counted from 1, as Elasticsearch's
/// parsers say where they are.
std::string body_position(std::string_view body, const char* at);

/// x_content_parse_exception, 400: `[1:15] [aliases] unknown field [foo]`, with ` did you mean [bar]?` where one of the
/// `fields` that there are is similar.
Error unknown_field_error(std::string_view body, const char* at, std::string_view parser, std::string_view field,
                          std::span<const std::string_view> fields = {});

/// x_content_parse_exception, 400: `[1:15] [aliases] failed to parse field [actions]`, caused by `cause`. The root
/// cause is the innermost x_content_parse_exception.
Error failed_field_error(std::string_view body, const char* at, std::string_view parser, std::string_view field,
                         Error cause);

}  // namespace sluice::stages
