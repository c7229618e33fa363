#pragma once

#include <string>

namespace sluice::ingest {

/// docs/ingest.md, made from the rows of stages/ingest/processor.
std::string ingest_reference_page();

}  // namespace sluice::ingest
