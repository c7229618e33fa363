#include "stages/query/document_fields.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "pipeline/base/json_text.h"
#include "stages/query/runtime_field.h"
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
  plan_ = &plan;
  for (Computed& each : computed_) each.ready = false;
  if (slots_.size() < plan.slots()) slots_.resize(plan.slots());
  for (std::size_t slot = 0; slot < plan.slots(); ++slot) slots_[slot].clear();
  for (Words& words : words_) words.ready = false;
  if (plan.slots() != 0 && document.begin != nullptr) plan.read(document.walker(), *this);
}

std::span<const FieldValue> DocumentFields::computed(std::uint32_t number) {
  if (computed_.size() <= number) computed_.resize(number + 1);
  Computed& wanted = computed_[number];  // stays where it is while other fields are added
  if (wanted.ready) return wanted.values.values();
  if (computing_problem(number)) return {};  // scripts are told before they get here
  wanted.ready = true;
  computing_.push_back(number);
  plan_->computed_field(number).read(*this, wanted.values);
  computing_.pop_back();
  return wanted.values.values();
}

std::optional<std::string> DocumentFields::computing_problem(std::uint32_t number) const {
  constexpr std::size_t kDeepest = 5;
  if (computing_.empty()) return std::nullopt;
  const bool again = std::ranges::find(computing_, number) != computing_.end();
  if (!again && computing_.size() < kDeepest) return std::nullopt;
  std::string chain;
  for (const std::uint32_t each : computing_) chain += plan_->computed_field(each).path() + " -> ";
  chain += plan_->computed_field(number).path();
  return again ? "Cyclic dependency detected while resolving runtime fields: " + chain
               : "Field requires resolving too many dependent fields: " + chain;
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
