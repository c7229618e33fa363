#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "benchmarks/data/corpus.h"

namespace sluice::corpora {

/// How documents are laid out in a file. The formats that `sluice reindex` reads.
enum class CorpusFormat : std::uint8_t {
  kHits,  ///< `{"_index":"i","_id":"1","_source":{..}}` a line
  kBulk,  ///< `{"index":{"_index":"i","_id":"1"}}` and the source on the next line
  kDocs,  ///< the source alone
};

/// Errors: illegal_argument_exception, naming the formats.
Result<CorpusFormat> parse_corpus_format(std::string_view text);

/// Writes documents of a corpus as NDJSON. Immutable: any thread.
class CorpusWriter {
 public:
  /// `index` is UTF-8 text. The corpus must outlive the writer.
  CorpusWriter(const Corpus& corpus, CorpusFormat format, std::string_view index);
  /// Appends document `number` with its line break.
  void append(std::uint64_t number, Buffer& out) const;

 private:
  const Corpus& corpus_;
  CorpusFormat format_;
  std::string head_;  ///< up to the id
  std::string_view middle_;
  std::string_view tail_;
};

}  // namespace sluice::corpora
