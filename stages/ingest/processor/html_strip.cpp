#include <memory>
#include <utility>

#include "stages/analysis/char_filter/make.h"
#include "stages/ingest/text_processor.h"
#include "stages/painless/run/unicode.h"

namespace sluice::ingest {

using painless::String;
using painless::Value;

namespace {

class HtmlStrip final : public TextProcessor {
 public:
  stages::CharFilterPtr filter;

 protected:
  /// As the char filter of that name does; a text without both angle brackets stays as it is, entities too.
  Result<Value> change(IngestDocument& document, String& text) const override {
    if (text.text().find('<') == std::string_view::npos || text.text().find('>') == std::string_view::npos)
      return Value::of(&text);
    stages::FilteredText filtered{painless::to_utf16(text.text()), {}};
    if (Status done = filter->apply(filtered); !done) return std::unexpected(std::move(done.error()));
    return document.machine().string_value(painless::from_utf16(filtered.text));
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<HtmlStrip>();
  if (Status done = made->configure(config); !done) return std::unexpected(std::move(done.error()));
  const stages::ComponentSettings settings;
  auto filter = stages::make_html_strip({.name = "html_strip", .settings = settings});
  if (!filter) return std::unexpected(std::move(filter.error()));
  made->filter = std::move(*filter);
  return made;
}

}  // namespace

const ProcessorRow& html_strip_processor() {
  static const ProcessorRow row{"html_strip",
                                "Takes the tags of HTML out of texts; those that begin a line become one.",
                                kTextOptions,
                                R"({"field":"a"})",
                                R"({"a":"<p>a &amp; <b>b</b></p>"})",
                                R"({"a":"\na & b\n"})",
                                make};
  return row;
}

}  // namespace sluice::ingest
