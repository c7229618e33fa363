#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stages/painless/run/program.h"

namespace sluice::ingest {

/// Where a field stands in a document: `a.b.0.c`. `_source.` in front of it is the same; `_ingest.` leads to what the
/// pipeline itself keeps. Immutable; any thread. Source: reference/ingest.md 3.
class FieldPath {
 public:
  struct Segment {
    std::string name;
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
  /// Whether it is the name of a field of the document itself, and of no metadata: the most frequent kind.
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
  bool lasting_ = false;
};

}  // namespace sluice::ingest
