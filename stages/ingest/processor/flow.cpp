// drop, fail, terminate: where a document goes no further.
#include <memory>
#include <utility>

#include "stages/ingest/processor.h"

namespace sluice::ingest {

namespace {

constexpr OptionRow kFailOptions[] = {{"message", "string (template)", "", "What the error says."}};

class Drop final : public Processor {
 public:
  Status run(Execution& run) const override {
    run.drop();
    return {};
  }
};

class Terminate final : public Processor {
 public:
  Status run(Execution& run) const override {
    run.terminate();
    return {};
  }
};

class Fail final : public Processor {
 public:
  Template message;

  Status run(Execution& run) const override {
    auto text = message.render(run.document());
    if (!text) return std::unexpected(std::move(text.error()));
    return std::unexpected(Error(ErrorKind::kDocument, 500, "fail_processor_exception", std::move(*text)));
  }
};

template <typename T>
Result<ProcessorPtr> make_plain(Config&, const CompileEnvironment&) {
  return std::make_unique<T>();
}

Result<ProcessorPtr> make_fail(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Fail>();
  auto message = config.text_template("message");
  if (!message) return std::unexpected(std::move(message.error()));
  made->message = std::move(*message);
  return made;
}

}  // namespace

const ProcessorRow& drop_processor() {
  static const ProcessorRow row{"drop",
                                "Lets the document go: it is not written, and nothing failed.",
                                {},
                                R"({"if":"ctx.level == 'DEBUG'"})",
                                R"({"level":"DEBUG"})",
                                "dropped",
                                make_plain<Drop>};
  return row;
}

const ProcessorRow& fail_processor() {
  static const ProcessorRow row{"fail",        "Fails the document with a message.",
                                kFailOptions,  R"({"if":"ctx.tags == null","message":"{{id}} has no tags"})",
                                R"({"id":7})", "fail_processor_exception: 7 has no tags",
                                make_fail};
  return row;
}

const ProcessorRow& terminate_processor() {
  static const ProcessorRow row{"terminate",
                                "Ends the pipeline here; one that it was called from goes on.",
                                {},
                                R"({"if":"ctx.done == true"})",
                                R"({"done":true})",
                                R"({"done":true})",
                                make_plain<Terminate>};
  return row;
}

}  // namespace sluice::ingest
