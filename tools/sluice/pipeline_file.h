#pragma once

#include <memory>
#include <string>

#include "pipeline/base/error.h"
#include "stages/ingest/ingest_stage.h"

namespace sluice::tools {

/// Reads a file with one ingest pipeline, which is then called as the file without its ending, or with several by their
/// names. `databases`: the folder with those of `geoip` and `user_agent`; empty: `ingest-geoip` beside the file.
/// Errors: illegal_argument_exception where it can't be read; of PipelineSet::compile().
Result<std::shared_ptr<const ingest::PipelineSet>> read_pipeline_file(const std::string& path,
                                                                      const std::string& databases);

/// Whether `--pipeline` means a file: there is one, or it looks like one.
bool is_pipeline_file(const std::string& text);

}  // namespace sluice::tools
