#include "stages/query/edit_distance.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <vector>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/parse_number.h"
#include "stages/painless/run/unicode.h"

namespace sluice::stages {

namespace {

void decode(std::string_view text, std::u32string& into) {
  into.clear();
  for (std::size_t at = 0; at < text.size();) into.push_back(painless::next_code_point(text, at));
}

Error parse_error(std::string reason) {
  return Error(ErrorKind::kBadRequest, 400, "parse_exception", std::move(reason));
}

Result<Fuzziness> parse_auto(const std::string& text) {
  Fuzziness fuzziness;
  if (text == "AUTO") return fuzziness;
  const std::string limits = text.substr(5);
  const std::size_t comma = limits.find(',');
  if (comma == std::string::npos || limits.find(',', comma + 1) != std::string::npos) {
    return std::unexpected(parse_error("failed to find low and high distance values"));
  }
  const auto low = parse_number<std::int32_t>(std::string_view(limits).substr(0, comma));
  const auto high = parse_number<std::int32_t>(std::string_view(limits).substr(comma + 1));
  if (!low || !high) {
    const std::string wrong = low ? limits.substr(comma + 1) : limits.substr(0, comma);
    return std::unexpected(
        parse_error("failed to parse [" + text + "] as a \"auto:int,int\"").wrapping(number_format_error(wrong)));
  }
  if (*low < 0 || *high < 0 || *low > *high) {
    return std::unexpected(
        parse_error("fuzziness wrongly configured [" + text + "]. Must be 0 < lower value <= higher value."));
  }
  fuzziness.low = static_cast<std::uint32_t>(*low);
  fuzziness.high = static_cast<std::uint32_t>(*high);
  return fuzziness;
}

}  // namespace

Result<Fuzziness> Fuzziness::parse(std::string_view text) {
  if (text.empty()) return std::unexpected(illegal_argument("fuzziness cannot be null or empty."));
  const std::string name = ascii_upper_case(text);
  if (name == "AUTO" || name.starts_with("AUTO:")) return parse_auto(name);
  const auto value = parse_number<double>(name);
  if (!value || std::isnan(*value)) {
    return std::unexpected(
        illegal_argument("fuzziness cannot be [" + std::string(text) + "].").wrapping(number_format_error(name)));
  }
  const double whole = std::trunc(*value);
  if (whole < 0 || whole > 2) {
    // Beyond an int Java makes the nearest one of it.
    constexpr double kMost = std::numeric_limits<std::int32_t>::max();
    constexpr double kLeast = std::numeric_limits<std::int32_t>::min();
    return std::unexpected(
        illegal_argument("Valid edit distances are [0, 1, 2] but was [" +
                         std::to_string(static_cast<std::int32_t>(std::clamp(whole, kLeast, kMost))) + "]"));
  }
  Fuzziness fuzziness;
  fuzziness.automatic = false;
  fuzziness.edits = static_cast<std::uint32_t>(whole);
  return fuzziness;
}

std::uint32_t Fuzziness::edits_for(std::string_view term) const {
  if (!automatic) return edits;
  std::u32string characters;
  decode(term, characters);
  if (characters.size() < low) return 0;
  return characters.size() < high ? 1 : 2;
}

EditDistance::EditDistance(std::string_view term, std::uint32_t most, std::uint32_t prefix, bool transpositions)
    : text_(term), most_(most), prefix_(prefix), transpositions_(transpositions) {
  decode(term, term_);
  prefix_ = std::min<std::uint32_t>(prefix_, static_cast<std::uint32_t>(term_.size()));
}

std::optional<std::uint32_t> EditDistance::to(std::string_view other) const {
  if (other == text_) return 0;
  if (most_ == 0) return std::nullopt;
  // A character is four bytes at most.
  if (other.size() > text_.size() + std::size_t{4} * most_ || text_.size() > other.size() + std::size_t{4} * most_) {
    return std::nullopt;
  }
  static thread_local std::u32string characters;
  decode(other, characters);
  if (!std::u32string_view(characters).starts_with(std::u32string_view(term_).substr(0, prefix_))) return std::nullopt;
  const std::size_t longer = std::max(characters.size(), term_.size());
  if (longer - std::min(characters.size(), term_.size()) > most_) return std::nullopt;
  return distance(characters.data() + prefix_, characters.size() - prefix_);
}

std::optional<std::uint32_t> EditDistance::distance(const char32_t* other, std::size_t size) const {
  const std::u32string_view mine = std::u32string_view(term_).substr(prefix_);
  static thread_local std::vector<std::uint32_t> rows;
  const std::size_t width = size + 1;
  rows.assign(3 * width, 0);
  std::uint32_t* before = rows.data();
  std::uint32_t* last = before + width;
  std::uint32_t* row = last + width;
  for (std::size_t j = 0; j < width; ++j) last[j] = static_cast<std::uint32_t>(j);
  for (std::size_t i = 1; i <= mine.size(); ++i) {
    row[0] = static_cast<std::uint32_t>(i);
    std::uint32_t least = row[0];
    for (std::size_t j = 1; j < width; ++j) {
      const std::uint32_t replaced = last[j - 1] + (mine[i - 1] == other[j - 1] ? 0U : 1U);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped =
          transpositions_ && i > 1 && j > 1 && mine[i - 1] == other[j - 2] && mine[i - 2] == other[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > most_ + 1) return std::nullopt;
    std::uint32_t* const oldest = before;
    before = last;
    last = row;
    row = oldest;
  }
  return last[size] <= most_ ? std::optional(last[size]) : std::nullopt;
}

std::optional<float> EditDistance::similarity(std::string_view other) const {
  const auto edits = to(other);
  if (!edits) return std::nullopt;
  if (*edits == 0) return 1.0F;
  const auto size = static_cast<std::size_t>(
      std::ranges::count_if(other, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  const auto shorter = static_cast<float>(std::min(size, term_.size()));
  return 1.0F - static_cast<float>(*edits) / shorter;
}

}  // namespace sluice::stages
