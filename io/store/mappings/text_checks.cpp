// Booleans, dates, addresses, bytes and keywords.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <arpa/inet.h>

#include "io/store/mappings/value_checks.h"
#include "pipeline/base/json_text.h"

namespace sluice::store {

namespace {

constexpr std::size_t kLongestTerm = 32'766;  // bytes; IndexWriter.MAX_TERM_LENGTH

bool refuse(Misfit& misfit, std::string reason, std::string_view type = "illegal_argument_exception") {
  misfit.type = type;
  misfit.reason = std::move(reason);
  return false;
}

/// The text between the quotes; of anything else the token.
std::string_view between_quotes(std::string_view token) {
  return token.front() == '"' ? token.substr(1, token.size() - 2) : token;
}

bool is_date(const Field& field, std::string_view text, Misfit& misfit) {
  if (text.empty()) return refuse(misfit, "cannot parse empty datetime");
  const auto date = field.date_format->parse(text);
  if (!date) {
    const Parameter* given = field.parameter("format");
    const bool nanos = field.type == FieldType::kDateNanos && given == nullptr;
    const std::string format =
        nanos ? std::string("strict_date_optional_time_nanos||epoch_millis") : field.date_format->text();
    if (format.find("||") != std::string::npos) {
      misfit.inner_type = "date_time_parse_exception";
      misfit.inner_reason = "Failed to parse with all enclosed parsers";
    }
    return refuse(misfit, "failed to parse date field [" + std::string(text) + "] with format [" + format + "]");
  }
  constexpr pipeline::DateNanos::Wide kMost = 9'223'372'036'854'775'807LL;
  if (field.type != FieldType::kDateNanos || (date->nanos >= 0 && date->nanos <= kMost)) return true;
  const bool before = date->nanos < 0;
  return refuse(misfit,
                "date[" + std::string(text) + "] is " +
                    (before ? "before the epoch in 1970 and cannot be stored in nanosecond resolution"
                            : "after 2262-04-11T23:47:16.854775807 and cannot be stored in nanosecond resolution"));
}

}  // namespace

bool check_boolean(std::string_view token, Misfit& misfit) {
  if (token == "true" || token == "false" || token == "\"true\"" || token == "\"false\"" || token == "\"\"")
    return true;
  if (token.front() != '"') {
    const bool fraction = token.find_first_of(".eE") != std::string_view::npos;
    misfit.inner_type = "json_parse_exception";
    misfit.inner_reason = std::string("Current token (") + (fraction ? "VALUE_NUMBER_FLOAT" : "VALUE_NUMBER_INT") +
                          ") not of boolean type";
    return false;
  }
  const std::string text = json_unquoted(token);
  if (text == "true" || text == "false") return true;
  return refuse(misfit, "Failed to parse value [" + text + "] as only [true] or [false] are allowed.");
}

bool check_date(const Field& field, std::string_view token, Misfit& misfit) {
  if (!has_escape(token)) return is_date(field, between_quotes(token), misfit);
  return is_date(field, json_unquoted(token), misfit);
}

bool is_ip(std::string_view text) {
  if (text.find(':') != std::string_view::npos) text = text.substr(0, text.find('%'));  // a scope is passed over
  std::array<char, INET6_ADDRSTRLEN + 1> copy{};
  if (text.size() >= copy.size()) return false;
  std::ranges::copy(text, copy.begin());
  std::array<std::uint8_t, 16> bytes{};
  const int family = text.find(':') != std::string_view::npos ? AF_INET6 : AF_INET;
  return ::inet_pton(family, copy.data(), bytes.data()) == 1;
}

bool check_ip(std::string_view token, Misfit& misfit) {
  if (is_ip(between_quotes(token))) return true;
  const std::string text = json_unquoted(token);
  if (is_ip(text)) return true;
  return refuse(misfit, "'" + text + "' is not an IP string literal.");
}

bool check_binary(std::string_view token, Misfit& misfit) {
  if (token.front() != '"') return true;
  const std::string text = json_unquoted(token);
  std::size_t letters = 0;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
                        c == '/' || c == '-' || c == '_';
    if (c == '=' || c == '\n' || c == '\r') continue;
    if (!letter) return refuse(misfit, "Illegal base64 character " + std::to_string(static_cast<unsigned char>(c)));
    ++letters;
  }
  if (letters % 4 == 1) return refuse(misfit, "Last unit does not have enough valid bits");
  return true;
}

bool is_above(const Field& field, std::string_view token) {
  if (!field.ignore_above || token.size() <= *field.ignore_above) return false;
  std::string owned;
  std::string_view text = between_quotes(token);
  if (has_escape(token)) {
    owned = json_unquoted(token);
    text = owned;
  }
  if (text.size() <= *field.ignore_above) return false;
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0U) == 0x80U ? 0U : (byte >= 0xF0U ? 2U : 1U);
  }
  return units > *field.ignore_above;
}

bool check_keyword(const Field& field, std::string_view token, Misfit& misfit) {
  if (token.size() <= kLongestTerm) return true;
  const std::string text = json_unquoted(token);
  if (text.size() <= kLongestTerm || (!field.schema.indexed && !field.schema.doc_values)) return true;
  std::string prefix;
  for (std::size_t i = 0; i < 30; ++i) {
    prefix += (i == 0 ? "" : ", ") + std::to_string(static_cast<int>(static_cast<signed char>(text[i])));
  }
  misfit.final = true;
  return refuse(misfit,
                "Document contains at least one immense term in field=\"" + field.path +
                    "\" (whose UTF8 encoding is longer than the max length 32766), all of which were skipped.  Please "
                    "correct the analyzer to not produce such terms.  The prefix of the first immense term is: '[" +
                    prefix + "]...', original message: bytes can be at most 32766 in length; got " +
                    std::to_string(text.size()));
}

bool check_constant_keyword(const Field& field, std::string_view token, Misfit& misfit) {
  const Parameter* value = field.parameter("value");
  const std::string text = json_unquoted(token);
  if (value == nullptr) return true;
  const std::string wanted = json_unquoted(value->json);
  if (wanted == text) return true;
  return refuse(misfit, "[constant_keyword] field [" + field.path +
                            "] only accepts values that are equal to the value "
                            "defined in the mappings [" +
                            wanted + "], but got [" + text + "]");
}

}  // namespace sluice::store
