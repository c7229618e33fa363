#include "stages/analysis/analysis.h"

#include <algorithm>
#include <charconv>
#include <mutex>

#include "pipeline/base/json_text.h"
#include "stages/analysis/built_in.h"
#include "stages/analysis/chain_analyzer.h"
#include "stages/analysis/custom_analyzer.h"
#include "stages/analysis/token_filter/make.h"
#include "stages/parse/json_object.h"

namespace sluice::stages {

namespace {

using AnalyzerMap = std::map<std::string, AnalyzerPtr, std::less<>>;

std::int64_t number_setting(const IndexSettings& settings, std::string_view name, std::int64_t fallback) {
  const auto found = settings.find(name);
  if (found == settings.end()) return fallback;
  const std::string text = json_unquoted(found->second);
  std::int64_t number = fallback;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The settings of each thing below `index.analysis.KIND.`. Errors: one without a dot behind its name.
Result<Components::Definitions> group(const IndexSettings& settings, std::string_view kind) {
  const std::string prefix = "index.analysis." + std::string(kind) + ".";
  Components::Definitions made;
  for (auto each = settings.lower_bound(prefix); each != settings.end() && each->first.starts_with(prefix); ++each) {
    const std::string_view rest = std::string_view(each->first).substr(prefix.size());
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos) {
      return std::unexpected(Error(ErrorKind::kBadRequest, 500, "settings_exception",
                                   "Failed to get setting group for [" + prefix + "] setting prefix and setting [" +
                                       each->first + "] because of a missing '.'"));
    }
    if (each->second == "null") continue;
    made[std::string(rest.substr(0, dot))].set(std::string(rest.substr(dot + 1)), each->second);
  }
  return made;
}

class IndexAnalysis final : public Analysis {
 public:
  IndexAnalysis(bool of_index, ComponentLimits limits) : components_(of_index, limits) {}

  Status read(const IndexSettings& settings) {
    for (const auto& [name, value] : settings) {
      if (name.starts_with("index.analysis.")) definition_.append(name).append("=").append(value).append("\n");
    }
    for (const ComponentKind kind : {ComponentKind::kCharFilter, ComponentKind::kTokenizer, ComponentKind::kFilter}) {
      auto definitions = group(settings, kind_name(kind));
      if (!definitions) return std::unexpected(definitions.error());
      components_.definitions(kind) = std::move(*definitions);
    }
    auto analyzers = group(settings, "analyzer");
    auto normalizers = group(settings, "normalizer");
    if (!analyzers || !normalizers) return std::unexpected(!analyzers ? analyzers.error() : normalizers.error());
    if (auto checked = components_.check(); !checked) return checked;
    for (const auto& [name, each] : *analyzers) {
      if (auto made = add_analyzer(name, each); !made) return made;
    }
    for (const auto& [name, each] : *normalizers) {
      if (auto made = add_normalizer(name, each); !made) return made;
    }
    for (const auto& [name, each] : analyzers_) {
      if (name.starts_with('_')) {
        return std::unexpected(illegal_argument("analyzer name must not start with '_'. got \"" + name + "\""));
      }
    }
    return {};
  }

  Result<AnalyzerPtr> analyzer(std::string_view name) const override {
    if (const auto own = analyzers_.find(name); own != analyzers_.end()) return own->second;
    if (!is_built_in_analyzer(name)) {
      return std::unexpected(illegal_argument(std::string("failed to find ") +
                                              (components_.of_index() ? "" : "global ") + "analyzer [" +
                                              std::string(name) + "]"));
    }
    if (name == "default" && components_.of_index()) return built_in("standard");
    return built_in(name);
  }

  Result<AnalyzerPtr> normalizer(std::string_view name) const override {
    if (const auto own = normalizers_.find(name); own != normalizers_.end()) return own->second;
    if (name == "lowercase") return lowercase_normalizer("lowercase");
    return std::unexpected(illegal_argument("failed to find normalizer under [" + std::string(name) + "]"));
  }

  AnalyzerPtr default_analyzer() const override { return named_or("default", *built_in("standard")); }
  AnalyzerPtr default_search_analyzer() const override { return named_or("default_search", default_analyzer()); }
  AnalyzerPtr default_search_quoted_analyzer() const override {
    return named_or("default_search_quoted", default_search_analyzer());
  }

  const std::string& definition() const override { return definition_; }
  Result<AnalyzerPtr> assemble(const Parts& parts) const override;

 private:
  static constexpr const char* kAnonymous = "__anonymous__";

  Status add_analyzer(const std::string& name, const ComponentSettings& settings) {
    if (name == "default_index") {
      return std::unexpected(
          illegal_argument("setting [index.analysis.analyzer.default_index] is not supported anymore, use "
                           "[index.analysis.analyzer.default] instead"));
    }
    const auto type = settings.text("type");
    if (!type && !settings.has("tokenizer")) {
      return std::unexpected(
          illegal_argument("analyzer [" + name + "] must specify either an analyzer type, or a tokenizer"));
    }
    const bool custom = !type || *type == "custom";
    if (!custom && !is_built_in_analyzer(*type)) {
      return std::unexpected(illegal_argument("Unknown analyzer type [" + *type + "] for [" + name + "]"));
    }
    auto made =
        custom ? make_custom_analyzer(name, settings, components_) : make_built_in_analyzer(*type, name, settings);
    if (!made) return std::unexpected(made.error());
    analyzers_.emplace(name, std::move(*made));
    return {};
  }

  Status add_normalizer(const std::string& name, const ComponentSettings& settings) {
    const std::string type = settings.text_or("type", "custom");
    if (type != "custom" && type != "lowercase") {
      return std::unexpected(illegal_argument("Unknown normalizer type [" + type + "] for [" + name + "]"));
    }
    auto made = type == "custom" ? make_custom_normalizer(name, settings, components_) : lowercase_normalizer(name);
    if (!made) return std::unexpected(made.error());
    normalizers_.emplace(name, std::move(*made));
    return {};
  }

  static Result<AnalyzerPtr> lowercase_normalizer(const std::string& name) {
    const ComponentSettings none;
    return make_chain_analyzer(name, AnalyzerParts{.filters = {*make_lowercase({.name = name, .settings = none})}});
  }

  /// Made when it is first asked for.
  Result<AnalyzerPtr> built_in(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    if (const auto found = built_ins_.find(name); found != built_ins_.end()) return found->second;
    auto made = make_built_in_analyzer(name, std::string(name), {});
    if (made) built_ins_.emplace(name, *made);
    return made;
  }

  AnalyzerPtr named_or(std::string_view name, const AnalyzerPtr& other) const {
    const auto own = analyzers_.find(name);
    return own == analyzers_.end() ? other : own->second;
  }

  Components components_;
  std::string definition_;
  AnalyzerMap analyzers_;
  AnalyzerMap normalizers_;
  mutable std::mutex mutex_;
  mutable AnalyzerMap built_ins_;
};

/// A component of an `_analyze` body: a name, or settings of its own.
struct PartOfBody {
  std::string name;
  std::optional<ComponentSettings> settings;
};

/// JSON without white space between its tokens, as Elasticsearch shows it.
std::string compact(std::string_view json) {
  std::string out;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (in_string && json[i] == '\\') {
      out += json[i++];
    } else if (json[i] == '"') {
      in_string = !in_string;
    }
    if (in_string || std::string_view(" \t\r\n").find(json[i]) == std::string_view::npos) out += json[i];
  }
  return out;
}

Result<PartOfBody> read_part(std::string_view json, std::string_view kind) {
  PartOfBody part;
  if (!json.starts_with('{')) {
    part.name = json_unquoted(json);
    return part;
  }
  auto settings = ComponentSettings::parse(json);
  if (!settings) return std::unexpected(settings.error());
  const auto type = settings->text("type");
  if (!type) {
    return std::unexpected(
        illegal_argument("Missing [type] setting for anonymous " + std::string(kind) + ": " + compact(json)));
  }
  part.name = *type;
  part.settings = std::move(*settings);
  return part;
}

Result<std::vector<PartOfBody>> read_parts(std::string_view json, std::string_view kind) {
  std::vector<PartOfBody> parts;
  if (json.empty()) return parts;
  auto elements = json.starts_with('[') ? json_elements(json, kind) : std::vector<std::string_view>{json};
  if (!elements) return std::unexpected(elements.error());
  for (const std::string_view element : *elements) {
    auto part = read_part(element, kind);
    if (!part) return std::unexpected(part.error());
    parts.push_back(std::move(*part));
  }
  return parts;
}

Result<AnalyzerPtr> IndexAnalysis::assemble(const Parts& parts) const {
  auto char_filters = read_parts(parts.char_filters, "char_filter");
  auto filters = read_parts(parts.filters, "filter");
  if (!char_filters || !filters) return std::unexpected(!char_filters ? char_filters.error() : filters.error());
  Components::Before before;
  AnalyzerParts named{.custom = true};
  const auto name_of = [](const PartOfBody& part) { return (part.settings ? kAnonymous : "") + part.name; };
  if (!parts.tokenizer.empty()) {
    auto part = read_part(parts.tokenizer, "tokenizer");
    if (!part) return std::unexpected(part.error());
    auto made = part->settings ? components_.make_tokenizer(kAnonymous + part->name, *part->settings)
                               : components_.tokenizer(part->name);
    if (!made) return std::unexpected(made.error());
    before.tokenizer = *made;
    named.tokenizer_name = name_of(*part);
  }
  for (const PartOfBody& part : *char_filters) {
    named.char_filter_names.push_back(name_of(part));
    auto made = part.settings ? components_.make_char_filter(kAnonymous + part.name, *part.settings)
                              : components_.char_filter(part.name);
    if (!made) return std::unexpected(made.error());
    before.char_filters.push_back(*made);
  }
  for (const PartOfBody& part : *filters) {
    named.filter_names.push_back(name_of(part));
    auto made = part.settings ? components_.make_filter(kAnonymous + part.name, *part.settings, before)
                              : components_.filter(part.name, before);
    if (!made) return std::unexpected(made.error());
    if (before.tokenizer == nullptr && !(*made)->normalizes()) {
      return std::unexpected(illegal_argument("Custom normalizer may not use filter [" + part.name + "]"));
    }
    before.filters.push_back(*made);
  }
  named.char_filters = std::move(before.char_filters);
  named.tokenizer = std::move(before.tokenizer);
  named.filters = std::move(before.filters);
  return make_chain_analyzer(kAnonymous, std::move(named));
}

}  // namespace

Result<std::shared_ptr<const Analysis>> Analysis::make(const IndexSettings& settings) {
  const ComponentLimits limits{number_setting(settings, "index.max_ngram_diff", 1),
                               number_setting(settings, "index.max_shingle_diff", 3)};
  auto made = std::make_shared<IndexAnalysis>(true, limits);
  if (auto read = made->read(settings); !read) return std::unexpected(read.error());
  return made;
}

const Analysis& Analysis::global() {
  static const IndexAnalysis global_analysis(false, ComponentLimits());
  return global_analysis;
}

}  // namespace sluice::stages
