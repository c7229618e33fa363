#include "io/ndjson/format.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <simdjson.h>

#include "pipeline/model/bulk_action.h"

namespace sluice::io {

namespace {

using pipeline::PageFormat;

constexpr std::array<std::string_view, 4> kActions = {"index", "create", "delete", "update"};
/// What is in the one member of an object that is an action by its shape; nothing: it is no action.
std::optional<simdjson::dom::object> metadata_of(simdjson::dom::object object) {
  if (object.size() != 1) return std::nullopt;
  const auto field = *object.begin();
  simdjson::dom::object metadata;
  if (std::ranges::find(kActions, field.key) == kActions.end()) return std::nullopt;
  if (field.value.get(metadata) != simdjson::SUCCESS) return std::nullopt;
  return metadata;
}

bool is_action(simdjson::dom::object object) {
  const auto metadata = metadata_of(object);
  return metadata && std::ranges::all_of(*metadata, [](const simdjson::dom::key_value_pair& member) {
           return pipeline::is_action_metadata(member.key);
         });
}

/// An object by its beginning that has not the shape of an action: a source.
bool is_source_line(std::string_view line) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(line.data(), line.size()).get(object) == simdjson::SUCCESS) return !metadata_of(object);
  return line.starts_with('{');  // malformed, or cut off
}

/// Of a line that has the shape of an action, and a member that no action has.
bool is_wrong_action(simdjson::dom::object object, std::string_view next_line) {
  const auto metadata = metadata_of(object);
  if (!metadata) return false;
  const bool names_document =
      (*metadata)["_id"].error() == simdjson::SUCCESS || (*metadata)["_index"].error() == simdjson::SUCCESS;
  return names_document || is_source_line(next_line);
}

/// Takes the first line that is not blank off `text`; empty: there is none.
std::string_view take_line(std::string_view& text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) return line;
  }
  return {};
}

}  // namespace

Compression compression_of(std::string_view path) {
  if (path.ends_with(".gz")) return Compression::kGzip;
  if (path.ends_with(".zst")) return Compression::kZstd;
  return Compression::kNone;
}

Result<PageFormat> parse_format(std::string_view text, std::string_view option) {
  if (text == "hits") return PageFormat::kHits;
  if (text == "bulk") return PageFormat::kBulk;
  if (text == "docs") return PageFormat::kDocs;
  return std::unexpected(illegal_argument("[" + std::string(option) + "] must be hits, bulk or docs, but was [" +
                                          std::string(text) + "]"));
}

bool looks_like_action(std::string_view line) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(line.data(), line.size()).get(object) != simdjson::SUCCESS) return false;
  return is_action(object);
}

std::size_t LineEnd::find(std::string_view text) {
  for (;;) {
    const std::size_t end = text.find('\n', looked_at_);
    const std::string_view line = text.substr(looked_at_, std::min(end, text.size()) - looked_at_);
    blank_ = blank_ && line.find_first_not_of(" \t\r") == std::string_view::npos;
    looked_at_ += line.size();
    if (end == std::string_view::npos) return end;
    ++looked_at_;
    if (!std::exchange(blank_, true) && --left_ == 0) return looked_at_;
  }
}

std::size_t end_of_line(std::string_view text, std::size_t count) { return LineEnd(count).find(text); }

std::uint32_t mean_document(const pipeline::Batch& batch) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 30;
  if (batch.documents.empty()) return 0;
  const std::uint64_t consumed = batch.facts.next.offset - batch.page.begin.offset;
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(consumed / batch.documents.size(), 1, kMost));
}

std::optional<PageFormat> detect_format(std::string_view head) {
  const std::string_view line = take_line(head);
  if (line.empty()) return std::nullopt;
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  // A first line that is cut off or malformed says nothing against hits: parse will name the place.
  if (parser.parse(line.data(), line.size()).get(object) != simdjson::SUCCESS) {
    return line.find("\"_source\"") != std::string_view::npos ? PageFormat::kHits : PageFormat::kDocs;
  }
  if (object["_source"].error() == simdjson::SUCCESS) return PageFormat::kHits;
  return is_action(object) || is_wrong_action(object, take_line(head)) ? PageFormat::kBulk : PageFormat::kDocs;
}

Error file_error(std::string_view what, std::string_view path, int error_number, std::string_view advice) {
  const std::size_t verb = std::min(what.find(' '), what.size());
  const std::string reason = "can't " + std::string(what.substr(0, verb)) + " [" + std::string(path) + "]" +
                             std::string(what.substr(verb)) + ": " + std::generic_category().message(error_number);
  const auto error = [&](ErrorKind kind, int status, const char* type, std::string_view usual_advice) {
    const std::string_view say = advice.empty() ? usual_advice : advice;
    return Error(kind, status, type, say.empty() ? reason : reason + "; " + std::string(say));
  };
  switch (error_number) {
    case ENOENT:
      return error(ErrorKind::kNotFound, 404, "no_such_file_exception", "is the path right?");
    case EACCES:
    case EPERM:
    case EROFS:
      return error(ErrorKind::kUnauthorized, 403, "access_denied_exception", "may this user use the file?");
    case EISDIR:
    case ENOTDIR:
    case ENXIO:
    case ELOOP:
    case ENAMETOOLONG:
      return error(ErrorKind::kNotFound, 400, "i_o_exception", "name a file");
    case ENOSPC:
    case EDQUOT:
      return error(ErrorKind::kInternal, 507, "disk_full_exception", "make room and run again");
    default:
      return error(ErrorKind::kInternal, 500, "i_o_exception", "");
  }
}

}  // namespace sluice::io
