#include "stages/query/document_fields.h"

#include "pipeline/base/json_text.h"
#include "stages/query/word_source.h"

namespace sluice::stages {

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
  words.place = {};
  source.access.any(*this, [&](std::string_view token) {
    if (token.starts_with('{')) return false;
    auto read = source.read(token, words);
    if (!read) fail(std::move(read.error()));
    return !read;
  });
  return words;
}

DocumentFields& DocumentFields::inner() {
  if (inner_ == nullptr) inner_ = std::make_unique<DocumentFields>();
  return *inner_;
}

}  // namespace sluice::stages
