#include <memory>
#include <utility>

#include "stages/ingest/date_reading.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/processor.h"

namespace sluice::ingest {

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "The date: a text or a number."},
    {"date_rounding", "string (template)", "", "Where the date is rounded down to: `y`, `M`, `w`, `d`, `h`, `m`, `s`."},
    {"index_name_prefix", "string (template)", "\"\"", "What the index's name begins with."},
    {"index_name_format", "string (template)", "yyyy-MM-dd", "How the rounded date stands behind it."},
    {"date_formats", "list", "yyyy-MM-dd'T'HH:mm:ss.SSSXX", "As `formats` of `date`."},
    {"timezone", "string", "UTC", "Of texts that say none, and of the name."},
    {"locale", "string", "ENGLISH", "The language of the names of months and days that are read."},
};

class DateIndexName final : public Processor {
 public:
  FieldPath field;
  DateReading reading;
  Template rounding;
  Template prefix;
  Template format;
  std::optional<Result<DatePrinter>> printer;  ///< of a format that is the same for all documents

  Status run(Execution& run) const override {
    static const FieldPath index_path = FieldPath::lasting("_index");
    IngestDocument& document = run.document();
    const auto value = document.get(field);
    if (!value) return std::unexpected(value.error());
    const auto date = reading.read(document, *value);
    if (!date) return std::unexpected(date.error());
    auto name_prefix = prefix.render(document);
    auto name_format = format.render(document);
    auto name_rounding = rounding.render(document);
    auto zone = reading.zone_text(document);
    for (const auto* text : {&name_prefix, &name_format, &name_rounding, &zone}) {
      if (!*text) return std::unexpected(text->error());
    }
    const auto shown = print(*date, *name_format);
    if (!shown) return std::unexpected(shown.error());
    const std::string name =
        "<" + *name_prefix + "{" + *shown + "||/" + *name_rounding + "{" + *name_format + "|" + *zone + "}}>";
    return document.set(index_path, document.machine().string_value(name));
  }

  void set_format(Template compiled) {
    format = std::move(compiled);
    if (format.is_fixed()) printer = DatePrinter::compile(format.source(), painless::time::Locale::root());
  }

 private:
  [[nodiscard]] Result<std::string> print(const painless::time::ZonedDateTime& date, const std::string& by) const {
    if (printer) return *printer ? (*printer)->print(date) : std::unexpected(printer->error());
    const auto made = DatePrinter::compile(by, painless::time::Locale::root());
    return made ? made->print(date) : std::unexpected(made.error());
  }
};

/// The zone is no template here: a node's constructor reads it.
Status check_zone(Config config) {
  const auto text = config.optional_text("timezone");
  if (!text || !*text) return {};
  auto zone = zone_named(**text);
  if ((*text)->empty())
    zone = std::unexpected(java_error("date_time_exception", "Invalid ID for ZoneOffset, invalid format: "));
  if (zone) return {};
  const bool unknown = zone.error().type == "zone_rules_exception";
  return std::unexpected(construction_error(
      unknown ? "java.time.zone.ZoneRulesException" : "java.time.DateTimeException", std::move(zone.error())));
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<DateIndexName>();
  if (Status fine = check_zone(config); !fine) return std::unexpected(std::move(fine.error()));
  auto reading = DateReading::configure(config, "date_formats", {"yyyy-MM-dd'T'HH:mm:ss.SSSXX"});
  if (!reading) return std::unexpected(std::move(reading.error()));
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  auto prefix = config.text_template_or("index_name_prefix", "");
  if (!prefix) return std::unexpected(std::move(prefix.error()));
  auto rounding = config.text_template("date_rounding");
  if (!rounding) return std::unexpected(std::move(rounding.error()));
  auto format = config.text_template_or("index_name_format", "yyyy-MM-dd");
  if (!format) return std::unexpected(std::move(format.error()));
  made->field = std::move(*field);
  made->reading = std::move(*reading);
  made->prefix = std::move(*prefix);
  made->rounding = std::move(*rounding);
  made->set_format(std::move(*format));
  return made;
}

}  // namespace

const ProcessorRow& date_index_name_processor() {
  static const ProcessorRow row{
      "date_index_name",
      "Sends the document to an index whose name has its date: date math, resolved when it is "
      "written.",
      kOptions,
      R"({"field":"d","date_rounding":"M","index_name_prefix":"logs-","date_formats":["ISO8601"]})",
      R"({"d":"2019-01-25T05:30:00Z"})",
      R"({"d":"2019-01-25T05:30:00Z"})",
      make};
  return row;
}

}  // namespace sluice::ingest
