#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::stages {

/// A raw value of a document.
struct FieldValue {
  std::string_view token;                ///< raw JSON
  const std::uint32_t* begin = nullptr;  ///< its part of the structural index; null: it was emitted, and has none
  const std::uint32_t* end = nullptr;
};

/// What a runtime field's script emitted for one document, as raw JSON. Its memory is used for the next document. One
/// thread.
class EmittedValues {
 public:
  void clear() {
    bytes_.clear();
    ends_.clear();
    values_.clear();
    units_ = 0;
  }
  /// What the next value is appended to; end() says that it is there.
  std::string& bytes() { return bytes_; }
  void end() { ends_.push_back(bytes_.size()); }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  /// Counts UTF-16 units of texts, and gives how many there were.
  std::size_t count_units(std::size_t more) { return units_ += more; }

  /// The values, once all are there.
  void complete() {
    values_.clear();
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      values_.push_back({std::string_view(bytes_).substr(begin, end - begin)});
      begin = end;
    }
  }
  [[nodiscard]] std::span<const FieldValue> values() const { return values_; }

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
  std::vector<FieldValue> values_;
  std::size_t units_ = 0;
};

}  // namespace sluice::stages
