#include <algorithm>
#include <cstring>
#include <string>

#include "pipeline/base/line_feeds.h"
#include "stages/parse/hit_reader.h"
#include "stages/parse/page_readers.h"

namespace sluice::stages {

namespace {

using pipeline::Batch;
using pipeline::Document;
using pipeline::Failure;
using pipeline::Outcome;
using pipeline::PageFormat;

/// Reads documents off a page of lines.
class LinesPage {
 public:
  LinesPage(Batch& batch, const ParseOptions& options)
      : batch_(batch), max_document_(options.max_document), text_(batch.page.text()) {}

  /// With an index of the whole page.
  void read_indexed(const Structurals& structurals) {
    if (read_clean(structurals)) return;
    batch_.documents.clear();
    consumed_ = 0;
    read_checked(structurals);
  }

  /// Line by line, each with an index of its own: for pages that have a line which can't be indexed.
  void read_unindexed(Structurals& structurals) {
    std::size_t start = 0;
    while (start < text_.size() && !full()) {
      std::size_t stop = line_end(start);
      if (batch_.page.format == PageFormat::kBulk) stop = end_of_pair(start, stop, structurals);
      if (stop == std::string_view::npos && consumed_ != 0) break;
      stop = std::min(stop, text_.size());
      read_piece(start, stop, structurals);
      start = std::min(stop + 1, text_.size());
      consumed_ = start;
    }
  }

  void conclude() const {
    auto& facts = batch_.facts;
    facts.next.offset = batch_.page.begin.offset + consumed_;
    facts.next.documents = batch_.page.begin.documents + batch_.documents.size();
    facts.end = batch_.page.last && consumed_ == text_.size();
  }

  /// The whole page is the beginning of one document that is over the limit.
  void refuse_oversized() {
    const std::uint64_t size = batch_.page.oversized_end - batch_.page.begin.offset;
    refuse(0, text_.size(), over_the_limit(0, size));
    batch_.failures.back().document_bytes = size;
    batch_.facts.next.offset = batch_.page.oversized_end;
    batch_.facts.next.documents = batch_.page.begin.documents + 1;
    batch_.facts.end = batch_.page.last;
  }

 private:
  [[nodiscard]] bool blank(std::size_t begin, std::size_t end) const {
    return text_.substr(begin, end - begin).find_first_not_of(" \t\r\n") == std::string_view::npos;
  }

  [[nodiscard]] bool full() const { return batch_.documents.size() >= batch_.max_documents; }

  [[nodiscard]] std::size_t line_end(std::size_t from) const {
    const void* newline = std::memchr(text_.data() + from, '\n', text_.size() - from);
    return newline == nullptr ? text_.size()
                              : static_cast<std::size_t>(static_cast<const char*>(newline) - text_.data());
  }

  /// Nearly every page has whole documents, with a line feed directly behind each line of them and nowhere else. Then
  /// one count over the page says what looking for the end of each line would. False: another page, of which nothing
  /// counts.
  bool read_clean(const Structurals& structurals) {
    Walker walker(text_.data(), structurals.begin(), structurals.end());
    std::size_t lines = 0;
    while (!walker.done() && !full()) {
      Document& document = batch_.documents.emplace_back();
      document.offset = walker.offset();
      if (read_first_line(walker, document) || !ends_line(walker, document.offset)) return false;
      const bool pair = has_source_line(document);
      if (pair && walker.done() && !batch_.page.last && consumed_ != 0) {  // the next page begins with this action
        batch_.documents.pop_back();
        break;
      }
      if (pair) {
        const std::uint32_t second = walker.offset();
        if (walker.done() || read_source_line(walker, document) || !ends_line(walker, second)) return false;
      }
      lines += pair ? 2 : 1;
      consumed_ = walker.offset();
    }
    return lines != 0 && count_line_feeds(text_.substr(0, consumed_)) == lines;
  }

  void read_checked(const Structurals& structurals) {
    Walker walker(text_.data(), structurals.begin(), structurals.end());
    consumed_ = walker.done() ? text_.size() : walker.offset();
    while (!walker.done() && !full()) {
      const std::uint32_t start = walker.offset();
      if (!read_one(walker, structurals)) break;
      consumed_ = walker.done() ? text_.size() : walker.offset();
      if (consumed_ <= start) break;
    }
  }

  /// Whether the value that was just taken, and began at `first`, has a line feed directly behind it, the next line or
  /// the page's end behind that, and is not over the limit.
  [[nodiscard]] bool ends_line(const Walker& walker, std::uint32_t first) const {
    const std::size_t stop = std::size_t{*(walker.position() - 1)} + 1;
    return walker.offset() == stop + 1 && text_[stop] == '\n' && stop - first <= max_document_;
  }

  [[nodiscard]] bool has_source_line(const Document& document) const {
    return batch_.page.format == PageFormat::kBulk && document.operation != pipeline::Operation::kDelete;
  }

  /// The hit, the action or the source that a document begins with.
  std::optional<Malformed> read_first_line(Walker& walker, Document& document) const {
    switch (batch_.page.format) {
      case PageFormat::kHits: {
        auto problem = read_hit(walker, document, nullptr);
        if (!problem && document.source.empty()) problem = Malformed{document.offset, "the hit has no [_source]"};
        if (!problem && document.source.front() != '{') {
          problem = Malformed{document.offset, "its [_source] is not an object"};
        }
        return problem;
      }
      case PageFormat::kBulk:
        return read_action(walker, document);
      default:
        return read_source_line(walker, document);
    }
  }

  std::optional<Malformed> read_source_line(Walker& walker, Document& document) const {
    const std::uint32_t at = walker.offset();
    if (walker.peek() != '{') return Malformed{at, "expected a JSON object"};
    document.structurals_begin = walker.passed();
    document.source = walker.take_value();
    document.structurals_end = walker.passed();
    if (document.source.empty()) return Malformed{at, "the object is not closed"};
    return std::nullopt;
  }

  [[nodiscard]] Malformed over_the_limit(std::uint32_t first, std::uint64_t size) const {
    return {first, "it has " + std::to_string(size) + " bytes and is over the limit of " +
                       std::to_string(max_document_) + " bytes; use a larger --max-document"};
  }

  /// One line has to hold one document, whole. `first` is the offset of its first byte.
  std::optional<Malformed> check_line(const Walker& walker, std::uint32_t first, std::size_t* newline) const {
    *newline = line_end(first);
    if (*newline - first > max_document_) return over_the_limit(first, *newline - first);
    const std::size_t stop = *(walker.position() - 1);
    if (stop > *newline) return Malformed{static_cast<std::uint32_t>(*newline), "the line ends inside the document"};
    if (!walker.done() && walker.offset() < *newline) {
      return Malformed{walker.offset(), "there is something behind the document"};
    }
    return std::nullopt;
  }

  /// False: an action line whose source is not in the page; the next page begins with it.
  bool read_one(Walker& walker, const Structurals& structurals) {
    Document document;
    const std::uint32_t first = walker.offset();
    document.offset = first;
    std::size_t newline = 0;
    std::optional<Malformed> problem = read_first_line(walker, document);
    if (!problem) problem = check_line(walker, first, &newline);
    if (!problem && has_source_line(document)) {
      if (walker.done()) {
        // A page that begins with such an action would be read again for ever.
        if (!batch_.page.last && first != 0) return false;
        problem = Malformed{first, "the action line has no source line behind it"};
      } else {
        const std::uint32_t second = walker.offset();
        problem = read_source_line(walker, document);
        if (!problem) problem = check_line(walker, second, &newline);
        if (problem) newline = line_end(second);
      }
    } else if (problem) {
      newline = line_end(first);
    }
    if (!problem) {
      batch_.documents.push_back(document);
      return true;
    }
    refuse(first, newline, *problem);
    walker.move_to(std::lower_bound(structurals.begin(), structurals.end(), static_cast<std::uint32_t>(newline)));
    return true;
  }

  void read_piece(std::size_t start, std::size_t stop, Structurals& structurals) {
    const std::string_view piece = text_.substr(start, stop - start);
    if (piece.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
    const auto problem = structurals.build(piece);
    if (problem != Structurals::Problem::kNone) {
      refuse(start, stop, {bad_byte(start, stop, problem), std::string(problem_text(problem))});
      return;
    }
    // The walker's offsets count from the piece; a page of one piece keeps everything else as it is.
    const std::size_t documents = batch_.documents.size();
    LinesPage inner(*this, piece);
    Walker walker(piece.data(), structurals.begin(), structurals.end());
    while (!walker.done() && inner.read_one(walker, structurals)) {
    }
    for (std::size_t i = documents; i < batch_.documents.size(); ++i) {
      batch_.documents[i].offset += static_cast<std::uint32_t>(start);
      batch_.documents[i].structurals_begin = batch_.documents[i].structurals_end = 0;
    }
  }

  LinesPage(const LinesPage& outer, std::string_view piece)
      : batch_(outer.batch_), max_document_(outer.max_document_), text_(piece) {}

  /// Where a line can't be indexed: the first byte that is not allowed, as far as that can be told.
  [[nodiscard]] std::uint32_t bad_byte(std::size_t start, std::size_t stop, Structurals::Problem problem) const {
    if (problem == Structurals::Problem::kControlCharacter) {
      for (std::size_t i = start; i < stop; ++i) {
        const auto c = static_cast<unsigned char>(text_[i]);
        if (c < 0x20 && c != '\t' && c != '\r') return static_cast<std::uint32_t>(i);
      }
    }
    return static_cast<std::uint32_t>(start);
  }

  [[nodiscard]] std::size_t end_of_pair(std::size_t start, std::size_t stop, Structurals& structurals) const {
    if (blank(start, stop)) return stop;
    const std::string_view line = text_.substr(start, stop - start);
    Document document;
    if (structurals.build(line) == Structurals::Problem::kNone) {
      Walker walker(line.data(), structurals.begin(), structurals.end());
      const bool wrong = read_action(walker, document).has_value() || !walker.done() || line.size() > max_document_;
      if (wrong || document.operation == pipeline::Operation::kDelete) return stop;
    }
    std::size_t begin = std::min(stop + 1, text_.size());
    std::size_t second = line_end(begin);
    while (second < text_.size() && blank(begin, second)) {
      begin = second + 1;
      second = line_end(begin);
    }
    // The next page begins with the action where its source is not here, or not whole.
    return second == text_.size() && !batch_.page.last ? std::string_view::npos : second;
  }

  void refuse(std::size_t start, std::size_t stop, const Malformed& problem) {
    Document document;
    document.offset = static_cast<std::uint32_t>(start);
    document.outcome = Outcome::kFailed;
    batch_.documents.push_back(document);
    Failure failure;
    const std::size_t column = std::clamp<std::size_t>(problem.offset, start, stop) - start + 1;
    failure.cause =
        Error(ErrorKind::kDocument, 400, "parsing_exception", "the line is not a document: " + problem.what);
    failure.document = text_.substr(start, stop - start);
    failure.item = static_cast<std::uint32_t>(batch_.documents.size() - 1);
    failure.column = static_cast<std::uint32_t>(column);
    batch_.failures.push_back(std::move(failure));
  }

  Batch& batch_;
  const std::size_t max_document_;
  std::string_view text_;
  std::size_t consumed_ = 0;
};

}  // namespace

Status read_lines(Batch& batch, const ParseOptions& options, Structurals& structurals) {
  LinesPage page(batch, options);
  if (batch.page.oversized_end != 0) {
    page.refuse_oversized();
    return {};
  }
  const auto problem = structurals.build(batch.page.text());
  if (problem == Structurals::Problem::kNone || problem == Structurals::Problem::kEmpty) {
    page.read_indexed(structurals);
    if (options.keep_structurals && problem == Structurals::Problem::kNone) {
      structurals.give(batch.structurals);
      batch.structurals.may_escape = batch.page.text().find('\\') != std::string_view::npos;
    }
  } else {
    page.read_unindexed(structurals);
  }
  page.conclude();
  return {};
}

}  // namespace sluice::stages
