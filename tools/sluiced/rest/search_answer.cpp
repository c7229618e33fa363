#include "tools/sluiced/rest/search_answer.h"

#include <cmath>
#include <limits>
#include <utility>

#include "pipeline/base/java_number_text.h"

namespace sluice::rest {

namespace {

/// What is made at a time: large enough that handing it over costs nothing, small enough for a core's cache.
constexpr std::size_t kPiece = std::size_t{256} << 10;
constexpr std::string_view kEnd = "]}}";
/// track_total_hits of who wants all counted.
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

void write_total(JsonWriter& out, const SearchRequest& request, const SearchResult& result) {
  if (request.total_as_int) {
    out.key("total").integer(request.track_total == 0 ? -1 : result.total);
    return;
  }
  if (request.track_total == 0) return;
  out.key("total").begin_object().member("value", result.total);
  out.member("relation", result.total_exact ? "eq" : "gte").end_object();
}

/// Where hits are sorted by something else, Elasticsearch doesn't look for the best score unless it is told to.
bool knows_best(const SearchRequest& request) {
  if (request.sort.empty() || request.track_scores) return true;
  return request.sort.size() == 1 && request.sort.front().field == "_score" && request.sort.front().descending;
}

/// Everything in front of the first hit.
std::string head_text(const Services& services, const AnswerHead& head, const SearchRequest& request,
                      const SearchResult& result) {
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - head.began);
  JsonWriter out;
  out.begin_object();
  if (!head.scroll_id.empty()) out.member("_scroll_id", head.scroll_id);
  if (!head.pit_id.empty()) out.member("pit_id", head.pit_id);
  out.member("took", static_cast<std::int64_t>(took.count())).member("timed_out", result.timed_out);
  // Who only counts, and counts all, learns that counting was not cut short.
  const bool counts = request.size == 0 && request.track_total == kMost && head.shards > 0;
  if (request.terminate_after || counts) out.member("terminated_early", result.terminated_early);
  write_search_shards(out, services, head.shards, head.failures);
  out.key("hits").begin_object();
  write_total(out, request, result);
  out.key("max_score");
  if (head.shards == 0) {
    out.raw("0.0");
  } else if (knows_best(request) && result.scored && result.count > 0 &&
             std::isfinite(result.max_score.value_or(NAN))) {
    out.raw(java_float_text(*result.max_score));
  } else {
    out.null();
  }
  out.key("hits").begin_array();
  return out.take();
}

/// The rest of a page while it is sent.
class HitStream final : public serve::BodyStream {
 public:
  HitStream(std::string first, std::unique_ptr<PageRun> run, std::unique_ptr<ScrollTurn> turn)
      : first_(std::move(first)), run_(std::move(run)), turn_(std::move(turn)) {}

  Result<bool> next(std::string& chunk) override {
    if (!first_.empty()) {
      chunk += std::exchange(first_, {});
      return true;
    }
    auto more = run_->more(chunk, kPiece);
    if (!more || *more) return more;
    chunk += kEnd;
    if (turn_) turn_->advance(run_->result());
    turn_.reset();
    return false;
  }

 private:
  std::string first_;
  std::unique_ptr<PageRun> run_;
  std::unique_ptr<ScrollTurn> turn_;
};

}  // namespace

Reply search_reply(SearchAnswer answer) {
  Reply reply = Reply::json(std::move(answer.body));
  reply.stream = std::move(answer.stream);
  return reply;
}

Result<FirstHits> first_hits(SearchPage page) {
  // What ends a page early stands in front of its hits.
  const bool may_end_early = page.request.terminate_after || page.stop.has_timeout();
  const std::size_t at_once = may_end_early ? std::numeric_limits<std::size_t>::max() / 2 : kPiece;
  auto run = PageRun::begin(std::move(page));
  if (!run) return std::unexpected(run.error());
  FirstHits first;
  first.run = std::move(*run);
  auto more = first.run->more(first.text, at_once);
  if (!more) return std::unexpected(more.error());
  first.more = *more;
  return first;
}

SearchAnswer search_answer(const Services& services, const AnswerHead& head, const SearchResult& facts, FirstHits hits,
                           std::unique_ptr<ScrollTurn> turn) {
  SearchAnswer answer;
  std::string text = head_text(services, head, hits.run->page().request, facts);
  text += hits.text;
  if (hits.more) {
    answer.stream = std::make_unique<HitStream>(std::move(text), std::move(hits.run), std::move(turn));
    return answer;
  }
  if (turn) turn->advance(hits.run->result());
  answer.body = std::move(text += kEnd);
  return answer;
}

std::string answer_without_hits(const Services& services, const AnswerHead& head, const SearchRequest& request,
                                const SearchResult& facts) {
  return head_text(services, head, request, facts).append(kEnd);
}

}  // namespace sluice::rest
