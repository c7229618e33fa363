#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/run/program.h"

namespace sluice::ingest {

/// How the processors of a pipeline find fields, its `field_access_pattern`.
enum class FieldAccess : std::uint8_t {
  kClassic,   ///< each name of a path is a key of an object, or a place in a list
  kFlexible,  ///< several names may be one key with dots in it; there are no places in lists
};

/// Where a field stands in a document: `a.b.0.c`. `_source.` in front of it is the same; `_ingest.` leads to what the
/// pipeline itself keeps. Immutable; any thread. Source: reference/ingest.md 3.
class FieldPath {
 public:
  struct Segment {
    std::string name;
    std::size_t offset = 0;   ///< where it begins in the path's text
    std::int32_t hash = 0;    ///< Java's, of the name
    painless::Site site;      ///< what maps look the name up by
    std::int32_t index = -1;  ///< the name as a place in a list
    bool is_number = false;   ///< it is one
  };
  /// No document is deeper: as Jackson, and so a node, reads and writes them.
  static constexpr std::size_t kMostSegments = 1000;
  FieldPath() = default;
  /// Any text: whether it is a path is found out when it is used, as Elasticsearch does.
  explicit FieldPath(std::string_view text);

  /// Why it is no path: `path cannot be null nor empty`, `path [.] is not valid`, more than kMostSegments names;
  /// empty: it is one.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<Segment>& segments() const { return segments_; }
  /// Not of is_root().
  [[nodiscard]] const Segment& leaf() const { return segments_.back(); }
  /// Whether it is the document itself, or all of `_ingest`: `.`. It can only be read.
  [[nodiscard]] bool is_root() const { return segments_.empty() && problem_.empty(); }
  /// Whether it leads into `_ingest`.
  [[nodiscard]] bool of_ingest() const { return of_ingest_; }
  /// The names from one to another as the path has them, with dots between; `end` is the one behind the last.
  [[nodiscard]] std::string_view names(std::size_t first, std::size_t end) const {
    const Segment& last = segments_[end - 1];
    return std::string_view(text_).substr(segments_[first].offset,
                                          last.offset + last.name.size() - segments_[first].offset);
  }
  /// Whether a name has square brackets, which FieldAccess::kFlexible keeps for itself.
  [[nodiscard]] bool has_brackets() const { return has_brackets_; }
  /// Whether it is the name of a field of the document itself, and of no metadata: the most frequent kind. It means
  /// the same whatever the access.
  [[nodiscard]] bool is_top_field() const { return top_field_; }
  /// Says that it stays where it is for longer than the work on any document: documents may keep its names then, and
  /// need no copies of them.
  void set_lasting() { lasting_ = true; }
  /// The path of a member of a processor, which lasts.
  static FieldPath lasting(std::string_view text) {
    FieldPath path(text);
    path.set_lasting();
    return path;
  }
  [[nodiscard]] bool is_lasting() const { return lasting_; }
  /// ` as part of path [a.b]`
  [[nodiscard]] std::string in_path() const { return " as part of path [" + text_ + "]"; }

 private:
  std::string text_;
  std::string problem_;
  std::vector<Segment> segments_;
  bool of_ingest_ = false;
  bool top_field_ = false;
  bool has_brackets_ = false;
  bool lasting_ = false;
};

}  // namespace sluice::ingest
