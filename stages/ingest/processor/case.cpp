// lowercase, uppercase, trim.
#include "pipeline/base/java_trim.h"
#include "stages/ingest/text_processor.h"
#include "stages/painless/api/text_search.h"

namespace sluice::ingest {

using painless::String;
using painless::Value;

namespace {

class Lowercase final : public TextProcessor {
 protected:
  Result<Value> change(IngestDocument& document, String& text) const override {
    return document.machine().string_value(painless::api::lower_case(text.text()));
  }
};

class Uppercase final : public TextProcessor {
 protected:
  Result<Value> change(IngestDocument& document, String& text) const override {
    return document.machine().string_value(painless::api::upper_case(text.text()));
  }
};

class Trim final : public TextProcessor {
 protected:
  Result<Value> change(IngestDocument& document, String& text) const override {
    return document.machine().string_value(java_trimmed(text.text()));
  }
};

}  // namespace

const ProcessorRow& lowercase_processor() {
  static const ProcessorRow row{
      "lowercase",           "Writes texts in lower case.", kTextOptions, R"({"field":"a"})", R"({"a":["AB","Ç"]})",
      R"({"a":["ab","ç"]})", make_text_processor<Lowercase>};
  return row;
}

const ProcessorRow& uppercase_processor() {
  static const ProcessorRow row{"uppercase",
                                "Writes texts in upper case.",
                                kTextOptions,
                                R"({"field":"a","target_field":"b"})",
                                R"({"a":"straße"})",
                                R"({"a":"straße","b":"STRASSE"})",
                                make_text_processor<Uppercase>};
  return row;
}

const ProcessorRow& trim_processor() {
  static const ProcessorRow row{"trim",
                                "Takes blanks off both ends of texts.",
                                kTextOptions,
                                R"({"field":"a"})",
                                R"({"a":"  b c "})",
                                R"({"a":"b c"})",
                                make_text_processor<Trim>};
  return row;
}

}  // namespace sluice::ingest
