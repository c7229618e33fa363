#pragma once

#include <memory>
#include <string>
#include <vector>

#include "stages/ingest/config.h"
#include "stages/ingest/date_parser.h"

namespace sluice::ingest {

/// What `date` and `date_index_name` read with: several formats, a zone and a locale, which may be templates. What is
/// the same for all documents is compiled once; what is wrong with it, each document says. Immutable; any thread.
class DateReading {
 public:
  /// `formats`: the option's name. Errors: of Config.
  static Result<DateReading> configure(Config& config, std::string_view formats,
                                       std::vector<std::string> default_formats);
  /// The moment a field's value says, by the first format that fits. Errors: illegal_argument_exception, `unable to
  /// parse date [x]`, with what each format had against it.
  Result<painless::time::ZonedDateTime> read(IngestDocument& document, const painless::Value& value) const;
  /// The zone as it was written.
  Result<std::string> zone_text(IngestDocument& document) const;

 private:
  using Parsers = std::vector<Result<DateParser>>;
  [[nodiscard]] Parsers parsers_for(const std::string& zone, const std::string& locale) const;

  std::vector<std::string> formats_;
  Template zone_;
  Template locale_;
  std::shared_ptr<const Parsers> fixed_;  ///< null: zone or locale are templates
};

}  // namespace sluice::ingest
