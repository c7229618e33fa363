#include "io/store/mappings/json_cursor.h"

#include <algorithm>
#include <vector>

#include <simdjson.h>

namespace sluice::store {

namespace {

constexpr std::size_t kSmallestCapacity = std::size_t{64} << 10;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool has_good_escapes(std::string_view text) {
  for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
    if (at + 1 >= text.size()) return false;
    const char c = text[at + 1];
    if (c == 'u') {
      if (at + 6 > text.size() || !std::ranges::all_of(text.substr(at + 2, 4), is_hex)) return false;
      at += 6;
    } else {
      if (std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos) return false;
      at += 2;
    }
  }
  return true;
}

}  // namespace

struct JsonCursor::Stage {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  std::size_t capacity = 0;
};

JsonCursor::JsonCursor() : stage_(std::make_unique<Stage>()) {}
JsonCursor::~JsonCursor() = default;

bool JsonCursor::start(std::string_view json) {
  next_ = end_ = nullptr;
  text_ = json;
  if (json.empty() || json.size() > simdjson::SIMDJSON_MAXSIZE_BYTES) return false;
  if (json.size() > stage_->capacity) {
    const std::size_t wanted = std::max(kSmallestCapacity, json.size());
    stage_->parser.reset();
    stage_->capacity = 0;
    const simdjson::implementation* best = simdjson::get_active_implementation();
    if (best->create_dom_parser_implementation(wanted, 1, stage_->parser) != simdjson::SUCCESS) return false;
    stage_->capacity = wanted;
  }
  auto& parser = *stage_->parser;
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(json.data());
  if (parser.stage1(bytes, json.size(), simdjson::stage1_mode::regular) != simdjson::SUCCESS) return false;
  next_ = parser.structural_indexes.get();
  end_ = next_ + parser.n_structural_indexes;
  return true;
}

bool JsonCursor::skip() { return skip(0); }

bool JsonCursor::skip(std::uint32_t depth) {
  if (depth > kDeepest) return false;
  if (pass('[')) {
    if (pass(']')) return true;
    do {
      if (!skip(depth + 1)) return false;
    } while (pass(','));
    return pass(']');
  }
  if (!pass('{')) return peek() != '\0' && is_scalar(take());
  if (pass('}')) return true;
  std::vector<std::string_view> names;
  do {
    if (peek() != '"') return false;
    names.push_back(take());
    if (!is_string(names.back()) || !pass(':') || !skip(depth + 1)) return false;
  } while (pass(','));
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) == names.end() && pass('}');
}

bool is_string(std::string_view token) {
  if (token.size() < 2 || token.front() != '"' || token.back() != '"') return false;
  return has_good_escapes(token.substr(1, token.size() - 2));
}

bool is_number(std::string_view token) {
  const char* at = token.data();
  const char* const end = at + token.size();
  if (at != end && *at == '-') ++at;
  if (at == end || !is_digit(*at)) return false;
  if (*at == '0' && at + 1 != end && is_digit(at[1])) return false;
  while (at != end && is_digit(*at)) ++at;
  if (at != end && *at == '.') {
    ++at;
    if (at == end || !is_digit(*at)) return false;
    while (at != end && is_digit(*at)) ++at;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    if (at == end || !is_digit(*at)) return false;
    while (at != end && is_digit(*at)) ++at;
  }
  return at == end;
}

bool is_scalar(std::string_view token) {
  if (token.front() == '"') return is_string(token);
  return token == "true" || token == "false" || token == "null" || is_number(token);
}

}  // namespace sluice::store
