#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "io/http/event_loop.h"
#include "io/ndjson/file_source.h"
#include "pipeline/stage.h"
#include "reindex/reindex.h"

namespace sluice {

/// The query of a request whose source is a file. What a field is, that is how its values are compared, the file's
/// mapping says: the one that is given, or else the one that Elasticsearch would have given the documents by dynamic
/// mapping. Then the file is read up to where each field of the query has come once, before the run reads it.
class FileQuery {
 public:
  /// Errors: what is wrong with the query whatever the mapping is; a mapping that is none; a stream without a mapping,
  /// which can't be read twice.
  static Result<std::unique_ptr<FileQuery>> make(const Request& request, const RunOptions& options,
                                                 io::FileSourceOptions file);
  virtual ~FileQuery() = default;

  /// Learns the mapping, compiles the query and makes the stage. Blocks: on the run's own thread. `cancelled`: ends
  /// early with task_cancelled_exception. Errors: of the file; of the query, now that its fields are known.
  virtual Result<std::unique_ptr<pipeline::Stage>> prepare(io::EventLoop& loop, const std::atomic<bool>& cancelled) = 0;
  /// The same, for who wants to see how the query is answered: lines of text for people.
  virtual Result<std::string> explain(io::EventLoop& loop) = 0;
};

/// How the query of a request would be answered on its file: what is read of each document, and what is compared how.
/// Reads the file as far as it takes to know the query's fields; `options.source` may be empty where there is a
/// mapping. Errors: of FileQuery.
Result<std::string> explain_query(const Request& request, const RunOptions& options);

}  // namespace sluice
