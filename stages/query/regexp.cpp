#include "stages/query/regexp.h"

#include <fmt/format.h>

#include "stages/painless/run/unicode.h"
#include "stages/query/multi_term.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

class Regexp final : public TermPattern {
 public:
  Regexp(std::string text, RegexMachine machine) : text_(std::move(text)), machine_(std::move(machine)) {}
  [[nodiscard]] std::optional<float> fit(std::string_view term) const override {
    return machine_.matches(term) ? std::optional(1.0F) : std::nullopt;
  }
  [[nodiscard]] std::string explain() const override { return fmt::format("is like /{}/", text_); }

 private:
  std::string text_;
  RegexMachine machine_;
};

struct RegexpClause {
  TermValue term;
  RegexpOptions options;
  float boost = 1;
};

/// The parameters that only this query has, taken out of the others.
Status read_options(FieldClause& clause, RegexpOptions& options) {
  std::vector<JsonMember> others;
  for (const JsonMember& member : clause.parameters) {
    const std::string name = member.name();
    if (name == "flags") {
      auto flags = parse_regex_flags(json_text_value(member.value).value_or(""));
      if (!flags) return std::unexpected(flags.error());
      options.flags = *flags;
    } else if (name == "flags_value") {
      auto value = read_int(member.value);
      if (!value) return std::unexpected(value.error());
      options.flags = {.intersection = (*value & 0x01) != 0,
                       .complement = (*value & 0x10000) != 0,
                       .empty = (*value & 0x04) != 0,
                       .any_string = (*value & 0x08) != 0,
                       .interval = (*value & 0x20) != 0,
                       .named_automata = (*value & 0x10) != 0};
    } else if (name == "max_determinized_states") {
      auto value = read_int(member.value);
      if (!value) return std::unexpected(value.error());
      options.max_states = static_cast<std::uint32_t>(*value);
    } else {
      others.push_back(member);
    }
  }
  clause.parameters = std::move(others);
  return {};
}

}  // namespace

Result<TermPatternPtr> regexp_pattern(std::string text, const RegexpOptions& options) {
  auto machine = RegexMachine::compile(text, options.flags, options.case_insensitive, options.max_states);
  if (!machine) return std::unexpected(std::move(machine.error()));
  return std::make_shared<const Regexp>(std::move(text), std::move(*machine));
}

Result<QueryPtr> regexp_query(const std::string& name, const std::string& text, const RegexpOptions& options,
                              Rewrite rewrite, const ClauseContext& context) {
  const std::size_t length = painless::utf16_length(text);
  if (length > context.max_regex) {
    return std::unexpected(failed_to_create(
        context,
        illegal_argument(fmt::format(
            "The length of regex [{}] used in the Regexp Query request has exceeded the allowed maximum of [{}]. "
            "This maximum can be set by changing the [index.max_regex_length] index level setting.",
            length, context.max_regex))));
  }
  if (const auto* field = metadata_field(name)) {
    return std::unexpected(query_shard_error(context, wrong_field("regexp", *field)));
  }
  const pipeline::FieldSchema* field = context.find(name);
  if (field == nullptr) {
    auto machine = RegexMachine::compile(text, options.flags, options.case_insensitive, options.max_states);
    if (!machine) return std::unexpected(failed_to_create(context, machine.error()));
    return nothing("there is no field [" + name + "]");
  }
  if (!has_texts(*field)) return std::unexpected(wrong_field_error("regexp", *field, context));
  auto normal = normalized(*field, text, context);
  if (!normal) return std::unexpected(normal.error());
  auto pattern = regexp_pattern(std::move(*normal), options);
  if (!pattern) return std::unexpected(failed_to_create(context, pattern.error()));
  return multi_term_query(*field, std::move(*pattern), rewrite, context);
}

Result<QueryPtr> compile_regexp(std::string_view body, const ClauseContext& context) {
  auto clause = read_field_clause("regexp", body, context);
  if (!clause) return std::unexpected(clause.error());
  float boost = clause->boost;
  RegexpOptions options;
  if (auto read = read_options(*clause, options); !read) return std::unexpected(read.error());
  auto term = read_term(*clause, "regexp", context, boost);
  if (!term) return std::unexpected(term.error());
  options.case_insensitive = term->case_insensitive;
  auto rewrite = Rewrite::parse(term->rewrite);
  if (!rewrite) return std::unexpected(failed_to_create(context, rewrite.error()));
  auto query = regexp_query(clause->field, term->text, options, *rewrite, context);
  if (!query) return query;
  return with_boost(std::move(*query), boost);
}

}  // namespace sluice::stages
