#pragma once

#include "pipeline/base/json_writer.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

/// What `_nodes` says of ingest: the processors there are.
void write_ingest_info(JsonWriter& out);
/// What `_nodes/stats` says of it: how often each pipeline and its processors ran.
void write_ingest_stats(JsonWriter& out, const Services& services);

}  // namespace sluice::rest
