#include "io/store/reindexing/store_source.h"

#include <algorithm>
#include <thread>

#include "io/store/catalog/index_names.h"
#include "io/store/reindexing/sorted_slice.h"
#include "pipeline/base/json_text.h"
#include "pipeline/base/parse_number.h"
#include "pipeline/model/stored_page.h"

namespace sluice::store {

namespace {

using pipeline::Page;

/// Source: Elasticsearch's BulkByScrollParallelizationHelper.
constexpr std::uint32_t kMostAutoSlices = 20;
constexpr std::size_t kRecordBytes = 100;  ///< of metadata, about
constexpr std::size_t kFirstDocument = 1024;
constexpr Nanoseconds kLongWait = std::chrono::milliseconds(500);
/// How many documents may be passed over before somebody looks whether the run was aborted.
constexpr std::uint32_t kLookAround = 1024;
constexpr std::uint64_t kAll = std::numeric_limits<std::uint64_t>::max();

bool needs_escapes(std::string_view text) {
  return std::ranges::any_of(text,
                             [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; });
}

/// `text` as a JSON token, in `token`.
std::string_view token_of(std::string_view text, std::string& token) {
  token.clear();
  if (needs_escapes(text)) {
    append_json_string(token, text);
  } else {
    token += '"';
    token += text;
    token += '"';
  }
  return token;
}

/// The filters that a found index is read with: none where one of its names has none. Source: Elasticsearch's
/// IndexNameExpressionResolver.filteringAliases.
std::vector<std::string> filters_of(const ResolvedIndex& found) {
  std::vector<std::string> filters;
  if (found.direct) return filters;
  for (const std::string& name : found.aliases) {
    const std::string& filter = found.index->aliases.at(name).filter;
    if (filter.empty()) return {};
    filters.push_back(filter);
  }
  return filters;
}

/// What the aliases say by which an index was found; empty: all shards.
std::string alias_routing(const ResolvedIndex& found) {
  std::string routings;
  if (found.direct) return routings;
  for (const std::string& name : found.aliases) {
    const std::string& routing = found.index->aliases.at(name).search_routing;
    if (routing.empty()) return {};
    routings.append(routings.empty() ? "" : ",").append(routing);
  }
  return routings;
}

/// The shards that a found index is read in.
std::vector<std::uint32_t> shards_of(const ResolvedIndex& found, const IndexKey& key, const ShardChoice& choice) {
  const std::string routing = alias_routing(found);
  std::vector<std::uint32_t> shards;
  for (std::uint32_t shard = 0; shard < key.shards; ++shard) {
    if (choice.reads(key, shard, routing)) shards.push_back(shard);
  }
  return shards;
}

}  // namespace

/// Where a slice is. One thread at a time: calls for a slice never overlap.
struct StoreSource::Slice {
  std::vector<ShardPart> parts;
  std::size_t part = 0;
  std::int64_t from = 0;      ///< of the part: what lies before it has been read
  std::uint64_t of_part = 0;  ///< documents read of the part
  std::unique_ptr<Scan> scan;
  bool begun = false;
  bool waits = false;                     ///< the run is throttled: some time passes between two pages
  const StoredDocument* ahead = nullptr;  ///< the next one to be read, found already
  std::uint64_t total = pipeline::StoredPageHead::kUnknown;
  std::string id_token;
  std::string routing_token;
  std::optional<SortedSlice> sorted;  ///< of a source with an order: what it is read by
};

StoreSource::StoreSource(const Store& store, StoreSourceOptions options)
    : store_(store), options_(std::move(options)) {}

StoreSource::~StoreSource() = default;

void StoreSource::open(pipeline::Callback<pipeline::SourceFacts> done) { done(open_indices()); }

Result<pipeline::SourceFacts> StoreSource::open_indices() {
  IndexOptions options = options_.expansion;
  options.other_clusters = true;
  auto found = resolve_indices(*store_.catalog.state(), options_.indices, options);
  if (!found) return std::unexpected(std::move(found.error()));
  for (const ResolvedIndex& each : *found) {
    if (Status added = add_index(each); !added) return std::unexpected(std::move(added.error()));
  }
  return cut();
}

Status StoreSource::add_index(const ResolvedIndex& found) {
  ReadIndex read;
  read.index = found.index;
  read.key = found.index->key();
  read.view = store_.views.view(*found.index);
  read.token = json_string(found.index->name);
  read.shards = shards_of(found, read.key, options_.shards);
  if (options_.make_test) {
    auto test = options_.make_test(found.index, filters_of(found));
    if (!test) return std::unexpected(std::move(test.error()));
    for (std::size_t pass = 0; pass < test->passes; ++pass) {
      if (Status made = pass_over(read, *test, pass); !made) return made;
    }
    read.test = std::move(test->test);
    read.plan = std::move(test->plan);
    read.order = std::move(test->order);
  }
  sorted_ = sorted_ || read.order;
  if (read.test || read.order) in_place_ = false;
  indices_.push_back(std::move(read));
  return {};
}

Status StoreSource::pass_over(const ReadIndex& read, const IndexTest& test, std::size_t pass) const {
  for (const std::uint32_t shard : read.shards) {
    auto scan = read.view->scan(read.key, shard, 0, std::numeric_limits<std::int64_t>::max());
    if (!scan) return std::unexpected(std::move(scan.error()));
    for (std::uint32_t passed = 1;; ++passed) {
      auto document = (*scan)->next();
      if (!document) return std::unexpected(std::move(document.error()));
      if (*document == nullptr) break;
      if (Status seen = test.look(pass, **document); !seen) return seen;
      if (passed % kLookAround == 0 && aborted_) return std::unexpected(cancelled());
    }
  }
  return {};
}

/// Decides the slices.
Result<std::vector<std::vector<ShardPart>>> StoreSource::parts() {
  if (!options_.plan.empty()) return cut_by_plan(indices_, options_.plan);
  if (options_.part) {
    std::vector<ShardPart> one = cut_by_id(indices_, *options_.part);
    std::vector<std::vector<ShardPart>> cut;
    cut.push_back(std::move(one));
    return cut;
  }
  std::uint32_t slices = options_.slices;
  if (slices == 0) {
    slices = indices_.empty() ? 1 : kMostAutoSlices;
    for (const ReadIndex& each : indices_) slices = std::min(slices, each.key.shards);
  }
  return cut_by_sequence(indices_, slices);
}

Result<pipeline::SourceFacts> StoreSource::cut() {
  auto cut = parts();
  if (!cut) return std::unexpected(std::move(cut.error()));
  auto plan = plan_of(indices_, *cut, options_.bounded);
  if (!plan) return std::unexpected(std::move(plan.error()));
  plan_ = options_.plan.empty() ? *plan : options_.plan;
  for (auto& each : *cut) {
    if (std::ranges::any_of(each, [](const ShardPart& part) { return part.ids.count > 1; })) in_place_ = false;
    auto slice = std::make_unique<Slice>();
    slice->parts = std::move(each);
    auto total = count(slice->parts);
    if (!total) return std::unexpected(std::move(total.error()));
    slice->total = *total;
    slices_.push_back(std::move(slice));
  }
  workers_ = store_.workers;
  if (!in_place_ && workers_ == nullptr) {
    const std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
    own_workers_ = std::make_unique<WorkerPool>(std::min(threads, slices_.size()));
    workers_ = own_workers_.get();
  }
  return facts();
}

Result<pipeline::SourceFacts> StoreSource::facts() {
  std::uint64_t documents = 0;
  std::uint64_t bytes = 0;
  for (const ReadIndex& each : indices_) {
    for (const std::uint32_t shard : each.shards) {
      auto shard_facts = each.view->facts(each.key, shard);
      if (!shard_facts) return std::unexpected(std::move(shard_facts.error()));
      documents += shard_facts->documents;
      bytes += shard_facts->source_bytes;
    }
  }
  document_bytes_ = kRecordBytes + (documents == 0 ? kFirstDocument : bytes / documents);
  pipeline::SourceFacts facts;
  facts.slices = static_cast<std::uint32_t>(slices_.size());
  facts.in_place = in_place_;
  facts.plan = plan_;
  facts.resumed = !options_.plan.empty();
  if (in_place_ && !options_.part) {
    facts.documents = documents;
    facts.bytes = bytes;
  }
  return facts;
}

/// Documents of a slice, where that is known without reading it.
Result<std::uint64_t> StoreSource::count(const std::vector<ShardPart>& parts) const {
  std::uint64_t total = 0;
  for (const ShardPart& part : parts) {
    const ReadIndex& read = indices_[part.index];
    const bool whole =
        part.from == 0 && part.to == std::numeric_limits<std::int64_t>::max() && part.ids.count == 1 && !read.test;
    if (!whole) return pipeline::StoredPageHead::kUnknown;
    auto facts = read.view->facts(read.key, part.shard);
    if (!facts) return std::unexpected(std::move(facts.error()));
    total += facts->documents;
  }
  return total;
}

std::size_t StoreSource::page_estimate(std::uint32_t /*slice*/, std::uint32_t max_documents) const {
  return document_bytes_ * max_documents;
}

void StoreSource::fetch(pipeline::PageRequest request, Page recycled, pipeline::Callback<Page> done) {
  auto read = [this, request = std::move(request), page = std::move(recycled), done = std::move(done)]() mutable {
    if (Status status = read_page(request, page); !status) return done(std::unexpected(std::move(status.error())));
    done(std::move(page));
  };
  if (in_place_) return read();
  workers_->run(std::move(read));
}

Status StoreSource::read_page(const pipeline::PageRequest& request, Page& page) {
  Slice& slice = *slices_[request.slice];
  if (aborted_) return std::unexpected(cancelled());
  slice.waits = request.extra_keep_alive > kLongWait;
  page.format = pipeline::PageFormat::kStored;
  page.begin = request.cursor;
  page.bytes.clear();
  page.retries = 0;
  const pipeline::StoredPageHead head{slice.total};
  page.bytes.append({reinterpret_cast<const char*>(&head), sizeof head});
  if (!slice.begun) {
    if (Status status = begin(slice, request.cursor); !status) return status;
  }
  for (std::uint32_t taken = 0; slice.ahead != nullptr && taken < request.max_documents; ++taken) {
    const std::size_t size = slice.ahead->source.size() + kRecordBytes;
    if (taken != 0 && page.bytes.size() + size > request.max_bytes) break;
    if (Status status = append(slice, page.bytes); !status) return status;
    if (Status status = advance(slice); !status) return status;
  }
  page.last = slice.ahead == nullptr;
  return {};
}

Status StoreSource::begin(Slice& slice, const pipeline::Cursor& cursor) {
  slice.begun = true;
  slice.part = cursor.part;
  slice.from = static_cast<std::int64_t>(cursor.offset);
  if (sorted_) {
    const std::size_t memory = options_.sort_memory / slices_.size();
    slice.sorted.emplace(indices_, slice.parts, memory, options_.most_of_part, aborted_);
    if (Status begun = slice.sorted->begin(cursor.after); !begun) return begun;
  } else {
    slice.of_part = parse_number<std::uint64_t>(cursor.after).value_or(0);
  }
  return advance(slice);
}

/// Where the next page starts. A slice that is to wait long before it gives back what it holds of the store's memory.
void StoreSource::parsed(pipeline::Batch& batch) {
  Slice& slice = *slices_[batch.slice];
  pipeline::Cursor& next = batch.facts.next;
  if (slice.sorted) {
    next.after = slice.sorted->passed();
    return;
  }
  next.part = static_cast<std::uint32_t>(slice.part);
  next.offset = slice.ahead == nullptr ? 0 : static_cast<std::uint64_t>(slice.ahead->seq_no);
  if (options_.most_of_part != kAll) next.after = std::to_string(slice.of_part);
  if (!slice.waits || slice.ahead == nullptr) return;
  slice.begun = false;
  slice.ahead = nullptr;
  slice.scan.reset();
}

Status StoreSource::append(Slice& slice, Buffer& page) {
  const StoredDocument& document = *slice.ahead;
  const ReadIndex& read = indices_[slice.parts[slice.part].index];
  const bool stored = read.index->mapping->source_enabled();
  if (!stored && !options_.names_only) {
    return std::unexpected(
        illegal_argument("[" + read.index->name + "][" + std::string(document.id) + "] didn't store _source"));
  }
  pipeline::StoredTexts texts;
  texts.index = read.token;
  texts.id = token_of(document.id, slice.id_token);
  if (!document.routing.empty()) texts.routing = token_of(document.routing, slice.routing_token);
  texts.source = stored ? document.source : "{}";
  texts.version = document.version;
  texts.seq_no = document.seq_no;
  texts.primary_term = document.primary_term;
  pipeline::append_stored(page, texts);
  ++slice.of_part;
  return {};
}

Status StoreSource::advance(Slice& slice) {
  slice.ahead = nullptr;
  if (!slice.sorted) return advance_unsorted(slice);
  auto next = slice.sorted->next();
  if (!next) return std::unexpected(std::move(next.error()));
  slice.ahead = *next;
  slice.part = slice.sorted->part();
  return {};
}

/// Null where the part ends, or enough of it has been read.
Result<const StoredDocument*> StoreSource::next_of_part(Slice& slice, const ReadIndex& read) const {
  if (slice.of_part >= options_.most_of_part) return nullptr;
  return read.test ? slice.scan->next() : slice.scan->next_in_place();
}

Status StoreSource::advance_unsorted(Slice& slice) {
  for (std::uint32_t passed = 0; slice.part < slice.parts.size();) {
    const ShardPart& part = slice.parts[slice.part];
    const ReadIndex& read = indices_[part.index];
    if (!slice.scan) {
      const std::int64_t from = std::max(part.from, slice.from);
      auto scan = read.plan ? read.view->candidates(read.key, part.shard, from, part.to, *read.plan)
                            : read.view->scan(read.key, part.shard, from, part.to);
      if (!scan) return std::unexpected(std::move(scan.error()));
      slice.scan = std::move(*scan);
      slice.from = 0;
    }
    auto next = next_of_part(slice, read);
    if (!next) return std::unexpected(std::move(next.error()));
    if (*next == nullptr) {
      slice.scan.reset();
      slice.of_part = 0;
      ++slice.part;
      continue;
    }
    auto fits = is_wanted(read, part, **next);
    if (!fits) return std::unexpected(std::move(fits.error()));
    if (*fits) {
      slice.ahead = *next;
      return {};
    }
    if (++passed % kLookAround == 0 && aborted_) {
      return std::unexpected(cancelled());
    }
  }
  return {};
}

void StoreSource::close(pipeline::Done done) {
  own_workers_.reset();
  slices_.clear();
  indices_.clear();
  done({});
}

}  // namespace sluice::store
