#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "pipeline/base/error.h"
#include "pipeline/model/structural_index.h"

namespace simdjson::internal {
class dom_parser_implementation;  // NOLINT(readability-identifier-naming): simdjson's own name
}

namespace sluice::stages {

/// The structural index of a run of bytes: the positions of `{ } [ ] : ,` and of the first byte of every string, number
/// and word, made by simdjson's first stage on the best instruction set of the machine. One object serves one thread;
/// the index is valid until the next build() and only as long as the bytes.
class Structurals {
 public:
  Structurals();
  ~Structurals();
  Structurals(const Structurals&) = delete;
  Structurals& operator=(const Structurals&) = delete;

  enum class Problem : std::uint8_t { kNone, kUtf8, kUnclosedString, kControlCharacter, kEmpty, kTooLarge };

  /// Indexes `bytes`, behind which Buffer::kPadding bytes must be readable. On a problem the index is empty.
  Problem build(std::string_view bytes);

  [[nodiscard]] const std::uint32_t* begin() const { return begin_; }
  /// Behind the last position; the entry it points to is the length of the bytes.
  [[nodiscard]] const std::uint32_t* end() const { return end_; }

  /// Gives the index away, into `kept`, and takes the memory that was there. Afterwards it is empty.
  void give(pipeline::StructuralIndex& kept);

  /// Gives the memory back when it is for more than `bytes` bytes.
  void trim(std::size_t bytes);

 private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser_;
  std::size_t capacity_ = 0;  ///< bytes that can be indexed
  std::size_t room_ = 0;      ///< positions that the parser has memory for
  const std::uint32_t* begin_ = nullptr;
  const std::uint32_t* end_ = nullptr;
};

/// What people are told about a problem.
std::string_view problem_text(Structurals::Problem problem);

}  // namespace sluice::stages
