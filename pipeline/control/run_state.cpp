#include "pipeline/control/run_state.h"

#include <algorithm>
#include <utility>

namespace sluice::pipeline {

RunState::RunState(std::uint32_t slices, RunRules rules, TimePoint began) : rules_(rules), began_(began) {
  slices_.reserve(slices);
  for (std::uint32_t slice = 0; slice < slices; ++slice) {
    slices_.emplace_back(rules_.requests_per_second / static_cast<float>(slices));
    slices_.back().status.slice_id = slice;
  }
}

bool RunState::stop_with(Error error) {
  const std::scoped_lock lock(mutex_);
  if (!error_ && !canceled_) error_ = std::move(error);
  return !stopping_.exchange(true, std::memory_order_acq_rel);
}

bool RunState::stop_cancelled(std::string reason) {
  const std::scoped_lock lock(mutex_);
  if (!error_ && !canceled_ && !ended_) {
    canceled_ = std::move(reason);
    for (Slice& slice : slices_) {
      if (slice.status.finished || slice.status.canceled) continue;
      slice.status.canceled = canceled_;
      set_rate(slice, kUnlimited, began_);
    }
  }
  return !stopping_.exchange(true, std::memory_order_acq_rel);
}

bool RunState::stop_failed() { return !stopping_.exchange(true, std::memory_order_acq_rel); }

void RunState::page_read(const Batch& batch) {
  const std::scoped_lock lock(mutex_);
  SliceStatus& status = slices_[batch.slice].status;
  if (batch.facts.total) {
    status.total_known = true;
    status.total = rules_.max_docs == 0 ? *batch.facts.total : std::min(*batch.facts.total, rules_.max_docs);
  }
  timed_out_ = timed_out_ || batch.facts.timed_out;
  status.retries_search += batch.search_retries;
  status.bytes_read += consumed_bytes(batch);
}

void RunState::batch_failed(const Batch& batch) {
  const std::scoped_lock lock(mutex_);
  slices_[batch.slice].status.retries_search += batch.search_retries;
}

void RunState::keep_failures(Batch& batch) {
  for (Failure& failure : batch.failures) {
    const bool conflict = failure.cause.kind == ErrorKind::kConflict;
    if (conflict && rules_.proceed_on_conflicts) continue;
    auto& kept = failure.kind == Failure::Kind::kSearch ? search_failures_ : bulk_failures_;
    if (kept.size() >= rules_.kept_failures) continue;
    failure.document = {};  // its batch goes
    kept.push_back(std::move(failure));
  }
}

bool RunState::must_stop(const Batch& batch, const Counters& outcomes, bool search_failed) const {
  if (search_failed || batch.facts.timed_out) return true;
  if (outcomes.version_conflicts > 0 && !rules_.proceed_on_conflicts) return true;
  if (outcomes.failed == 0) return false;
  Counters all;
  for (const Slice& slice : slices_) all += slice.ledger.counters();
  return rules_.max_failures.spent(all.failed, all.read);
}

bool RunState::batch_settled(Batch& batch, const Counters& outcomes, TimePoint now) {
  const std::scoped_lock lock(mutex_);
  Slice& slice = slices_[batch.slice];
  if (batch.error) {
    slice.ledger.add(outcomes);
  } else {
    slice.ledger.settle(batch.sequence, outcomes, batch.facts.next);
  }
  SliceStatus& status = slice.status;
  if (outcomes.read > 0) ++status.batches;
  status.retries_bulk += batch.bulk_retries;
  status.bytes_written += batch.bytes_written;
  status.activity.source += batch.page_arrived - batch.fetch_began;
  status.activity.work += batch.write_began - batch.page_arrived;
  status.activity.sink += now - batch.write_began;
  const bool search_failed = std::ranges::any_of(
      batch.failures, [](const Failure& failure) { return failure.kind == Failure::Kind::kSearch; });
  keep_failures(batch);
  return must_stop(batch, outcomes, search_failed);
}

void RunState::slice_finished(std::uint32_t slice) {
  const std::scoped_lock lock(mutex_);
  slices_[slice].status.finished = true;
}

void RunState::restore(std::uint32_t slice, const SliceCheckpoint& checkpoint) {
  const std::scoped_lock lock(mutex_);
  Slice& one = slices_[slice];
  one.ledger.restore(checkpoint.counters, checkpoint.cursor);
  one.status.total = checkpoint.total;
  one.status.total_known = checkpoint.total != 0;
  one.status.batches = checkpoint.batches;
  one.status.retries_bulk = checkpoint.retries_bulk;
  one.status.retries_search = checkpoint.retries_search;
  one.status.throttled = checkpoint.throttled;
  one.status.finished = checkpoint.finished;
}

SliceCheckpoint RunState::checkpoint(std::uint32_t slice, bool finished) const {
  const std::scoped_lock lock(mutex_);
  const Slice& one = slices_[slice];
  return {.cursor = one.ledger.prefix(),
          .counters = one.ledger.prefix_counters(),
          .total = one.status.total,
          .batches = one.status.batches,
          .retries_bulk = one.status.retries_bulk,
          .retries_search = one.status.retries_search,
          .throttled = one.status.throttled,
          .finished = finished};
}

bool RunState::cancel_slice(std::uint32_t slice, std::string reason) {
  const std::scoped_lock lock(mutex_);
  Slice& one = slices_[slice];
  if (one.status.finished || one.status.canceled || ended_) return false;
  one.status.canceled = std::move(reason);
  set_rate(one, kUnlimited, began_);
  return true;
}

TimePoint RunState::token_due(const Batch& batch, std::uint64_t requests, TimePoint now) {
  const std::scoped_lock lock(mutex_);
  Slice& slice = slices_[batch.slice];
  const TimePoint due = slice.throttle.after_batch(requests, batch.write_began, now);
  if (due <= now) return now;
  slice.due = due;
  slice.wait_began = now;
  slice.wait_scheduled = due - now;
  return due;
}

TimePoint RunState::wait_ends(std::uint32_t slice) const {
  const std::scoped_lock lock(mutex_);
  return slices_[slice].due.value_or(TimePoint{});
}

void RunState::waited(std::uint32_t slice, Nanoseconds time) {
  const std::scoped_lock lock(mutex_);
  Slice& one = slices_[slice];
  one.due.reset();
  one.status.throttled += std::min(one.wait_scheduled, time);
  one.status.activity.throttle += time;
}

/// When a pending wait of the slice ends now; `now` where there is none.
TimePoint RunState::set_rate(Slice& slice, float requests_per_second, TimePoint now) {
  const bool faster = requests_per_second >= slice.throttle.rate();
  const TimePoint due = slice.throttle.rethrottle(requests_per_second, slice.due.value_or(now), now);
  if (slice.due) {
    slice.due = due;
    if (faster) slice.wait_scheduled = std::max(due - now, Nanoseconds{});
  }
  return due;
}

std::vector<TimePoint> RunState::rethrottle(float requests_per_second, TimePoint now) {
  const std::scoped_lock lock(mutex_);
  const auto running = std::ranges::count_if(slices_, [](const Slice& slice) { return !slice.status.finished; });
  std::vector<TimePoint> dues;
  dues.reserve(slices_.size());
  for (Slice& slice : slices_) {
    const bool runs = !slice.status.finished;
    dues.push_back(runs ? set_rate(slice, requests_per_second / static_cast<float>(running), now)
                        : slice.due.value_or(now));
  }
  return dues;
}

std::optional<TimePoint> RunState::rethrottle_slice(std::uint32_t slice, float requests_per_second, TimePoint now) {
  const std::scoped_lock lock(mutex_);
  if (slices_[slice].status.finished) return std::nullopt;
  return set_rate(slices_[slice], requests_per_second, now);
}

float RunState::slice_rate(std::uint32_t slice) const {
  const std::scoped_lock lock(mutex_);
  return slices_[slice].throttle.rate();
}

Nanoseconds RunState::longest_wait(std::uint32_t slice, std::uint32_t documents) const {
  const std::scoped_lock lock(mutex_);
  return slices_[slice].throttle.longest_wait(documents);
}

void RunState::finish(TimePoint now) {
  const std::scoped_lock lock(mutex_);
  ended_ = now;
}

RunStatus RunState::status(TimePoint now) const {
  const std::scoped_lock lock(mutex_);
  RunStatus run;
  run.took = ended_.value_or(now) - began_;
  run.timed_out = timed_out_;
  run.error = error_;
  run.finished = ended_.has_value();
  run.sliced = slices_.size() > 1;
  run.failures = bulk_failures_;
  run.failures.insert(run.failures.end(), search_failures_.begin(), search_failures_.end());
  SliceStatus& all = run.totals;
  all.requests_per_second = 0;
  all.canceled = canceled_;
  all.finished = run.finished;
  all.total_known = true;
  std::optional<TimePoint> due;
  for (const Slice& slice : slices_) {
    SliceStatus status = slice.status;
    status.counters = slice.ledger.counters();
    status.requests_per_second = slice.throttle.rate();
    all.requests_per_second += status.requests_per_second;
    if (slice.due && !ended_) {
      status.throttled_until = std::max(*slice.due - now, Nanoseconds{});
      status.activity.throttle += now - slice.wait_began;
      due = due ? std::min(*due, *slice.due) : *slice.due;
    }
    if (!status.total_known) status.total = status.counters.read - status.counters.filtered;
    all.total_known = all.total_known && status.total_known;
    all.total += status.total;
    all.counters += status.counters;
    all.batches += status.batches;
    all.retries_bulk += status.retries_bulk;
    all.retries_search += status.retries_search;
    all.throttled += status.throttled;
    all.activity.source += status.activity.source;
    all.activity.work += status.activity.work;
    all.activity.sink += status.activity.sink;
    all.activity.throttle += status.activity.throttle;
    all.bytes_read += status.bytes_read;
    all.bytes_written += status.bytes_written;
    run.slices.push_back(std::move(status));
  }
  if (due) all.throttled_until = std::max(*due - now, Nanoseconds{});
  if (rules_.documents) {
    all.total = *rules_.documents;
    all.total_known = true;
  }
  if (rules_.max_docs != 0) all.total = std::min(all.total, rules_.max_docs);
  return run;
}

}  // namespace sluice::pipeline
