#include "stages/query/span.h"

#include <algorithm>

#include <fmt/format.h>

#include "stages/query/score_statistics.h"

namespace sluice::stages {

namespace {

SpanList spans_of(const SpanSource& source, DocumentFields& document) {
  SpanList list;
  source.find(document, list);
  return list;
}

class SpanWords final : public SpanSource {
 public:
  SpanWords(std::string field, WordTest test, SpanExpansion expansion, std::string text)
      : SpanSource(std::move(field)), test_(std::move(test)), expansion_(expansion), text_(std::move(text)) {}

  void find(DocumentFields& document, SpanList& out) const override {
    const auto add = [&out](std::uint32_t position) {
      const auto at = static_cast<std::int32_t>(position);
      out.push_back({at, at + 1, 0});
    };
    if (expansion_.statistics == nullptr || !expansion_.statistics->counted()) {
      test_.each(document, add);
      return;
    }
    const TermExpansion& terms = expansion_.statistics->expansion(expansion_.number);
    for (const Word& word : document.words(test_.source)) {
      if (terms.find(word.text, document.document().shard) != nullptr) add(word.position);
    }
  }
  [[nodiscard]] std::string text() const override { return text_; }

 private:
  WordTest test_;
  SpanExpansion expansion_;
  std::string text_;
};

class SpanNothing final : public SpanSource {
 public:
  SpanNothing(std::string field, std::string text) : SpanSource(std::move(field)), text_(std::move(text)) {}
  void find(DocumentFields& /*document*/, SpanList& /*out*/) const override {}
  [[nodiscard]] std::string text() const override { return text_; }

 private:
  std::string text_;
};

class SpanGap final : public SpanSource {
 public:
  SpanGap(std::string field, std::int32_t width) : SpanSource(std::move(field)), width_(width) {}
  void find(DocumentFields& /*document*/, SpanList& /*out*/) const override {}
  [[nodiscard]] std::string text() const override { return fmt::format("SpanGap({}:{})", field(), width_); }
  [[nodiscard]] std::optional<std::int32_t> gap() const override { return width_; }

 private:
  std::int32_t width_;
};

class SpanAny final : public SpanSource {
 public:
  SpanAny(std::string field, SpanSources clauses) : SpanSource(std::move(field)), clauses_(std::move(clauses)) {}

  void find(DocumentFields& document, SpanList& out) const override {
    const auto first = static_cast<std::ptrdiff_t>(out.size());
    for (const SpanSourcePtr& clause : clauses_) clause->find(document, out);
    std::stable_sort(out.begin() + first, out.end(), [](const Span& a, const Span& b) {
      return a.start != b.start ? a.start < b.start : a.end < b.end;
    });
  }
  [[nodiscard]] std::string text() const override {
    std::string all;
    for (const SpanSourcePtr& clause : clauses_) all += (all.empty() ? "" : ", ") + clause->text();
    return "spanOr([" + all + "])";
  }

 private:
  SpanSources clauses_;
};

class SpanFirst final : public SpanSource {
 public:
  SpanFirst(SpanSourcePtr match, std::int32_t end) : SpanSource(match->field()), match_(std::move(match)), end_(end) {}

  void find(DocumentFields& document, SpanList& out) const override {
    for (const Span& span : spans_of(*match_, document)) {
      if (span.start >= end_) return;
      if (span.end <= end_) out.push_back(span);
    }
  }
  [[nodiscard]] std::string text() const override { return fmt::format("spanFirst({}, {})", match_->text(), end_); }

 private:
  SpanSourcePtr match_;
  std::int32_t end_;
};

class SpanNot final : public SpanSource {
 public:
  SpanNot(SpanSourcePtr include, SpanSourcePtr exclude, std::int32_t before, std::int32_t behind)
      : SpanSource(include->field()),
        include_(std::move(include)),
        exclude_(std::move(exclude)),
        before_(before),
        behind_(behind) {}

  void find(DocumentFields& document, SpanList& out) const override {
    const SpanList included = spans_of(*include_, document);
    if (included.empty()) return;
    const SpanList excluded = spans_of(*exclude_, document);
    std::size_t next = 0;
    for (const Span& span : included) {
      while (next < excluded.size() && excluded[next].end <= std::int64_t{span.start} - before_) ++next;
      if (next == excluded.size() || std::int64_t{excluded[next].start} - behind_ >= span.end) out.push_back(span);
    }
  }
  [[nodiscard]] std::string text() const override {
    return fmt::format("spanNot({}, {}, {}, {})", include_->text(), exclude_->text(), before_, behind_);
  }

 private:
  SpanSourcePtr include_;
  SpanSourcePtr exclude_;
  std::int32_t before_;
  std::int32_t behind_;
};

class SpanHolding final : public SpanSource {
 public:
  /// `within`: it is the little ones that are taken.
  SpanHolding(SpanSourcePtr big, SpanSourcePtr little, bool within)
      : SpanSource(big->field()), big_(std::move(big)), little_(std::move(little)), within_(within) {}

  void find(DocumentFields& document, SpanList& out) const override {
    const SpanList big = spans_of(*big_, document);
    const SpanList little = spans_of(*little_, document);
    std::size_t next = 0;
    if (within_) {
      for (const Span& span : little) {
        while (next < big.size() && big[next].end < span.end) ++next;
        if (next == big.size()) return;
        if (big[next].start <= span.start) out.push_back(span);
      }
      return;
    }
    for (const Span& span : big) {
      while (next < little.size() && little[next].start < span.start) ++next;
      if (next == little.size()) return;
      if (span.end >= little[next].end) out.push_back(span);
    }
  }
  [[nodiscard]] std::string text() const override {
    return fmt::format("{}({}, {})", within_ ? "SpanWithin" : "SpanContaining", big_->text(), little_->text());
  }

 private:
  SpanSourcePtr big_;
  SpanSourcePtr little_;
  bool within_;
};

class SpanMasked final : public SpanSource {
 public:
  SpanMasked(SpanSourcePtr query, std::string field) : SpanSource(std::move(field)), query_(std::move(query)) {}
  void find(DocumentFields& document, SpanList& out) const override { query_->find(document, out); }
  [[nodiscard]] const std::string& scored_field() const override { return query_->scored_field(); }
  [[nodiscard]] std::string text() const override { return fmt::format("mask({}) as {}", query_->text(), field()); }

 private:
  SpanSourcePtr query_;
};

}  // namespace

SpanSourcePtr span_words(std::string field, WordTest test, SpanExpansion expansion, std::string text) {
  return std::make_shared<const SpanWords>(std::move(field), std::move(test), expansion, std::move(text));
}
SpanSourcePtr span_nothing(std::string field, std::string text) {
  return std::make_shared<const SpanNothing>(std::move(field), std::move(text));
}
SpanSourcePtr span_gap(std::string field, std::int32_t width) {
  return std::make_shared<const SpanGap>(std::move(field), width);
}
SpanSourcePtr span_any(std::string field, SpanSources clauses) {
  return std::make_shared<const SpanAny>(std::move(field), std::move(clauses));
}
SpanSourcePtr span_first(SpanSourcePtr match, std::int32_t end) {
  return std::make_shared<const SpanFirst>(std::move(match), end);
}
SpanSourcePtr span_not(SpanSourcePtr include, SpanSourcePtr exclude, std::int32_t before, std::int32_t behind) {
  return std::make_shared<const SpanNot>(std::move(include), std::move(exclude), before, behind);
}
SpanSourcePtr span_containing(SpanSourcePtr big, SpanSourcePtr little) {
  return std::make_shared<const SpanHolding>(std::move(big), std::move(little), /*within=*/false);
}
SpanSourcePtr span_within(SpanSourcePtr big, SpanSourcePtr little) {
  return std::make_shared<const SpanHolding>(std::move(big), std::move(little), /*within=*/true);
}
SpanSourcePtr span_masked(SpanSourcePtr query, std::string field) {
  return std::make_shared<const SpanMasked>(std::move(query), std::move(field));
}

}  // namespace sluice::stages
