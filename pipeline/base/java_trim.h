#pragma once

#include <string_view>

namespace sluice {

/// String.trim(): without the characters up to U+0020 at both ends.
inline std::string_view java_trimmed(std::string_view text) {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace sluice
