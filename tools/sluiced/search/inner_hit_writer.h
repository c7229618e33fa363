#pragma once

#include <string>

#include "tools/sluiced/search/hit_writer.h"

namespace sluice::rest {

/// `,"inner_hits":{..}` of a hit: what each clause that has them found. Errors: of the queries, the store's.
Status write_inner_hits(std::string& out, const HitWriter::Hit& hit);

}  // namespace sluice::rest
