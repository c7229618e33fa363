#include <charconv>
#include <random>

#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"
#include "stages/painless/run/java_hash.h"
#include "stages/query/doc_values.h"
#include "stages/query/random_hash.h"
#include "stages/query/score_function.h"

namespace sluice::stages {

namespace {

/// A number between 0 and 1 that depends on the seed and on a value of the document. Source: Elasticsearch's
/// RandomScoreFunction, reference/query-dsl.md 15.9.
class RandomScore final : public ScoreFunction {
 public:
  enum class Of : std::uint8_t { kId, kSeqNo, kField, kNothing };
  RandomScore(std::uint32_t seed, std::uint32_t index_hash, Of of, FieldAccess access = {},
              std::optional<NumberValues> numbers = {}, bool whole = true)
      : seed_(seed),
        index_hash_(index_hash),
        of_(of),
        access_(std::move(access)),
        numbers_(std::move(numbers)),
        whole_(whole) {}

  [[nodiscard]] double value(DocumentFields& document, float /*score*/) const override {
    const QueryDocument& seen = document.document();
    const std::uint32_t salted = salted_seed(seed_, index_hash_, seen.shard);
    std::uint32_t hash = salted;
    // A file's documents have no sequence number.
    if (of_ == Of::kId || (of_ == Of::kSeqNo && seen.seq_no < 0)) {
      hash = murmur3(seen.id, salted);
    } else if (of_ == Of::kSeqNo) {
      hash = murmur3(std::to_string(seen.seq_no), salted);
    } else if (of_ == Of::kNothing) {
      hash = mix_bits(murmur3(seen.id, salted));
    } else if (const auto first = first_value(document)) {
      hash = murmur3(*first, salted);
    }
    return random_number(hash);
  }
  [[nodiscard]] std::string explain() const override {
    return of_ == Of::kNothing ? "a random number" : "a random number by seed";
  }

 private:
  /// The least one as text: doc values are asked for their texts, and these are sorted.
  [[nodiscard]] std::optional<std::string> first_value(DocumentFields& document) const {
    std::optional<std::string> least;
    access_.any(document, [&](std::string_view token) {
      auto text = text_of(token);
      if (text && (!least || *text < *least)) least = std::move(text);
      return false;
    });
    return least;
  }

  [[nodiscard]] std::optional<std::string> text_of(std::string_view token) const {
    if (token.starts_with('{')) return std::nullopt;
    if (!numbers_) return json_unquoted(token);
    const auto number = numbers_->convert(token);
    if (!number) return std::nullopt;
    return whole_ ? std::to_string(static_cast<std::int64_t>(*number)) : java_double_text(*number);
  }

  std::uint32_t seed_;
  std::uint32_t index_hash_;
  Of of_;
  FieldAccess access_;
  std::optional<NumberValues> numbers_;  ///< of fields that have numbers: their texts count
  bool whole_;
};

/// Whole numbers as they are or folded, texts by Java's hash.
std::uint32_t seed_of(std::string_view value) {
  const std::string text = json_text_value(value).value_or("");
  if (value.starts_with('"')) return static_cast<std::uint32_t>(painless::java_hash(text));
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  if (number == static_cast<std::int32_t>(number)) return static_cast<std::uint32_t>(number);
  const auto bits = static_cast<std::uint64_t>(number);
  return static_cast<std::uint32_t>(bits ^ (bits >> 32));
}

}  // namespace

Result<ScoreFunctionPtr> make_random_score(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[random_score]");
  if (!members) return std::unexpected(members.error());
  std::optional<std::uint32_t> seed;
  std::string name;
  for (const JsonMember& member : *members) {
    if (member.key == "\"seed\"") {
      const bool number = member.value.starts_with('-') || (member.value.front() >= '0' && member.value.front() <= '9');
      if (member.value != "null" && !number && !member.value.starts_with('"')) {
        return std::unexpected(query_parsing_error(context, member.value.data(),
                                                   "random_score seed must be an int/long or string, not '" +
                                                       std::string(json_token_name(member.value)) + "'"));
      }
      if (member.value != "null") seed = seed_of(member.value);
    } else if (member.key == "\"field\"") {
      name = json_text_value(member.value).value_or("");
    } else {
      return std::unexpected(query_parsing_error(context, member.value.data(),
                                                 "random_score query does not support [" + member.name() + "]"));
    }
  }
  const auto index_hash = static_cast<std::uint32_t>(painless::java_hash(context.index));
  using Of = RandomScore::Of;
  if (!seed && name.empty()) {
    return std::make_shared<const RandomScore>(std::random_device()(), index_hash, Of::kNothing);
  }
  const std::uint32_t chosen = seed ? *seed : static_cast<std::uint32_t>(context.now_ms);
  if (name == "_id") {
    return std::make_shared<const RandomScore>(chosen, index_hash, Of::kId);
  }
  if (name.empty() || name == "_seq_no") return std::make_shared<const RandomScore>(chosen, index_hash, Of::kSeqNo);
  const pipeline::FieldSchema* field = context.find(name);
  if (field == nullptr) {
    return std::unexpected(failed_to_create(
        context, illegal_argument("Field [" + name + "] is not mapped on [[" + context.index + "/" +
                                  context.index_uuid + "]] and cannot be used as a source of random numbers.")));
  }
  std::optional<NumberValues> numbers;
  if (auto made = NumberValues::make(*field, context)) numbers = std::move(*made);
  return std::make_shared<const RandomScore>(chosen, index_hash, Of::kField,
                                             FieldAccess(*field, context.scope, *context.reads), std::move(numbers),
                                             field->kind != pipeline::FieldKind::kFloating);
}

}  // namespace sluice::stages
