#include "stages/source_filter/source_filter.h"

#include <algorithm>
#include <utility>

#include "pipeline/base/buffer.h"
#include "pipeline/model/document_failure.h"
#include "stages/parse/structurals.h"
#include "stages/source_filter/field_path_filter.h"
#include "stages/source_filter/field_text_filter.h"
#include "stages/source_filter/filter_walk.h"

namespace sluice::stages {
namespace {

constexpr std::size_t kKeptIndex = std::size_t{8} << 20;

struct Filtered {
  bool valid = false;
  bool changed = false;
  std::size_t size = 0;
};

KeyMask key_mask(const std::vector<std::string>& includes, const std::vector<std::string>& excludes) {
  KeyMask mask{};
  mask['"'] = true;   // the empty key
  mask['\\'] = true;  // a key that is not written as it reads
  for (const auto* patterns : {&includes, &excludes}) {
    for (const std::string& pattern : *patterns) {
      const std::size_t first = pattern.find_first_not_of(" \t\n\r\f\v");
      if (first == std::string::npos) continue;
      const char c = pattern[first];
      if (c == '*' || c == '\\' || first != 0) {
        mask.fill(true);
      } else {
        mask[static_cast<unsigned char>(c)] = true;
      }
    }
  }
  return mask;
}

Error cant_filter() {
  return {ErrorKind::kDocument, 400, "document_parsing_exception",
          "failed to filter [_source]: it is not a JSON object, or nested deeper than 1000 levels; correct "
          "the document, or copy it without [source._source]"};
}

}  // namespace

class SourceFilter::Compiled {
 public:
  Compiled(const std::vector<std::string>& includes, const std::vector<std::string>& excludes)
      : mask_(key_mask(includes, excludes)), keep_others_(includes.empty()) {
    const auto has_star = [](const std::string& pattern) { return pattern.find('*') != std::string::npos; };
    if (std::ranges::any_of(excludes, has_star)) {
      text_ = std::make_unique<FieldTextFilter>(includes, excludes);
      text_root_ = text_->root();
    } else {
      path_ = std::make_unique<FieldPathFilter>(includes, excludes);
      path_root_ = path_->root();
    }
  }

  /// Filters `source` into `out`, which has room for it.
  Filtered run(std::string_view source, Structurals& structurals, char* out) const {
    if (structurals.build(source) != Structurals::Problem::kNone) return {};
    return run(Walker(source.data(), structurals.begin(), structurals.end()), source.data(), out);
  }

  /// Likewise, with an index that is there already; its positions count from `bytes`.
  Filtered run(const Walker& walker, const char* bytes, char* out) const {
    return path_ ? walk(*path_, path_root_, walker, bytes, out) : walk(*text_, text_root_, walker, bytes, out);
  }

 private:
  template <typename Filter>
  Filtered walk(const Filter& filter, const typename Filter::State& root, const Walker& walker, const char* bytes,
                char* out) const {
    FilterWalk<Filter> walk(filter, mask_, keep_others_, walker, bytes, out);
    if (!walk.run(root)) return {};
    return {.valid = true, .changed = walk.changed(), .size = static_cast<std::size_t>(walk.end() - out)};
  }

  KeyMask mask_;
  bool keep_others_;
  std::unique_ptr<FieldPathFilter> path_;
  std::unique_ptr<FieldTextFilter> text_;
  FieldPathFilter::State path_root_;
  FieldTextFilter::State text_root_;
};

SourceFilter::SourceFilter(const std::vector<std::string>& includes, const std::vector<std::string>& excludes)
    : compiled_(std::make_unique<const Compiled>(includes, excludes)) {}

SourceFilter::~SourceFilter() = default;

Status SourceFilter::apply(pipeline::Batch& batch) const {
  static thread_local Structurals structurals;
  for (std::size_t i = 0; i < batch.documents.size(); ++i) {
    pipeline::Document& document = batch.documents[i];
    if (document.outcome != pipeline::Outcome::kPending || document.source.empty()) continue;
    char* const out = batch.arena.allocate(document.source.size());
    const std::uint32_t* const index = batch.structurals.data();
    const bool indexed = !batch.structurals.empty() && document.structurals_end != 0;
    const char* const page = batch.page.text().data();
    const Filtered filtered =
        indexed ? compiled_->run(Walker(page, index + document.structurals_begin, index + document.structurals_end),
                                 page, out)
                : compiled_->run(document.source, structurals, out);
    batch.arena.shrink(out, filtered.changed ? filtered.size : 0);
    if (!filtered.valid) {
      document.outcome = pipeline::Outcome::kFailed;
      batch.failures.push_back(pipeline::document_failure(batch, static_cast<std::uint32_t>(i), cant_filter()));
    } else if (filtered.changed) {
      document.source = {out, filtered.size};
      document.structurals_begin = document.structurals_end = 0;
    }
  }
  structurals.trim(kKeptIndex);
  return {};
}

std::string SourceFilter::filtered(std::string_view source) const {
  Structurals structurals;
  Buffer padded;
  padded.append(source);
  std::string out(source.size(), '\0');
  const Filtered result = compiled_->run(padded.view(), structurals, out.data());
  if (!result.valid) return {};
  if (!result.changed) return std::string(source);
  out.resize(result.size);
  return out;
}

}  // namespace sluice::stages
