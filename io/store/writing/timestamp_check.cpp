#include "io/store/writing/timestamp_check.h"

#include <algorithm>
#include <string>

#include "io/store/mappings/json_cursor.h"

namespace sluice::store {

namespace {

/// `[line:column]` of the object's last bracket.
std::string end_of(std::string_view source) {
  const std::size_t last = source.rfind('}');
  const std::string_view before = source.substr(0, last == std::string_view::npos ? source.size() : last);
  const std::size_t newline = before.rfind('\n');
  const std::size_t column = newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
  return "[" + std::to_string(std::ranges::count(before, '\n') + 1) + ":" + std::to_string(column) + "]";
}

Error refused(std::string_view source, const std::string& reason) {
  return Error(ErrorKind::kDocument, 400, "document_parsing_exception", end_of(source) + " failed to parse: " + reason)
      .wrapping(illegal_argument(reason));
}

/// How many values the field has: none for null and [].
int values_of(JsonCursor& cursor) {
  if (cursor.peek() == 'n') return 0;
  if (!cursor.pass('[')) return 1;
  int values = 0;
  while (cursor.peek() != ']' && cursor.skip()) {
    ++values;
    if (!cursor.pass(',')) break;
  }
  return values;
}

}  // namespace

Status check_timestamp(std::string_view source) {
  thread_local JsonCursor cursor;
  int values = 0;
  if (cursor.start(source) && cursor.pass('{')) {
    while (cursor.peek() == '"') {
      const bool timestamp = cursor.take() == "\"@timestamp\"";
      if (!cursor.pass(':')) break;
      if (timestamp) {
        values = values_of(cursor);
        break;
      }
      if (!cursor.skip() || !cursor.pass(',')) break;
    }
  }
  if (values == 1) return {};
  return std::unexpected(refused(source, values == 0
                                             ? "data stream timestamp field [@timestamp] is missing"
                                             : "data stream timestamp field [@timestamp] encountered multiple values"));
}

}  // namespace sluice::store
