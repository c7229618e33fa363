#include "pipeline/base/parse_number.h"

#include <string>

namespace sluice {

Error number_format_error(std::string_view text) {
  return {ErrorKind::kBadRequest, 400, "number_format_exception", "For input string: \"" + std::string(text) + "\""};
}

}  // namespace sluice
