#include <algorithm>

#include <fmt/format.h>

#include "pipeline/base/ascii_case.h"
#include "stages/query/index_name.h"
#include "stages/query/multi_term.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

class Prefix final : public TermPattern {
 public:
  Prefix(std::string prefix, bool fold) : prefix_(std::move(prefix)), fold_(fold) {
    if (fold_) std::ranges::transform(prefix_, prefix_.begin(), ascii_lower);
  }
  [[nodiscard]] std::optional<float> fit(std::string_view term) const override {
    const bool begins = fold_ ? term.size() >= prefix_.size() &&
                                    std::ranges::equal(term.substr(0, prefix_.size()), prefix_, {}, ascii_lower)
                              : term.starts_with(prefix_);
    return begins ? std::optional(1.0F) : std::nullopt;
  }
  [[nodiscard]] std::string_view beginning() const override { return fold_ ? std::string_view() : prefix_; }
  [[nodiscard]] std::string explain() const override {
    return fmt::format("begins with [{}]{}", prefix_, fold_ ? ", ASCII letters in any case" : "");
  }

 private:
  std::string prefix_;
  bool fold_;
};

}  // namespace

TermPatternPtr prefix_pattern(std::string prefix, bool fold) {
  return std::make_shared<const Prefix>(std::move(prefix), fold);
}

Result<QueryPtr> prefix_query(const std::string& name, const std::string& prefix, bool fold, Rewrite rewrite,
                              const ClauseContext& context) {
  if (name == "_index") return index_name_query(prefix + "*", fold, context);
  if (name == "_id") return std::unexpected(query_shard_error(context, wrong_field("prefix", id_field())));
  const pipeline::FieldSchema* field = context.find(name);
  if (field == nullptr) return nothing("there is no field [" + name + "]");
  if (!has_texts(*field)) return std::unexpected(wrong_field_error("prefix", *field, context));
  auto text = normalized(*field, prefix, context);
  if (!text) return std::unexpected(text.error());
  return multi_term_query(*field, prefix_pattern(std::move(*text), fold), rewrite, context);
}

Result<QueryPtr> compile_prefix(std::string_view body, const ClauseContext& context) {
  auto clause = read_field_clause("prefix", body, context);
  if (!clause) return std::unexpected(clause.error());
  float boost = clause->boost;
  auto term = read_term(*clause, "prefix", context, boost);
  if (!term) return std::unexpected(term.error());
  auto rewrite = Rewrite::parse(term->rewrite);
  if (!rewrite) return std::unexpected(failed_to_create(context, rewrite.error()));
  auto query = prefix_query(clause->field, term->text, term->case_insensitive, *rewrite, context);
  if (!query) return query;
  return with_boost(std::move(*query), boost);
}

}  // namespace sluice::stages
