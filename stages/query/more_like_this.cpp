#include "stages/query/more_like_this.h"

#include <algorithm>
#include <map>

#include "stages/analysis/analysis.h"
#include "stages/painless/run/unicode.h"
#include "stages/parse/structurals.h"
#include "stages/query/field_alias.h"
#include "stages/query/minimum_should_match.h"
#include "stages/query/multi_term.h"

namespace sluice::stages {

namespace {

using pipeline::FieldKind;
using pipeline::FieldSchema;

/// Elasticsearch's bound on the words that are read of one text.
constexpr std::size_t kMostTokens = 5'000;

/// How often the words of a field come in what is liked.
using Frequencies = std::map<std::string, std::int64_t, std::less<>>;

bool is_supported(const FieldSchema& field) {
  return !field.runtime && (field.kind == FieldKind::kText || field.kind == FieldKind::kKeyword);
}

/// Makes the query: reads what is liked, and registers its words.
class LikeBuilder {
 public:
  LikeBuilder(const MoreLikeThisClause& clause, const ClauseContext& context) : clause_(clause), context_(context) {}

  Result<QueryPtr> build() {
    if (auto named = name_fields(); !named) return std::unexpected(std::move(named.error()));
    if (auto skipped = read_unlike(); !skipped) return std::unexpected(std::move(skipped.error()));
    std::vector<LikedFields> parts;
    if (!clause_.like_documents.empty()) {
      std::map<std::string, Frequencies> by_field;
      for (const LikedDocument& document : clause_.like_documents) {
        if (auto read = read_document(document, by_field); !read) return std::unexpected(std::move(read.error()));
      }
      auto part = registered(by_field);
      if (!part) return std::unexpected(std::move(part.error()));
      parts.push_back(std::move(*part));
    }
    if (!clause_.like.empty()) {
      auto part = like_texts();
      if (!part) return std::unexpected(std::move(part.error()));
      parts.push_back(std::move(*part));
    }
    context_.statistics->require("more_like_this");
    return more_like_this_query(std::move(parts), clause_, *context_.statistics);
  }

 private:
  Status name_fields() {
    if (!clause_.fields) {
      if (clause_.like.empty() && clause_.unlike.empty()) return {};
      return std::unexpected(illegal_argument(
          "[more_like_this] query cannot infer the field to analyze the free text, you should update the "
          "[index.query.default_field] index setting to a field that exists in the mapping or set the [fields] option "
          "in the query."));
    }
    for (const std::string& name : *clause_.fields) {
      const FieldSchema* const field = context_.find(name);
      if (field != nullptr && !is_supported(*field)) {
        if (!clause_.fail_on_unsupported_field) continue;
        return std::unexpected(illegal_argument("more_like_this only supports text/keyword fields: [" + name + "]"));
      }
      names_.push_back(field == nullptr ? name : field->path);
    }
    return {};
  }

  [[nodiscard]] bool is_noise(const std::string& word) const {
    const auto length = static_cast<std::int64_t>(painless::utf16_length(word));
    return (clause_.min_word_length > 0 && length < clause_.min_word_length) ||
           (clause_.max_word_length > 0 && length > clause_.max_word_length) || clause_.stop_words.contains(word);
  }

  Result<std::vector<std::string>> words_of_text(const std::string& text, const std::string& name) {
    const FieldSchema* const field = context_.find(name);
    Result<AnalyzerPtr> analyzer = AnalyzerPtr();
    const Analysis& analysis = analysis_of(context_);
    if (auto named = analysis.analyzer(clause_.analyzer); !clause_.analyzer.empty() && named) {
      analyzer = std::move(*named);
    } else if (field == nullptr) {
      // What has no fields at all is a check of the request alone.
      if (context_.schema.matching("*").empty()) return std::vector<std::string>();
      return std::unexpected(illegal_argument("No analyzer configured for field " + name));
    } else if (field->kind == FieldKind::kText) {
      analyzer = field->analyzer.empty() ? Result<AnalyzerPtr>(analysis.default_analyzer())
                                         : analysis.analyzer(field->analyzer);
    }
    if (!analyzer) return std::unexpected(std::move(analyzer.error()));
    if (*analyzer == nullptr) {
      auto words = words_of(*field, context_);
      if (!words) return std::unexpected(std::move(words.error()));
      if (words->analyzer == nullptr) return std::vector<std::string>{text};
      auto normal = words->analyzer->normalize(text);
      if (!normal) return std::unexpected(std::move(normal.error()));
      return std::vector<std::string>{std::move(*normal)};
    }
    std::vector<Token> tokens;
    if (auto read = (*analyzer)->analyze(text, tokens); !read) return std::unexpected(std::move(read.error()));
    if (tokens.size() > kMostTokens) tokens.resize(kMostTokens);
    std::vector<std::string> words;
    words.reserve(tokens.size());
    for (Token& token : tokens) words.push_back(std::move(token.text));
    return words;
  }

  /// Of all texts only the first field counts.
  Result<LikedFields> like_texts() {
    if (names_.empty()) return LikedFields();
    std::map<std::string, Frequencies> by_field;
    for (const std::string& text : clause_.like) {
      auto words = words_of_text(text, names_.front());
      if (!words) return std::unexpected(std::move(words.error()));
      for (const std::string& word : *words) add(names_.front(), word, by_field);
    }
    return registered(by_field);
  }

  void add(const std::string& field, const std::string& word, std::map<std::string, Frequencies>& by_field) {
    if (is_noise(word) || skipped_[field].contains(word)) return;
    ++by_field[field][word];
  }

  Status read_unlike() {
    if (!clause_.unlike.empty() && !names_.empty()) {
      for (const std::string& text : clause_.unlike) {
        auto words = words_of_text(text, names_.front());
        if (!words) return std::unexpected(std::move(words.error()));
        skipped_[names_.front()].insert(words->begin(), words->end());
      }
    }
    std::map<std::string, Frequencies> by_field;
    for (const LikedDocument& document : clause_.unlike_documents) {
      if (auto read = read_document(document, by_field); !read) return read;
    }
    for (const auto& [field, words] : by_field) {
      for (const auto& [word, count] : words) skipped_[field].insert(word);
    }
    return {};
  }

  /// Those that are asked for; of a document that the query brings all, but where it says which itself.
  std::vector<const FieldSchema*> fields_of(const LikedDocument& document) const {
    std::vector<const FieldSchema*> fields;
    if (document.fields || (document.document.empty() && clause_.fields)) {
      for (const std::string& name : document.fields ? *document.fields : names_) {
        const FieldSchema* const field = context_.find(name);
        if (field != nullptr && is_supported(*field)) fields.push_back(field);
      }
      return fields;
    }
    for (const FieldSchema* field : context_.schema.matching("*")) {
      const bool counts = is_supported(*field) && field->indexed && !is_alias(*field);
      if (counts && field->nested_path == context_.scope) fields.push_back(field);
    }
    return fields;
  }

  Status read_document(const LikedDocument& liked, std::map<std::string, Frequencies>& by_field) {
    if (!liked.document.empty()) return read_source(liked, liked.document, by_field);
    if (!context_.source_of) {
      return std::unexpected(unsupported(
          "[more_like_this] needs an index to look its document up in, and there is none here: give a text"));
    }
    auto source = context_.source_of(liked.index.empty() ? context_.index : liked.index, liked.id, liked.routing);
    if (!source) return std::unexpected(std::move(source.error()));
    return *source ? read_source(liked, (*source)->view(), by_field) : Status();
  }

  Status read_source(const LikedDocument& liked, std::string_view json, std::map<std::string, Frequencies>& by_field) {
    ReadPlan reads;
    WordSources sources;
    ClauseContext inner = context_;
    inner.reads = &reads;
    inner.names = nullptr;
    inner.words = &sources;
    std::vector<std::pair<std::string, WordSource>> fields;
    for (const FieldSchema* field : fields_of(liked)) {
      auto words = words_of(*field, inner);
      if (!words) return std::unexpected(std::move(words.error()));
      fields.emplace_back(field->path, std::move(*words));
    }
    Buffer padded(json.size());
    padded.append(json);
    Structurals structurals;
    if (structurals.build(padded.view()) != Structurals::Problem::kNone) return {};
    QueryDocument document{.source = padded.view()};
    document.set_structurals(structurals);
    DocumentFields read;
    read.load(reads, document);
    for (const auto& [name, source] : fields) {
      for (const Word& word : read.words(source)) add(name, word.text, by_field);
    }
    auto error = read.take_error();
    return error ? Status(std::unexpected(std::move(*error))) : Status();
  }

  Result<LikedFields> registered(const std::map<std::string, Frequencies>& by_field) {
    LikedFields fields;
    for (const auto& [name, words] : by_field) {
      const FieldSchema* const schema = context_.find(name);
      if (schema == nullptr) continue;
      auto source = words_of(*schema, context_);
      if (!source) return std::unexpected(std::move(source.error()));
      LikedField& field = fields.emplace_back();
      field.source = std::move(*source);
      field.field = context_.statistics->field(field.source);
      for (const auto& [word, frequency] : words) {
        if (frequency < clause_.min_term_freq) continue;
        field.terms.push_back({word, context_.statistics->term(field.field, word), frequency});
      }
    }
    return fields;
  }

  const MoreLikeThisClause& clause_;
  const ClauseContext& context_;
  std::vector<std::string> names_;
  std::map<std::string, std::set<std::string, std::less<>>> skipped_;
};

}  // namespace

Result<QueryPtr> compile_more_like_this(std::string_view body, const ClauseContext& context) {
  auto clause = read_more_like_this(body, context);
  if (!clause) {
    const bool parsing = clause.error().type == "parse_exception";
    return std::unexpected(parsing ? request_error(std::move(clause.error())) : std::move(clause.error()));
  }
  if (auto minimum = minimum_should_match(clause->minimum, 1); !minimum) {
    return std::unexpected(std::move(minimum.error()));
  }
  auto query = LikeBuilder(*clause, context).build();
  if (!query && query.error().reason.starts_with("No analyzer")) return query;
  if (!query) return std::unexpected(as_shard_error(context, std::move(query.error())));
  std::vector<std::string> ids;
  for (const LikedDocument& document : clause->like_documents) {
    const bool here = document.index.empty() || document.index == context.index;
    if (!document.id.empty() && here && !clause->include) ids.push_back(document.id);
  }
  if (!ids.empty()) query = without_documents(std::move(*query), std::move(ids));
  return with_boost(std::move(*query), clause->boost);
}

}  // namespace sluice::stages
