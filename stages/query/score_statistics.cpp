#include "stages/query/score_statistics.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "stages/query/key_bytes.h"

namespace sluice::stages {

namespace {

constexpr float kSaturation = 1.2F;     // k1
constexpr float kLengthWeight = 0.75F;  // b

/// A number in four significant bits: its highest bit is implied, as in a float without sign.
std::uint64_t long_to_int4(std::uint64_t value) {
  const auto bits = static_cast<int>(std::bit_width(value));
  if (bits < 4) return value;
  const int shift = bits - 4;
  return ((value >> shift) & 0x07) | (static_cast<std::uint64_t>(shift + 1) << 3);
}

std::uint64_t int4_to_long(std::uint64_t code) {
  const std::uint64_t bits = code & 0x07;
  const auto shift = static_cast<int>(code >> 3) - 1;
  return shift == -1 ? bits : (bits | 0x08) << shift;
}

template <typename T>
T& at_shard(std::vector<T>& shards, std::uint32_t shard) {
  if (shards.size() <= shard) shards.resize(shard + 1);
  return shards[shard];
}

}  // namespace

/// Source: Lucene's SmallFloat.intToByte4.
std::uint32_t ScoreStatistics::kept_length(std::uint32_t length) {
  constexpr std::uint64_t kMaxCode = 231;  // of the largest int
  constexpr std::uint64_t kExact = 255 - kMaxCode;
  if (length < kExact) return length;
  return static_cast<std::uint32_t>(kExact + int4_to_long(long_to_int4(length - kExact)));
}

std::uint32_t ScoreStatistics::field(const WordSource& source) {
  const auto found = std::ranges::find(fields_, source.number, [](const Field& field) { return field.source.number; });
  if (found == fields_.end()) {
    fields_.push_back({source, {}, {}, {}});
    return static_cast<std::uint32_t>(fields_.size() - 1);
  }
  return static_cast<std::uint32_t>(found - fields_.begin());
}

std::uint32_t ScoreStatistics::term(std::uint32_t field, std::string_view text) {
  const auto known = fields_[field].by_text.find(text);
  if (known != fields_[field].by_text.end()) return known->second;
  const auto added = static_cast<std::uint32_t>(terms_.size());
  terms_.push_back({field, std::string(text), {}});
  fields_[field].terms.push_back(added);
  fields_[field].by_text.emplace(text, added);
  return added;
}

std::uint32_t ScoreStatistics::expansion(std::uint32_t field, TermPatternPtr pattern, std::size_t most) {
  expansions_.push_back({field, TermExpansion(std::move(pattern), most)});
  return static_cast<std::uint32_t>(expansions_.size() - 1);
}

void ScoreStatistics::count_terms(Field& field, const Words& words, std::uint32_t shard) {
  constexpr std::size_t kFew = 8;
  if (field.terms.size() <= kFew) {
    for (const std::uint32_t term : field.terms) {
      std::uint64_t& having = at_shard(terms_[term].shards, shard);
      if (std::ranges::find(words, terms_[term].text, &Word::text) != words.end()) ++having;
    }
    return;
  }
  for (const Word& word : words) {
    const auto found = field.by_text.find(word.text);
    if (found == field.by_text.end()) continue;
    Term& term = terms_[found->second];
    if (std::exchange(term.counted, number_) != number_) ++at_shard(term.shards, shard);
  }
}

void ScoreStatistics::add(DocumentFields& document) {
  for (const auto& count : inside_) count(document);
  counted_ = true;
  ++number_;
  ++at_shard(documents_, document.document().shard);
  const std::uint32_t shard = document.document().shard;
  for (Field& field : fields_) {
    const Words& words = document.words(field.source);
    if (words.count == 0) continue;
    FieldCount& count = at_shard(field.shards, shard);
    ++count.documents;
    count.words += words.total;
    count_terms(field, words, shard);
  }
  for (Expansion& expansion : expansions_) {
    expansion.terms.add(document.words(fields_[expansion.field].source), shard);
  }
}

std::optional<std::vector<ScoredField>> ScoreStatistics::by_index() const {
  if (!expansions_.empty() || !inside_.empty() || terms_.empty()) return std::nullopt;
  std::vector<ScoredField> fields;
  for (std::uint32_t number = 0; number < fields_.size(); ++number) {
    const WordSource& source = fields_[number].source;
    if (!source.whole || source.keys == nullptr) return std::nullopt;
    fields.push_back(scored_field(number));
  }
  return fields;
}

ScoredField ScoreStatistics::scored_field(std::uint32_t number) const {
  const Field& which = fields_[number];
  ScoredField field{number, {.kind = pipeline::LookupPlan::Kind::kField, .field = which.source.keys}, {}};
  std::vector<std::pair<pipeline::KeyRange, std::size_t>> ranges;
  for (std::size_t i = 0; i < which.terms.size(); ++i) {
    const std::string& text = terms_[which.terms[i]].text;
    ranges.emplace_back(word_keys(which.source, text), i);
    field.exact = field.exact && text.size() < kMostKeyText;
  }
  std::ranges::sort(ranges, {}, [](const auto& range) -> const std::string& { return range.first.begin; });
  for (auto& [range, word] : ranges) {
    field.words.ranges.push_back(std::move(range));
    field.word_of_range.push_back(word);
  }
  return field;
}

void ScoreStatistics::count(std::uint32_t field, DocumentFields& document, bool words_only,
                            ScoredCounts& counts) const {
  const Field& which = fields_[field];
  counts.having.resize(which.terms.size());
  const Words& words = document.words(which.source);
  if (words.count == 0) return;
  if (!words_only) {
    ++counts.documents;
    counts.words += words.total;
  }
  for (std::size_t i = 0; i < which.terms.size(); ++i) {
    if (std::ranges::find(words, terms_[which.terms[i]].text, &Word::text) != words.end()) ++counts.having[i];
  }
}

void ScoreStatistics::set(std::uint32_t field, std::uint32_t shard, const ScoredCounts& counts,
                          std::uint64_t documents) {
  counted_ = true;
  at_shard(documents_, shard) = documents;
  Field& which = fields_[field];
  at_shard(which.shards, shard) = {counts.documents, counts.words};
  for (std::size_t i = 0; i < which.terms.size(); ++i) {
    at_shard(terms_[which.terms[i]].shards, shard) = i < counts.having.size() ? counts.having[i] : 0;
  }
}

std::uint64_t ScoreStatistics::documents(std::uint32_t term, std::uint32_t shard) const {
  const Term& which = terms_[term];
  return shard < which.shards.size() ? which.shards[shard] : 0;
}

float ScoreStatistics::idf(std::uint32_t term, std::uint32_t shard) const {
  return idf_of(terms_[term].field, shard, documents(term, shard));
}

float ScoreStatistics::idf_of(std::uint32_t field, std::uint32_t shard, std::uint64_t having) const {
  return having == 0 ? 0 : idf_from(documents_with(field, shard), having);
}

std::uint64_t ScoreStatistics::words_in(std::uint32_t field, std::uint32_t shard) const {
  const std::vector<FieldCount>& shards = fields_[field].shards;
  return shard < shards.size() ? shards[shard].words : 0;
}

std::uint64_t ScoreStatistics::documents_with(std::uint32_t field, std::uint32_t shard) const {
  const std::vector<FieldCount>& shards = fields_[field].shards;
  return shard < shards.size() ? shards[shard].documents : 0;
}

std::uint64_t ScoreStatistics::documents_in(std::uint32_t shard) const {
  return shard < documents_.size() ? documents_[shard] : 0;
}

float ScoreStatistics::idf_from(std::uint64_t all, std::uint64_t having) {
  const auto with = static_cast<double>(having);
  return static_cast<float>(std::log(1 + (static_cast<double>(all) - with + 0.5) / (with + 0.5)));
}

float ScoreStatistics::score_from(float weight, float frequency, float length, float average_length) {
  const float inverse = 1.0F / (kSaturation * ((1 - kLengthWeight) + kLengthWeight * length / average_length));
  const float scaled = weight * (1 + kSaturation);
  return scaled - scaled / (1.0F + frequency * inverse);
}

float ScoreStatistics::score(std::uint32_t field, std::uint32_t shard, float weight, float frequency,
                             std::uint32_t length) const {
  const std::uint64_t documents = documents_with(field, shard);
  if (documents == 0) return 0;
  const auto average = static_cast<float>(static_cast<double>(words_in(field, shard)) / static_cast<double>(documents));
  const auto kept = static_cast<float>(fields_[field].source.norms ? kept_length(length) : 1);
  return score_from(weight, frequency, kept, average);
}

}  // namespace sluice::stages
