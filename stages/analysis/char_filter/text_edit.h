#pragma once

#include <string>
#include <string_view>

#include "stages/analysis/token_stream.h"

namespace sluice::stages {

/// Builds a changed text and remembers where its characters stood. Source: Lucene's char filters: where something
/// became shorter the difference counts behind it, where longer each unit too many stands at the end of what was there.
class TextEdit {
 public:
  explicit TextEdit(const FilteredText& before) : before_(before.text) {}

  /// What is there up to `end` stays.
  void keep_to(std::size_t end) {
    text_ += std::u16string_view(before_).substr(at_, end - at_);
    at_ = end;
  }
  /// What is there up to `end` becomes `instead`.
  void replace_to(std::size_t end, std::u16string_view instead) {
    const std::size_t size = end - at_;
    const std::size_t start = text_.size();
    text_ += instead;
    at_ = end;
    if (instead.size() < size) {
      difference_ += static_cast<std::int32_t>(size - instead.size());
      corrections_.add(static_cast<std::uint32_t>(text_.size()), difference_);
    }
    for (std::size_t i = size; i < instead.size(); ++i) {
      corrections_.add(static_cast<std::uint32_t>(start + i), --difference_);
    }
  }
  void finish(FilteredText& filtered) {
    keep_to(before_.size());
    filtered.text = std::move(text_);
    if (!corrections_.empty()) filtered.layers.push_back(std::move(corrections_));
  }

 private:
  const std::u16string& before_;
  std::u16string text_;
  std::size_t at_ = 0;
  std::int32_t difference_ = 0;
  OffsetCorrections corrections_;
};

}  // namespace sluice::stages
