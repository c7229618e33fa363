#pragma once

#include <memory>
#include <string>

#include "io/serve/http_server.h"
#include "pipeline/base/error.h"

namespace sluice::rest {

/// Makes a streamed body at once, for what has to see it whole: `body` as it is where there is no stream. Errors: the
/// stream's; circuit_breaking_exception, 429, for more than 1 GiB.
Result<std::string> whole_body(std::string body, std::unique_ptr<serve::BodyStream> stream);

}  // namespace sluice::rest
