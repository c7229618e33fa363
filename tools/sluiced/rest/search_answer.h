#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "tools/sluiced/rest/rest.h"
#include "tools/sluiced/search/contexts.h"

namespace sluice::rest {

/// The body of a search's answer: whole, or made while it is sent where it is too large to be made at once.
struct SearchAnswer {
  std::string body;
  std::unique_ptr<serve::BodyStream> stream;  ///< set: instead of `body`
};

/// As the reply of a route.
Reply search_reply(SearchAnswer answer);

/// Names and times that an answer begins with.
struct AnswerHead {
  std::string scroll_id;  ///< empty: none
  std::string pit_id;     ///< the same
  std::chrono::steady_clock::time_point began;
  std::uint64_t shards = 0;
  std::vector<ShardFailure> failures{};
};

/// A page's hits, the first of which are read already, as there may be none.
struct FirstHits {
  std::unique_ptr<PageRun> run;
  std::string text;
  bool more = false;
};
/// Errors: those of the page.
Result<FirstHits> first_hits(SearchPage page);

/// Puts the head in front. `turn`: of a scroll, which moves on when the answer has been made whole.
SearchAnswer search_answer(const Services& services, const AnswerHead& head, const SearchResult& facts, FirstHits hits,
                           std::unique_ptr<ScrollTurn> turn);
/// The answer without hits of a scroll that has ended.
std::string answer_without_hits(const Services& services, const AnswerHead& head, const SearchRequest& request,
                                const SearchResult& facts);

}  // namespace sluice::rest
