#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

#include "stages/query/phrase.h"

namespace sluice::stages {

namespace {

using Lists = std::vector<std::vector<std::uint32_t>>;

/// A part of the phrase on its way through its positions in a text.
struct Part {
  const std::vector<std::uint32_t>* positions = nullptr;
  std::size_t next = 0;
  std::int64_t position = 0;  ///< less the part's place in the phrase
  std::int64_t offset = 0;
  std::size_t number = 0;
  std::int32_t group = -1;
  std::size_t place = 0;  ///< in its group

  bool advance() {
    if (next == positions->size()) return false;
    position = static_cast<std::int64_t>((*positions)[next++]) - offset;
    return true;
  }
  [[nodiscard]] std::int64_t in_text() const { return position + offset; }
};

struct Before {
  bool operator()(const Part* a, const Part* b) const {
    if (a->position != b->position) return a->position < b->position;
    if (a->offset != b->offset) return a->offset < b->offset;
    return a->number < b->number;
  }
};

/// Lucene's SloppyPhraseMatcher, step by step: which matches overlap, and how words that come twice in the phrase share
/// the positions, depends on its order.
class SloppyMatch {
 public:
  SloppyMatch(const Lists& positions, const std::vector<std::uint32_t>& offsets,
              const std::vector<std::int32_t>& groups, bool many_words, std::int64_t slop)
      : parts_(positions.size()), many_words_(many_words), slop_(slop) {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      parts_[i].positions = &positions[i];
      parts_[i].offset = offsets[i];
      parts_[i].number = i;
      parts_[i].group = groups[i];
      if (groups[i] < 0) continue;
      const auto group = static_cast<std::size_t>(groups[i]);
      if (groups_.size() <= group) groups_.resize(group + 1);
      groups_[group].push_back(&parts_[i]);
    }
    for (std::vector<Part*>& group : groups_) {
      std::ranges::stable_sort(group, {}, &Part::offset);
      for (std::size_t i = 0; i < group.size(); ++i) group[i]->place = i;
    }
  }

  float frequency() {
    if (!start()) return 0;
    float sum = 0;
    while (next_match()) sum += 1.0F / static_cast<float>(1 + length_);
    return sum;
  }

 private:
  bool start() {
    for (Part& part : parts_) {
      if (!part.advance()) return false;
    }
    if (!spread_groups()) return false;
    for (Part& part : parts_) {
      end_ = std::max(end_, part.position);
      queue_.insert(&part);
    }
    positioned_ = true;
    return true;
  }

  /// Words that come twice stand at different places.
  bool spread_groups() {
    for (std::vector<Part*>& group : groups_) {
      if (!many_words_) {
        for (std::size_t j = 1; j < group.size(); ++j) {
          for (std::size_t k = 0; k < j; ++k) {
            if (!group[j]->advance()) return false;
          }
        }
        continue;
      }
      for (std::size_t i = 0; i < group.size();) {
        bool again = false;
        for (Part* other = collides(*group[i]); other != nullptr; other = collides(*group[i])) {
          Part& lesser = lesser_of(*group[i], *other);
          if (!advance(lesser)) return false;
          if (lesser.place < i) {
            again = true;
            break;
          }
        }
        if (!again) ++i;
      }
    }
    return true;
  }

  bool advance(Part& part) {
    if (!part.advance()) return false;
    end_ = std::max(end_, part.position);
    return true;
  }

  [[nodiscard]] Part* collides(const Part& part) const {
    for (Part* other : groups_[static_cast<std::size_t>(part.group)]) {
      if (other != &part && other->in_text() == part.in_text()) return other;
    }
    return nullptr;
  }

  static Part& lesser_of(Part& a, Part& b) {
    return a.position < b.position || (a.position == b.position && a.offset < b.offset) ? a : b;
  }

  /// A part was advanced: moves those on that it ran into. Those that wait in the queue get their new place there.
  bool resolve(Part& advanced) {
    if (advanced.group < 0) return true;
    Part* part = &advanced;
    for (Part* other = collides(*part); other != nullptr; other = collides(*part)) {
      part = &lesser_of(*part, *other);
      const bool queued = part != &advanced;
      if (queued) queue_.erase(part);
      const bool moved = advance(*part);
      if (queued) queue_.insert(part);
      if (!moved) return false;
    }
    return true;
  }

  Part* pop() {
    Part* const first = *queue_.begin();
    queue_.erase(queue_.begin());
    return first;
  }
  [[nodiscard]] std::int64_t top() const {
    return queue_.empty() ? std::numeric_limits<std::int64_t>::max() : (*queue_.begin())->position;
  }

  bool next_match() {
    if (!positioned_) return false;
    Part* part = pop();
    length_ = end_ - part->position;
    std::int64_t next = top();
    while (advance(*part)) {
      if (!groups_.empty() && !resolve(*part)) break;
      if (part->position > next) {
        queue_.insert(part);
        if (length_ <= slop_) return true;
        part = pop();
        next = top();
        length_ = end_ - part->position;
      } else {
        length_ = std::min(length_, end_ - part->position);
      }
    }
    positioned_ = false;
    return length_ <= slop_;
  }

  std::vector<Part> parts_;
  std::vector<std::vector<Part*>> groups_;
  std::set<Part*, Before> queue_;
  std::int64_t end_ = std::numeric_limits<std::int64_t>::min();
  std::int64_t length_ = 0;
  bool many_words_;
  bool positioned_ = false;
  std::int64_t slop_;
};

bool share_words(const PhrasePart& a, const PhrasePart& b) {
  return std::ranges::any_of(a.words, [&](const std::string& word) {
    return std::ranges::find(b.words, word) != b.words.end() || (b.pattern != nullptr && b.pattern->fit(word));
  });
}

}  // namespace

PhraseMatcher::PhraseMatcher(const std::vector<PhrasePart>& parts, std::uint32_t slop)
    : groups_(parts.size(), -1), slop_(slop) {
  for (const PhrasePart& part : parts) offsets_.push_back(part.position);
  if (slop == 0) return;  // then no words share a position
  std::int32_t groups = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!share_words(parts[i], parts[j]) && !share_words(parts[j], parts[i])) continue;
      many_words_ = many_words_ || parts[i].words.size() != 1 || parts[j].words.size() != 1;
      if (groups_[j] < 0) groups_[j] = groups++;
      if (groups_[i] >= 0 && groups_[i] != groups_[j]) {
        std::ranges::replace(groups_, groups_[i], std::int32_t{groups_[j]});
      }
      groups_[i] = groups_[j];
    }
  }
}

float PhraseMatcher::exact(const Lists& positions) const {
  float count = 0;
  for (const std::uint32_t start : positions.front()) {
    bool all = true;
    for (std::size_t i = 1; all && i < positions.size(); ++i) {
      const std::uint32_t wanted = start + offsets_[i] - offsets_[0];
      all = std::ranges::binary_search(positions[i], wanted);
    }
    count += all ? 1.0F : 0.0F;
  }
  return count;
}

float PhraseMatcher::frequency(const Lists& positions) const {
  if (std::ranges::any_of(positions, [](const auto& list) { return list.empty(); })) return 0;
  if (slop_ == 0) return exact(positions);
  return SloppyMatch(positions, offsets_, groups_, many_words_, slop_).frequency();
}

}  // namespace sluice::stages
