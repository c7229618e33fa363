#include "io/ndjson/line_encoder.h"

#include <charconv>
#include <cstring>
#include <string_view>

#include "pipeline/model/splice.h"

namespace sluice::io {

namespace {

using pipeline::Document;
using pipeline::Operation;
using pipeline::PageFormat;

/// Room for the keys, brackets, numbers and line feeds around the tokens of one document.
constexpr std::size_t kFrame = 160;

/// Writes pieces one behind the other into memory that has room for them.
class Cursor {
 public:
  explicit Cursor(char* at) : at_(at) {}
  Cursor& text(std::string_view piece) {
    std::memcpy(at_, piece.data(), piece.size());
    at_ += piece.size();
    return *this;
  }
  Cursor& json(std::string_view value) {
    at_ = pipeline::splice(at_, value);
    return *this;
  }
  Cursor& number(std::int64_t value) {
    at_ = std::to_chars(at_, at_ + 24, value).ptr;
    return *this;
  }
  [[nodiscard]] char* at() const { return at_; }

 private:
  char* at_;
};

/// `"name":token` with a comma before it unless it is the first; nothing where there is no token.
void member(Cursor& to, std::string_view name, std::string_view token, bool& first) {
  if (token.empty()) return;
  if (!first) to.text(",");
  first = false;
  to.text(name).text(token);
}

void write_hit(Cursor& to, const Document& document) {
  bool first = true;
  to.text("{");
  member(to, "\"_index\":", document.index, first);
  member(to, "\"_type\":", document.type, first);
  member(to, "\"_id\":", document.id, first);
  member(to, "\"_routing\":", document.routing, first);
  if (!first) to.text(",");
  if (document.version != pipeline::kNoVersion) to.text("\"_version\":").number(document.version).text(",");
  to.text("\"_source\":").json(document.source).text("}\n");
}

void write_action(Cursor& to, const Document& document, const LineOptions& options) {
  bool first = true;
  switch (document.operation) {
    case Operation::kIndex:
      to.text("{\"index\":{");
      break;
    case Operation::kCreate:
      to.text("{\"create\":{");
      break;
    case Operation::kDelete:
      to.text("{\"delete\":{");
      break;
  }
  member(to, "\"_index\":", document.index, first);
  member(to, "\"_id\":", document.id, first);
  member(to, "\"routing\":", document.routing, first);
  if (document.version != pipeline::kNoVersion && !options.version_type.empty()) {
    to.text(first ? "\"version\":" : ",\"version\":").number(document.version);
    to.text(",\"version_type\":\"").text(options.version_type).text("\"");
  }
  to.text("}}\n");
  if (document.operation != Operation::kDelete) to.json(document.source).text("\n");
}

}  // namespace

bool can_express(PageFormat format, Operation operation) {
  return format == PageFormat::kBulk || operation != Operation::kDelete;
}

void append_document(Buffer& out, const Document& document, const LineOptions& options) {
  const std::size_t begin = out.size();
  out.grow_for(kFrame + document.index.size() + document.type.size() + document.id.size() + document.routing.size() +
               document.source.size());
  Cursor to(out.data() + begin);
  switch (options.format) {
    case PageFormat::kHits:
      write_hit(to, document);
      break;
    case PageFormat::kBulk:
      write_action(to, document, options);
      break;
    default:
      to.json(document.source).text("\n");
      break;
  }
  out.resize(static_cast<std::size_t>(to.at() - out.data()));
}

}  // namespace sluice::io
