#include <string>

#include "stages/ingest/processor_functions.h"
#include "stages/ingest/text_processor.h"
#include "stages/painless/api/bytes.h"
#include "stages/painless/run/unicode.h"

namespace sluice::ingest {

using painless::String;
using painless::Value;

namespace {

constexpr std::string_view kPrefix = "URLDecoder: ";

/// The value of a hexadecimal digit. Errors: what HexFormat says of anything else.
Result<unsigned> digit_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  const std::size_t begin = at;
  const char32_t point = painless::next_code_point(text, at);
  const std::u16string units = painless::to_utf16(text.substr(begin, at - begin));
  return std::unexpected(illegal_argument(
      std::string(kPrefix) + "Illegal hex characters in escape (%) pattern - not a hexadecimal digit: \"" +
      painless::from_utf16(units.substr(0, 1)) + "\" = " + std::to_string(point > 0xFFFF ? units[0] : point)));
}

/// The bytes of the escapes from `at` on, as text.
Status decode_run(std::string_view text, std::size_t& at, std::string& out) {
  std::string bytes;
  while (at + 2 < text.size() && text[at] == '%') {
    const auto high = digit_at(text, at + 1);
    if (!high) return std::unexpected(high.error());
    const auto low = digit_at(text, at + 2);
    if (!low) return std::unexpected(low.error());
    bytes += static_cast<char>(*high * 16 + *low);
    at += 3;
  }
  if (at < text.size() && text[at] == '%') {
    return std::unexpected(illegal_argument(std::string(kPrefix) + "Incomplete trailing escape (%) pattern"));
  }
  out += painless::api::java_text(bytes);
  return {};
}

}  // namespace

Result<std::string> url_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '%') {
      if (Status done = decode_run(text, at, out); !done) return std::unexpected(std::move(done.error()));
      continue;
    }
    out += text[at] == '+' ? ' ' : text[at];
    ++at;
  }
  return out;
}

namespace {

class UrlDecode final : public TextProcessor {
 protected:
  Result<Value> change(IngestDocument& document, String& text) const override {
    if (text.text().find_first_of("%+") == std::string_view::npos) return Value::of(&text);
    const auto decoded = url_decoded(text.text());
    if (!decoded) return std::unexpected(decoded.error());
    return document.machine().string_value(*decoded);
  }
};

}  // namespace

const ProcessorRow& urldecode_processor() {
  static const ProcessorRow row{"urldecode",
                                "Resolves the escapes of URLs in texts.",
                                kTextOptions,
                                R"({"field":"a"})",
                                R"({"a":"caf%C3%A9+%26"})",
                                R"({"a":"café &"})",
                                make_text_processor<UrlDecode>};
  return row;
}

}  // namespace sluice::ingest
