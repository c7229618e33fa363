#include <algorithm>
#include <limits>
#include <span>

#include "stages/query/interval_source.h"
#include "stages/query/lucene_heap.h"

namespace sluice::stages {

namespace {

constexpr std::int32_t kNoMore = std::numeric_limits<std::int32_t>::max();

std::int32_t plain_width(std::int32_t start, std::int32_t end) { return end - start + 1; }

/// Goes through intervals, as Lucene's iterators do: before the first one it stands at -1, behind the last one at
/// kNoMore.
class Cursor {
 public:
  explicit Cursor(const TextIntervals& list) : list_(&list) {}
  /// False: there is no other one.
  bool advance() {
    if (at_ == kBefore || at_ < list_->size()) ++at_;
    return at_ < list_->size();
  }
  [[nodiscard]] std::int32_t start() const { return of(&TextInterval::start); }
  [[nodiscard]] std::int32_t end() const { return of(&TextInterval::end); }
  [[nodiscard]] const TextInterval& get() const { return (*list_)[at_]; }
  /// 0 where it stands at none.
  [[nodiscard]] std::int32_t width() const { return at_ < list_->size() ? (*list_)[at_].width : 0; }

 private:
  [[nodiscard]] std::int32_t of(std::int32_t TextInterval::* part) const {
    if (at_ == kBefore) return -1;
    return at_ < list_->size() ? (*list_)[at_].*part : kNoMore;
  }
  static constexpr std::size_t kBefore = static_cast<std::size_t>(-1);

  const TextIntervals* list_;
  std::size_t at_ = kBefore;
};

using Cursors = std::vector<Cursor>;

/// The parts one behind the other, each as late as it can be.
class OrderedMatch {
 public:
  OrderedMatch(Cursors& parts, TextIntervals& out) : parts_(parts), out_(out) { advance(parts_[0]); }

  void run() {
    while (find()) out_.push_back(found_);
  }

 private:
  bool advance(Cursor& part) {
    widths_ -= part.width();
    const bool there = part.advance();
    widths_ += part.width();
    return there;
  }

  /// Lets each part follow the one before it. False: what was found is the least there is.
  bool line_up(std::int32_t last_start, bool minimizing) {
    while (true) {
      const Cursor& before = parts_[at_ - 1];
      if (before.end() >= last_start) return false;
      if (at_ == parts_.size() || (minimizing && parts_[at_].start() > before.end())) return true;
      do {
        if (parts_[at_].end() >= last_start || !advance(parts_[at_])) return false;
      } while (parts_[at_].start() <= before.end());
      ++at_;
    }
  }

  bool find() {
    bool found = false;
    std::int32_t last_start = kNoMore;
    while (line_up(last_start, found)) {
      if (parts_[0].start() == kNoMore) return false;
      found = true;
      found_.start = parts_[0].start();
      found_.end = parts_.back().end();
      found_.width = plain_width(found_.start, found_.end);
      found_.gaps = static_cast<std::int32_t>(found_.width - widths_);
      last_start = parts_.back().start();
      at_ = 1;
      if (!advance(parts_[0])) break;
    }
    return found;
  }

  Cursors& parts_;
  TextIntervals& out_;
  TextInterval found_;
  std::int64_t widths_ = 0;  ///< of all parts, where they stand
  std::size_t at_ = 1;       ///< which part is to follow; kept from one interval to the next
};

/// The parts in any order, as near together as they stand.
class UnorderedMatch {
 public:
  UnorderedMatch(Cursors& parts, TextIntervals& out) : parts_(parts), out_(out) {}

  void run() {
    for (Cursor& part : parts_) {
      if (!part.advance()) return;
      push(part);
    }
    while (find()) out_.push_back(found_);
  }

 private:
  struct Before {
    bool operator()(const Cursor* a, const Cursor* b) const {
      return a->start() < b->start() || (a->start() == b->start() && a->end() >= b->end());
    }
  };
  void push(Cursor& part) {
    queue_.add(&part);
    last_end_ = std::max(last_end_, part.end());
    widths_ += part.width();
  }
  void advance_first() {
    Cursor* const first = queue_.pop();
    widths_ -= first->width();
    if (first->advance()) push(*first);
  }
  [[nodiscard]] bool complete() const { return queue_.size() == parts_.size(); }

  bool find() {
    while (complete() && queue_.top()->start() == found_.start) advance_first();
    if (!complete()) return false;
    do {
      const Cursor& first = *queue_.top();
      found_.start = first.start();
      found_.end = last_end_;
      found_.width = plain_width(found_.start, found_.end);
      found_.gaps = static_cast<std::int32_t>(found_.width - widths_);
      if (first.end() == found_.end) return true;
      advance_first();
    } while (complete() && found_.end == last_end_);
    return true;
  }

  Cursors& parts_;
  TextIntervals& out_;
  LuceneHeap<Cursor*, Before> queue_{Before()};
  TextInterval found_{-1, -1, 0, 0};
  std::int64_t widths_ = 0;  ///< of the parts in the queue
  std::int32_t last_end_ = -1;
};

void find_block(Cursors& parts, TextIntervals& out) {
  while (parts[0].advance()) {
    for (std::size_t i = 1; i < parts.size();) {
      while (parts[i].start() <= parts[i - 1].end()) {
        if (!parts[i].advance()) return;
      }
      if (parts[i].start() == parts[i - 1].end() + 1) {
        ++i;
        continue;
      }
      if (!parts[0].advance()) return;
      i = 1;
    }
    const std::int32_t start = parts[0].start();
    const std::int32_t end = parts.back().end();
    out.push_back({start, end, 0, plain_width(start, end)});
  }
}

/// Of all parts what holds no other one.
void find_any(Cursors& parts, TextIntervals& out) {
  const auto before = [](const Cursor* a, const Cursor* b) {
    return a->end() < b->end() || (a->end() == b->end() && a->start() >= b->start());
  };
  LuceneHeap<Cursor*, decltype(before)> queue(before);
  for (Cursor& part : parts) {
    if (part.advance()) queue.add(&part);
  }
  while (!queue.empty()) {
    TextInterval found = queue.top()->get();
    found.width = plain_width(found.start, found.end);
    out.push_back(found);
    while (!queue.empty() && queue.top()->start() <= found.start && queue.top()->end() >= found.end) {
      Cursor* const first = queue.pop();
      if (first->advance()) queue.add(first);
    }
  }
}

void find_repeated(const TextIntervals& list, std::size_t times, TextIntervals& out) {
  // Lucene's own width of what is repeated: right where each is one position.
  const auto width = [](const TextInterval& each) { return each.start - each.end + 1; };
  std::int32_t widths = 0;
  for (std::size_t last = 0; last < list.size(); ++last) {
    widths += width(list[last]);
    if (last + 1 < times) continue;
    const TextInterval& first = list[last + 1 - times];
    const std::int32_t gaps = plain_width(first.start, list[last].end) - widths;
    out.push_back({first.start, list[last].end, gaps, widths});
    widths -= width(first);
  }
}

void find_extended(const TextIntervals& list, const IntervalNode& node, TextIntervals& out) {
  for (const TextInterval& each : list) {
    const std::int64_t end = std::int64_t{each.end} + node.second;
    TextInterval found{std::max(0, each.start - node.first),
                       static_cast<std::int32_t>(std::min<std::int64_t>(end, kNoMore - 1)), each.gaps, 0};
    found.width = plain_width(found.start, found.end);
    out.push_back(found);
  }
}

void find_position(const TextIntervals& list, bool before, TextIntervals& out) {
  for (const TextInterval& each : list) {
    const std::int32_t at = before ? std::max(0, each.start - 1) : std::min(each.end, kNoMore - 2) + 1;
    out.push_back({at, at, 0, 1});
  }
}

void find_with_gaps(const TextIntervals& list, std::int32_t most, TextIntervals& out) {
  for (const TextInterval& each : list) {
    if (each.gaps <= most) out.push_back({each.start, each.end, each.gaps, plain_width(each.start, each.end)});
  }
}

/// Whether `b`, which is moved on, keeps an interval of `a`.
enum class Verdict : std::uint8_t { kTake, kLeave, kEnd };

Verdict judge(IntervalKind kind, const TextInterval& a, Cursor& b) {
  const auto skip = [&](auto&& is_before) {
    while (is_before()) {
      if (!b.advance()) return false;
    }
    return true;
  };
  const auto take = [](bool yes) { return yes ? Verdict::kTake : Verdict::kLeave; };
  const auto ends_before_start = [&] { return b.end() < a.start; };
  const auto ends_before_end = [&] { return b.end() < a.end; };
  const auto lies_before = [&] { return b.start() < a.start && b.end() < a.end; };
  switch (kind) {
    case IntervalKind::kContaining:
      return skip(lies_before) ? take(a.start <= b.start() && a.end >= b.end()) : Verdict::kEnd;
    case IntervalKind::kContainedBy:
      return skip(ends_before_end) ? take(b.start() <= a.start) : Verdict::kEnd;
    case IntervalKind::kOverlapping:
      return skip(ends_before_start) ? take(b.start() <= a.end) : Verdict::kEnd;
    case IntervalKind::kNotContaining:
      return take(!skip(lies_before) || b.start() > a.end);
    case IntervalKind::kNotContainedBy:
      return take(!skip(ends_before_end) || a.start < b.start());
    default:
      return take(!skip(ends_before_start) || b.start() > a.end);
  }
}

void find_filtered(IntervalKind kind, const TextIntervals& list, const TextIntervals& by, TextIntervals& out) {
  const bool asks_for =
      kind == IntervalKind::kContaining || kind == IntervalKind::kContainedBy || kind == IntervalKind::kOverlapping;
  Cursor b(by);
  const bool there = b.advance();
  if (!there && asks_for) return;
  for (const TextInterval& a : list) {
    const Verdict verdict = there ? judge(kind, a, b) : Verdict::kTake;
    if (verdict == Verdict::kEnd) return;
    if (verdict == Verdict::kTake) out.push_back({a.start, a.end, a.gaps, plain_width(a.start, a.end)});
  }
}

void find_words(const WordTest& test, DocumentFields& document, TextIntervals& out) {
  test.each(document, [&](std::uint32_t position) {
    const auto at = static_cast<std::int32_t>(position);
    out.push_back({at, at, 0, 1});
  });
}

/// Of nodes that have several inputs, or one that is only looked through.
void find_combined(const IntervalNode& node, std::span<const TextIntervals> lists, TextIntervals& out) {
  Cursors parts;
  for (const std::uint32_t input : node.inputs) {
    if (lists[input].empty() && node.kind != IntervalKind::kAny) return;
    parts.emplace_back(lists[input]);
  }
  switch (node.kind) {
    case IntervalKind::kBlock:
      return find_block(parts, out);
    case IntervalKind::kOrdered:
      return OrderedMatch(parts, out).run();
    case IntervalKind::kUnordered:
      return UnorderedMatch(parts, out).run();
    default:
      return find_any(parts, out);
  }
}

void find_node(const IntervalNode& node, std::span<const TextIntervals> lists, TextIntervals& out) {
  switch (node.kind) {
    case IntervalKind::kRepeated:
      return find_repeated(lists[node.inputs[0]], static_cast<std::size_t>(node.first), out);
    case IntervalKind::kExtended:
      return find_extended(lists[node.inputs[0]], node, out);
    case IntervalKind::kMaxGaps:
      return find_with_gaps(lists[node.inputs[0]], node.first, out);
    case IntervalKind::kBefore:
    case IntervalKind::kBehind:
      return find_position(lists[node.inputs[0]], node.kind == IntervalKind::kBefore, out);
    case IntervalKind::kInField:
      out = lists[node.inputs[0]];
      return;
    case IntervalKind::kAny:
    case IntervalKind::kBlock:
    case IntervalKind::kOrdered:
    case IntervalKind::kUnordered:
      return find_combined(node, lists, out);
    default:
      return find_filtered(node.kind, lists[node.inputs[0]], lists[node.inputs[1]], out);
  }
}

}  // namespace

const TextIntervals& IntervalPlan::find(DocumentFields& document) const {
  static thread_local std::vector<TextIntervals> lists;
  if (lists.size() < nodes.size()) lists.resize(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    lists[i].clear();
    if (nodes[i].kind == IntervalKind::kWords) {
      find_words(words[static_cast<std::size_t>(nodes[i].first)], document, lists[i]);
    } else {
      find_node(nodes[i], lists, lists[i]);
    }
  }
  return lists[nodes.size() - 1];
}

}  // namespace sluice::stages
