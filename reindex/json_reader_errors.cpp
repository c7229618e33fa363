#include <algorithm>

#include <fmt/format.h>

#include "reindex/json_reader.h"

namespace sluice {

JsonLocation JsonReader::location_at(std::size_t offset) const {
  // A text of nothing but space has no token to be at.
  if (token_ == JsonToken::kEnd && levels_.empty() && text_.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return {1, 0};
  }
  JsonLocation location;
  std::size_t line_start = 0;
  for (std::size_t i = 0; i < std::min(offset, text_.size()); ++i) {
    const bool lone_return = text_[i] == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n');
    if (text_[i] != '\n' && !lone_return) continue;
    ++location.line;
    line_start = i + 1;
  }
  location.column = static_cast<int>(offset - line_start) + 1;
  return location;
}

std::string JsonReader::source_text() const {
  constexpr std::size_t kShown = 500;
  std::string shown = "(byte[])\"";
  for (const char c : text_.substr(0, kShown)) {
    const auto code = static_cast<unsigned char>(c);
    if ((code < 0x20 && c != '\n' && c != '\r') || code == 0x7F) {
      shown += fmt::format("\\u{:04X}", code);
    } else {
      shown += c;
    }
  }
  shown += '"';
  if (text_.size() > kShown) shown += fmt::format("[truncated {} bytes]", text_.size() - kShown);
  return shown;
}

std::string JsonReader::described(std::size_t offset) const {
  const JsonLocation location = location_at(offset);
  return fmt::format("[Source: {}; line: {}, column: {}]", source_text(), location.line, location.column);
}

Error JsonReader::error_at(std::size_t offset, const std::string& message, std::string_view type) const {
  const std::string reason = message + "\n at " + described(offset);
  return x_content_parse_error(location_at(offset).text() + " " + reason)
      .wrapping(Error(ErrorKind::kBadRequest, 400, std::string(type), reason));
}

Error JsonReader::unexpected(std::size_t offset, const std::string& why) const {
  const auto code = static_cast<unsigned char>(text_[offset]);
  const std::string shown =
      code < 0x20 ? fmt::format("(CTRL-CHAR, code {})", code) : fmt::format("'{}' (code {})", text_[offset], code);
  return error_at(offset, fmt::format("Unexpected character ({}): {}", shown, why));
}

Error JsonReader::end_of_input(const std::string& where) const {
  Error error(ErrorKind::kBadRequest, 400, "x_content_e_o_f_exception",
              location_at(text_.size()).text() + " Unexpected end of file");
  return std::move(error).wrapping(Error(ErrorKind::kBadRequest, 400, "json_e_o_f_exception",
                                         "Unexpected end-of-input" + where + "\n at " + described(text_.size())));
}

}  // namespace sluice
