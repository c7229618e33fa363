#include "stages/analysis/components.h"

#include <algorithm>

#include "stages/analysis/char_filter/make.h"
#include "stages/analysis/token_filter/make.h"
#include "stages/analysis/tokenizer/make.h"

namespace sluice::stages {

namespace {

template <typename Made>
struct Row {
  std::string_view name;
  Result<Made> (*make)(const ComponentContext&);
  std::string_view by_name;
};

constexpr auto kCharFilters = std::to_array<Row<CharFilterPtr>>({
#define CHAR_FILTER(name, make, by_name) {name, make, by_name},
#include "stages/analysis/char_filters.def"
#undef CHAR_FILTER
});

constexpr auto kTokenizers = std::to_array<Row<TokenizerPtr>>({
#define TOKENIZER(name, make) {name, make, "{}"},
#include "stages/analysis/tokenizers.def"
#undef TOKENIZER
});

constexpr auto kFilters = std::to_array<Row<TokenFilterPtr>>({
#define TOKEN_FILTER(name, make, by_name) {name, make, by_name},
#include "stages/analysis/token_filters.def"
#undef TOKEN_FILTER
});

/// Elasticsearch's that sluice has not.
constexpr auto kTokenizersNotThere = std::to_array<std::string_view>({"thai", "uax_url_email"});
constexpr auto kFiltersNotThere = std::to_array<std::string_view>(
    {"brazilian_stem", "condition", "delimited_payload", "dictionary_decompounder", "german_stem", "hunspell",
     "hyphenation_decompounder", "kstem", "min_hash", "predicate_token_filter"});

template <typename Rows>
auto find_row(const Rows& rows, std::string_view name) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.name == name; });
  return found == rows.end() ? nullptr : &*found;
}

bool is_not_there(ComponentKind kind, std::string_view name) {
  if (kind == ComponentKind::kTokenizer) {
    return std::ranges::find(kTokenizersNotThere, name) != kTokenizersNotThere.end();
  }
  return kind == ComponentKind::kFilter && std::ranges::find(kFiltersNotThere, name) != kFiltersNotThere.end();
}

/// Names that Elasticsearch once had, and says so.
std::string removed(ComponentKind kind, std::string_view name) {
  const std::string now = name == "nGram" ? "ngram" : "edge_ngram";
  if (kind == ComponentKind::kFilter && name == "standard") return "The [standard] token filter has been removed.";
  if (name != "nGram" && name != "edgeNGram") return {};
  if (kind == ComponentKind::kFilter) {
    return "The [" + std::string(name) +
           "] token filter name was deprecated in 6.4 and cannot be used in new indices. Please change the filter name "
           "to [" +
           now + "] instead.";
  }
  if (kind != ComponentKind::kTokenizer) return {};
  return "The [" + std::string(name) + "] tokenizer name was deprecated in 7.6. Please use the tokenizer name to [" +
         now + "] for indices created in versions 8 or higher instead.";
}

/// The settings of one that is asked for by its name alone. Errors: it needs some; in an index it says so itself.
Result<ComponentSettings> settings_by_name(std::string_view by_name, bool of_index) {
  if (of_index && by_name.empty()) return ComponentSettings();
  if (!by_name.empty()) return ComponentSettings::parse(by_name);
  return std::unexpected(illegal_argument("Analysis settings required - can't instantiate analysis factory"));
}

}  // namespace

std::string_view kind_name(ComponentKind kind) {
  if (kind == ComponentKind::kCharFilter) return "char_filter";
  return kind == ComponentKind::kTokenizer ? "tokenizer" : "filter";
}

bool Components::knows(ComponentKind kind, std::string_view name) const {
  if (definitions(kind).contains(name) || is_not_there(kind, name) || !removed(kind, name).empty()) return true;
  const auto usable = [](const auto* row) { return row != nullptr && !row->by_name.empty(); };
  if (kind == ComponentKind::kCharFilter) return usable(find_row(kCharFilters, name));
  if (kind == ComponentKind::kTokenizer) return usable(find_row(kTokenizers, name));
  return usable(find_row(kFilters, name));
}

Error Components::not_found(ComponentKind kind, std::string_view name) const {
  const std::string kind_text(kind_name(kind));
  if (const std::string gone = removed(kind, name); !gone.empty()) return illegal_argument(gone);
  if (is_not_there(kind, name)) {
    return unsupported("the " + kind_text + " [" + std::string(name) +
                       "] is not supported by this version of sluice: see docs/analysis.md");
  }
  return illegal_argument("failed to find " + std::string(of_index_ ? "" : "global ") + kind_text + " under [" +
                          std::string(name) + "]");
}

ComponentContext Components::context_of(const std::string& name, const ComponentSettings& settings,
                                        const Before& before) const {
  return ComponentContext{.name = name,
                          .settings = settings,
                          .limits = limits_,
                          .filter_named = [this](std::string_view other) { return filter(other, {}); },
                          .tokenizer_before = before.tokenizer,
                          .char_filters_before = before.char_filters,
                          .filters_before = before.filters};
}

Result<CharFilterPtr> Components::char_filter(std::string_view name) const {
  constexpr auto kKind = ComponentKind::kCharFilter;
  if (const auto own = definitions(kKind).find(name); own != definitions(kKind).end()) {
    return make_char_filter(own->first, own->second);
  }
  const auto* const row = find_row(kCharFilters, name);
  if (row == nullptr) return std::unexpected(not_found(kKind, name));
  auto settings = settings_by_name(row->by_name, of_index_);
  if (!settings) return std::unexpected(settings.error());
  return row->make(context_of(std::string(name), *settings, {}));
}

Result<TokenizerPtr> Components::tokenizer(std::string_view name) const {
  constexpr auto kKind = ComponentKind::kTokenizer;
  if (const auto own = definitions(kKind).find(name); own != definitions(kKind).end()) {
    return make_tokenizer(own->first, own->second);
  }
  const auto* const row = find_row(kTokenizers, name);
  if (row == nullptr) return std::unexpected(not_found(kKind, name));
  static const ComponentSettings kNone;
  return row->make(context_of(std::string(name), kNone, {}));
}

Result<TokenFilterPtr> Components::filter(std::string_view name, const Before& before) const {
  constexpr auto kKind = ComponentKind::kFilter;
  if (const auto own = definitions(kKind).find(name); own != definitions(kKind).end()) {
    return make_filter(own->first, own->second, before);
  }
  const auto* const row = find_row(kFilters, name);
  if (row == nullptr) return std::unexpected(not_found(kKind, name));
  auto settings = settings_by_name(row->by_name, of_index_);
  if (!settings) return std::unexpected(settings.error());
  return row->make(context_of(std::string(name), *settings, before));
}

Result<CharFilterPtr> Components::make_char_filter(const std::string& name, const ComponentSettings& settings) const {
  const std::string type = settings.text_or("type", name);
  const auto* const row = find_row(kCharFilters, type);
  if (row == nullptr) return std::unexpected(not_found(ComponentKind::kCharFilter, type));
  return row->make(context_of(name, settings, {}));
}

Result<TokenizerPtr> Components::make_tokenizer(const std::string& name, const ComponentSettings& settings) const {
  const std::string type = settings.text_or("type", name);
  const auto* const row = find_row(kTokenizers, type);
  if (row == nullptr) return std::unexpected(not_found(ComponentKind::kTokenizer, type));
  return row->make(context_of(name, settings, {}));
}

Result<TokenFilterPtr> Components::make_filter(const std::string& name, const ComponentSettings& settings,
                                               const Before& before) const {
  const std::string type = settings.text_or("type", name);
  const auto* const row = find_row(kFilters, type);
  if (row == nullptr) return std::unexpected(not_found(ComponentKind::kFilter, type));
  return row->make(context_of(name, settings, before));
}

Status Components::check() const {
  const auto checked = [&](ComponentKind kind, const auto& rows, const auto& make) -> Status {
    for (const auto& [name, settings] : definitions(kind)) {
      if (!settings.has("type")) {
        return std::unexpected(illegal_argument(std::string(kind_name(kind)) + " [" + name +
                                                "] must specify either an analyzer type, or a tokenizer"));
      }
      const std::string type = settings.text_or("type", name);
      if (find_row(rows, type) == nullptr && !is_not_there(kind, type)) {
        return std::unexpected(
            illegal_argument("Unknown " + std::string(kind_name(kind)) + " type [" + type + "] for [" + name + "]"));
      }
      // The rules of synonyms are read where they are used.
      if (type.starts_with("synonym") && settings.has("synonyms")) continue;
      auto made = make(name, settings);
      if (!made) return std::unexpected(made.error());
    }
    return {};
  };
  if (auto done = checked(ComponentKind::kCharFilter, kCharFilters,
                          [&](const auto& name, const auto& each) { return make_char_filter(name, each); });
      !done) {
    return done;
  }
  if (auto done = checked(ComponentKind::kTokenizer, kTokenizers,
                          [&](const auto& name, const auto& each) { return make_tokenizer(name, each); });
      !done) {
    return done;
  }
  return checked(ComponentKind::kFilter, kFilters,
                 [&](const auto& name, const auto& each) { return make_filter(name, each, {}); });
}

}  // namespace sluice::stages
