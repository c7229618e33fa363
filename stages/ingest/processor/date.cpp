#include <memory>
#include <utility>

#include "stages/ingest/date_reading.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/processor.h"

namespace sluice::ingest {

namespace {

constexpr std::string_view kOutput = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "What is read: a text or a number."},
    {"formats", "list", "",
     "`ISO8601`, `UNIX` (seconds), `UNIX_MS`, `TAI64N`, Elasticsearch's names, patterns of java.time; the first that "
     "fits."},
    {"target_field", "string", "@timestamp", "Where the date goes."},
    {"timezone", "string (template)", "UTC", "Of texts that say none, and of what is written."},
    {"locale", "string (template)", "ENGLISH", "The language of the names of months and days that are read."},
    {"output_format", "string", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "How the date is written."},
};

class Date final : public Processor {
 public:
  FieldPath field;
  FieldPath target;
  DateReading reading;
  DatePrinter printer;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto value = document.get(field);
    if (!value) return std::unexpected(value.error());
    const auto date = reading.read(document, *value);
    if (!date) return std::unexpected(date.error());
    const auto text = printer.print(*date);
    if (!text) return std::unexpected(text.error());
    return document.set(target, document.machine().string_value(*text));
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Date>();
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  auto target = config.path_or("target_field", "@timestamp");
  if (!target) return std::unexpected(std::move(target.error()));
  auto reading = DateReading::configure(config, "formats", {});
  if (!reading) return std::unexpected(std::move(reading.error()));
  auto output = config.text_or("output_format", kOutput);
  if (!output) return std::unexpected(std::move(output.error()));
  auto printer = DatePrinter::compile(*output, painless::time::Locale::root());
  if (output->empty()) printer = std::unexpected(illegal_argument("No date pattern provided"));
  if (!printer) {
    Error cause = illegal_argument("invalid output format [" + *output + "]").wrapping(printer.error());
    return std::unexpected(construction_error("java.lang.IllegalArgumentException", std::move(cause)));
  }
  made->field = std::move(*field);
  made->target = std::move(*target);
  made->reading = std::move(*reading);
  made->printer = std::move(*printer);
  return made;
}

}  // namespace

const ProcessorRow& date_processor() {
  static const ProcessorRow row{"date",
                                "Reads a date, and writes it as Elasticsearch's dates are.",
                                kOptions,
                                R"({"field":"d","formats":["dd/MM/yyyy"],"timezone":"Europe/Amsterdam"})",
                                R"({"d":"25/01/2019"})",
                                R"({"d":"25/01/2019","@timestamp":"2019-01-25T00:00:00.000+01:00"})",
                                make};
  return row;
}

}  // namespace sluice::ingest
