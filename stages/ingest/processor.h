#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "stages/ingest/config.h"
#include "stages/ingest/execution.h"
#include "stages/ingest/field_edits.h"
#include "stages/painless/script.h"

namespace sluice::ingest {

class EnrichLookup;

/// One thing that is done to a document. Immutable once made; any thread.
class Processor {
 public:
  Processor() = default;
  Processor(const Processor&) = delete;
  Processor& operator=(const Processor&) = delete;
  virtual ~Processor() = default;
  /// Changes the document of `run`. An error fails the processor; what it had changed by then stays.
  virtual Status run(Execution& run) const = 0;
  /// Of those that call a pipeline: whether there is one to call, as a simulation asks in front of run().
  virtual Status check_called(Execution& run) const {
    (void)run;
    return {};
  }
  /// Adds all that it does to `edits`, which then do the same as run(). False: it is more than they can do.
  virtual bool add_to(FieldEdits& edits) const {
    (void)edits;
    return false;
  }
};
using ProcessorPtr = std::unique_ptr<const Processor>;

/// What pipelines are compiled with.
struct CompileEnvironment {
  painless::CompileOptions script;
  /// The source of a stored script; nothing: there is none of that name. Null: there are none at all. Errors: of
  /// scripts that can't be run.
  std::function<Result<std::optional<std::string>>(std::string_view id)> stored_script;
  /// A folder with databases for `geoip` and `user_agent`; empty: none.
  std::string databases;
  /// The tables of enrich policies. Null: there are no policies.
  std::shared_ptr<const EnrichLookup> enrich;
};

/// An option of a processor, as docs/ingest.md lists it.
struct OptionRow {
  const char* name;
  const char* kind;      ///< `string`, `boolean`, `list`, ...; with ` (template)` where mustache's tags may be in it
  const char* fallback;  ///< empty: required
  const char* sentence;
};

inline constexpr OptionRow kIgnoreMissingOption = {"ignore_missing", "boolean", "false",
                                                   "Whether a field that is not there, or null, is no failure."};

/// A processor: what docs/ingest.md says of it, and how it is made. A test runs the example.
struct ProcessorRow {
  const char* type;
  const char* sentence;
  std::span<const OptionRow> options;
  const char* config;  ///< of the example, JSON
  const char* before;  ///< its document's `_source`
  const char* after;   ///< the `_source` then, or `type: reason` of the error, or `dropped`
  Result<ProcessorPtr> (*make)(Config& config, const CompileEnvironment& environment);
};

/// All processors, in the order of their names.
std::span<const ProcessorRow* const> processor_rows();
/// Null: there is none of that type.
const ProcessorRow* processor_row(std::string_view type);

#define PROCESSOR(name) const ProcessorRow& name##_processor();
#include "stages/ingest/processors.def"
#undef PROCESSOR

}  // namespace sluice::ingest
