#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace sluice::rest {

/// The text behind `%XX` escapes; bytes that are not UTF-8 become U+FFFD. With `plus`, `+` is a space, as it is in
/// queries. Errors: illegal_argument_exception with the reasons of Elasticsearch's RestUtils.
Result<std::string> percent_decoded(std::string_view text, bool plus);

/// What a request's target says.
struct Uri {
  std::string path;                   ///< decoded, as a whole
  std::vector<std::string> segments;  ///< decoded one by one: an escaped `/` does not separate; none for `/`
  std::map<std::string, std::string, std::less<>> query;  ///< the last of a name counts
};

/// Errors: illegal_argument_exception for a path, bad_parameter_exception for a query that can't be decoded.
Result<Uri> parse_uri(std::string_view target);

/// The same bytes with U+FFFD for what is not UTF-8.
std::string valid_utf8(std::string_view text);

}  // namespace sluice::rest
