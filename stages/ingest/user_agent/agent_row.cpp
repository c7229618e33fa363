#include "stages/ingest/user_agent/agent_row.h"

namespace sluice::ingest {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

const AgentRow* row_of(std::span<const AgentRow> rows, std::string_view text) {
  for (const AgentRow& row : rows) {
    if (!has(text, row.token)) continue;
    if (!row.with.empty() && !has(text, row.with)) continue;
    if (!row.without.empty() && has(text, row.without)) continue;
    return &row;
  }
  return nullptr;
}

std::string version_at(std::string_view text, std::size_t parts) {
  std::string version;
  for (std::size_t at = 0; parts > 0 && at < text.size() && is_digit(text[at]); --parts) {
    if (!version.empty()) version += '.';
    while (at < text.size() && is_digit(text[at])) version += text[at++];
    if (at == text.size() || (text[at] != '.' && text[at] != '_')) break;
    ++at;
  }
  return version;
}

std::string version_in(const AgentRow& row, std::string_view text) {
  if (!row.version.empty()) return std::string(row.version);
  if (row.parts == 0) return {};
  const std::size_t token = text.find(row.token);
  std::size_t from = token + row.token.size();
  if (!row.version_after.empty()) {
    // Behind the token, as a BlackBerry's, or anywhere, as Opera's.
    std::size_t found = text.find(row.version_after, token);
    if (found == std::string_view::npos) found = text.find(row.version_after);
    if (found == std::string_view::npos) return {};
    from = found + row.version_after.size();
  }
  if (row.name == "Chrome OS") from = text.find(' ', from) + 1;  // behind the processor
  return version_at(text.substr(from), row.parts);
}

}  // namespace sluice::ingest
