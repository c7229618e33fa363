#pragma once

#include <string_view>

#include "pipeline/base/buffer.h"

namespace sluice::tests {

/// A text with the room behind it that parsers need.
inline Buffer padded(std::string_view text) {
  Buffer buffer(text.size());
  buffer.append(text);
  return buffer;
}

}  // namespace sluice::tests
