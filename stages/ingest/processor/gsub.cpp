#include <memory>
#include <utility>

#include "stages/ingest/field_value.h"
#include "stages/ingest/java_regex.h"
#include "stages/ingest/text_processor.h"
#include "stages/painless/run/unicode.h"

namespace sluice::ingest {

using painless::String;
using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    kFieldOption,
    {"pattern", "string", "", "A regular expression of Java."},
    {"replacement", "string", "", "What stands in place of each match; `$1` and `${name}` are its groups."},
    kTargetOption,
    kIgnoreMissingOption,
};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_name(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// What a match becomes: texts and groups. Source: Matcher.appendReplacement(), which finds errors at the first match.
class Replacement {
 public:
  Replacement() = default;
  Replacement(std::string_view text, const JavaRegex& regex) {
    for (std::size_t at = 0; at < text.size() && !problem_;) {
      if (text[at] == '\\') {
        if (++at == text.size()) {
          fail("character to be escaped is missing");
        } else {
          literal(text[at++]);
        }
      } else if (text[at] == '$') {
        ++at;
        group(text, at, regex);
      } else {
        literal(text[at++]);
      }
    }
  }

  Status append(const JavaRegex::Finder& match, std::string& out) const {
    for (const Part& part : parts_) {
      out += part.text;
      if (part.group >= 0) out += match.group(static_cast<std::uint32_t>(part.group)).value_or(std::string_view());
    }
    if (problem_) return std::unexpected(*problem_);
    return {};
  }

 private:
  struct Part {
    std::string text;
    int group = -1;  ///< behind the text
  };
  void fail(std::string reason) { problem_ = illegal_argument(std::move(reason)); }
  void literal(char c) {
    if (parts_.empty() || parts_.back().group >= 0) parts_.emplace_back();
    parts_.back().text += c;
  }
  void group(int number) {
    if (parts_.empty() || parts_.back().group >= 0) parts_.emplace_back();
    parts_.back().group = number;
  }
  /// Behind a `$`.
  void group(std::string_view text, std::size_t& at, const JavaRegex& regex) {
    if (at == text.size()) return fail("Illegal group reference: group index is missing");
    if (text[at] == '{') return named_group(text, ++at, regex);
    if (!is_digit(text[at])) return fail("Illegal group reference");
    int number = text[at++] - '0';
    while (at < text.size() && is_digit(text[at]) &&
           static_cast<std::uint32_t>(number * 10 + (text[at] - '0')) <= regex.groups()) {
      number = number * 10 + (text[at++] - '0');
    }
    if (static_cast<std::uint32_t>(number) > regex.groups()) {
      problem_ = java_error("index_out_of_bounds_exception", "No group " + std::to_string(number));
      return;
    }
    group(number);
  }
  void named_group(std::string_view text, std::size_t& at, const JavaRegex& regex) {
    const std::size_t begin = at;
    while (at < text.size() && is_name(text[at])) ++at;
    const std::string name(text.substr(begin, at - begin));
    if (name.empty()) return fail("named capturing group has 0 length name");
    if (at == text.size() || text[at] != '}') return fail("named capturing group is missing trailing '}'");
    if (is_digit(name[0])) return fail("capturing group name {" + name + "} starts with digit character");
    const int number = regex.group_of(name);
    if (number < 0) return fail("No group with name {" + name + "}");
    ++at;
    group(number);
  }

  std::vector<Part> parts_;
  std::optional<Error> problem_;
};

class Gsub final : public TextProcessor {
 public:
  JavaRegex regex;
  Replacement replacement;

 protected:
  Result<Value> change(IngestDocument& document, String& text) const override {
    const std::string_view from = text.text();
    JavaRegex::Finder finder(regex, from);
    auto found = finder.next();
    if (found && !*found) return Value::of(&text);
    std::string out;
    std::size_t at = 0;
    for (; found && *found; found = finder.next()) {
      out += from.substr(at, finder.begin() - at);
      at = finder.end();
      std::u16string pair;
      if (finder.inside_pair()) {
        painless::next_code_point(from, at);
        pair = painless::to_utf16(from.substr(finder.begin(), at - finder.begin()));
        painless::append_unit(out, pair[0]);
      }
      if (Status done = replacement.append(finder, out); !done) return std::unexpected(std::move(done.error()));
      if (!pair.empty()) painless::append_unit(out, pair[1]);
      if (!document.machine().afford(out.size())) return std::unexpected(document.take_error());
    }
    if (!found) return std::unexpected(std::move(found.error()));
    out += from.substr(at);
    return document.machine().string_value(out);
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Gsub>();
  if (Status done = made->configure(config); !done) return std::unexpected(std::move(done.error()));
  const auto pattern = config.text("pattern");
  if (!pattern) return std::unexpected(pattern.error());
  auto regex = JavaRegex::compile(*pattern);
  const auto replacement = config.text("replacement");
  if (!replacement) return std::unexpected(replacement.error());
  if (!regex) return std::unexpected(config.problem("pattern", "Invalid regex pattern. " + regex.error().reason));
  made->regex = std::move(*regex);
  made->replacement = Replacement(*replacement, made->regex);
  return made;
}

}  // namespace

const ProcessorRow& gsub_processor() {
  static const ProcessorRow row{"gsub",
                                "Replaces what a regular expression finds.",
                                kOptions,
                                R"x({"field":"a","pattern":"(\\d+)-(\\d+)","replacement":"$2/$1"})x",
                                R"({"a":["1-2","x"]})",
                                R"({"a":["2/1","x"]})",
                                make};
  return row;
}

}  // namespace sluice::ingest
