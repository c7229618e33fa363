#include "tools/sluiced/search/in_order_run.h"

#include <algorithm>
#include <limits>

namespace sluice::rest {

Status InOrderRun::start() {
  behind_ = page_.after ? page_.after : after_;
  parses_ = writer_.reads_source() || !std::ranges::all_of(page_.compiled, [this](const CompiledSearch& search) {
              return takes_all(search) && !search.reads_hits();
            });
  ended_ = page_.request.size <= 0 || result_.timed_out;
  if (!result_.timed_out) {
    if (auto counted = count_total(); !counted) return counted;
  }
  // What was counted in the time that there is may be read in as much again: partial results are to have hits.
  stop_ = page_.stop.again();
  return {};
}

/// Whether no document has to be looked at: all match, and with the same score.
bool InOrderRun::takes_all(const CompiledSearch& search) const {
  return search.everything() && (search.failed || !asks_scores() || search.query->constant_score());
}

Status InOrderRun::count_total() {
  if (!page_.count_total || page_.request.track_total == 0) return {};
  const std::int64_t most = page_.request.track_total;
  const bool all = most == std::numeric_limits<std::int64_t>::max();
  const std::int64_t enough = all ? most : most + 1;
  std::int64_t total = 0;
  for (std::uint32_t shard = 0; shard < page_.shards.size() && total < enough && !result_.timed_out; ++shard) {
    if (is_left_out(shard)) continue;
    std::int64_t matches = 0;
    Status counted = count_matches(target(shard), page_.shards[shard], compiled(shard), page_.request.min_score,
                                   enough - total, page_.stop, matches);
    if (!counted && !is_timeout(counted.error())) {
      if (auto left = leave_out(shard, std::move(counted.error())); !left) return left;
      continue;
    }
    total += matches;
  }
  result_.total_exact = total <= most;
  result_.total = std::min(total, most);
  return {};
}

/// False: there is nothing to read in it.
Result<bool> InOrderRun::open_shard() {
  if (is_left_out(shard_)) return false;
  const ShardTarget& shard = page_.shards[shard_];
  std::int64_t from = shard.from;
  if (behind_) {
    if (shard.ordinal < behind_->ordinal) return false;
    if (shard.ordinal == behind_->ordinal) from = std::max(from, behind_->seq_no + 1);
  }
  if (from >= shard.to) return false;
  auto scan = open_scan(target(shard_), compiled(shard_), shard.shard, from, shard.to);
  if (!scan) return std::unexpected(scan.error());
  scan_ = std::move(*scan);
  return true;
}

Result<const store::StoredDocument*> InOrderRun::next() {
  while (shard_ < page_.shards.size()) {
    if (scan_ == nullptr) {
      auto opened = open_shard();
      if (!opened) return std::unexpected(opened.error());
      if (!*opened) {
        ++shard_;
        continue;
      }
    }
    auto document = parses_ ? scan_->next() : scan_->next_in_place();
    if (!document || *document != nullptr) return document;
    scan_.reset();
    ++shard_;
  }
  return nullptr;
}

Result<bool> InOrderRun::more(std::string& out, std::size_t bytes) {
  const std::size_t enough = out.size() + bytes;
  while (!ended_ && out.size() < enough) {
    auto document = next();
    if (!document) return std::unexpected(document.error());
    if (*document == nullptr) {
      ended_ = true;
      break;
    }
    if (mark_.shard != shard_) {
      mark_ = {shard_, out.size(), seen_, result_};
      seen_in_shard_ = 0;
    }
    if (stop_.over()) {
      if (Error why = stop_.why(); !is_timeout(why)) return std::unexpected(std::move(why));
      ended_ = true;
      break;
    }
    const CompiledSearch& search = compiled(shard_);
    float score = 1;
    if (takes_all(search)) {
      if (asks_scores() && !search.failed) {
        // It matches all without looking: the score is asked for.
        if (auto hit = search.matches({}, score); !hit) return std::unexpected(std::move(hit.error()));
      }
      if (score < page_.request.min_score.value_or(0)) continue;
    } else {
      auto hit = is_hit(shard_, look(shard_, **document), score);
      if (!hit) {
        if (auto left = leave_shard(out, std::move(hit.error())); !left)
          return std::unexpected(std::move(left.error()));
        continue;
      }
      if (!*hit) continue;
    }
    if (seen_in_shard_++ == most_of_shard()) {
      result_.terminated_early = true;
      scan_.reset();
      ++shard_;
      continue;
    }
    if (seen_++ < page_.request.from) continue;
    if (auto written = write(out, **document, score); !written) return std::unexpected(std::move(written.error()));
    ended_ = result_.count >= page_.request.size;
  }
  first_piece_ = false;
  return !ended_;
}

Status InOrderRun::leave_shard(std::string& out, Error error) {
  if (!first_piece_) return std::unexpected(std::move(error));
  out.resize(mark_.size);
  seen_ = mark_.seen;
  result_ = mark_.result;
  writer_.take_back_to(result_.count);
  scan_.reset();
  return leave_out(shard_++, std::move(error));
}

Status InOrderRun::write(std::string& out, const store::StoredDocument& document, float score) {
  Status written = writer_.write(out, {.index = *target(shard_).index,
                                       .document = document,
                                       .search = compiled(shard_),
                                       .target = &target(shard_),
                                       .score = result_.scored ? std::optional(score) : std::nullopt,
                                       .place = place_of(shard_, document),
                                       .places = keys().size() + (adds_shard_doc() ? 1 : 0)});
  if (!written) return written;
  if (result_.scored && !result_.max_score) result_.max_score = score;
  passed(shard_, document);
  return {};
}

}  // namespace sluice::rest
