#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "stages/query/lucene_heap.h"
#include "stages/query/span.h"

namespace sluice::stages {

namespace {

constexpr std::int32_t kNoMore = std::numeric_limits<std::int32_t>::max();
/// Of a gap at the beginning, which stands everywhere, in one document.
constexpr std::size_t kMostPlaces = 1'000'000;

/// Goes through the spans of a clause; of a gap, through all positions.
class SpanCursor {
 public:
  SpanCursor(const SpanSource& source, DocumentFields& document) : gap_(source.gap()) { source.find(document, list_); }

  bool advance() {
    if (gap_) return ++position_ < kNoMore;
    ++next_;
    return next_ <= list_.size();
  }
  /// To the first one that starts at `position` or behind it. False: there is none.
  bool skip_to(std::int32_t position) {
    if (gap_) {
      position_ = position;
      return true;
    }
    while (start() < position) {
      if (!advance()) return false;
    }
    return start() != kNoMore;
  }
  /// A gap alone: leaves out so many of its positions.
  void pass(std::int64_t positions) {
    position_ = static_cast<std::int32_t>(std::min<std::int64_t>(position_ + positions, kNoMore - 1));
  }
  [[nodiscard]] std::int32_t start() const {
    if (gap_) return position_;
    if (next_ == 0) return -1;
    return next_ <= list_.size() ? list_[next_ - 1].start : kNoMore;
  }
  [[nodiscard]] std::int32_t end() const {
    if (!gap_) return next_ == 0 ? -1 : list_[next_ - 1].end;
    return static_cast<std::int32_t>(std::min<std::int64_t>(std::int64_t{position_} + *gap_, kNoMore));
  }
  [[nodiscard]] bool empty() const { return !gap_ && list_.empty(); }

 private:
  SpanList list_;
  std::size_t next_ = 0;  ///< behind the current one
  std::optional<std::int32_t> gap_;
  std::int32_t position_ = -1;
};

class SpanNear final : public SpanSource {
 public:
  SpanNear(std::string field, SpanSources clauses, std::int32_t slop, bool in_order)
      : SpanSource(std::move(field)), clauses_(std::move(clauses)), slop_(slop), in_order_(in_order) {}

  void find(DocumentFields& document, SpanList& out) const override {
    if (std::ranges::all_of(clauses_, [](const SpanSourcePtr& clause) { return clause->gap().has_value(); })) return;
    std::vector<SpanCursor> cursors;
    cursors.reserve(clauses_.size());
    for (const SpanSourcePtr& clause : clauses_) {
      cursors.emplace_back(*clause, document);
      if (cursors.back().empty()) return;
    }
    if (in_order_) {
      find_ordered(cursors, document, out);
    } else {
      find_unordered(cursors, out);
    }
  }
  [[nodiscard]] std::string text() const override {
    std::string all;
    for (const SpanSourcePtr& clause : clauses_) all += (all.empty() ? "" : ", ") + clause->text();
    return fmt::format("spanNear([{}], {}, {})", all, slop_, in_order_);
  }

 private:
  /// Each behind the one before it, as early as it stands there.
  void find_ordered(std::vector<SpanCursor>& cursors, DocumentFields& document, SpanList& out) const {
    const auto is_gap = [](const SpanSourcePtr& clause) { return clause->gap().has_value(); };
    const auto first_words = static_cast<std::size_t>(std::ranges::find_if_not(clauses_, is_gap) - clauses_.begin());
    const std::size_t before = out.size();
    while (cursors.front().advance()) {
      std::int64_t width = 0;
      std::int64_t lead = 0;  // from the gaps that it begins with to the first words
      for (std::size_t i = 1; i < cursors.size(); ++i) {
        const std::int32_t behind = cursors[i - 1].end();
        if (!cursors[i].skip_to(behind)) return;
        const std::int64_t distance = std::int64_t{cursors[i].start()} - behind;
        width += distance;
        if (i == first_words) lead = distance;
      }
      if (width > slop_) {
        // Gaps stand everywhere: to where they come near enough, or other words are the next ones.
        if (first_words != 0) cursors.front().pass(std::min(width - slop_, lead + 1) - 1);
        continue;
      }
      out.push_back({cursors.front().start(), cursors.back().end(), static_cast<std::int32_t>(width)});
      if (first_words == 0 || out.size() - before < kMostPlaces) continue;
      return document.fail(illegal_argument(fmt::format(
          "a [span_near] that begins with a [span_gap] has more than {} places in one document", kMostPlaces)));
    }
  }

  /// All of them, the first one moved on each time.
  void find_unordered(std::vector<SpanCursor>& cursors, SpanList& out) const {
    const auto before = [](const SpanCursor* a, const SpanCursor* b) {
      return a->start() != b->start() ? a->start() < b->start() : a->end() < b->end();
    };
    LuceneHeap<SpanCursor*, decltype(before)> queue(before);
    std::int64_t lengths = 0;
    std::int32_t end = -1;
    const auto enter = [&](const SpanCursor& cursor) {
      lengths += cursor.end() - cursor.start();
      end = std::max(end, cursor.end());
    };
    for (SpanCursor& cursor : cursors) {
      cursor.advance();
      enter(cursor);
      queue.add(&cursor);
    }
    while (true) {
      SpanCursor& first = *queue.top();
      const std::int32_t start = first.start();
      if (std::int64_t{end} - start - lengths <= slop_) out.push_back({start, end, end - start});
      lengths -= first.end() - start;
      if (!first.advance()) return;
      enter(first);
      queue.update_top();
    }
  }

  SpanSources clauses_;
  std::int32_t slop_;
  bool in_order_;
};

}  // namespace

SpanSourcePtr span_near(std::string field, SpanSources clauses, std::int32_t slop, bool in_order) {
  return std::make_shared<const SpanNear>(std::move(field), std::move(clauses), slop, in_order);
}

}  // namespace sluice::stages
