#include "stages/query/field_keys.h"

#include <algorithm>

#include <fmt/format.h>

#include "pipeline/base/json_text.h"
#include "stages/analysis/analysis.h"
#include "stages/query/field_access.h"
#include "stages/query/key_bytes.h"
#include "stages/query/value_readers.h"
#include "stages/query/value_test.h"

namespace sluice::stages {

namespace {

using pipeline::FieldKind;
using pipeline::FieldSchema;
using pipeline::KeyList;

/// Counts up whenever what stands in a document gives other keys than before, or queries compare other values: indices
/// that an older sluice made are then made anew.
constexpr int kKeysVersion = 2;

constexpr std::size_t kKeptIndex = std::size_t{8} << 20;

std::string definition_of(const FieldSchema& field, const ClauseContext& context) {
  std::string text = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", kKeysVersion, static_cast<int>(field.kind), field.type,
                                 field.format, field.null_value.value_or(""),
                                 field.ignore_above ? std::to_string(*field.ignore_above) : "", field.scaling_factor);
  text += '\n' + field.source_path;
  for (const std::string& path : field.copied_from) text += '\t' + path;
  if (!field.normalizer.empty()) text += '\n' + field.normalizer + '\n' + analysis_of(context).definition();
  return text;
}

/// Walks a document to the values of the field.
class Keys : public pipeline::FieldKeys {
 public:
  Keys(const FieldSchema& field, const ClauseContext& context)
      : definition_(definition_of(field, context)), access_(field, {}, reads_) {}
  [[nodiscard]] const std::string& definition() const override { return definition_; }

  void append(std::string_view source, KeyList& keys) const override {
    static thread_local Structurals structurals;
    static thread_local DocumentFields fields;
    if (structurals.build(source) != Structurals::Problem::kNone) return keys.add_unknown();
    QueryDocument document{.source = source};
    document.set_structurals(structurals);
    fields.load(reads_, document);
    read(fields, keys);
    structurals.trim(kKeptIndex);
  }

 protected:
  virtual void read(DocumentFields& fields, KeyList& keys) const = 0;
  /// Calls `use(token)` for each value.
  template <typename Use>
  void each(DocumentFields& fields, Use use) const {
    access_.any(fields, [&](std::string_view token) {
      if (!token.starts_with('{') && !token.starts_with('[')) use(token);
      return false;
    });
  }

 private:
  std::string definition_;
  ReadPlan reads_;
  FieldAccess access_;
};

/// Scores count `true`, and anything else as `false`.
struct TrueOrNot {
  std::optional<int> operator()(std::string_view token) const { return json_unquoted(token) == "true" ? 1 : 0; }
};

template <typename Read>
class ValueKeys final : public Keys {
 public:
  ValueKeys(const FieldSchema& field, const ClauseContext& context, Read read)
      : Keys(field, context), read_(std::move(read)) {}

 protected:
  void read(DocumentFields& fields, KeyList& keys) const override {
    std::string key;
    each(fields, [&](std::string_view token) {
      const auto value = read_(token);
      if (!value) return;
      key.clear();
      append_key(key, *value);
      if constexpr (std::is_same_v<Read, TrueOrNot>) {
        for (std::size_t i = 0; i < keys.size(); ++i) {
          if (keys[i] == key) return;
        }
      }
      keys.add(key);
    });
    keys.set_values(keys.size());
  }

 private:
  Read read_;
};

class TextKeys final : public Keys {
 public:
  TextKeys(const FieldSchema& field, const ClauseContext& context, AnalyzerPtr normalizer)
      : Keys(field, context), normalizer_(std::move(normalizer)) {}

 protected:
  void read(DocumentFields& fields, KeyList& keys) const override {
    static thread_local std::vector<std::string> texts;
    static thread_local std::string key;
    texts.clear();
    each(fields, [&](std::string_view token) {
      std::string text = json_unquoted(token);
      if (normalizer_ != nullptr) {
        auto normal = normalizer_->normalize(text);
        if (!normal) return keys.add_unknown();
        text = std::move(*normal);
      }
      texts.push_back(std::move(text));
    });
    if (texts.size() > 1) {
      std::ranges::sort(texts);
      texts.erase(std::ranges::unique(texts).begin(), texts.end());
    }
    for (const std::string& text : texts) {
      key.clear();
      append_key(key, std::string_view(text));
      keys.add(key);
    }
    keys.set_values(texts.size());
  }

 private:
  AnalyzerPtr normalizer_;
};

template <typename Read>
pipeline::FieldKeysPtr value_keys(const FieldSchema& field, const ClauseContext& context, Read read) {
  return std::make_shared<const ValueKeys<Read>>(field, context, std::move(read));
}

}  // namespace

pipeline::FieldKeysPtr field_keys(const FieldSchema& field, const ClauseContext& context) {
  if (!context.scope.empty() || !field.nested_path.empty() || !field.indexed || field.runtime) return nullptr;
  switch (field.kind) {
    case FieldKind::kKeyword: {
      auto normalizer = normalizer_of(field, context);
      if (!normalizer) return nullptr;
      return std::make_shared<const TextKeys>(field, context, std::move(*normalizer));
    }
    case FieldKind::kInteger:
    case FieldKind::kUnsigned:
      return value_keys(field, context, WholeReader());
    case FieldKind::kFloating:
      return value_keys(field, context, FloatingReader(field));
    case FieldKind::kBoolean:
      return value_keys(field, context, TrueOrNot());
    case FieldKind::kDate: {
      auto format = date_format_of(field.format);
      if (!format) return nullptr;
      return value_keys(field, context, DateReader(std::move(*format), field.type == "date_nanos"));
    }
    case FieldKind::kIp:
      return value_keys(field, context, AddressReader());
    default:
      return nullptr;
  }
}

std::optional<pipeline::LookupPlan> field_plan(const pipeline::FieldKeysPtr& field,
                                               std::vector<pipeline::KeyRange> ranges) {
  if (field == nullptr) return std::nullopt;
  pipeline::LookupPlan plan;
  plan.kind = pipeline::LookupPlan::Kind::kField;
  plan.field = field;
  plan.ranges = std::move(ranges);
  return plan;
}

}  // namespace sluice::stages
