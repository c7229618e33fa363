#pragma once

#include <string_view>

#include "pipeline/base/error.h"

namespace sluice::store {

/// A document of a data stream has one `@timestamp`. `source` is a JSON object with Buffer::kPadding readable bytes
/// behind it. Errors: document_parsing_exception, 400: `[1:7] failed to parse: data stream timestamp field [@timestamp]
/// is missing`, as Elasticsearch's DataStreamTimestampFieldMapper says it.
Status check_timestamp(std::string_view source);

}  // namespace sluice::store
