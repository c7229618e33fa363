#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "pipeline/model/batch.h"
#include "pipeline/model/page.h"

namespace sluice::io {

enum class Compression : std::uint8_t { kNone, kGzip, kZstd };

/// By the name's ending: `.gz`, `.zst`.
Compression compression_of(std::string_view path);

/// `hits`, `bulk` or `docs`. Errors: illegal_argument_exception that names the option.
Result<pipeline::PageFormat> parse_format(std::string_view text, std::string_view option);

/// Recognises the format by the first lines of a file: hits have `_source`, bulk files begin with an action, everything
/// else is documents. A line that is an action but for a member which no action has is taken for one where it names an
/// id or an index, or where the line behind it is none: it is refused by that name then, and not copied as a document.
/// Nothing: there is no line yet to judge by.
std::optional<pipeline::PageFormat> detect_format(std::string_view head);

/// Whether a line is a bulk action (`{"index":{"_id":..}}`) rather than a source.
bool looks_like_action(std::string_view line);

/// Behind the `count`th line that is not blank; npos where there are fewer that end with a line feed.
std::size_t end_of_line(std::string_view text, std::size_t count);

/// The same for a text that grows at its end between calls: what has been looked at is not looked at again.
class LineEnd {
 public:
  explicit LineEnd(std::size_t count) : left_(count) {}
  /// `text` begins as it did in the call before, and that one has not found the end.
  std::size_t find(std::string_view text);

 private:
  std::size_t left_;
  std::size_t looked_at_ = 0;
  bool blank_ = true;  ///< the line that looked_at_ is in, so far
};

/// Bytes that a document of the batch takes in its file, on average; 0: there is none.
std::uint32_t mean_document(const pipeline::Batch& batch);

/// `can't open [path] for reading: No such file or directory; ...`, where `what` is `open for reading`: the path goes
/// behind its first word. `advice` is what to do, unless there is something better to say. kNotFound or kUnauthorized
/// where the path can't be used at all.
Error file_error(std::string_view what, std::string_view path, int error_number, std::string_view advice = {});

}  // namespace sluice::io
