#pragma once

#include <string>
#include <string_view>

#include "stages/painless/api/natives.h"

/// `byte[]` and the text that Java makes of bytes.
namespace sluice::painless::api {

/// The bytes of an array that is not null.
std::string bytes_of(const Value& array);
/// A new `byte[]`; an error when the script can't afford it.
Value make_bytes(Machine& machine, std::string_view bytes);
/// String.getBytes(UTF_8): a lone surrogate is `?`.
std::string java_bytes(std::string_view text);
/// new String(bytes, UTF_8): what is no UTF-8 becomes U+FFFD, as many of them as Java has.
std::string java_text(std::string_view bytes);

}  // namespace sluice::painless::api
