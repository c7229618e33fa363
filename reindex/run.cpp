#include <atomic>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include "io/http/event_loop.h"
#include "reindex/plan.h"
#include "reindex/reindex.h"

namespace sluice {

using pipeline::RunStatus;

/// The run's own thread opens the ends, waits in the graph, and closes the ends.
class Run::Impl {
 public:
  Impl(Request request, RunOptions options)
      : request_(std::move(request)),
        options_(std::move(options)),
        own_loop_(options_.loop == nullptr ? std::make_unique<io::EventLoop>() : nullptr),
        loop_(options_.loop == nullptr ? *own_loop_ : *options_.loop) {}

  ~Impl() {
    cancel("the run was dropped");
    if (thread_.joinable()) thread_.join();
  }

  Status start() {
    auto plan = make_plan(request_, options_, loop_);
    if (!plan) return std::unexpected(std::move(plan.error()));
    plan_ = std::move(*plan);
    began_ = SteadyClock::now();
    thread_ = std::thread([this] { run(); });
    return {};
  }

  RunStatus status() const {
    const std::scoped_lock lock(mutex_);
    RunStatus status = graph_ ? graph_->status() : RunStatus{};
    status.took = ended_.value_or(SteadyClock::now()) - began_;
    if (error_) status.error = error_;
    if (canceled_ && !status.totals.canceled && !status.error && !graph_) status.totals.canceled = canceled_;
    status.finished = ended_.has_value();
    status.total_bytes = total_bytes_;
    if (graph_) status.packed_bytes = plan_.source->packed_bytes();
    if (!graph_) status.totals.requests_per_second = rate_.value_or(request_.requests_per_second);
    if (plan_.manual_slice) status.totals.slice_id = plan_.manual_slice;
    return status;
  }

  void rethrottle(float requests_per_second) {
    const std::scoped_lock lock(mutex_);
    rate_ = requests_per_second;
    if (graph_) graph_->rethrottle(requests_per_second);
  }

  bool rethrottle_slice(std::uint32_t slice, float requests_per_second) {
    const std::scoped_lock lock(mutex_);
    return graph_ && graph_->rethrottle_slice(slice, requests_per_second);
  }

  bool cancel_slice(std::uint32_t slice, std::string reason) {
    pipeline::RunGraph* graph = nullptr;
    {
      const std::scoped_lock lock(mutex_);
      graph = graph_.get();
    }
    return graph != nullptr && graph->cancel_slice(slice, std::move(reason));
  }

  void cancel(std::string reason) {
    pipeline::RunGraph* graph = nullptr;
    {
      const std::scoped_lock lock(mutex_);
      if (canceled_ || ended_) return;
      canceled_ = reason;
      cancelled_ = true;
      graph = graph_.get();
    }
    if (graph != nullptr) {
      graph->cancel(std::move(reason), options_.cancel_grace);
    } else if (plan_.source) {
      plan_.source->abort();
      plan_.sink->abort();
    }
  }

  RunStatus wait() {
    std::unique_lock lock(mutex_);
    finished_.wait(lock, [this] { return ended_.has_value(); });
    lock.unlock();
    return status();
  }

  std::size_t peak_memory() const {
    const std::scoped_lock lock(mutex_);
    return graph_ ? graph_->peak_memory() : 0;
  }

 private:
  void run() {
    const bool prepared = prepare();
    if (const auto facts = prepared ? open_ends() : std::nullopt) {
      if (options_.on_open) options_.on_open(facts->slices, facts->plan);
      make_graph(*facts);
      graph_->run();
    }
    close_ends();
    {
      const std::scoped_lock lock(mutex_);
      ended_ = SteadyClock::now();
      finished_.notify_all();
    }
    if (options_.on_end) options_.on_end();
  }

  /// A file's query is compiled once its fields are known.
  bool prepare() {
    if (!plan_.file_query) return true;
    auto stage = plan_.file_query->prepare(loop_, cancelled_);
    if (!stage) {
      fail(std::move(stage.error()));
      return false;
    }
    plan_.stages.insert(plan_.stages.begin() + 1, std::move(*stage));
    return true;
  }

  std::optional<pipeline::SourceFacts> open_ends() {
    std::promise<Result<pipeline::SourceFacts>> source_open;
    plan_.source->open([&](Result<pipeline::SourceFacts> facts) { source_open.set_value(std::move(facts)); });
    auto facts = source_open.get_future().get();
    if (!facts) {
      fail(std::move(facts.error()));
      return std::nullopt;
    }
    std::promise<Status> sink_open;
    plan_.sink->open([&](Status status) { sink_open.set_value(std::move(status)); });
    if (Status status = sink_open.get_future().get(); !status) {
      fail(std::move(status.error()));
      return std::nullopt;
    }
    return *facts;
  }

  void make_graph(const pipeline::SourceFacts& facts) {
    std::vector<const pipeline::Stage*> stages;
    stages.reserve(plan_.stages.size());
    for (const auto& stage : plan_.stages) stages.push_back(stage.get());
    const std::scoped_lock lock(mutex_);
    total_bytes_ = facts.bytes;
    // What is gone on with has been counted when it began.
    if (!options_.resume) plan_.graph.documents = facts.documents;
    if (options_.tokens_per_slice == 0 && facts.in_place && plan_.sink->in_place()) plan_.graph.tokens_per_lane = 1;
    if (options_.tokens_per_slice == 0 && !plan_.graph.ordered_writes) {
      const std::uint32_t wanted = batches_of_slice(plan_.sink->write_together(), plan_.graph.batch_size, facts.slices);
      plan_.graph.tokens_per_lane = std::max(plan_.graph.tokens_per_lane, wanted);
    }
    if (rate_) plan_.graph.requests_per_second = *rate_;
    if (options_.resume && facts.resumed && options_.resume->slices.size() == facts.slices) {
      plan_.graph.resume = options_.resume->slices;
    }
    graph_ = std::make_unique<pipeline::RunGraph>(*plan_.source, *plan_.sink, std::move(stages), loop_, facts.slices,
                                                  plan_.graph);
    if (canceled_) graph_->cancel(*canceled_, options_.cancel_grace);
  }

  void close_ends() {
    // An error of the source's close leaves a context behind that expires by itself: nothing was lost.
    // A run that was cancelled does not wait longer for it than for its bulks.
    const auto source_closed = std::make_shared<std::promise<void>>();
    const auto closed = source_closed->get_future();
    plan_.source->close([source_closed](const Status&) { source_closed->set_value(); });
    const RunStatus now = status();
    if (now.totals.canceled) {
      closed.wait_for(options_.cancel_grace);
    } else {
      closed.wait();
    }
    const bool complete = graph_ && !now.error && !now.totals.canceled;
    std::promise<Status> sink_closed;
    plan_.sink->close(complete, [&](Status status) { sink_closed.set_value(std::move(status)); });
    if (Status status = sink_closed.get_future().get(); !status && complete) fail(std::move(status.error()));
  }

  void fail(Error error) {
    const std::scoped_lock lock(mutex_);
    if (!canceled_ && !error_) error_ = std::move(error);
  }

  const Request request_;
  const RunOptions options_;
  const std::unique_ptr<io::EventLoop> own_loop_;
  io::EventLoop& loop_;
  Plan plan_;
  TimePoint began_{};
  mutable std::mutex mutex_;
  std::condition_variable finished_;
  std::unique_ptr<pipeline::RunGraph> graph_;
  std::optional<Error> error_;
  std::optional<std::string> canceled_;
  std::atomic<bool> cancelled_ = false;
  std::optional<float> rate_;
  std::optional<std::uint64_t> total_bytes_;
  std::optional<TimePoint> ended_;
  std::thread thread_;
};

Run::Run(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Run::Run(Run&&) noexcept = default;
Run& Run::operator=(Run&&) noexcept = default;
Run::~Run() = default;
RunStatus Run::status() const { return impl_->status(); }
void Run::rethrottle(float requests_per_second) { impl_->rethrottle(requests_per_second); }
bool Run::rethrottle_slice(std::uint32_t slice, float requests_per_second) {
  return impl_->rethrottle_slice(slice, requests_per_second);
}
void Run::cancel(std::string reason) { impl_->cancel(std::move(reason)); }
bool Run::cancel_slice(std::uint32_t slice, std::string reason) {
  return impl_->cancel_slice(slice, std::move(reason));
}
RunStatus Run::wait() { return impl_->wait(); }
std::size_t Run::peak_memory() const { return impl_->peak_memory(); }

Result<Run> reindex(Request request, RunOptions options) {
  auto impl = std::make_unique<Run::Impl>(std::move(request), std::move(options));
  if (Status status = impl->start(); !status) return std::unexpected(std::move(status.error()));
  return Run(std::move(impl));
}

}  // namespace sluice
