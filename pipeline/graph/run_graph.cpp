#include "pipeline/graph/run_graph.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <chrono>
#include <mutex>
#include <string>
#include <utility>

#include <oneapi/tbb/flow_graph.h>
#include <oneapi/tbb/task_arena.h>

#include "pipeline/base/line_feeds.h"
#include "pipeline/control/credits.h"
#include "pipeline/control/delays.h"
#include "pipeline/control/run_state.h"
#include "pipeline/graph/lane.h"
#include "pipeline/graph/stage_node.h"
#include "pipeline/graph/wait_guard.h"
#include "pipeline/model/document_failure.h"

namespace sluice::pipeline {

namespace flow = tbb::flow;

namespace {

/// What a batch is charged for a page of so many bytes: the page, the bulk it becomes, and the structural index.
constexpr std::size_t charge_for(std::size_t page_bytes) { return 2 * page_bytes + page_bytes / 2; }

/// What `max_docs` leaves after what earlier runs have written.
std::uint64_t quota_left(const GraphOptions& options) {
  if (options.max_docs == Quota::kNoLimit) return options.max_docs;
  std::uint64_t written = 0;
  for (const SliceCheckpoint& slice : options.resume) written += slice.counters.written();
  return options.max_docs - std::min(options.max_docs, written);
}

constexpr Nanoseconds kSmoothInterval = std::chrono::milliseconds(100);

RunRules rules_of(const GraphOptions& options) {
  return {options.requests_per_second, options.max_docs == Quota::kNoLimit ? 0 : options.max_docs,
          options.documents,           options.proceed_on_conflicts,
          options.max_failures,        options.kept_failures};
}

}  // namespace

class RunGraph::Impl {
 public:
  using Async = flow::async_node<BatchPtr, BatchPtr, flow::queueing>;
  using Step = flow::function_node<BatchPtr, BatchPtr, flow::queueing>;
  using LightStep = flow::function_node<BatchPtr, BatchPtr, flow::queueing_lightweight>;
  using Settle = flow::multifunction_node<BatchPtr, std::tuple<BatchPtr>, flow::queueing>;

  Impl(Source& source, Sink& sink, std::vector<const Stage*> stages, Timers& timers, std::uint32_t slices,
       GraphOptions options)
      : source_(source),
        sink_(sink),
        stages_(std::move(stages)),
        timers_(timers),
        options_(std::move(options)),
        state_(slices, rules_of(options_), timers.now()),
        credits_(options_.memory),
        quota_(quota_left(options_)),
        delays_(timers),
        kept_buffer_(options_.memory / (2 * std::max<std::size_t>(1, std::size_t{slices} * options_.tokens_per_lane))),
        arena_(options_.threads > 0 ? options_.threads : tbb::task_arena::automatic) {
    arena_.execute([&] { build(slices); });
    for (std::uint32_t slice = 0; slice < std::min<std::size_t>(slices, options_.resume.size()); ++slice) {
      state_.restore(slice, options_.resume[slice]);
      lanes_[slice]->next = options_.resume[slice].cursor;
      if (!options_.resume[slice].finished) continue;
      lanes_[slice]->chain_ended = true;
      lanes_[slice]->open = 0;
    }
  }

  ~Impl() {
    if (abort_timer_ && !timers_.cancel(*abort_timer_)) abort_done_.wait(false);
    arena_.execute([&] {
      // Whoever made the run faster may have put tokens back after it had ended: their tasks still look at the nodes.
      graph_->wait_for_all();
      lanes_.clear();
      nodes_.reset();
      graph_.reset();
    });
  }

  void run() {
    arena_.execute([&] {
      for (auto& lane : lanes_) {
        for (std::uint32_t i = 0; i < std::max(1U, options_.tokens_per_lane); ++i) {
          return_token(*lane, std::make_shared<Batch>());
        }
        if (!lane->chain_ended) lane->tickets.try_put(0);
      }
      graph_->wait_for_all();
    });
    state_.finish(timers_.now());
  }

  /// A run that has failed already may still wait for bulks: it gets the same grace from here on.
  void cancel(std::string reason, Nanoseconds grace) {
    state_.stop_cancelled(std::move(reason));
    {
      const std::scoped_lock lock(abort_mutex_);
      if (abort_timer_) return;
      abort_timer_ = timers_.at(timers_.now() + grace, [this] {
        sink_.abort();
        abort_done_ = true;
        abort_done_.notify_all();
      });
    }
    wind_down();
  }

  void rethrottle(float requests_per_second) {
    const auto dues = state_.rethrottle(requests_per_second, timers_.now());
    for (auto& lane : lanes_) {
      delays_.move(lane->slice, dues[lane->slice]);
      if (requests_per_second == kUnlimited) release_spares(*lane);
    }
  }

  bool rethrottle_slice(std::uint32_t slice, float requests_per_second) {
    if (slice >= lanes_.size()) return false;
    const auto due = state_.rethrottle_slice(slice, requests_per_second, timers_.now());
    if (!due) return false;
    delays_.move(slice, *due);
    if (requests_per_second == kUnlimited) release_spares(*lanes_[slice]);
    return true;
  }

  bool cancel_slice(std::uint32_t slice, std::string reason) {
    if (slice >= lanes_.size() || !state_.cancel_slice(slice, std::move(reason))) return false;
    lanes_[slice]->cancelled = true;
    delays_.move(slice, timers_.now());
    release_spares(*lanes_[slice]);
    return true;
  }

  [[nodiscard]] RunStatus status() const { return state_.status(timers_.now()); }
  [[nodiscard]] std::size_t peak_memory() const { return credits_.peak(); }

  [[nodiscard]] std::size_t tokens_away() const {
    std::size_t home = 0;
    for (const auto& lane : lanes_) {
      BatchPtr token;
      home += lane->spares;
      while (lane->tokens.try_get(token)) ++home;
    }
    return lanes_.size() * std::max(1U, options_.tokens_per_lane) - home;
  }

 private:
  struct Nodes {
    Async fetch;
    Step parse;
    std::vector<std::unique_ptr<LightStep>> stages;
    Async write;
    Settle settle;
    flow::function_node<BatchPtr, flow::continue_msg, flow::queueing> complete;
  };

  void build(std::uint32_t slices) {
    graph_ = std::make_unique<flow::graph>();
    flow::graph& graph = *graph_;
    nodes_ = std::unique_ptr<Nodes>(new Nodes{
        Async(graph, flow::unlimited, [this](const BatchPtr& b, Async::gateway_type& out) { fetch(b, out); }),
        Step(graph, flow::unlimited, [this](const BatchPtr& b) { return parse(b); }),
        {},
        Async(graph, flow::unlimited, [this](const BatchPtr& b, Async::gateway_type& out) { write(b, out); }),
        Settle(graph, flow::unlimited, [this](const BatchPtr& b, Settle::output_ports_type& out) { settle(b, out); }),
        {graph, flow::serial, [this](const BatchPtr& b) { complete(b); }}});
    flow::make_edge(nodes_->fetch, nodes_->parse);
    flow::sender<BatchPtr>* before = &nodes_->parse;
    for (std::size_t i = 1; i < stages_.size(); ++i) {
      nodes_->stages.push_back(std::make_unique<LightStep>(
          graph, flow::unlimited, [this, stage = stages_[i]](const BatchPtr& b) noexcept { return apply(*stage, b); }));
      flow::make_edge(*before, *nodes_->stages.back());
      before = nodes_->stages.back().get();
    }
    flow::make_edge(*before, nodes_->write);
    flow::make_edge(nodes_->write, nodes_->settle);
    flow::make_edge(flow::output_port<0>(nodes_->settle), nodes_->complete);
    for (std::uint32_t slice = 0; slice < slices; ++slice) {
      lanes_.push_back(std::make_unique<Lane>(graph, slice, [this, slice](const Lane::Entry& entry) noexcept {
        admit(*lanes_[slice], std::get<0>(entry), std::get<1>(entry));
        return flow::continue_msg{};
      }));
    }
  }

  // ---- reading

  /// Waits, without a thread, for quota and for credits; then the page is fetched.
  void admit(Lane& lane, std::uint64_t sequence, const BatchPtr& batch) {
    batch->reset();
    batch->slice = lane.slice;
    batch->sequence = sequence;
    if (stopping(lane)) {
      end_chain(lane, batch);
      return;
    }
    const std::uint32_t size = batch_size(lane);
    quota_.reserve(size, source_.fixed_pages(),
                   [this, &lane, batch, guard = WaitGuard(*graph_)](std::uint32_t documents) mutable {
                     if (documents == 0) {
                       end_chain(lane, batch);
                       return;
                     }
                     batch->max_documents = documents;
                     take_credit(lane, batch, std::move(guard));
                   });
  }

  void take_credit(Lane& lane, const BatchPtr& batch, WaitGuard guard) {
    batch->credit = charge_for(expected_page(lane, batch->max_documents));
    credits_.take(batch->credit, [this, &lane, batch, kept = std::move(guard)] {
      // While it waited another lane may have told how large documents are.
      const std::size_t charge = std::min(batch->credit, charge_for(expected_page(lane, batch->max_documents)));
      credits_.adjust(std::exchange(batch->credit, charge), charge);
      begin_fetch(lane, batch);
    });
  }

  /// As long as no page of the run has come, nobody knows how large documents are: a page may be as large as pages may
  /// be, and lanes begin one after the other. From then on the source knows.
  [[nodiscard]] std::size_t expected_page(const Lane& lane, std::uint32_t documents) const {
    const std::size_t estimate = source_.page_estimate(lane.slice, documents);
    return measured_ || lanes_.size() == 1 ? estimate : std::max(estimate, largest_page());
  }

  /// Bytes of a page that a source may fetch.
  [[nodiscard]] std::size_t largest_page() const { return std::max(credits_.budget() / 4, std::size_t{1} << 20); }

  [[nodiscard]] std::uint32_t batch_size(Lane& lane) const {
    if (lane.fixed_size != 0) return lane.fixed_size;
    const std::uint32_t size = sensible_size(lane);
    if (source_.fixed_pages()) lane.fixed_size = size;
    return size;
  }

  [[nodiscard]] std::uint32_t sensible_size(const Lane& lane) const {
    const float rate = options_.smooth ? state_.slice_rate(lane.slice) : kUnlimited;
    if (rate == kUnlimited) return options_.batch_size;
    const double share = static_cast<double>(rate) * std::chrono::duration<double>(kSmoothInterval).count();
    return static_cast<std::uint32_t>(std::clamp(share, 1.0, static_cast<double>(options_.batch_size)));
  }

  /// Nothing more is to be read for the lane.
  [[nodiscard]] bool stopping(const Lane& lane) const { return state_.stopping() || lane.cancelled; }

  void begin_fetch(Lane& lane, const BatchPtr& batch) {
    if (stopping(lane)) {
      credits_.give_back(std::exchange(batch->credit, 0));
      quota_.settle(batch->max_documents, 0);
      end_chain(lane, batch);
      return;
    }
    ++lane.open;
    put(nodes_->fetch, batch);
  }

  void fetch(const BatchPtr& batch, Async::gateway_type& out) {
    const Lane& lane = *lanes_[batch->slice];
    PageRequest request;
    request.slice = batch->slice;
    request.max_documents = batch->max_documents;
    request.cursor = lane.next;
    request.max_bytes = largest_page();
    request.extra_keep_alive = state_.longest_wait(batch->slice, batch->max_documents);
    batch->page.begin = lane.next;
    batch->fetch_began = timers_.now();
    auto arrived = [this, batch, begin = lane.next, &out, guard = WaitGuard(*graph_)](Result<Page> page) {
      batch->page_arrived = timers_.now();
      if (page) {
        batch->page = std::move(*page);
        batch->search_retries = batch->page.retries;
      } else {
        batch->page.begin = begin;
        batch->error = std::move(page.error());
      }
      put(out, batch);
    };
    source_.fetch(std::move(request), std::exchange(batch->page, {}), std::move(arrived));
  }

  BatchPtr parse(const BatchPtr& batch) {
    Lane& lane = *lanes_[batch->slice];
    run_stage(*stages_.front(), *batch);
    if (batch->error) batch->documents.clear();
    const auto found = static_cast<std::uint32_t>(batch->error ? 0 : batch->documents.size());
    quota_.settle(batch->max_documents - found, 0);
    if (batch->error) {
      fail(*batch);
    } else {
      source_.parsed(*batch);
      state_.page_read(*batch);
      if (found != 0) measured_ = true;
    }
    // Behind what parsed() has learned: lanes that are let through now ask the source again.
    const std::size_t charge = charge_for(batch->page.text().size());
    credits_.adjust(std::exchange(batch->credit, charge), charge);
    if (batch->error || batch->facts.end || stopping(lane)) {
      end_chain(lane, nullptr);
    } else {
      lane.next = batch->facts.next;
      lane.tickets.try_put(batch->sequence + 1);
    }
    return batch;
  }

  BatchPtr apply(const Stage& stage, const BatchPtr& batch) noexcept {
    if (batch->error) return batch;
    run_stage(stage, *batch);
    if (batch->error) fail(*batch);
    return batch;
  }

  // ---- writing

  /// Whether the batch may be written now. If not, it is written when those before it have been settled.
  bool its_turn(const BatchPtr& batch) {
    if (!options_.ordered_writes) return true;
    Lane::Turn& turn = lanes_[batch->slice]->turn;
    const std::scoped_lock lock(turn.mutex);
    if (batch->sequence == turn.next) return true;
    turn.parked.emplace(batch->sequence, std::pair(batch, WaitGuard(*graph_)));
    return false;
  }

  void next_turn(Lane& lane) {
    if (!options_.ordered_writes) return;
    const std::scoped_lock lock(lane.turn.mutex);
    const auto next = lane.turn.parked.find(++lane.turn.next);
    if (next == lane.turn.parked.end()) return;
    put(nodes_->write, next->second.first);
    lane.turn.parked.erase(next);
  }

  void write(const BatchPtr& batch, Async::gateway_type& out) {
    if (!its_turn(batch)) return;
    const bool begun = batch->write_began != TimePoint{};
    if (!batch->error && !begun && stopping(*lanes_[batch->slice])) batch->error = cancelled();
    if (!begun) batch->write_began = timers_.now();
    if (!batch->error) {
      if (Status status = guarded([&] { return sink_.encode(*batch); }); !status) {
        batch->error = std::move(status.error());
        fail(*batch);
      }
    }
    if (batch->error) {
      batch->bulk.body.clear();
      batch->bulk.items.clear();
    }
    batch->sent = batch->sent || !batch->error;
    // A batch that failed goes through the sink too, with nothing to write: an ordered sink waits for it.
    sink_.send(batch, [batch, &out, guard = WaitGuard(*graph_)] { put(out, batch); });
  }

  void settle(const BatchPtr& batch, Settle::output_ports_type& out) {
    if (batch->error) {
      std::get<0>(out).try_put(batch);
      return;
    }
    Settlement settlement;
    Status status = guarded([&]() -> Status {
      auto result = sink_.settle(*batch);
      if (!result) return std::unexpected(std::move(result.error()));
      settlement = *result;
      return {};
    });
    if (!status) {
      batch->error = std::move(status.error());
      fail(*batch);
    } else if (settlement.next == Settlement::Next::kWrite) {
      if (settlement.retry) ++batch->bulk_retries;
      if (!settlement.retry || !state_.stopping()) {
        write_again(batch, settlement.wait);
        return;
      }
      give_up(*batch);
    }
    std::get<0>(out).try_put(batch);
  }

  void write_again(const BatchPtr& batch, Nanoseconds wait) {
    if (wait <= Nanoseconds{}) {
      put(nodes_->write, batch);
      return;
    }
    delays_.run_at(timers_.now() + wait, Delays::kNoGroup,
                   [this, batch, guard = WaitGuard(*graph_)] { put(nodes_->write, batch); });
  }

  /// The run stops while documents wait to be tried again: they were refused, and nobody will ask again.
  static void give_up(Batch& batch) {
    for (std::uint32_t item = 0; item < batch.documents.size(); ++item) {
      if (batch.documents[item].outcome != Outcome::kPending) continue;
      batch.documents[item].outcome = Outcome::kFailed;
      batch.failures.push_back(
          document_failure(batch, item,
                           Error(ErrorKind::kCancelled, 503, "task_cancelled_exception",
                                 "the run stopped before the destination had room for the document")));
    }
  }

  /// The write broke off: what was not answered for has failed of the error that ends the run.
  static void leave_unanswered(Batch& batch) {
    for (Document& document : batch.documents) {
      if (document.outcome == Outcome::kPending) document.outcome = Outcome::kFailed;
    }
  }

  void complete(const BatchPtr& batch) {
    Lane& lane = *lanes_[batch->slice];
    const TimePoint now = timers_.now();
    std::uint64_t requests = 0;
    if (!batch->sent) {
      state_.batch_failed(*batch);
      quota_.settle(batch->documents.size(), 0);
    } else {
      if (batch->error) leave_unanswered(*batch);
      for (Failure& failure : batch->failures) report(*batch, failure);
      const Counters outcomes = count_outcomes(batch->documents);
      requests = outcomes.written() + outcomes.version_conflicts + outcomes.failed;
      if (state_.batch_settled(*batch, outcomes, now) && state_.stop_failed()) wind_down();
      quota_.settle(outcomes.read - outcomes.written(), outcomes.written());
    }
    credits_.give_back(std::exchange(batch->credit, 0));
    if (options_.on_checkpoint && batch->sent && !batch->error) {
      options_.on_checkpoint(lane.slice, state_.checkpoint(lane.slice, false));
    }
    next_turn(lane);
    token_home(lane, batch, requests, now);
  }

  void report(const Batch& batch, Failure& failure) {
    if (failure.column != 0) {
      const Document& document = batch.documents[failure.item];
      const std::uint64_t offset = batch.page.begin.offset + document.offset;
      const std::uint64_t line = line_of(batch, document.offset);
      failure.place = source_.name() + ":" + (line != 0 ? std::to_string(line) : "byte " + std::to_string(offset)) +
                      ":" + std::to_string(failure.column);
      failure.cause.reason = failure.place + ": " + failure.cause.reason;
    }
    const bool skipped = failure.cause.kind == ErrorKind::kConflict && options_.proceed_on_conflicts;
    if (options_.on_failure && !skipped) options_.on_failure(failure);
  }

  /// A stream counts its lines; in a plain file they are counted when somebody asks.
  std::uint64_t line_of(const Batch& batch, std::uint32_t offset) {
    if (batch.page.line == 0) return source_.line_at(batch.page.begin.offset + offset);
    const auto lines = source_.lines_before(batch.slice);
    if (!lines) return 0;
    return *lines + batch.page.line + count_line_feeds(batch.page.text().substr(0, offset));
  }

  // ---- tokens

  void token_home(Lane& lane, const BatchPtr& batch, std::uint64_t requests, TimePoint now) {
    const bool waits = (!lane.chain_ended || options_.wait_at_end) && !stopping(lane) && !quota_.used_up();
    const TimePoint due = waits ? state_.token_due(*batch, requests, now) : now;
    if (due <= now) {
      return_token(lane, batch);
      close_one(lane);
      return;
    }
    delays_.run_at(due, lane.slice, [this, &lane, batch, now, guard = WaitGuard(*graph_)] {
      state_.waited(lane.slice, timers_.now() - now);
      return_token(lane, batch);
      close_one(lane);
    });
    // A speed-up may have come before the wait could be moved.
    if (const TimePoint sooner = state_.wait_ends(lane.slice); sooner < due) delays_.move(lane.slice, sooner);
  }

  void return_token(Lane& lane, const BatchPtr& batch) {
    batch->trim(kept_buffer_);
    {
      const std::scoped_lock lock(lane.spare_mutex);
      if (lane.spares + 1 < options_.tokens_per_lane && state_.slice_rate(lane.slice) != kUnlimited) {
        ++lane.spares;
        return;
      }
    }
    lane.tokens.try_put(batch);
  }

  static void release_spares(Lane& lane) {
    std::uint32_t spares = 0;
    {
      const std::scoped_lock lock(lane.spare_mutex);
      spares = std::exchange(lane.spares, 0);
    }
    for (; spares != 0; --spares) lane.tokens.try_put(std::make_shared<Batch>());
  }

  /// There is no further ticket. `unused` is the token that was taken for it, if any.
  void end_chain(Lane& lane, const BatchPtr& unused) {
    if (unused) lane.tokens.try_put(unused);
    if (lane.chain_ended.exchange(true)) return;
    close_one(lane);
  }

  void close_one(Lane& lane) {
    if (--lane.open != 0) return;
    state_.slice_finished(lane.slice);
    // A slice that a stop has ended is not complete: whoever goes on with it reads the rest.
    if (options_.on_checkpoint && !stopping(lane)) {
      options_.on_checkpoint(lane.slice, state_.checkpoint(lane.slice, true));
    }
    if (options_.on_slice_end) options_.on_slice_end(lane.slice);
  }

  // ---- stopping

  void fail(const Batch& batch) {
    // A transfer that the stop itself ended is not what the run failed of.
    if (batch.error->kind == ErrorKind::kCancelled && stopping(*lanes_[batch.slice])) return;
    if (state_.stop_with(*batch.error)) wind_down();
  }

  /// No new pages; waits end now; what is on its way drains through the graph.
  void wind_down() {
    quota_.close();
    credits_.close();
    delays_.hurry_all();
    source_.abort();
  }

  template <typename Node>
  static void put(Node& node, const BatchPtr& batch) {
    [[maybe_unused]] const bool accepted = node.try_put(batch);
    assert(accepted);
  }

  Source& source_;
  Sink& sink_;
  const std::vector<const Stage*> stages_;
  Timers& timers_;
  const GraphOptions options_;
  RunState state_;
  Credits credits_;
  Quota quota_;
  std::atomic<bool> measured_{false};  ///< a page with documents has been parsed
  Delays delays_;
  const std::size_t kept_buffer_;  ///< bytes: buffers of all tokens that are at home may take half of the memory
  std::mutex abort_mutex_;
  std::optional<Timers::Id> abort_timer_;
  std::atomic<bool> abort_done_{false};
  tbb::task_arena arena_;
  std::unique_ptr<flow::graph> graph_;
  std::unique_ptr<Nodes> nodes_;
  std::vector<std::unique_ptr<Lane>> lanes_;
};

RunGraph::RunGraph(Source& source, Sink& sink, std::vector<const Stage*> stages, Timers& timers, std::uint32_t slices,
                   GraphOptions options)
    : impl_(std::make_unique<Impl>(source, sink, std::move(stages), timers, slices, std::move(options))) {}
RunGraph::~RunGraph() = default;
void RunGraph::run() { impl_->run(); }
void RunGraph::cancel(std::string reason, Nanoseconds grace) { impl_->cancel(std::move(reason), grace); }
void RunGraph::rethrottle(float requests_per_second) { impl_->rethrottle(requests_per_second); }
bool RunGraph::rethrottle_slice(std::uint32_t slice, float requests_per_second) {
  return impl_->rethrottle_slice(slice, requests_per_second);
}
bool RunGraph::cancel_slice(std::uint32_t slice, std::string reason) {
  return impl_->cancel_slice(slice, std::move(reason));
}
RunStatus RunGraph::status() const { return impl_->status(); }
std::size_t RunGraph::peak_memory() const { return impl_->peak_memory(); }
std::size_t RunGraph::tokens_away() const { return impl_->tokens_away(); }

}  // namespace sluice::pipeline
