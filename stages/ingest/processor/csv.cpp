#include <algorithm>
#include <memory>
#include <utility>

#include "pipeline/base/json_text.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/text_processor.h"
#include "stages/painless/run/json_reader.h"
#include "stages/painless/run/unicode.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "One line of CSV."},
    {"target_fields", "list", "", "Where its cells go, one after the other; empty ones go nowhere."},
    {"separator", "string", ",", "What stands between two cells, one character."},
    {"quote", "string", "\"", "What stands around a cell with separators in it, one character."},
    {"trim", "boolean", "false", "Whether blanks around cells without quotes are dropped."},
    {"empty_value", "any", "none", "What an empty cell is instead of nothing."},
    kIgnoreMissingOption,
};

/// Reads a line cell by cell; places are UTF-16 units in messages. Source: a node's answers.
class Line {
 public:
  Line(std::string_view text, char16_t quote, char16_t separator, bool trim)
      : text_(painless::to_utf16(text)), quote_(quote), separator_(separator), trim_(trim) {}

  /// The next cell; nothing: the line is over.
  Result<std::optional<std::u16string>> next() {
    std::size_t begin = at_;
    for (; at_ < text_.size(); ++at_) {
      const char16_t c = text_[at_];
      if (c == quote_) return quoted();
      if (c == separator_) {
        ++at_;
        return std::u16string();
      }
      if (!is_blank(c)) return plain(begin);
      if (trim_) begin = at_ + 1;
    }
    return std::nullopt;
  }

 private:
  static bool is_blank(char16_t c) { return c == u' ' || c == u'\t'; }

  Result<std::optional<std::u16string>> plain(std::size_t begin) {
    std::size_t blanks = 0;
    for (; at_ < text_.size(); ++at_) {
      const char16_t c = text_[at_];
      if (c == quote_ || c == u'\r' || c == u'\n') {
        return std::unexpected(illegal_argument("Illegal character inside unquoted field at " + std::to_string(at_)));
      }
      if (c == separator_) return text_.substr(begin, at_++ - begin - (trim_ ? blanks : 0));
      blanks = trim_ && is_blank(c) ? blanks + 1 : 0;
    }
    return text_.substr(begin);  // the last one keeps its blanks
  }

  Result<std::optional<std::u16string>> quoted() {
    std::u16string cell;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != quote_) {
        cell += text_[at_];
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == quote_) {
        cell += text_[at_++];
      } else {
        ++at_;
        return behind_quotes(std::move(cell));
      }
    }
    return std::unexpected(illegal_argument("Unmatched quote"));
  }

  Result<std::optional<std::u16string>> behind_quotes(std::u16string cell) {
    for (; at_ < text_.size(); ++at_) {
      const char16_t c = text_[at_];
      if (c == separator_) {
        ++at_;
        break;
      }
      if (is_blank(c)) continue;
      return std::unexpected(illegal_argument("character '" + painless::from_utf16(text_.substr(at_, 1)) +
                                              "' after quoted field at " + std::to_string(at_)));
    }
    return cell;
  }

  std::u16string text_;
  std::size_t at_ = 0;
  char16_t quote_;
  char16_t separator_;
  bool trim_;
};

class Csv final : public Processor {
 public:
  FieldPath field;
  std::vector<FieldPath> targets;
  std::optional<std::string> empty_value;  ///< JSON
  char16_t separator = u',';
  char16_t quote = u'"';
  bool trim = false;
  bool ignore_missing = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto text = need_text(document, field, ignore_missing, "process it.");
    if (!text) return std::unexpected(text.error());
    if (*text == nullptr) return {};
    Line line((*text)->text(), quote, separator, trim);
    for (const FieldPath& target : targets) {
      const auto cell = line.next();
      if (!cell) return std::unexpected(cell.error());
      if (!*cell) break;
      if (Status done = put(document, target, **cell); !done) return done;
    }
    return {};
  }

 private:
  Status put(IngestDocument& document, const FieldPath& target, std::u16string_view cell) const {
    if (!cell.empty()) return document.set(target, document.machine().string_value(painless::from_utf16(cell)));
    if (!empty_value) return {};
    const Value value = painless::JsonReader(document.machine(), *empty_value).read();
    if (value.is_error()) return std::unexpected(document.take_error());
    return document.set(target, value);
  }
};

Result<char16_t> one_unit(Config& config, std::string_view name, std::string_view fallback, std::string_view like) {
  const auto text = config.text_or(name, fallback);
  if (!text) return std::unexpected(text.error());
  const std::u16string units = painless::to_utf16(*text);
  if (units.size() == 1) return units[0];
  return std::unexpected(
      config.problem(name, std::string(name) + " has to be single character like " + std::string(like)));
}

/// What Java says of a list that has something else than texts in it.
Error no_texts() {
  Error cause(ErrorKind::kBadRequest, 500, "array_store_exception",
              "arraycopy: element type mismatch: can not cast one of the elements of java.lang.Object[] to the type of "
              "the destination array, java.lang.String");
  return construction_error("java.lang.ArrayStoreException", std::move(cause));
}

Status read_targets(Config& config, std::vector<FieldPath>& targets) {
  const auto elements = config.optional_elements("target_fields");
  if (!elements) return std::unexpected(elements.error());
  if (!*elements) return std::unexpected(config.problem("target_fields", "required property is missing"));
  for (const std::string_view element : **elements) {
    if (!element.starts_with('"')) return std::unexpected(no_texts());
    targets.push_back(FieldPath::lasting(json_unquoted(element)));
  }
  if (targets.empty()) return std::unexpected(config.problem("target_fields", "target fields list can't be empty"));
  return {};
}

Status read_format(Config& config, Csv& made) {
  const auto quote = one_unit(config, "quote", "\"", "\" or '");
  if (!quote) return std::unexpected(quote.error());
  const auto separator = one_unit(config, "separator", ",", ", or ;");
  if (!separator) return std::unexpected(separator.error());
  const auto trim = config.flag("trim", false);
  if (!trim) return std::unexpected(trim.error());
  made.quote = *quote;
  made.separator = *separator;
  made.trim = *trim;
  return {};
}

Status read_empty_value(Config& config, Csv& made) {
  const std::vector<std::string> given = config.left();
  if (std::ranges::find(given, "empty_value") == given.end()) return {};
  const auto raw = config.take_required("empty_value");
  if (!raw) return std::unexpected(raw.error());
  made.empty_value = *raw;
  return {};
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Csv>();
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  made->field = std::move(*field);
  if (Status done = read_format(config, *made); !done) return std::unexpected(std::move(done.error()));
  if (Status done = read_empty_value(config, *made); !done) return std::unexpected(std::move(done.error()));
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  made->ignore_missing = *ignore_missing;
  if (Status done = read_targets(config, made->targets); !done) return std::unexpected(std::move(done.error()));
  return made;
}

}  // namespace

const ProcessorRow& csv_processor() {
  static const ProcessorRow row{"csv",
                                "Takes the cells of a line of CSV apart.",
                                kOptions,
                                R"({"field":"m","target_fields":["x","y","z"]})",
                                R"({"m":"1,\"a,b\","})",
                                R"({"m":"1,\"a,b\",","x":"1","y":"a,b"})",
                                make};
  return row;
}

}  // namespace sluice::ingest
