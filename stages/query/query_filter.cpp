#include "stages/query/query_filter.h"

#include <algorithm>
#include <utility>

#include "pipeline/base/buffer.h"

namespace sluice::stages {

namespace {

/// An index of four bytes for each structural character is kept for documents of up to this size only.
constexpr std::size_t kKeptIndex = std::size_t{8} << 20;

Result<CompiledQueryPtr> compile_padded(std::string_view json, const QueryContext& context) {
  Buffer padded(json.size());
  padded.append(json);
  return compile_query(padded.view(), context);
}

}  // namespace

Result<QueryFilter> QueryFilter::compile(std::string_view query, std::span<const std::string> filters,
                                         const QueryContext& context) {
  Buffer padded(query.size());
  padded.append(query);
  QueryContext placed = context;
  placed.text = padded.view();
  auto compiled = compile_query(padded.view(), placed);
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  if (auto checked = (*compiled)->check_without_statistics(); !checked) {
    return std::unexpected(std::move(checked.error()));
  }
  std::vector<CompiledQueryPtr> compiled_filters;
  for (const std::string& filter : filters) {
    auto one = compile_padded(filter, context);
    if (!one) return std::unexpected(std::move(one.error()));
    if (auto checked = (*one)->check_without_statistics(); !checked) return std::unexpected(std::move(checked.error()));
    compiled_filters.push_back(std::move(*one));
  }
  if (std::ranges::any_of(compiled_filters, [](const CompiledQueryPtr& filter) { return filter->matches_all(); })) {
    compiled_filters.clear();
  }
  return QueryFilter(std::move(*compiled), std::move(compiled_filters));
}

bool QueryFilter::matches_all() const { return query_->matches_all() && filters_.empty(); }

std::optional<pipeline::LookupPlan> QueryFilter::lookup() const {
  std::vector<pipeline::LookupPlan> parts;
  if (auto part = query_->lookup()) parts.push_back(std::move(*part));
  pipeline::LookupPlan filtered;
  for (const CompiledQueryPtr& filter : filters_) {
    auto part = filter->lookup();
    if (!part) return pipeline::LookupPlan::all_of(std::move(parts));
    filtered.parts.push_back(std::move(*part));
  }
  if (!filters_.empty()) parts.push_back(std::move(filtered));
  return pipeline::LookupPlan::all_of(std::move(parts));
}

std::size_t QueryFilter::passes() const {
  std::size_t passes = query_->passes();
  for (const CompiledQueryPtr& filter : filters_) passes = std::max(passes, filter->passes());
  return passes;
}

Status QueryFilter::look(std::size_t pass, QueryDocument document) const {
  static thread_local Structurals structurals;
  if (structurals.build(document.source) != Structurals::Problem::kNone) return {};
  document.set_structurals(structurals);
  Status seen = look_indexed(pass, document);
  structurals.trim(kKeptIndex);
  return seen;
}

Status QueryFilter::look_indexed(std::size_t pass, const QueryDocument& document) const {
  if (pass < query_->passes()) {
    if (Status seen = query_->look(pass, document); !seen) return seen;
  }
  for (const CompiledQueryPtr& filter : filters_) {
    if (pass >= filter->passes()) continue;
    if (Status seen = filter->look(pass, document); !seen) return seen;
  }
  return {};
}

Result<bool> QueryFilter::matches(QueryDocument document) const {
  static thread_local Structurals structurals;
  if (structurals.build(document.source) != Structurals::Problem::kNone) return false;
  document.set_structurals(structurals);
  auto matched = query_->matches(document);
  if (matched && *matched && !filters_.empty()) {
    matched = false;
    for (const CompiledQueryPtr& filter : filters_) {
      matched = filter->matches(document);
      if (!matched || *matched) break;
    }
  }
  structurals.trim(kKeptIndex);
  return matched;
}

}  // namespace sluice::stages
