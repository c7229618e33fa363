#include <fmt/format.h>

#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

class PrefixTest final : public TextTest {
 public:
  PrefixTest(std::string prefix, bool fold) : prefix_(std::move(prefix)), fold_(fold) {
    if (fold_) std::ranges::transform(prefix_, prefix_.begin(), lower);
  }
  bool operator()(std::string_view text) const override {
    if (!fold_) return text.starts_with(prefix_);
    return text.size() >= prefix_.size() && std::ranges::equal(text.substr(0, prefix_.size()), prefix_, {}, lower);
  }
  [[nodiscard]] std::string explain() const override {
    return fmt::format("begins with [{}]{}", prefix_, fold_ ? ", ASCII letters in any case" : "");
  }

 private:
  std::string prefix_;
  bool fold_;
};

}  // namespace

Result<QueryPtr> compile_prefix(std::string_view body, const ClauseContext& context) {
  auto clause = read_field_clause("prefix", body, context);
  if (!clause) return std::unexpected(clause.error());
  float boost = clause->boost;
  auto term = read_term(*clause, "prefix", context, boost);
  if (!term) return std::unexpected(term.error());
  const pipeline::FieldSchema* field = context.find(clause->field);
  if (field == nullptr) return nothing("there is no field [" + clause->field + "]");
  if (field->kind != pipeline::FieldKind::kKeyword && field->kind != pipeline::FieldKind::kText) {
    return std::unexpected(
        query_shard_error(context, "Can only use prefix queries on keyword, text and wildcard fields - not on [" +
                                       field->path + "] which is of type [" + field->type + "]"));
  }
  auto text = normalized(*field, term->text, context);
  if (!text) return std::unexpected(text.error());
  auto query =
      terms_with(*field, std::make_unique<const PrefixTest>(std::move(*text), term->case_insensitive), context);
  if (!query) return query;
  return with_boost(std::move(*query), boost);
}

}  // namespace sluice::stages
