#pragma once

#include <string_view>

#include "pipeline/base/buffer.h"

/// Copying raw JSON into NDJSON: one value, one line.
namespace sluice::pipeline {

/// Copies `json` to `to` in one pass, each raw line feed as a space, and returns the end of the copy. JSON allows a raw
/// line feed between tokens only (RFC 8259, 7), so the value stays the same and becomes one line; every other byte is
/// kept. `to` has room for json.size() bytes, none behind them is written, and does not overlap `json`. Any thread.
char* splice(char* to, std::string_view json) noexcept;

/// Appends `json` as one line with its final line feed.
inline void append_json_line(Buffer& out, std::string_view json) {
  const std::size_t begin = out.size();
  out.resize(begin + json.size() + 1);
  *splice(out.data() + begin, json) = '\n';
}

}  // namespace sluice::pipeline
