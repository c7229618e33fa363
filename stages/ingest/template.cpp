// The mustache language, read.
#include "stages/ingest/template.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "pipeline/base/json_text.h"

namespace sluice::ingest {

namespace {

using Node = Template::Node;
using Kind = Node::Kind;

/// Reading, writing and forgetting a template go as deep as its sections.
constexpr std::size_t kMostNested = 100;

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

Error mustache_error(std::string_view source, const std::string& reason, std::string_view cause) {
  Error error(ErrorKind::kScript, 400, "script_exception", reason);
  error.details.emplace_back("script_stack", "[]");
  error.details.emplace_back("script", json_string(source));
  error.details.emplace_back("lang", "\"mustache\"");
  return std::move(error).wrapping(Error(ErrorKind::kScript, 400, std::string(cause), reason));
}

/// Reads a template from its first byte to its last.
class Reader {
 public:
  explicit Reader(std::string_view source) : source_(source) {}

  Result<std::vector<Node>> read() {
    open_.push_back({});
    while (at_ < source_.size()) {
      const std::size_t tag = std::min(source_.find(begin_, at_), source_.size());
      add_text(source_.substr(at_, tag - at_));
      at_ = tag;
      if (tag == source_.size()) break;
      if (auto problem = read_tag()) return std::unexpected(std::move(*problem));
    }
    if (open_.size() > 1) return std::unexpected(fail("Failed to close '" + open_.back().name + "' tag " + place()));
    return std::move(open_.front().nodes);
  }

 private:
  struct Open {
    std::string name;
    Node section;
    std::vector<Node> nodes;
  };

  [[nodiscard]] std::string line() const {
    const auto ended = std::count(source_.begin(), source_.begin() + static_cast<std::ptrdiff_t>(tag_), '\n');
    return "query-template:" + std::to_string(ended + 1);
  }
  [[nodiscard]] std::string place() const { return "@[" + line() + "]"; }
  [[nodiscard]] Error fail(const std::string& reason, std::string_view type = "mustache_exception") const {
    return mustache_error(source_, reason, type);
  }

  void add_text(std::string_view text) {
    if (!text.empty()) open_.back().nodes.push_back({Kind::kText, std::string(text), {}, false, {}});
  }

  std::optional<Error> read_tag() {
    tag_ = at_;
    std::size_t from = at_ + begin_.size();
    const bool triple = begin_ == "{{" && from < source_.size() && source_[from] == '{';
    const std::string closing = triple ? "}}}" : end_;
    if (triple) ++from;
    const std::size_t end = source_.find(closing, from);
    if (end == std::string_view::npos) return fail_unclosed(from, triple);
    const std::string_view inside = trimmed(source_.substr(from, end - from));
    at_ = end + closing.size();
    if (inside.empty()) return fail("Empty mustache " + place());
    if (triple) return add_variable(inside, false);
    const std::string_view name = trimmed(inside.substr(1));
    switch (inside.front()) {
      case '#':
      case '^':
        drop_own_line();
        return open(inside.front(), name);
      case '/':
        drop_own_line();
        return close(name);
      case '!':
        drop_own_line();
        return std::nullopt;
      case '=':
        drop_own_line();
        return change_delimiters(name);
      case '>':
        return fail("Template " + std::string(name) + " not found", "mustache_not_found_exception");
      case '&':
        return add_variable(name, false);
      default:
        return add_variable(inside, true);
    }
  }

  [[nodiscard]] Error fail_unclosed(std::size_t from, bool triple) const {
    const std::string_view rest = source_.substr(from);
    if (triple && rest.find("}}") != std::string_view::npos) {
      const std::string name(trimmed(rest.substr(0, rest.find("}}"))));
      return fail("Improperly closed variable: " + name + " in " + line() + "@" +
                  std::to_string(from + rest.find("}}") + 2) + " " + place());
    }
    if (!rest.empty() && (rest.front() == '#' || rest.front() == '^')) {
      return fail("Failed to close '" + std::string(trimmed(rest.substr(1))) + "' tag " + place());
    }
    return fail("Improperly closed variable " + place());
  }

  std::optional<Error> add_variable(std::string_view name, bool escaped) {
    open_.back().nodes.push_back({Kind::kVariable, std::string(name), {}, escaped, {}});
    return std::nullopt;
  }

  std::optional<Error> open(char sign, std::string_view name) {
    if (open_.size() > kMostNested) {
      return fail("A template may have [" + std::to_string(kMostNested) + "] sections in each other, '" +
                  std::string(name) + "' is one too many " + place());
    }
    Open opened;
    opened.name = name;
    opened.section.kind = sign == '#' ? Kind::kSection : Kind::kInverted;
    opened.section.text = name;
    if (sign == '#') {
      if (name == "toJson") opened.section.kind = Kind::kToJson;
      if (name == "url") opened.section.kind = Kind::kUrl;
      if (name == "join" || name.starts_with("join delimiter=")) {
        opened.section.kind = Kind::kJoin;
        const std::size_t quote = name.find('\'');
        const std::size_t last = name.rfind('\'');
        opened.section.delimiter = quote == last ? "," : std::string(name.substr(quote + 1, last - quote - 1));
      }
    }
    open_.push_back(std::move(opened));
    return std::nullopt;
  }

  std::optional<Error> close(std::string_view name) {
    if (open_.size() == 1 || open_.back().name != name) {
      const std::string opened = open_.size() == 1 ? "null" : open_.back().name;
      return fail("Mismatched start/end tags: " + opened + " != " + std::string(name) + " in " + line() + " " +
                  place());
    }
    Open ended = std::move(open_.back());
    open_.pop_back();
    ended.section.inner = std::move(ended.nodes);
    open_.back().nodes.push_back(std::move(ended.section));
    return std::nullopt;
  }

  std::optional<Error> change_delimiters(std::string_view inside) {
    if (inside.ends_with('=')) inside.remove_suffix(1);
    inside = trimmed(inside);
    const std::size_t space = inside.find(' ');
    if (space == std::string_view::npos) return fail("Invalid delimiters: " + std::string(inside) + " " + place());
    begin_ = inside.substr(0, space);
    end_ = trimmed(inside.substr(space));
    return std::nullopt;
  }

  /// A tag that has a line for itself leaves none.
  void drop_own_line() {
    std::size_t begin = tag_;
    while (begin > 0 && (source_[begin - 1] == ' ' || source_[begin - 1] == '\t')) --begin;
    std::size_t end = at_;
    while (end < source_.size() && (source_[end] == ' ' || source_[end] == '\t' || source_[end] == '\r')) ++end;
    const bool alone = (begin == 0 || source_[begin - 1] == '\n') && end < source_.size() && source_[end] == '\n';
    if (!alone) return;
    if (begin != tag_) {
      std::string& before = open_.back().nodes.back().text;
      before.resize(before.size() - (tag_ - begin));
    }
    at_ = end + 1;
  }

  std::string_view source_;
  std::size_t at_ = 0;
  std::size_t tag_ = 0;  ///< where the newest tag begins
  std::string begin_ = "{{";
  std::string end_ = "}}";
  std::vector<Open> open_;
};

}  // namespace

Result<TextEscape> text_escape_of(std::string_view media_type) {
  if (media_type == "application/json") return TextEscape::kJson;
  if (media_type == "text/plain") return TextEscape::kNone;
  if (media_type == "application/x-www-form-urlencoded") return TextEscape::kUrl;
  return std::unexpected(
      illegal_argument("property does not contain a supported media type [" + std::string(media_type) +
                       "] must be one of [application/json, text/plain, application/x-www-form-urlencoded]"));
}

Result<Template> Template::compile(std::string_view text, TextEscape escape) {
  Template made;
  made.source_ = text;
  made.escape_ = escape;
  made.fixed_ = text.find("{{") == std::string_view::npos;
  if (made.fixed_) return made;
  auto nodes = Reader(text).read();
  if (!nodes) return std::unexpected(std::move(nodes.error()));
  made.nodes_ = std::move(*nodes);
  return made;
}

}  // namespace sluice::ingest
