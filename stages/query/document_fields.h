#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/query/query_document.h"
#include "stages/query/read_plan.h"
#include "stages/query/words.h"

namespace sluice::stages {

struct WordSource;

/// A raw value of a document.
struct FieldValue {
  std::string_view token;                ///< raw JSON
  const std::uint32_t* begin = nullptr;  ///< its part of the structural index
  const std::uint32_t* end = nullptr;
};

/// What a compiled query has read of one document: the values of each slot, and the words of analyzed texts once they
/// are asked for. Its memory is used again for the next document and for other queries. One thread.
class DocumentFields {
 public:
  /// Reads what the plan says. The document's views must live as long as they are looked at.
  void load(const ReadPlan& plan, const QueryDocument& document);
  [[nodiscard]] const QueryDocument& document() const { return document_; }
  [[nodiscard]] std::span<const FieldValue> values(std::uint32_t slot) const { return slots_[slot]; }

  /// The words of an analyzed field; made when they are first asked for.
  const Words& words(const WordSource& source);

  /// What kept a clause from looking at the document: it counts as one that does not match, and who asked is told. The
  /// first one stays.
  void fail(Error error) {
    if (!error_) error_ = std::move(error);
  }
  [[nodiscard]] std::optional<Error> take_error() { return std::exchange(error_, std::nullopt); }

  /// Fields of an object within the document, which has a plan of its own: of a nested document.
  DocumentFields& inner();

 private:
  friend class ReadPlan;
  void file(std::uint32_t slot, std::string_view token, const std::uint32_t* begin, const std::uint32_t* end) {
    slots_[slot].push_back({token, begin, end});
  }

  QueryDocument document_;
  std::vector<std::vector<FieldValue>> slots_;
  std::vector<Words> words_;  ///< by WordSource::number
  std::unique_ptr<DocumentFields> inner_;
  std::optional<Error> error_;
};

}  // namespace sluice::stages
