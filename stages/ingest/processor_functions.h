#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "stages/painless/run/machine.h"

/// What some processors do with one value: for themselves, and for scripts of pipelines, whose class `Processors` has
/// them as methods. Each is in the file of its processor. Any thread that has the machine.
namespace sluice::ingest {

/// The bytes of a size with its unit, such as `1kb`. Errors: parse_exception, with a number_format_exception inside.
/// Source: ByteSizeValue.parseBytesSizeValue(), and a node's answers.
Result<std::int64_t> size_in_bytes(std::string_view text);

/// java.net.URLDecoder.decode() of UTF-8. Errors: illegal_argument_exception, an escape that is none.
Result<std::string> url_decoded(std::string_view text);

/// The parts of a URI, a map. An error value: an exception is pending, illegal_argument_exception where it is none.
painless::Value uri_parts(painless::Machine& machine, painless::String& uri, bool keeps_original);

/// The value of a text that is JSON; null where there is only white space. `duplicates`: whether the last one of
/// members with the same name counts; `strict`: whether anything behind the value is an error. An error value: an
/// exception is pending.
painless::Value json_value(painless::Machine& machine, std::string_view text, bool duplicates, bool strict);
/// Puts the members of a JSON object into a map; `merges`: objects that are in both become one. False: an exception is
/// pending, illegal_argument_exception where the value is no object.
bool add_json_members(painless::Machine& machine, painless::Map& to, const painless::Value& value, bool merges);

}  // namespace sluice::ingest
