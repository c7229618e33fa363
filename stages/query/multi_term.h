#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stages/query/compile.h"
#include "stages/query/term_expansion.h"

namespace sluice::stages {

/// How a query that stands for many terms scores, and how many of them count at most.
struct Rewrite {
  enum class Kind : std::uint8_t {
    kConstant,  ///< 1, whichever of all terms it is
    kOwn,       ///< each term by its own BM25
    kBlended,   ///< each by BM25 as if it were as common as the commonest of them
    kFit,       ///< each by how well it fits
  };
  Kind kind = Kind::kConstant;
  std::size_t most = std::numeric_limits<std::size_t>::max();

  /// `constant_score`, `top_terms_10` and their like. Errors: `Failed to parse rewrite_method [x]`.
  static Result<Rewrite> parse(std::string_view text);
};

/// What a query that stands for many terms is made of: the pattern, and how many of the index's terms it takes.
struct MultiTerms {
  WordSource source;
  TermPatternPtr pattern;
  std::size_t most = std::numeric_limits<std::size_t>::max();
};

/// That some term of the field fits the pattern: a keyword's values, once normalized, or the words of a text. Where the
/// terms of the index were not counted, all that fit count. Errors: of words_of().
Result<QueryPtr> multi_term_query(const pipeline::FieldSchema& field, TermPatternPtr pattern, Rewrite rewrite,
                                  const ClauseContext& context);

/// The parameters of a fuzzy search, beside its term.
struct FuzzyOptions {
  std::uint32_t prefix_length = 0;
  std::uint32_t max_expansions = 50;
  bool transpositions = true;
  std::string rewrite = {};
};
struct Fuzziness;

/// Patterns of terms. `fold`: ASCII letters in any case.
TermPatternPtr prefix_pattern(std::string prefix, bool fold);
/// One of several.
TermPatternPtr any_pattern(std::vector<TermPatternPtr> patterns);
TermPatternPtr wildcard_pattern(std::string_view pattern, bool fold);
TermPatternPtr fuzzy_pattern(std::string term, std::uint32_t edits, const FuzzyOptions& options);
/// Errors: what is wrong with the expression, illegal_argument_exception.
struct RegexpOptions;
Result<TermPatternPtr> regexp_pattern(std::string text, const RegexpOptions& options);
/// Terms between two others, in the order of their bytes; nothing: without an end there.
TermPatternPtr range_pattern(std::optional<std::string> low, bool with_low, std::optional<std::string> high,
                             bool with_high);

/// Queries on one field; what they are given is not normalized yet. Errors: those that a shard tells: the field is of
/// the wrong type, the pattern is malformed.
Result<QueryPtr> prefix_query(const std::string& field, const std::string& prefix, bool fold, Rewrite rewrite,
                              const ClauseContext& context);
/// `normalize`: texts are analyzed too, as query strings want it.
Result<QueryPtr> wildcard_query(const std::string& field, const std::string& pattern, bool fold, bool normalize,
                                Rewrite rewrite, const ClauseContext& context);
struct RegexpOptions;
Result<QueryPtr> regexp_query(const std::string& field, const std::string& text, const RegexpOptions& options,
                              Rewrite rewrite, const ClauseContext& context);
Result<QueryPtr> fuzzy_query(const pipeline::FieldSchema& field, const std::string& term, const Fuzziness& fuzziness,
                             const FuzzyOptions& options, const ClauseContext& context);

/// failed_to_create() for what is not a shard's error already, and not a part that sluice has not.
Error as_shard_error(const QueryContext& context, Error error);
/// A query on a field whose type does not take it; kUnsupported where it is only sluice that does not.
Error wrong_field_error(std::string_view query, const pipeline::FieldSchema& field, const QueryContext& context);
/// `[f] which is of type [long]`, as errors say what a field is.
std::string field_and_type(const pipeline::FieldSchema& field);
/// `Can only use x queries on ..`
std::string wrong_field(std::string_view query, const pipeline::FieldSchema& field);
/// `_id`, which has no patterns.
const pipeline::FieldSchema& id_field();
/// `_id` or `_index`; null: it is none of these.
const pipeline::FieldSchema* metadata_field(std::string_view name);
/// Whether a field's values are texts: keywords and analyzed texts.
bool has_texts(const pipeline::FieldSchema& field);

}  // namespace sluice::stages
