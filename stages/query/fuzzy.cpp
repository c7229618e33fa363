#include <fmt/format.h>

#include "stages/query/edit_distance.h"
#include "stages/query/multi_term.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

class Fuzzy final : public TermPattern {
 public:
  Fuzzy(std::string term, std::uint32_t edits, const FuzzyOptions& options)
      : term_(std::move(term)),
        edits_(edits),
        prefix_length_(options.prefix_length),
        transpositions_(options.transpositions),
        distance_(term_, edits, options.prefix_length, options.transpositions) {}
  [[nodiscard]] std::optional<float> fit(std::string_view term) const override { return distance_.similarity(term); }
  [[nodiscard]] std::string explain() const override {
    std::string text = fmt::format("is within {} edits of [{}]", edits_, term_);
    if (prefix_length_ != 0) text += fmt::format(", the first {} characters as they are", prefix_length_);
    if (!transpositions_) text += ", two characters that are swapped as two edits";
    return text;
  }

 private:
  std::string term_;
  std::uint32_t edits_;
  std::uint32_t prefix_length_;
  bool transpositions_;
  EditDistance distance_;
};

struct FuzzyClause {
  std::string text;
  Fuzziness fuzziness;
  FuzzyOptions options;
  std::int64_t prefix_length = 0;
  std::int64_t max_expansions = 50;
  float boost = 1;
};

Status read_parameter(const JsonMember& member, const ClauseContext& context, FuzzyClause& fuzzy, bool& given) {
  const std::string name = member.name();
  const auto integer = [&](std::int64_t& into) -> Status {
    auto value = read_int(member.value);
    if (!value) return std::unexpected(value.error());
    into = *value;
    return {};
  };
  if (name == "value" || name == "term") {
    auto text = json_text_value(member.value);
    given = text.has_value();
    if (text) fuzzy.text = std::move(*text);
    return {};
  }
  if (name == "fuzziness") {
    auto fuzziness = Fuzziness::parse(json_text_value(member.value).value_or(""));
    if (!fuzziness) return std::unexpected(request_error(fuzziness.error()));
    fuzzy.fuzziness = *fuzziness;
    return {};
  }
  if (name == "prefix_length") return integer(fuzzy.prefix_length);
  if (name == "max_expansions") return integer(fuzzy.max_expansions);
  if (name == "transpositions") {
    auto flag = json_flag_value(member.value);
    if (!flag) return std::unexpected(flag.error());
    fuzzy.options.transpositions = *flag;
    return {};
  }
  if (name == "rewrite") {
    fuzzy.options.rewrite = json_text_value(member.value).value_or("");
    return {};
  }
  auto known = read_boost_or_name(member, "fuzzy", fuzzy.boost);
  if (!known) return std::unexpected(known.error());
  if (!*known) return std::unexpected(query_does_not_support(context, "fuzzy", member));
  return {};
}

Result<FuzzyClause> read_fuzzy(const FieldClause& clause, const ClauseContext& context) {
  FuzzyClause fuzzy;
  fuzzy.boost = clause.boost;
  bool given = false;
  if (clause.object) {
    for (const JsonMember& member : clause.parameters) {
      if (auto read = read_parameter(member, context, fuzzy, given); !read) return std::unexpected(read.error());
    }
  } else if (auto text = json_text_value(clause.value)) {
    fuzzy.text = std::move(*text);
    given = true;
  } else if (clause.value.starts_with('[')) {
    auto elements = json_elements(clause.value, "[fuzzy]");
    const char* const at = elements && !elements->empty() ? elements->front().data() : end_of(clause.value);
    return std::unexpected(query_parsing_error(
        context, at, "[fuzzy] query doesn't support multiple fields, found [" + clause.field + "] and [null]"));
  }
  if (!given) return std::unexpected(illegal_argument("query value cannot be null"));
  return fuzzy;
}

}  // namespace

TermPatternPtr fuzzy_pattern(std::string term, std::uint32_t edits, const FuzzyOptions& options) {
  return std::make_shared<const Fuzzy>(std::move(term), edits, options);
}

Result<QueryPtr> fuzzy_query(const pipeline::FieldSchema& field, const std::string& term, const Fuzziness& fuzziness,
                             const FuzzyOptions& options, const ClauseContext& context) {
  if (field.kind == pipeline::FieldKind::kFlattened) return std::unexpected(wrong_field_error("fuzzy", field, context));
  if (!has_texts(field)) return std::unexpected(illegal_argument(wrong_field("fuzzy", field)));
  auto rewrite = options.rewrite.empty() ? Rewrite{Rewrite::Kind::kBlended, options.max_expansions}
                                         : Rewrite::parse(options.rewrite);
  if (!rewrite) return std::unexpected(rewrite.error());
  auto text = normalized(field, term, context);
  if (!text) return std::unexpected(text.error());
  const std::uint32_t edits = fuzziness.edits_for(term);
  return multi_term_query(field, fuzzy_pattern(std::move(*text), edits, options), *rewrite, context);
}

Result<QueryPtr> compile_fuzzy(std::string_view body, const ClauseContext& context) {
  auto clause = read_field_clause("fuzzy", body, context);
  if (!clause) return std::unexpected(clause.error());
  auto fuzzy = read_fuzzy(*clause, context);
  if (!fuzzy) return std::unexpected(fuzzy.error());
  const pipeline::FieldSchema* field = metadata_field(clause->field);
  if (field == nullptr) field = context.find(clause->field);
  if (field == nullptr) return nothing("there is no field [" + clause->field + "]");
  if (fuzzy->prefix_length < 0) {
    return std::unexpected(failed_to_create(context, illegal_argument("prefixLength cannot be negative.")));
  }
  if (fuzzy->max_expansions <= 0) {
    return std::unexpected(failed_to_create(context, illegal_argument("maxExpansions must be positive.")));
  }
  fuzzy->options.prefix_length = static_cast<std::uint32_t>(fuzzy->prefix_length);
  fuzzy->options.max_expansions = static_cast<std::uint32_t>(fuzzy->max_expansions);
  auto query = fuzzy_query(*field, fuzzy->text, fuzzy->fuzziness, fuzzy->options, context);
  if (!query) return std::unexpected(as_shard_error(context, query.error()));
  return with_boost(std::move(*query), fuzzy->boost);
}

}  // namespace sluice::stages
