#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "pipeline/base/buffer.h"
#include "pipeline/base/error.h"

namespace sluice::corpora {

/// A seeded stand-in for a well-known corpus: same fields, sizes (p50, p90, p99), cardinalities and escapes, but every
/// value is made up. Document N depends on the seed and N alone, so any part can be made by any thread, and the same
/// seed gives the same bytes on every machine. Immutable: any thread may call any const function at any time. Source of
/// the shapes: reference/peers.md, part 5.
class Corpus {
 public:
  virtual ~Corpus() = default;
  Corpus(const Corpus&) = delete;
  Corpus& operator=(const Corpus&) = delete;

  /// Errors: illegal_argument_exception for a name that is not in names().
  static Result<std::unique_ptr<Corpus>> make(std::string_view name, std::uint64_t seed);

  struct Entry {
    std::string_view name;
    std::string_view description;
  };
  /// All corpora, in the order of corpora.def.
  static const std::vector<Entry>& entries();

  [[nodiscard]] std::string_view name() const { return name_; }

  /// Appends the `_source` of document `number`: one JSON object without a line break.
  virtual void append_document(std::uint64_t number, Buffer& out) const = 0;
  /// Appends the document's `_id` as a JSON string with its quotes: the number, unless the corpus has odd ids.
  virtual void append_id(std::uint64_t number, Buffer& out) const;

 protected:
  Corpus(std::string_view name, std::uint64_t seed) : name_(name), seed_(seed) {}
  [[nodiscard]] std::uint64_t seed() const { return seed_; }

 private:
  std::string_view name_;
  std::uint64_t seed_;
};

}  // namespace sluice::corpora
