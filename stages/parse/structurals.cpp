#include "stages/parse/structurals.h"

#include <algorithm>
#include <utility>

#include <simdjson.h>

namespace sluice::stages {

namespace {

constexpr std::size_t kSmallestCapacity = std::size_t{1} << 20;

/// The positions that simdjson's first stage may write for so many bytes: a whole block, and its own end marks.
constexpr std::size_t room_for(std::size_t bytes) { return (bytes + 63) / 64 * 64 + 2 + 7; }

Structurals::Problem problem_of(simdjson::error_code code) {
  switch (code) {
    case simdjson::SUCCESS:
      return Structurals::Problem::kNone;
    case simdjson::UTF8_ERROR:
      return Structurals::Problem::kUtf8;
    case simdjson::UNCLOSED_STRING:
      return Structurals::Problem::kUnclosedString;
    case simdjson::UNESCAPED_CHARS:
      return Structurals::Problem::kControlCharacter;
    case simdjson::EMPTY:
      return Structurals::Problem::kEmpty;
    default:
      return Structurals::Problem::kTooLarge;
  }
}

}  // namespace

Structurals::Structurals() = default;
Structurals::~Structurals() = default;

Structurals::Problem Structurals::build(std::string_view bytes) {
  begin_ = end_ = nullptr;
  if (bytes.empty()) return Problem::kEmpty;
  if (bytes.size() > capacity_) {
    const std::size_t wanted = std::max(kSmallestCapacity, bytes.size());
    if (wanted > simdjson::SIMDJSON_MAXSIZE_BYTES) return Problem::kTooLarge;
    parser_.reset();
    const simdjson::implementation* best = simdjson::get_active_implementation();
    if (best->create_dom_parser_implementation(wanted, 1, parser_) != simdjson::SUCCESS) return Problem::kTooLarge;
    capacity_ = wanted;
    room_ = room_for(wanted);
  }
  const auto* start = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto code = parser_->stage1(start, bytes.size(), simdjson::stage1_mode::regular);
  if (code != simdjson::SUCCESS) return problem_of(code);
  begin_ = parser_->structural_indexes.get();
  end_ = begin_ + parser_->n_structural_indexes;
  return Problem::kNone;
}

void Structurals::give(pipeline::StructuralIndex& kept) {
  kept.count = static_cast<std::size_t>(end_ - begin_);
  std::swap(kept.positions, parser_->structural_indexes);
  std::swap(kept.room, room_);
  if (room_ < room_for(capacity_)) {
    room_ = room_for(capacity_);
    parser_->structural_indexes = std::make_unique_for_overwrite<std::uint32_t[]>(room_);
  }
  begin_ = end_ = nullptr;
}

void Structurals::trim(std::size_t bytes) {
  if (capacity_ <= bytes || capacity_ <= kSmallestCapacity) return;
  begin_ = end_ = nullptr;
  parser_.reset();
  capacity_ = room_ = 0;
}

std::string_view problem_text(Structurals::Problem problem) {
  switch (problem) {
    case Structurals::Problem::kNone:
      return "no problem";
    case Structurals::Problem::kUtf8:
      return "it is not valid UTF-8";
    case Structurals::Problem::kUnclosedString:
      return "a string is not closed";
    case Structurals::Problem::kControlCharacter:
      return "a string has a control character that is not escaped";
    case Structurals::Problem::kEmpty:
      return "it is empty";
    case Structurals::Problem::kTooLarge:
      return "it is larger than 4 GiB";
  }
  return "unknown";
}

}  // namespace sluice::stages
