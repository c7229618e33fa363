#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "stages/painless/script.h"

namespace sluice::stages {

/// What the script of an `_update` finds in its ctx.
struct UpdateContext {
  std::string_view index;
  std::string_view id;
  std::string_view routing;  ///< empty: none
  std::string_view source;   ///< an object with Buffer::kPadding readable bytes behind it
  std::int64_t version = 0;
  std::int64_t now = 0;  ///< milliseconds since 1970
  bool upsert = false;   ///< there is no document: `source` is that of `upsert`, for a script that makes one of it
};

/// What is to be done with the document. What `op` says and is none of these is nothing, as in Elasticsearch.
enum class UpdateOperation : std::uint8_t { kWrite, kDelete, kNothing };

struct ScriptedUpdate {
  UpdateOperation operation = UpdateOperation::kNothing;
  std::string source;  ///< as the script left it
};

/// A script of painless::update_context() and the machine it runs on, for one update after the other. One thread at a
/// time.
class UpdateScript {
 public:
  explicit UpdateScript(std::shared_ptr<const painless::Script> script);
  ~UpdateScript();
  UpdateScript(const UpdateScript&) = delete;
  UpdateScript& operator=(const UpdateScript&) = delete;

  [[nodiscard]] const painless::Script* script() const { return script_.get(); }

  /// Runs it once. `params` is a raw JSON object, or empty. What the script leaves alone stays byte for byte. Errors:
  /// illegal_argument_exception `failed to execute script`, caused by what the script threw; illegal_argument_exception
  /// for a document that can't be written, such as one that contains itself.
  Result<ScriptedUpdate> run(std::string_view params, const UpdateContext& context);

 private:
  class Run;
  std::shared_ptr<const painless::Script> script_;
  painless::Machine machine_;
};

/// `failed to execute script`, what an update answers when its script can't be found, compiled or run.
Error failed_script(Error cause);

}  // namespace sluice::stages
