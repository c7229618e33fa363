#pragma once

#include "pipeline/model/batch.h"
#include "stages/parse/parse.h"
#include "stages/parse/structurals.h"

namespace sluice::stages {

/// The three kinds of pages. `structurals` is the calling thread's scratch.
Status read_search_page(pipeline::Batch& batch, const ParseOptions& options, Structurals& structurals);
Status read_stored_page(pipeline::Batch& batch);
Status read_lines(pipeline::Batch& batch, const ParseOptions& options, Structurals& structurals);

}  // namespace sluice::stages
