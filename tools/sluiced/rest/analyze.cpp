#include <charconv>

#include "io/store/catalog/index_names.h"
#include "stages/analysis/analyze_request.h"
#include "tools/sluiced/rest/broken_json.h"
#include "tools/sluiced/rest/index_analysis.h"
#include "tools/sluiced/rest/routes.h"
#include "tools/sluiced/services.h"

namespace sluice::rest {

namespace {

constexpr std::size_t kMostTokens = 10'000;

/// The one index that a name or an alias stands for. Errors: there is none, more than one, or it is closed.
Result<store::IndexPtr> index_named(const store::ClusterState& state, const std::string& name) {
  store::IndexPtr index = state.find(name);
  if (index == nullptr) {
    for (const auto& [other, each] : state.indices) {
      if (!each->aliases.contains(name)) continue;
      if (index != nullptr) {
        return std::unexpected(illegal_argument("alias [" + name +
                                                "] has more than one index associated with it, can't execute a single "
                                                "index op"));
      }
      index = each;
    }
  }
  if (index == nullptr) {
    return std::unexpected(Error(ErrorKind::kNotFound, 404, "index_not_found_exception", "no such index [" + name + "]")
                               .with("resource.type", "index_or_alias")
                               .with("resource.id", name)
                               .with("index_uuid", "_na_")
                               .with("index", name));
  }
  if (!index->open) {
    return std::unexpected(Error(ErrorKind::kBadRequest, 400, "index_closed_exception", "closed")
                               .with("index_uuid", index->uuid)
                               .with("index", index->name));
  }
  return index;
}

/// What a field's text is analyzed with; fields that are not there are text.
Result<stages::AnalyzerPtr> analyzer_of_field(const store::IndexMeta& index, const stages::Analysis& analysis,
                                              const std::string& name) {
  const pipeline::FieldSchema* const field = index.mapping->find(name);
  if (field == nullptr || field->kind == pipeline::FieldKind::kObject || field->kind == pipeline::FieldKind::kNested) {
    return analysis.default_analyzer();
  }
  if (field->kind == pipeline::FieldKind::kText) {
    return field->analyzer.empty() ? analysis.default_analyzer() : analysis.analyzer(field->analyzer);
  }
  if (field->kind == pipeline::FieldKind::kKeyword) {
    return field->normalizer.empty() ? analysis.analyzer("keyword") : analysis.normalizer(field->normalizer);
  }
  return std::unexpected(
      illegal_argument("Can't process field [" + name + "], Analysis requests are only supported on tokenized fields"));
}

std::size_t most_tokens(const store::IndexMeta& index) {
  const std::string text = index.setting("index.analyze.max_token_count", "");
  std::size_t most = kMostTokens;
  std::from_chars(text.data(), text.data() + text.size(), most);
  return most;
}

Result<std::string> analyze_in_index(const stages::AnalyzeRequest& request, const store::IndexMeta& index) {
  auto analysis = analysis_of(index);
  if (!analysis) return std::unexpected(analysis.error());
  const bool by_field = !request.field.empty() && request.analyzer.empty() && request.normalizer.empty();
  auto analyzer =
      by_field ? analyzer_of_field(index, **analysis, request.field) : stages::analyzer_of(request, **analysis);
  if (!analyzer) return std::unexpected(analyzer.error());
  return stages::analyze_texts(request, **analyzer, most_tokens(index));
}

Result<std::string> analyze_without_index(const stages::AnalyzeRequest& request) {
  if (!request.field.empty()) {
    return std::unexpected(illegal_argument("analysis based on a specific field requires an index"));
  }
  auto analyzer = stages::analyzer_of(request, stages::Analysis::global());
  if (!analyzer) return std::unexpected(analyzer.error());
  return stages::analyze_texts(request, **analyzer, kMostTokens);
}

}  // namespace

Result<Reply> analyze(Call& call, Services& services) {
  if (!call.has_body()) {
    return std::unexpected(
        Error(ErrorKind::kBadRequest, 400, "parse_exception", "request body or source parameter is required"));
  }
  auto request = stages::parse_analyze_request(call.body());
  if (!request) return std::unexpected(exact_json_error(request.error(), call.body()));
  const std::string name(call.text_or("index", ""));
  if (auto checked = stages::check_analyze_request(*request, !name.empty()); !checked) {
    return std::unexpected(checked.error());
  }
  if (name.empty()) {
    auto answer = analyze_without_index(*request);
    return answer ? Result<Reply>(Reply::json(std::move(*answer))) : std::unexpected(answer.error());
  }
  const store::StatePtr state = services.catalog.state();
  auto index = index_named(*state, name);
  if (!index) return std::unexpected(index.error());
  auto answer = analyze_in_index(*request, **index);
  return answer ? Result<Reply>(Reply::json(std::move(*answer))) : std::unexpected(answer.error());
}

}  // namespace sluice::rest
