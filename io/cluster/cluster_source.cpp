#include "io/cluster/cluster_source.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <utility>

#include "io/cluster/server_error.h"

namespace sluice::io {
namespace {

constexpr std::size_t kPageOverhead = 4096;
constexpr double kFirstGuess = 2048;  // bytes of a document
constexpr double kSafePart = 0.875;   // of the largest page: documents are not all alike

/// The id that a scroll's page begins with. Not looked for behind the hits, where documents could fake it.
std::string scroll_id_of(std::string_view page) {
  static constexpr std::string_view kKey = "\"_scroll_id\":\"";
  const std::size_t at = page.find(kKey);
  if (at == std::string_view::npos || at > page.find("\"hits\"")) return {};
  const std::size_t begin = at + kKey.size();
  return std::string(page.substr(begin, page.find('"', begin) - begin));
}

}  // namespace

/// A page on its way, over all its tries.
struct ClusterSource::Fetch {
  pipeline::PageRequest request;
  pipeline::Callback<pipeline::Page> done;
  pipeline::Page page;
  std::uint32_t size = 0;
  bool opens_scroll = false;
  bool reopened = false;
};

ClusterSource::ClusterSource(EventLoop& loop, ClusterSourceOptions options)
    : options_(std::move(options)), client_(loop, options_.cluster) {}

ClusterSource::~ClusterSource() = default;

std::string ClusterSource::name() const {
  std::string list;
  for (const std::string& index : options_.search.indices) {
    if (!list.empty()) list += ',';
    list += index;
  }
  return client_.origin() + " [" + list + "]";
}

bool ClusterSource::uses_point_in_time() const {
  const std::lock_guard lock(mutex_);
  return !pit_id_.empty();
}

bool ClusterSource::can_reopen() const {
  return options_.slices <= 1 && !options_.search.slice && total_order(options_.search);
}

std::optional<ManualSlice> ClusterSource::slice_of(std::uint32_t slice) const {
  if (options_.search.slice) return options_.search.slice;
  if (slices_.size() <= 1) return std::nullopt;
  return ManualSlice{slice, static_cast<std::uint32_t>(slices_.size()), {}};
}

std::size_t ClusterSource::page_estimate(std::uint32_t slice, std::uint32_t max_documents) const {
  const std::lock_guard lock(mutex_);
  const SliceState& state = slices_.at(slice);
  const double documents = page_size(state, max_documents);
  return static_cast<std::size_t>(bytes_per_document(state) * documents) + kPageOverhead;
}

/// Under the lock. Documents to ask for, so that the page is probably not too large: 1 at least.
std::uint32_t ClusterSource::page_size(const SliceState& state, std::uint32_t max_documents) const {
  const std::uint32_t size = std::max(1U, std::min(max_documents, state.size_limit));
  if (state.bytes_per_document == 0 || state.max_bytes == 0 || pit_id_.empty()) return size;
  const double fit = kSafePart * static_cast<double>(state.max_bytes) / state.bytes_per_document;
  return fit >= size ? size : std::max(1U, static_cast<std::uint32_t>(fit));
}

/// Under the lock. What other slices have shown, at first.
double ClusterSource::bytes_per_document(const SliceState& state) const {
  if (state.bytes_per_document > 0) return state.bytes_per_document;
  double largest = 0;
  for (const SliceState& other : slices_) largest = std::max(largest, other.bytes_per_document);
  return largest > 0 ? largest : kFirstGuess;
}

void ClusterSource::fetch(pipeline::PageRequest request, pipeline::Page recycled,
                          pipeline::Callback<pipeline::Page> done) {
  auto fetch = std::make_shared<Fetch>();
  fetch->request = std::move(request);
  fetch->page = std::move(recycled);
  fetch->done = std::move(done);
  if (uses_point_in_time()) {
    fetch_pit_page(fetch);
  } else {
    fetch_scroll_page(fetch);
  }
}

void ClusterSource::fetch_pit_page(const FetchPtr& fetch) {
  const pipeline::Cursor& cursor = fetch->request.cursor;
  SearchPage page;
  bool resumed = false;
  {
    const std::lock_guard lock(mutex_);
    SliceState& state = slices_[fetch->request.slice];
    resumed = !state.started && !cursor.after.empty();
    state.started = true;
    page.pit_id = pit_id_;
    state.max_bytes = fetch->request.max_bytes;
    page.size = page_size(state, fetch->request.max_documents);
  }
  if (resumed && !can_reopen()) {
    return fetch->done(std::unexpected(
        illegal_argument("can't go on with " + name() +
                         " where an earlier run stopped: the position is one in a point in time that is "
                         "gone; sort by [_id] (and [_index] where there are several indices) and read in one slice to "
                         "make that possible")));
  }
  fetch->size = page.size;
  page.slice = slice_of(fetch->request.slice);
  page.search_after = cursor.after;
  page.extra_keep_alive = fetch->request.extra_keep_alive;
  send(fetch, pit_page_call(dialect_, options_.search, page));
}

void ClusterSource::fetch_scroll_page(const FetchPtr& fetch) {
  const pipeline::Cursor& cursor = fetch->request.cursor;
  fetch->opens_scroll = cursor.context.empty();
  if (!fetch->opens_scroll) {
    ClusterCall call = scroll_page_call(dialect_, options_.search, cursor.context, fetch->request.extra_keep_alive);
    call.retry = Retry::kRefused;  // a page that was served and lost on the way back is never served again
    return send(fetch, std::move(call));
  }
  if (cursor.documents != 0 || !cursor.after.empty()) {
    return fetch->done(std::unexpected(
        illegal_argument("can't go on with " + name() +
                         " where an earlier run stopped: its scroll is not known; start from the beginning")));
  }
  SearchPage page;
  page.size = fetch->size = fetch->request.max_documents;
  page.slice = slice_of(fetch->request.slice);
  page.extra_keep_alive = fetch->request.extra_keep_alive;
  send(fetch, open_scroll_call(dialect_, options_.search, page));
}

void ClusterSource::send(const FetchPtr& fetch, ClusterCall call) {
  const std::size_t limit = fetch->request.max_bytes;
  call.max_response_bytes = limit == 0 ? std::numeric_limits<std::size_t>::max() : limit;
  call.retry_for = client_.options().retry_for;
  call.response = std::move(fetch->page.bytes);
  client_.call(std::move(call), [this, fetch](Result<ClusterReply> reply) { answered(fetch, std::move(reply)); });
}

void ClusterSource::answered(const FetchPtr& fetch, Result<ClusterReply> reply) {
  if (reply) return succeed(fetch, std::move(*reply));
  const Error& error = reply.error();
  if (error.kind == ErrorKind::kTooLarge && ask_for_less(fetch, error)) return;
  if (has_cause(error, "search_context_missing_exception") && reopen(fetch, error)) return;
  fetch->done(std::unexpected(explained(fetch, std::move(reply.error()))));
}

bool ClusterSource::ask_for_less(const FetchPtr& fetch, const Error& error) {
  if (!uses_point_in_time() || fetch->size <= 1 || error.type != "content_too_long_exception") return false;
  {
    const std::lock_guard lock(mutex_);
    slices_[fetch->request.slice].size_limit = std::max(1U, fetch->size / 4);
  }
  fetch_pit_page(fetch);
  return true;
}

bool ClusterSource::reopen(const FetchPtr& fetch, const Error&) {
  if (!uses_point_in_time() || !can_reopen() || fetch->reopened) return false;
  fetch->reopened = true;
  open_pit([this, fetch](Status status) {
    if (status) return fetch_pit_page(fetch);
    fetch->done(std::unexpected(std::move(status.error())));
  });
  return true;
}

void ClusterSource::succeed(const FetchPtr& fetch, ClusterReply reply) {
  pipeline::Page page = std::move(fetch->page);
  page.bytes = std::move(reply.response.body);
  page.format = pipeline::PageFormat::kSearchResponse;
  page.begin = fetch->request.cursor;
  page.line = 0;
  page.last = false;
  page.oversized_end = 0;
  page.retries = reply.retries;
  {
    const std::lock_guard lock(mutex_);
    SliceState& state = slices_[fetch->request.slice];
    const bool limits = state.size_limit < fetch->request.max_documents;
    state.size_limit = limits ? state.size_limit + state.size_limit / 4 + 1 : UINT32_MAX;
    // Known before the page is parsed, so that close() clears it whatever happens to the page.
    if (fetch->opens_scroll) state.scroll_id = scroll_id_of(page.bytes.view());
  }
  fetch->done(std::move(page));
}

Error ClusterSource::explained(const FetchPtr& fetch, Error error) const {
  if (error.type == "content_too_long_exception") {
    const std::string size = std::to_string(fetch->size);
    const std::string what =
        fetch->size == 1 ? "One document of " + name() + " is larger than a page may be: raise the memory limit."
                         : "Set source.size below " + size + ", or raise the memory limit.";
    return Error(ErrorKind::kTooLarge, 400, "illegal_argument_exception",
                 "Remote responded with a chunk that was too large. Use a smaller batch size. " + what)
        .wrapping(std::move(error));
  }
  if (has_cause(error, "search_context_missing_exception")) {
    const bool pit = uses_point_in_time();
    const std::string keep =
        pit ? time_value_text(options_.search.pit_keep_alive) : time_value_text(options_.search.scroll_keep_alive);
    const int status = error.status;
    return Error(ErrorKind::kNotFound, status, "search_context_missing_exception",
                 std::string(pit ? "the point in time" : "the scroll") + " over " + name() +
                     " is lost, and its position means nothing in a new one; was it idle for more than its keep-alive "
                     "of " +
                     keep + ", or a node restarted? Use a longer keep-alive, or a smaller source.size, and start again")
        .wrapping(std::move(error));
  }
  return error;
}

void ClusterSource::parsed(pipeline::Batch& batch) {
  const std::lock_guard lock(mutex_);
  if (!batch.facts.pit_id.empty() && !pit_id_.empty()) pit_id_ = batch.facts.pit_id;
  SliceState& state = slices_.at(batch.slice);
  if (!batch.facts.next.context.empty()) state.scroll_id = batch.facts.next.context;
  if (batch.documents.empty()) return;
  const double measured = static_cast<double>(batch.page.bytes.size()) / static_cast<double>(batch.documents.size());
  const bool first = state.bytes_per_document == 0;
  state.bytes_per_document = first ? measured : state.bytes_per_document * 0.5 + measured * 0.5;
}

void ClusterSource::abort() { client_.abort(); }

void ClusterSource::close(pipeline::Done done) {
  std::vector<ClusterCall> calls;
  {
    const std::lock_guard lock(mutex_);
    if (!pit_id_.empty()) calls.push_back(close_pit_call(dialect_, pit_id_));
    for (SliceState& state : slices_) {
      if (!state.scroll_id.empty()) calls.push_back(clear_scroll_call(dialect_, state.scroll_id));
      state.scroll_id.clear();
    }
    pit_id_.clear();
  }
  struct Closing {
    std::atomic<std::size_t> left;
    Status status;
    pipeline::Done done;
  };
  if (calls.empty()) return done({});
  auto closing = std::make_shared<Closing>();
  closing->left = calls.size();
  closing->done = std::move(done);
  for (ClusterCall& call : calls) {
    client_.call(std::move(call), [closing](Result<ClusterReply> reply) {
      // Gone already is what was wanted.
      if (!reply && reply.error().status != 404) closing->status = std::unexpected(std::move(reply.error()));
      if (--closing->left == 0) closing->done(std::move(closing->status));
    });
  }
}

}  // namespace sluice::io
