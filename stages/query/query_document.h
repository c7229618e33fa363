#pragma once

#include <cstdint>
#include <string_view>

#include "stages/parse/structurals.h"
#include "stages/parse/walker.h"

namespace sluice::stages {

/// One document, as queries look at it. Views and index live while it is looked at.
struct QueryDocument {
  std::string_view id{};                 ///< text, not a JSON token
  std::string_view index{};              ///< its index's name
  std::string_view routing{};            ///< empty: none
  std::string_view source{};             ///< a JSON object
  const char* bytes = nullptr;           ///< what the positions of the structural index count from
  const std::uint32_t* begin = nullptr;  ///< the structural index of `source`
  const std::uint32_t* end = nullptr;    ///< behind it; the entry there is where `source` ends, or the next position
  std::uint32_t shard = 0;               ///< counted over all that a search looks at; statistics are a shard's own
  std::int64_t seq_no = -1;              ///< -1: it has none
  std::int64_t version = -1;             ///< -1: it has none

  [[nodiscard]] Walker walker() const { return {bytes, begin, end}; }
  /// Takes over the index of `source`, which was made of nothing else.
  void set_structurals(const Structurals& structurals) {
    bytes = source.data();
    begin = structurals.begin();
    end = structurals.end();
  }
};

}  // namespace sluice::stages
