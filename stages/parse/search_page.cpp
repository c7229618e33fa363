#include <charconv>
#include <string>

#include "pipeline/base/json_text.h"
#include "stages/parse/hit_reader.h"
#include "stages/parse/page_readers.h"

namespace sluice::stages {

namespace {

using pipeline::Batch;
using pipeline::Document;
using pipeline::Failure;

std::optional<std::uint64_t> unsigned_number(std::string_view token) {
  std::uint64_t value = 0;
  const auto end = std::from_chars(token.data(), token.data() + token.size(), value);
  if (end.ec != std::errc()) return std::nullopt;
  return value;
}

/// Error objects of a page, rebuilt: `type`, `reason` and the causes.
Error read_error(Walker at) {
  Error error(ErrorKind::kInternal, 500, "exception", "");
  if (at.peek() != '{') {
    error.reason = "Unknown remote exception with reason=[" + json_unquoted(at.take_value()) + "]";
    return error;
  }
  static_cast<void>(walk_object(at, [&](std::string_view key, Walker& walker) {
    const Walker before = walker;
    const std::string_view value = walker.take_value();
    if (key == "\"type\"") error.type = json_unquoted(value);
    if (key == "\"reason\"") error.reason = json_unquoted(value);
    if (key == "\"caused_by\"" && value.starts_with('{')) {
      error.caused_by = std::make_shared<const Error>(read_error(before));
    }
    return !value.empty();
  }));
  if (error.type.find("rejected_execution") != std::string::npos) {
    error.kind = ErrorKind::kThrottled;
    error.status = 429;
  }
  return error;
}

Failure read_shard_failure(Walker& walker) {
  Failure failure;
  failure.kind = Failure::Kind::kSearch;
  static_cast<void>(walk_object(walker, [&](std::string_view key, Walker& at) {
    const Walker before = at;
    const std::string_view value = at.take_value();
    if (key == "\"index\"") failure.index = json_unquoted(value);
    if (key == "\"node\"") failure.node = json_unquoted(value);
    if (key == "\"shard\"") {
      if (const auto number = unsigned_number(value)) failure.shard = static_cast<std::int64_t>(*number);
    }
    if (key == "\"reason\"") failure.cause = read_error(before);
    if (key == "\"status\"") {
      if (const auto number = unsigned_number(value)) failure.cause.status = static_cast<int>(*number);
    }
    return !value.empty();
  }));
  return failure;
}

class SearchPage {
 public:
  SearchPage(Batch& batch, const ParseOptions& options) : batch_(batch), options_(options) {}

  std::optional<Malformed> read(Walker& walker) {
    return read_object(walker, [&](std::string_view key, Walker& at) {
      if (key == "\"hits\"" && at.peek() == '{') return read_hits_object(at);
      const Walker before = at;
      const std::string_view value = at.take_value();
      if (key == "\"_scroll_id\"") batch_.facts.next.context = json_unquoted(value);
      if (key == "\"pit_id\"") batch_.facts.pit_id = json_unquoted(value);
      if (key == "\"timed_out\"") batch_.facts.timed_out = value == "true";
      if (key == "\"_shards\"" && value.starts_with('{')) read_shards(before);
      if (key == "\"error\"") {
        Failure failure;
        failure.kind = Failure::Kind::kSearch;
        failure.cause = read_error(before);
        batch_.failures.push_back(std::move(failure));
      }
      return !value.empty();
    });
  }

  /// What the page as a whole amounts to.
  Status conclude() {
    if (inner_) return std::unexpected(page_error(*inner_));
    if (!batch_.failures.empty() || batch_.facts.timed_out) {
      batch_.documents.clear();
      batch_.facts.end = true;
      return {};
    }
    if (!saw_hits_) {
      return std::unexpected(page_error({0, "it has no [hits.hits]"}));
    }
    batch_.facts.end = hits_ == 0;
    batch_.facts.next.documents = batch_.page.begin.documents + batch_.documents.size();
    batch_.facts.next.after = std::string(sort_.empty() ? batch_.page.begin.after : sort_);
    if (batch_.facts.next.context.empty()) batch_.facts.next.context = batch_.page.begin.context;
    if (Status status = check_documents(); !status) return status;
    return check_position();
  }

  [[nodiscard]] Error page_error(const Malformed& problem) const {
    const std::string_view text = batch_.page.text();
    return {ErrorKind::kInternal, 500, "parsing_exception",
            "the answer of " + options_.source_name + " is not a search response: at byte " +
                std::to_string(problem.offset) + " " + problem.what + ", near [" +
                std::string(text.substr(std::min<std::size_t>(problem.offset, text.size()), 40)) +
                "]; is there something between sluice and the cluster that changes answers?"};
  }

 private:
  bool read_hits_object(Walker& walker) {
    auto problem = read_object(walker, [&](std::string_view key, Walker& at) {
      if (key == "\"hits\"" && at.peek() == '[') return read_hit_array(at);
      const Walker before = at;
      const std::string_view value = at.take_value();
      if (key == "\"total\"") read_total(value, before);
      return !value.empty();
    });
    if (problem && !inner_) inner_ = std::move(problem);
    return !inner_;
  }

  void read_total(std::string_view value, Walker inside) {
    batch_.facts.total = unsigned_number(value);
    if (!value.starts_with('{')) return;
    static_cast<void>(walk_object(inside, [&](std::string_view key, Walker& at) {
      const std::string_view number = at.take_value();
      if (key == "\"value\"") batch_.facts.total = unsigned_number(number);
      return !number.empty();
    }));
  }

  bool read_hit_array(Walker& at) {
    saw_hits_ = true;
    at.take('[');
    if (at.take(']')) return true;
    for (;;) {
      Document document;
      document.offset = at.offset();
      std::string_view sort;
      inner_ = read_hit(at, document, &sort);
      if (inner_) return false;
      ++hits_;
      if (batch_.documents.size() < batch_.max_documents) {
        batch_.documents.push_back(document);
        sort_ = sort;
      }
      if (at.take(']')) return true;
      if (!at.take(',')) {
        inner_ = Malformed{at.offset(), "expected a comma or the end of the hits"};
        return false;
      }
    }
  }

  void read_shards(Walker inside) {
    std::uint64_t failed = 0;
    std::vector<Failure> failures;
    static_cast<void>(walk_object(inside, [&](std::string_view key, Walker& at) {
      if (key == "\"failures\"" && at.take('[')) {
        while (at.peek() == '{') {
          failures.push_back(read_shard_failure(at));
          at.take(',');
        }
        return at.take(']');
      }
      const std::string_view value = at.take_value();
      if (key == "\"failed\"") failed = unsigned_number(value).value_or(0);
      return !value.empty();
    }));
    if (failed > 0 && failures.empty()) {
      Failure failure;
      failure.kind = Failure::Kind::kSearch;
      failure.cause = Error(ErrorKind::kInternal, 500, "search_phase_execution_exception",
                            std::to_string(failed) + " shards failed and the answer does not say why");
      failures.push_back(std::move(failure));
    }
    for (Failure& failure : failures) batch_.failures.push_back(std::move(failure));
  }

  /// Without a scroll the last hit's `sort` is where the next page begins: a page that doesn't get on is read for ever.
  [[nodiscard]] Status check_position() const {
    if (batch_.documents.empty() || !batch_.facts.next.context.empty()) return {};
    const std::uint32_t last = batch_.documents.back().offset;
    if (sort_.empty()) return std::unexpected(page_error({last, "the last hit has no [sort]"}));
    if (sort_ != batch_.page.begin.after) return {};
    return std::unexpected(
        page_error({last, "the page ends where the one before it ended: [search_after] was ignored"}));
  }

  Status check_documents() {
    for (const Document& document : batch_.documents) {
      if (document.index.empty() || document.id.empty()) {
        return std::unexpected(page_error({document.offset, "a hit has no [_index] or no [_id]"}));
      }
      if (document.source.empty() && options_.source_required) {
        return std::unexpected(illegal_argument("[" + json_unquoted(document.index) + "][" +
                                                json_unquoted(document.id) + "] didn't store _source"));
      }
    }
    return {};
  }

  Batch& batch_;
  const ParseOptions& options_;
  std::optional<Malformed> inner_;  ///< a problem below the top level, which says more than the one above it
  std::string_view sort_;
  std::uint64_t hits_ = 0;
  bool saw_hits_ = false;
};

}  // namespace

Status read_search_page(Batch& batch, const ParseOptions& options, Structurals& structurals) {
  SearchPage page(batch, options);
  const std::string_view text = batch.page.text();
  const auto problem = structurals.build(text);
  if (problem != Structurals::Problem::kNone) {
    return std::unexpected(page.page_error({0, std::string(problem_text(problem))}));
  }
  Walker walker(text.data(), structurals.begin(), structurals.end());
  auto malformed = page.read(walker);
  Status status = page.conclude();
  if (!status) return status;
  if (malformed) return std::unexpected(page.page_error(*malformed));
  return {};
}

}  // namespace sluice::stages
