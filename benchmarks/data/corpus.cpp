#include "benchmarks/data/corpus.h"

#include <string>

#include "benchmarks/data/text_cursor.h"

namespace sluice::corpora {

#define SLUICE_CORPUS(name, description) std::unique_ptr<Corpus> make_##name(std::uint64_t seed);
#include "benchmarks/data/corpora.def"
#undef SLUICE_CORPUS

const std::vector<Corpus::Entry>& Corpus::entries() {
  static const std::vector<Entry> all = {
#define SLUICE_CORPUS(name, description) {#name, description},
#include "benchmarks/data/corpora.def"
#undef SLUICE_CORPUS
  };
  return all;
}

Result<std::unique_ptr<Corpus>> Corpus::make(std::string_view name, std::uint64_t seed) {
#define SLUICE_CORPUS(corpus, description) \
  if (name == #corpus) return make_##corpus(seed);
#include "benchmarks/data/corpora.def"
#undef SLUICE_CORPUS
  std::string known;
  for (const Entry& entry : entries()) known.append(known.empty() ? "" : ", ").append(entry.name);
  return std::unexpected(illegal_argument("there is no corpus [" + std::string(name) + "]; choose one of " + known));
}

void Corpus::append_id(std::uint64_t number, Buffer& out) const {
  TextCursor text(out, 24);
  text.put('"');
  text.integer(number);
  text.put('"');
}

}  // namespace sluice::corpora
