#include <memory>
#include <utility>

#include "stages/ingest/field_value.h"
#include "stages/ingest/processor.h"

namespace sluice::ingest {

using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"field", "string", "", "A list."},
    {"separator", "string", "", "What stands between two of its elements."},
    {"target_field", "string", "field", "Where the text goes."},
};

class Join final : public Processor {
 public:
  FieldPath field;
  FieldPath target;
  std::string separator;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    const auto list = need_list(document, field, "join.");
    if (!list) return std::unexpected(list.error());
    painless::Machine& machine = document.machine();
    std::string out;
    for (std::uint32_t i = 0; i < (*list)->size(machine); ++i) {
      const Value item = machine.force((*list)->get(machine, i));
      if (item.is_null()) {
        Error error = null_pointer("");
        error.reason_is_null = true;
        return std::unexpected(std::move(error));
      }
      const painless::String* text = machine.to_text(item);
      if (text == nullptr) return std::unexpected(document.take_error());
      if (i != 0) out += separator;
      out += text->text();
    }
    return document.set(target, machine.string_value(out));
  }
};

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Join>();
  auto field = config.fixed_path("field");
  if (!field) return std::unexpected(std::move(field.error()));
  auto separator = config.text("separator");
  if (!separator) return std::unexpected(std::move(separator.error()));
  auto target = config.target_path(*field);
  if (!target) return std::unexpected(std::move(target.error()));
  made->field = std::move(*field);
  made->separator = std::move(*separator);
  made->target = std::move(*target);
  return made;
}

}  // namespace

const ProcessorRow& join_processor() {
  static const ProcessorRow row{"join",
                                "Makes one text of a list.",
                                kOptions,
                                R"({"field":"a","separator":"-"})",
                                R"({"a":[1,"b",2.5]})",
                                R"({"a":"1-b-2.5"})",
                                make};
  return row;
}

}  // namespace sluice::ingest
