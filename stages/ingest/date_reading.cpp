#include "stages/ingest/date_reading.h"

#include <chrono>
#include <utility>

#include "stages/ingest/field_value.h"

namespace sluice::ingest {

namespace time = painless::time;

namespace {

Result<DateParser> parser_of(const std::string& format, const std::string& zone, const std::string& locale) {
  const auto named_zone = zone_named(zone);
  if (!named_zone) return std::unexpected(named_zone.error());
  const auto named_locale = locale_named(locale);
  if (!named_locale) return std::unexpected(named_locale.error());
  return DateParser::compile(format, *named_zone, *named_locale);
}

time::Int year_now() {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return static_cast<int>(std::chrono::year_month_day(today).year());
}

/// What a node's parser of a format says of a null.
Error no_date(std::string_view format) {
  const auto null_pointer = [](std::string_view what) {
    return Error(ErrorKind::kDocument, 500, "null_pointer_exception",
                 "Cannot invoke " + std::string(what) + " is null");
  };
  if (format == "UNIX") return null_pointer(R"x("String.length()" because "in")x");
  if (format == "TAI64N") return null_pointer(R"x("String.startsWith(String)" because "date")x");
  Error refused = illegal_argument("cannot parse empty datetime");
  if (format != "UNIX_MS") return refused;
  refused.type = "number_format_exception";
  refused.reason = "Cannot parse null string";
  return refused;
}

/// Why none of the formats fitted: the first one's reason, with the others beside it.
Error unable_to_parse(std::string_view text, std::vector<Error> why) {
  Error error = illegal_argument("unable to parse date [" + std::string(text) + "]");
  return why.empty() ? error : std::move(error).wrapping(first_of(std::move(why)));
}

}  // namespace

Result<DateReading> DateReading::configure(Config& config, std::string_view formats,
                                           std::vector<std::string> default_formats) {
  DateReading made;
  auto zone = config.text_template_or("timezone", "");
  if (!zone) return std::unexpected(std::move(zone.error()));
  auto locale = config.text_template_or("locale", "");
  if (!locale) return std::unexpected(std::move(locale.error()));
  auto given = config.optional_list(formats);
  if (!given) return std::unexpected(std::move(given.error()));
  if (!*given && default_formats.empty())
    return std::unexpected(config.problem(formats, "required property is missing"));
  made.formats_ = *given ? std::move(**given) : std::move(default_formats);
  made.zone_ = std::move(*zone);
  made.locale_ = std::move(*locale);
  if (made.zone_.is_fixed() && made.locale_.is_fixed()) {
    made.fixed_ = std::make_shared<const Parsers>(made.parsers_for(made.zone_.source(), made.locale_.source()));
  }
  return made;
}

DateReading::Parsers DateReading::parsers_for(const std::string& zone, const std::string& locale) const {
  Parsers parsers;
  for (const std::string& format : formats_) parsers.push_back(parser_of(format, zone, locale));
  return parsers;
}

Result<std::string> DateReading::zone_text(IngestDocument& document) const {
  auto text = zone_.render(document);
  if (text && text->empty()) return "UTC";
  return text;
}

Result<time::ZonedDateTime> DateReading::read(IngestDocument& document, const painless::Value& raw) const {
  const painless::Value value = document.machine().force(raw);
  const painless::String* text = document.machine().to_text(value);
  if (text == nullptr) return std::unexpected(document.take_error());
  std::shared_ptr<const Parsers> parsers = fixed_;
  if (parsers == nullptr) {
    const auto zone = zone_.render(document);
    if (!zone) return std::unexpected(zone.error());
    const auto locale = locale_.render(document);
    if (!locale) return std::unexpected(locale.error());
    parsers = std::make_shared<const Parsers>(parsers_for(*zone, *locale));
  }
  std::vector<Error> why;
  for (std::size_t i = 0; i < parsers->size(); ++i) {
    const Result<DateParser>& parser = (*parsers)[i];
    if (!parser) {
      why.push_back(parser.error());
      continue;
    }
    if (value.is_null()) {
      why.push_back(no_date(formats_[i]));
      continue;
    }
    auto date = parser->parse(text->text(), year_now());
    if (date) return date;
    why.push_back(std::move(date.error()));
  }
  return std::unexpected(unable_to_parse(text->text(), std::move(why)));
}

}  // namespace sluice::ingest
