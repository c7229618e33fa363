#include "stages/ingest/grok/bank/layout.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace sluice::ingest::bank {

namespace {

constexpr std::string_view kSpecial = "()[]{}*+?^$|";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (kSpecial.find(letter) != std::string_view::npos) out += '\\';
    out += letter;
  }
  return out;
}

std::string with_parts(std::string_view text, EcsMode mode, std::span<const Row> parts) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.front() == '{' ? text.find('}') : std::string_view::npos;
    const std::string_view name = end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
    const auto part =
        std::ranges::find_if(parts, [&](const Row& row) { return row.name == name && is_in(row.in, mode); });
    if (part == parts.end()) {
      out += text.front();
      text.remove_prefix(1);
    } else {
      out += with_parts(part->text, mode, parts);
      text.remove_prefix(end + 1);
    }
  }
  return out;
}

/// Reads a layout from left to right.
class Reader {
 public:
  Reader(std::string_view text, EcsMode mode) : text_(text), ecs_(mode == EcsMode::kV1) {}

  /// Up to `end`, which stays, or up to a `|` if there are alternatives.
  std::string sequence(std::string_view end, bool alternatives = false) {
    std::string out;
    std::string lead;  // the text before the next slot
    const auto put = [&](const std::string& piece) { out.append(std::exchange(lead, {})).append(piece); };
    while (!text_.empty() && (end.empty() || !text_.starts_with(end)) && !(alternatives && text_.front() == '|')) {
      if (text_.starts_with("{[")) {
        put(one_of());
      } else if (text_.front() == '{') {
        const std::string found = text_.starts_with("{<") ? group() : slot();
        if (lead.empty()) {
          out += found;
        } else {
          out.append("(?:").append(std::exchange(lead, {})).append(found).append(")");
        }
      } else if (text_.starts_with("`(?")) {
        put(taken(1, '`'));
      } else {
        literal(lead);
      }
    }
    return out + lead;
  }

 private:
  /// From `begin` to the next `end`, which goes too.
  std::string taken(std::size_t begin, char end) {
    const std::size_t at = std::min(text_.find(end, begin), text_.size() - 1);
    std::string inside(text_.substr(begin, at - begin));
    text_.remove_prefix(at + 1);
    return inside;
  }

  void literal(std::string& out) {
    if (text_.front() == '`') {
      out += taken(1, '`');
    } else if (text_.front() == '\\') {
      std::size_t size = 2;
      while (size < text_.size() && std::string_view("*+?").find(text_[size]) != std::string_view::npos) ++size;
      out += text_.substr(0, size);
      text_.remove_prefix(std::min(size, text_.size()));
    } else {
      out += text_.front() == '.' ? R"([^\n])" : escaped(text_.substr(0, 1));
      text_.remove_prefix(1);
    }
  }

  std::string one_of() {
    std::string out = "(?:";
    text_.remove_prefix(2);
    for (;; text_.remove_prefix(1)) {
      out += sequence("]}", true);
      if (!text_.starts_with('|')) break;
      out += '|';
    }
    text_.remove_prefix(std::min<std::size_t>(2, text_.size()));
    return out + ")";
  }

  std::string group() {
    const std::string names = taken(2, '>');
    const std::size_t bar = std::min(names.find('|'), names.size());
    std::string out = "(?<" + (ecs_ && bar < names.size() ? names.substr(bar + 1) : names.substr(0, bar)) + ">";
    out += sequence(">}") + ")";
    text_.remove_prefix(std::min<std::size_t>(2, text_.size()));
    return out;
  }

  std::string slot() {
    const std::string reference = in_mode(taken(1, '}'));
    const std::size_t question = reference.find('?');
    if (question == std::string::npos) return "%{" + reference + "}";
    return "(?:" + escaped(reference.substr(0, question)) + "|%{" + reference.substr(question + 1) + "})";
  }

  /// `NAME:classic|ecs` or `NAME:classic||OTHER:ecs`, as one of them.
  [[nodiscard]] std::string in_mode(const std::string& reference) const {
    const std::size_t bar = reference.find('|');
    if (bar == std::string::npos) return reference;
    if (reference.compare(bar, 2, "||") == 0) return ecs_ ? reference.substr(bar + 2) : reference.substr(0, bar);
    const std::size_t colon = reference.find(':');
    const std::string field = ecs_ ? reference.substr(bar + 1) : reference.substr(colon + 1, bar - colon - 1);
    return reference.substr(0, colon) + (field.empty() ? "" : ":" + field);
  }

  std::string_view text_;
  bool ecs_;
};

/// The characters of a text, in UTF-8.
std::string_view first_of(std::string_view word) {
  std::size_t size = 1;
  while (size < word.size() && (static_cast<unsigned char>(word[size]) & 0xC0U) == 0x80U) ++size;
  return word.substr(0, size);
}

}  // namespace

std::string layout(std::string_view text, EcsMode mode, std::span<const Row> parts) {
  return Reader(with_parts(text, mode, parts), mode).sequence("");
}

std::string separated(std::string_view separator, std::initializer_list<std::span<const Columns>> columns) {
  struct Column {
    std::string layout;
    bool greedy = false;
  };
  std::vector<Column> all;
  for (const auto& table : columns) {
    for (const auto& [kind, names] : table) {
      if (kind.empty()) all.push_back({std::string(names)});
      const std::size_t type = std::min(kind.find(':'), kind.size());
      for (std::size_t at = 0; !kind.empty() && at < names.size();) {
        const std::size_t end = std::min(names.find(' ', at), names.size());
        std::string slot = "{";
        slot.append(kind.substr(0, type)).append(":").append(names.substr(at, end - at)).append(kind.substr(type));
        all.push_back({slot + "}", kind.starts_with("GREEDYDATA")});
        at = end + 1;
      }
    }
  }
  std::string out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    out.append(i == 0 ? "" : separator).append(all[i].layout);
    if (i + 1 < all.size() && (i == 0 || all[i].greedy)) out += ahead(separator, all.size() - 1 - i);
  }
  return out;
}

std::string ahead(std::string_view separator, std::size_t count) {
  const std::string sign(separator);
  return "`(?=(?:" + sign + "[^" + sign + "]*){" + std::to_string(count) + "})`";
}

std::string any_of(std::span<const std::string_view> words) {
  std::vector<std::string> ways;
  std::vector<std::string_view> left(words.begin(), words.end());
  while (!left.empty()) {
    const std::string_view first = left.front().empty() ? left.front() : first_of(left.front());
    std::vector<std::string_view> rest;
    std::erase_if(left, [&](std::string_view word) {
      if (first.empty() ? !word.empty() : !word.starts_with(first)) return false;
      rest.push_back(word.substr(first.size()));
      return true;
    });
    ways.push_back(escaped(first) + (first.empty() ? "" : any_of(rest)));
  }
  if (ways.size() == 1) return ways.front();
  std::string out;
  for (const std::string& way : ways) out.append(out.empty() ? "(?:" : "|").append(way);
  return out + ")";
}

}  // namespace sluice::ingest::bank
