#include "pipeline/base/json_text.h"
#include "stages/source_filter/field_path_filter.h"
#include "tools/sluiced/rest/json_tokens.h"
#include "tools/sluiced/rest/rendering.h"

namespace sluice::rest {
namespace {

using Kind = JsonTokens::Kind;
using stages::FieldPathFilter;
using stages::Verdict;

/// Copies what the filter keeps; what a container leaves empty is taken back with its key.
class FilterPrinter {
 public:
  explicit FilterPrinter(const FieldPathFilter& filter) : filter_(filter) {}

  bool print(std::string_view json) {
    JsonTokens tokens(json);
    while (true) {
      const JsonTokens::Token token = tokens.next();
      if (token.kind == Kind::kEnd) return true;
      if (token.kind == Kind::kBroken) return false;
      add(token);
    }
  }
  std::string take() { return std::move(text_); }

 private:
  struct Open {
    FieldPathFilter::State state;  ///< of what is inside
    std::size_t begin = 0;         ///< of its comma, or its key, or itself
    bool keep_all = false;
    bool drop_all = false;
    bool any = false;          ///< something is written inside
    bool had_content = false;  ///< something was inside
  };

  void add(const JsonTokens::Token& token) {
    if (token.kind == Kind::kEndObject || token.kind == Kind::kEndArray) return close(token.kind == Kind::kEndObject);
    if (token.kind == Kind::kKey) return key(token.text);
    Open value = pending_key_ ? std::move(pending_) : element();
    pending_key_ = false;
    if (token.kind == Kind::kScalar) {
      const bool kept = value.keep_all || (!value.drop_all && filter_.keeps_scalar(value.state));
      if (kept) {
        text_ += token.text;
        if (!open_.empty()) open_.back().any = true;
      } else {
        text_.resize(value.begin);
      }
      return;
    }
    text_ += token.kind == Kind::kBeginObject ? '{' : '[';
    open_.push_back(std::move(value));
  }

  void key(std::string_view token) {
    Open& parent = open_.back();
    parent.had_content = true;
    pending_ = {};
    pending_.begin = text_.size();
    pending_.keep_all = parent.keep_all;
    pending_.drop_all = parent.drop_all;
    if (!parent.keep_all && !parent.drop_all) {
      const std::string_view inner = token.substr(1, token.size() - 2);
      const Verdict verdict = has_escape(inner) ? filter_.decide(parent.state, json_unquoted(token), pending_.state)
                                                : filter_.decide(parent.state, inner, pending_.state);
      pending_.keep_all = verdict == Verdict::kKeep;
      pending_.drop_all = verdict == Verdict::kDrop;
    }
    if (parent.any) text_ += ',';
    text_ += token;
    text_ += ':';
    pending_key_ = true;
  }

  Open element() {
    Open value;
    value.begin = text_.size();
    if (open_.empty()) {
      value.state = filter_.root();
      return value;
    }
    Open& parent = open_.back();
    parent.had_content = true;
    value.state = parent.state;
    value.keep_all = parent.keep_all;
    value.drop_all = parent.drop_all;
    if (parent.any) text_ += ',';
    return value;
  }

  void close(bool object) {
    const Open closed = std::move(open_.back());
    open_.pop_back();
    text_ += object ? '}' : ']';
    if (open_.empty()) return;
    const bool kept = closed.keep_all ||
                      (!closed.drop_all && (closed.any || filter_.keeps_empty(closed.state, true, closed.had_content)));
    if (kept) {
      open_.back().any = true;
    } else {
      text_.resize(closed.begin);
    }
  }

  const FieldPathFilter& filter_;
  std::string text_;
  std::vector<Open> open_;
  Open pending_;
  bool pending_key_ = false;
};

}  // namespace

std::string filtered_json(std::string_view json, const std::vector<std::string>& paths) {
  std::vector<std::string> includes;
  std::vector<std::string> excludes;
  for (const std::string& path : paths) {
    if (path.starts_with('-')) {
      excludes.push_back(path.substr(1));
    } else {
      includes.push_back(path);
    }
  }
  const FieldPathFilter filter(includes, excludes, /*splits_keys=*/false);
  FilterPrinter printer(filter);
  return printer.print(json) ? printer.take() : std::string(json);
}

}  // namespace sluice::rest
