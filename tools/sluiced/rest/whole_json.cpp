#include "tools/sluiced/rest/whole_json.h"

#include <algorithm>
#include <array>
#include <string>

#include <boost/json/basic_parser_impl.hpp>

namespace sluice::rest {

namespace {

/// Takes everything and keeps nothing.
struct Ignoring {
  // NOLINTBEGIN(readability-identifier-naming): the names are Boost.JSON's
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  // NOLINTEND(readability-identifier-naming)
  using Text = boost::json::string_view;
  using Code = boost::system::error_code;

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return true; }
  bool on_object_end(std::size_t, Code&) { return true; }
  bool on_array_begin(Code&) { return true; }
  bool on_array_end(std::size_t, Code&) { return true; }
  bool on_key_part(Text, std::size_t, Code&) { return true; }
  bool on_key(Text, std::size_t, Code&) { return true; }
  bool on_string_part(Text, std::size_t, Code&) { return true; }
  bool on_string(Text, std::size_t, Code&) { return true; }
  bool on_number_part(Text, Code&) { return true; }
  bool on_int64(std::int64_t, Text, Code&) { return true; }
  bool on_uint64(std::uint64_t, Text, Code&) { return true; }
  bool on_double(double, Text, Code&) { return true; }
  bool on_bool(bool, Code&) { return true; }
  bool on_null(Code&) { return true; }
  bool on_comment_part(Text, Code&) { return true; }
  bool on_comment(Text, Code&) { return true; }
};

constexpr std::size_t kMostNested = 1000;
constexpr auto kRawParts =
    std::to_array<std::string_view>({"alias", "_mapping", "_template", "_rollover", "_data_stream"});

}  // namespace

bool keeps_raw_json(std::string_view pattern) {
  if (pattern == "/{index}") return true;
  return std::ranges::any_of(kRawParts,
                             [&](std::string_view part) { return pattern.find(part) != std::string_view::npos; });
}

Status check_whole_json(std::string_view body) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t end = body.find_last_not_of(kSpace);
  if (end == std::string_view::npos) return {};
  const std::string_view text = body.substr(0, end + 1);
  boost::json::parse_options options;
  options.max_depth = kMostNested;
  boost::json::basic_parser<Ignoring> parser(options);
  boost::system::error_code failed;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), failed);
  if (!failed && read == text.size()) return {};
  const std::string_view before = text.substr(0, std::min(read, text.size()));
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t column = before.size() - (before.rfind('\n') + 1) + 1;
  return std::unexpected(Error(
      ErrorKind::kBadRequest, 400, "x_content_parse_exception",
      "[" + std::to_string(line) + ":" + std::to_string(column) +
          "] the body is no JSON here: " + (failed ? failed.message() : std::string("extra data after its end"))));
}

}  // namespace sluice::rest
