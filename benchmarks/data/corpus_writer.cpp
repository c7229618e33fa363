#include "benchmarks/data/corpus_writer.h"

#include "pipeline/base/json_text.h"

namespace sluice::corpora {

Result<CorpusFormat> parse_corpus_format(std::string_view text) {
  if (text == "hits") return CorpusFormat::kHits;
  if (text == "bulk") return CorpusFormat::kBulk;
  if (text == "docs") return CorpusFormat::kDocs;
  return std::unexpected(
      illegal_argument("unknown format [" + std::string(text) + "]; choose one of hits, bulk, docs"));
}

CorpusWriter::CorpusWriter(const Corpus& corpus, CorpusFormat format, std::string_view index)
    : corpus_(corpus), format_(format) {
  switch (format) {
    case CorpusFormat::kHits:
      head_ = "{\"_index\":" + json_string(index) + ",\"_id\":";
      middle_ = ",\"_source\":";
      tail_ = "}\n";
      break;
    case CorpusFormat::kBulk:
      head_ = "{\"index\":{\"_index\":" + json_string(index) + ",\"_id\":";
      middle_ = "}}\n";
      tail_ = "\n";
      break;
    case CorpusFormat::kDocs:
      tail_ = "\n";
      break;
  }
}

void CorpusWriter::append(std::uint64_t number, Buffer& out) const {
  if (format_ != CorpusFormat::kDocs) {
    out.append(head_);
    corpus_.append_id(number, out);
    out.append(middle_);
  }
  corpus_.append_document(number, out);
  out.append(tail_);
}

}  // namespace sluice::corpora
