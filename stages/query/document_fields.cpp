#include "stages/query/document_fields.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "pipeline/base/json_text.h"
#include "stages/query/word_source.h"

namespace sluice::stages {

namespace {

/// What Lucene counts: without frequencies a word that comes again is not there.
void count_lengths(bool frequencies, Words& words) {
  if (frequencies) {
    std::uint32_t overlaps = 0;
    for (std::size_t i = 1; i < words.count; ++i)
      overlaps += words.all[i].position == words.all[i - 1].position ? 1 : 0;
    words.total = static_cast<std::uint32_t>(words.count);
    words.length = words.total - overlaps;
    return;
  }
  std::vector<std::string_view> texts;
  texts.reserve(words.count);
  for (const Word& word : words) texts.emplace_back(word.text);
  std::ranges::sort(texts);
  words.total = words.length = static_cast<std::uint32_t>(std::ranges::unique(texts).begin() - texts.begin());
}

}  // namespace

void DocumentFields::load(const ReadPlan& plan, const QueryDocument& document) {
  document_ = document;
  if (slots_.size() < plan.slots()) slots_.resize(plan.slots());
  for (std::size_t slot = 0; slot < plan.slots(); ++slot) slots_[slot].clear();
  for (Words& words : words_) words.ready = false;
  if (plan.slots() != 0 && document.begin != nullptr) plan.read(document.walker(), *this);
}

const Words& DocumentFields::words(const WordSource& source) {
  if (words_.size() <= source.number) words_.resize(source.number + 1);
  Words& words = words_[source.number];
  if (words.ready) return words;
  words.ready = true;
  words.count = words.values = 0;
  words.last = -1;
  source.access.any(*this, [&](std::string_view token) {
    if (token.starts_with('{')) return false;
    auto read = source.read(token, words);
    if (!read) fail(std::move(read.error()));
    return !read;
  });
  count_lengths(source.frequencies, words);
  return words;
}

DocumentFields& DocumentFields::inner() {
  if (inner_ == nullptr) inner_ = std::make_unique<DocumentFields>();
  return *inner_;
}

}  // namespace sluice::stages
