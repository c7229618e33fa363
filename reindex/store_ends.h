#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "io/store/catalog/index_names.h"
#include "io/store/store_folder.h"
#include "pipeline/ports.h"
#include "reindex/reindex.h"
#include "reindex/store_ingest.h"

namespace sluice {

/// The stores of a run: that of the program, and those in folders that the run opened itself, each once. Not
/// thread-safe.
class RunStores {
 public:
  /// `address` is what stands behind `store:`; empty: the program's own. Valid as long as this object. Errors: there is
  /// no own store, and those of StoreFolder::open().
  Result<const store::Store*> find(const std::string& address, const RunOptions& options);

 private:
  struct Opened {
    std::unique_ptr<store::StoreFolder> folder;
    std::unique_ptr<StoreIngest> ingest;
  };
  std::map<std::string, Opened> folders_;  ///< by canonical path
};

/// Whether a `sort` (raw JSON; empty: none) asks for the order in which documents are read anyway.
bool sorts_by_doc(std::string_view sort);

/// What a request's index expressions stand for.
store::IndexOptions index_options(const RequestIndices& expansion);

/// Reads and writes a store for a request. Errors: what sluice can't do with a store yet, by name.
Result<std::unique_ptr<pipeline::Source>> make_store_source(const Request& request, const RunOptions& options,
                                                            const store::Store& store, const std::string& address);
Result<std::unique_ptr<pipeline::Sink>> make_store_sink(const Request& request, const RunOptions& options,
                                                        const store::Store& store, const std::string& address);

/// How many batches of each slice bring so many documents on their way, within reason.
std::uint32_t batches_of_slice(std::uint32_t documents, std::uint64_t batch_size, std::size_t slices);

/// Writes documents of a store where they were read, or deletes them.
std::unique_ptr<pipeline::Sink> make_by_query_sink(const Request& request, const RunOptions& options,
                                                   const store::Store& store, const std::string& address);

/// What Elasticsearch checks before it reads: `require_alias`, that the destination has one index to write to, and that
/// this is none of those that are read (`read_too`: source and destination are the same store). Source:
/// reference/reindex.md 1.9.
Status check_store_dest(const Request& request, const store::Store& store, bool read_too);

}  // namespace sluice
