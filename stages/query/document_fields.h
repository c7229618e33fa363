#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/error.h"
#include "stages/query/field_value.h"
#include "stages/query/query_document.h"
#include "stages/query/read_plan.h"
#include "stages/query/words.h"

namespace sluice::stages {

struct WordSource;

/// What a compiled query has read of one document: the values of each slot, and the words of analyzed texts once they
/// are asked for. Its memory is used again for the next document and for other queries. One thread.
class DocumentFields {
 public:
  /// Reads what the plan says. The document's views must live as long as they are looked at.
  void load(const ReadPlan& plan, const QueryDocument& document);
  [[nodiscard]] const QueryDocument& document() const { return document_; }
  [[nodiscard]] std::span<const FieldValue> values(std::uint32_t slot) const { return slots_[slot]; }

  /// The values of a runtime field of the plan that was loaded, by its number there; made when they are first asked
  /// for.
  [[nodiscard]] std::span<const FieldValue> computed(std::uint32_t number);
  /// Why they can't be asked for from within the scripts that run: these need each other, or are too many, each for the
  /// next one. Nothing: they can.
  [[nodiscard]] std::optional<std::string> computing_problem(std::uint32_t number) const;

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
  struct Computed {
    EmittedValues values;
    bool ready = false;
  };
  void file(std::uint32_t slot, std::string_view token, const std::uint32_t* begin, const std::uint32_t* end) {
    slots_[slot].push_back({token, begin, end});
  }

  QueryDocument document_;
  std::vector<std::vector<FieldValue>> slots_;
  const ReadPlan* plan_ = nullptr;
  std::deque<Computed> computed_;         ///< by the numbers of the plan's runtime fields
  std::vector<std::uint32_t> computing_;  ///< those whose scripts run, each for the one before it
  std::vector<Words> words_;              ///< by WordSource::number
  std::unique_ptr<DocumentFields> inner_;
  std::optional<Error> error_;
};

}  // namespace sluice::stages
