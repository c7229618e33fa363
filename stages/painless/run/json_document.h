#pragma once

#include <memory>
#include <string_view>

#include "pipeline/base/buffer.h"
#include "pipeline/base/error.h"
#include "stages/painless/run/machine.h"
#include "stages/parse/structurals.h"

namespace sluice::painless {

/// JSON that a script works on: `params`, a document, what Json.load() is given. Containers are read when they are
/// looked into. Owns the text's structural index, so it lives as long as the values.
class JsonDocument {
 public:
  /// Reads an object or array of which a copy is kept. Errors: x_content_parse_exception for what is no JSON.
  Result<Value> read(Machine& machine, std::string_view json);
  /// Likewise without a copy: `json` lives as long as the values and has Buffer::kPadding readable bytes behind it.
  Result<Value> view(Machine& machine, std::string_view json);
  /// Likewise, for who makes the container. Errors: x_content_parse_exception.
  Result<JsonSpan> span(std::string_view json);

 private:
  Buffer text_;
  stages::Structurals structurals_;
};

}  // namespace sluice::painless
