// Errors of a walk: where they are and how the value looks. Nothing here runs for a document that fits.
#include <algorithm>
#include <string>
#include <utility>

#include <boost/json.hpp>

#include "io/store/mappings/definition.h"
#include "io/store/mappings/document_walker.h"
#include "pipeline/base/json_text.h"

namespace sluice::store {

std::string DocumentWalker::position(std::size_t at) const {
  const std::string_view before = cursor_.text().substr(0, at);
  const auto line = 1 + std::ranges::count(before, '\n');
  const std::size_t begin = before.rfind('\n');
  const std::size_t column = begin == std::string_view::npos ? at + 1 : at - begin;
  return "[" + std::to_string(line) + ":" + std::to_string(column) + "] ";
}

std::string DocumentWalker::preview(std::string_view raw) const {
  boost::system::error_code problem;
  const bool structure = raw.starts_with('{') || raw.starts_with('[');
  if (!structure) return json_unquoted(raw);
  const boost::json::value value = boost::json::parse({raw.data(), raw.size()}, problem);
  return problem ? std::string(raw) : java_text(value);
}

bool DocumentWalker::fail(std::size_t at, std::string_view type, const std::string& reason) {
  error_.emplace(ErrorKind::kDocument, 400, std::string(type), position(at) + reason);
  return false;
}

Error DocumentWalker::cause_of(const Misfit& misfit, std::size_t behind) const {
  if (misfit.inner_type.empty()) return {ErrorKind::kDocument, 400, std::string(misfit.type), misfit.reason};
  if (!misfit.reason.empty()) {
    return Error(ErrorKind::kDocument, 400, std::string(misfit.type), misfit.reason)
        .wrapping(Error(ErrorKind::kDocument, 400, std::string(misfit.inner_type), misfit.inner_reason));
  }
  constexpr std::size_t kSourceShown = 500;
  const std::string where = position(behind);
  const std::string numbers = where.substr(1, where.size() - 3);
  const std::size_t colon = numbers.find(':');
  const std::string_view text = cursor_.text();
  std::string shown = "\"" + std::string(text.substr(0, kSourceShown)) + "\"";
  if (text.size() > kSourceShown) shown += "[truncated " + std::to_string(text.size() - kSourceShown) + " bytes]";
  const std::string reason = misfit.inner_reason + "\n at [Source: (byte[])" + shown +
                             "; line: " + numbers.substr(0, colon) + ", column: " + numbers.substr(colon + 1) + "]";
  return Error(ErrorKind::kDocument, 400, "x_content_parse_exception", where + reason)
      .wrapping(Error(ErrorKind::kDocument, 400, std::string(misfit.inner_type), reason));
}

bool DocumentWalker::fail_limit(const std::string& reason) {
  fail(token_at_, "document_parsing_exception", "failed to parse: " + reason);
  error_ = std::move(*error_).wrapping(illegal_argument(reason));
  return false;
}

bool DocumentWalker::fail_syntax() {
  const std::string where = position(cursor_.offset());
  const std::string cause =
      where + "the document is not valid JSON here, or has a field twice, or is nested too deeply";
  error_.emplace(ErrorKind::kDocument, 400, "document_parsing_exception", where + "failed to parse: " + cause);
  error_ = std::move(*error_).wrapping(Error(ErrorKind::kDocument, 400, "x_content_parse_exception", cause));
  return false;
}

}  // namespace sluice::store
