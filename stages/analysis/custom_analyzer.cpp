#include "stages/analysis/custom_analyzer.h"

#include <algorithm>

#include "stages/analysis/chain_analyzer.h"

namespace sluice::stages {

namespace {

std::vector<std::string> names_of(const ComponentSettings& settings, std::string_view key) {
  return settings.list(key).value_or(std::vector<std::string>());
}

Error missing(const std::string& who, std::string_view kind, const std::string& name) {
  return illegal_argument(who + " failed to find " + std::string(kind) + " under name [" + name + "]");
}

Error may_not_use(const std::string& who, std::string_view kind, const std::string& name) {
  std::string reason = who + " may not use ";
  reason.append(kind).append(" [").append(name).append("]");
  return illegal_argument(std::move(reason));
}

/// One that needs settings isn't there by its name alone.
bool is_there(const Components& components, ComponentKind kind, const std::string& name) {
  return components.knows(kind, name);
}

Result<std::vector<CharFilterPtr>> char_filters_of(const ComponentSettings& settings, const Components& components,
                                                   const std::string& who) {
  std::vector<CharFilterPtr> filters;
  for (const std::string& each : names_of(settings, "char_filter")) {
    if (!is_there(components, ComponentKind::kCharFilter, each)) {
      return std::unexpected(missing(who, "char_filter", each));
    }
    auto filter = components.char_filter(each);
    if (!filter) return std::unexpected(filter.error());
    filters.push_back(std::move(*filter));
  }
  return filters;
}

void name_parts(AnalyzerParts& parts, const ComponentSettings& settings, std::string tokenizer) {
  parts.custom = true;
  parts.char_filter_names = names_of(settings, "char_filter");
  parts.tokenizer_name = std::move(tokenizer);
  parts.filter_names = names_of(settings, "filter");
}

}  // namespace

Result<AnalyzerPtr> make_custom_analyzer(const std::string& name, const ComponentSettings& settings,
                                         const Components& components) {
  const std::string who = "Custom Analyzer [" + name + "]";
  const auto tokenizer_name = settings.text("tokenizer");
  if (!tokenizer_name) return std::unexpected(illegal_argument(who + " must be configured with a tokenizer"));
  if (!is_there(components, ComponentKind::kTokenizer, *tokenizer_name)) {
    return std::unexpected(missing(who, "tokenizer", *tokenizer_name));
  }
  Components::Before before;
  auto tokenizer = components.tokenizer(*tokenizer_name);
  if (!tokenizer) return std::unexpected(tokenizer.error());
  before.tokenizer = *tokenizer;
  auto char_filters = char_filters_of(settings, components, who);
  if (!char_filters) return std::unexpected(char_filters.error());
  before.char_filters = *char_filters;
  auto gap = settings.integer("position_increment_gap", static_cast<std::int32_t>(Analyzer::kDefaultGap));
  if (!gap) return std::unexpected(gap.error());
  for (const std::string& each : names_of(settings, "filter")) {
    if (!is_there(components, ComponentKind::kFilter, each)) return std::unexpected(missing(who, "filter", each));
    auto filter = components.filter(each, before);
    if (!filter) return std::unexpected(filter.error());
    before.filters.push_back(std::move(*filter));
  }
  AnalyzerParts parts{std::move(before.char_filters), std::move(before.tokenizer), std::move(before.filters)};
  name_parts(parts, settings, *tokenizer_name);
  return make_chain_analyzer(name, std::move(parts), static_cast<std::uint32_t>(std::max(*gap, 0)));
}

Result<AnalyzerPtr> make_custom_normalizer(const std::string& name, const ComponentSettings& settings,
                                           const Components& components) {
  const std::string who = "Custom normalizer [" + name + "]";
  const std::string analyzer_words = "Custom Analyzer [" + name + "]";  // Elasticsearch's, of a normalizer too
  if (settings.has("tokenizer")) return std::unexpected(illegal_argument(who + " cannot configure a tokenizer"));
  AnalyzerParts parts;
  auto char_filters = char_filters_of(settings, components, who);
  if (!char_filters) return std::unexpected(char_filters.error());
  const auto char_names = names_of(settings, "char_filter");
  for (std::size_t i = 0; i < char_filters->size(); ++i) {
    if ((*char_filters)[i]->normalizes()) continue;
    return std::unexpected(may_not_use(who, "char filter", char_names[i]));
  }
  parts.char_filters = std::move(*char_filters);
  for (const std::string& each : names_of(settings, "filter")) {
    if (!is_there(components, ComponentKind::kFilter, each)) {
      return std::unexpected(missing(analyzer_words, "filter", each));
    }
    auto filter = components.filter(each, {});
    if (!filter) return std::unexpected(filter.error());
    if (!(*filter)->normalizes()) {
      return std::unexpected(may_not_use(who, "filter", each));
    }
    parts.filters.push_back(std::move(*filter));
  }
  name_parts(parts, settings, "keyword");
  return make_chain_analyzer(name, std::move(parts));
}

}  // namespace sluice::stages
