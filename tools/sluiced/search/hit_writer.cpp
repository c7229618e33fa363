#include "tools/sluiced/search/hit_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "pipeline/base/java_number_text.h"
#include "pipeline/base/json_text.h"
#include "tools/sluiced/rest/document_get.h"
#include "tools/sluiced/search/execute.h"
#include "tools/sluiced/search/inner_hit_writer.h"
#include "tools/sluiced/search/shown_fields.h"

namespace sluice::rest {

namespace {

constexpr std::size_t kDigits = 24;  ///< of any integer, with its sign

std::size_t write_integer(std::array<char, kDigits>& digits, std::int64_t value) {
  return static_cast<std::size_t>(std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr -
                                  digits.data());
}

void append_integer(std::string& out, std::int64_t value) {
  std::array<char, kDigits> digits;
  out.append(digits.data(), write_integer(digits, value));
}

void append_score(std::string& out, std::optional<float> score) {
  if (!score) {
    out += "null";
    return;
  }
  // As Java prints a float in JSON.
  const bool finite = std::isfinite(*score);
  out += finite ? java_float_text(*score) : json_string(java_float_text(*score));
}

}  // namespace

HitWriter::HitWriter(const SearchRequest& request) : request_(request) {
  const SourceFields& source = request.source;
  const auto named = [&](std::string_view name) {
    return std::ranges::find(request.stored_fields, name) != request.stored_fields.end();
  };
  with_id_ = !named("_none_");
  const bool by_default = !request.stored_fields_set && request.script_fields.empty();
  with_source_ = source.enabled && (by_default || named("_source") || !source.json.empty());
  if (with_source_ && !source.everything()) {
    filter_ = std::make_unique<const stages::SourceFilter>(source.includes, source.excludes);
  }
}

// Millions of hits a second go through here: names and punctuation are copied in one piece, not built.
Status HitWriter::write(std::string& out, const Hit& hit) {
  write_head(out, hit);
  write_source(out, hit);
  if (shows_fields() || request_.stored_fields_set) {
    if (Status written = write_extracted(out, hit); !written) return written;
  }
  if (!request_.sort.empty()) write_sort(out, hit);
  if (hit.search.query != nullptr && hit.search.query->has_names()) {
    if (Status written = write_names(out, hit); !written) return written;
  }
  if (!hit.search.inner.empty()) {
    if (Status written = write_inner_hits(out, hit); !written) return written;
  }
  out += '}';
  return {};
}

void HitWriter::write_head(std::string& out, const Hit& hit) {
  if (index_ != &hit.index) {
    index_ = &hit.index;
    keeps_source_ = with_source_ && index_->mapping->source_enabled();
    head_ = R"({"_index":)" + json_string(index_->name) + (with_id_ ? R"(,"_id":)" : "");
  }
  if (any_) out += ',';
  any_ = true;
  out += head_;
  if (with_id_) append_json_string(out, hit.document.id);
  if (request_.version) append_integer(out += R"(,"_version":)", hit.document.version);
  if (request_.seq_no) {
    append_integer(out += R"(,"_seq_no":)", hit.document.seq_no);
    append_integer(out += R"(,"_primary_term":)", hit.document.primary_term);
  }
  if (hit.index.has_ignored) write_ignored_fields(out, hit);
  append_score(out += R"(,"_score":)", hit.score);
  if (!hit.document.routing.empty() && with_id_) append_json_string(out += R"(,"_routing":)", hit.document.routing);
}

/// `_ignored`, where the document has any. The check that finds them reads behind the document's end.
void HitWriter::write_ignored_fields(std::string& out, const Hit& hit) {
  padded_.clear();
  padded_.append(hit.document.source);
  store::StoredDocument document = hit.document;
  document.source = padded_.view();
  JsonWriter members;
  members.begin_object();
  write_ignored(members, hit.index, document);
  members.end_object();
  const std::string_view text = members.text();
  if (text.size() > 2) (out += ',') += text.substr(1, text.size() - 2);
}

void HitWriter::write_source(std::string& out, const Hit& hit) {
  if (!keeps_source_) return;
  out += R"(,"_source":)";
  if (filter_ == nullptr) {
    out += hit.document.source;
  } else {
    out += filter_->filtered(hit.document.source);
  }
}

void HitWriter::write_sort(std::string& out, const Hit& hit) {
  out += R"(,"sort":[)";
  const char* comma = "";
  if (hit.sort != nullptr) {
    for (std::size_t i = 0; i < hit.sort->size(); ++i, comma = ",") {
      JsonWriter value;
      (*hit.sorters)[i].write(value, (*hit.sort)[i]);
      (out += comma) += value.text();
    }
  }
  if (hit.places > 0) {
    std::array<char, kDigits> digits;
    const std::string_view place(digits.data(), write_integer(digits, hit.place));
    for (std::size_t i = 0; i < hit.places; ++i, comma = ",") (out += comma) += place;
  }
  out += ']';
}

/// `matched_queries`, where there are any.
Status HitWriter::write_names(std::string& out, const Hit& hit) {
  stages::Structurals structurals;
  auto names = hit.search.query->matched_names(as_seen(hit.index, hit.document, structurals));
  if (!names) return std::unexpected(std::move(names.error()));
  if (names->empty()) return {};
  JsonWriter list;
  list.begin_array();
  for (const std::string& name : *names) list.string(name);
  list.end_array();
  (out += R"(,"matched_queries":)") += list.text();
  return {};
}

/// `fields`, where any has a value.
Status HitWriter::write_extracted(std::string& out, const Hit& hit) {
  JsonWriter members;
  members.begin_object();
  if (shows_fields()) {
    Status written = write_shown_fields(members, request_, hit.search, hit.document);
    if (!written) return written;
  } else {
    write_stored_fields(members, hit.index, request_.stored_fields, hit.document);
  }
  members.end_object();
  const std::string_view text = members.text();
  if (text.size() > 2) (out += ',') += text.substr(1, text.size() - 2);
  return {};
}

}  // namespace sluice::rest
