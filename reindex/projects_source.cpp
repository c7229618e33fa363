#include "reindex/projects_source.h"

#include <algorithm>
#include <future>
#include <utility>

#include "io/store/catalog/index_names.h"
#include "pipeline/model/stored_page.h"

namespace sluice {

namespace {

/// With the name of the project in front; the origin's errors are what they are.
Error of_project(Error error, const std::string& alias) {
  if (alias.empty() || error.kind == ErrorKind::kCancelled) return error;
  error.reason = "linked project [" + alias + "]: " + error.reason;
  error.root_causes.clear();
  return error;
}

Result<pipeline::SourceFacts> opened(pipeline::Source& source) {
  std::promise<Result<pipeline::SourceFacts>> facts;
  source.open([&](Result<pipeline::SourceFacts> answer) { facts.set_value(std::move(answer)); });
  return facts.get_future().get();
}

/// `p1 [logs,metrics]`, one behind the other.
std::string name_of(const ProjectChoice& choice) {
  std::string text;
  for (const ProjectNames& project : choice.projects) {
    if (project.indices.empty()) continue;
    text += (text.empty() ? "" : ", ") + (project.alias.empty() ? std::string(kOriginProject) : project.alias) + " [";
    for (const std::string& name : project.indices) text += (text.ends_with('[') ? "" : ",") + name;
    text += ']';
  }
  return text;
}

/// A page of a slice that has nothing to read.
pipeline::Page empty_page(pipeline::Page page, const pipeline::Cursor& cursor) {
  const pipeline::StoredPageHead head{.total = 0};
  page.bytes.clear();
  page.bytes.append({reinterpret_cast<const char*>(&head), sizeof head});
  page.format = pipeline::PageFormat::kStored;
  page.begin = cursor;
  page.last = true;
  page.retries = 0;
  return page;
}

/// `"logs"` of a linked project is `"p1:logs"`.
void name_indices(pipeline::Batch& batch, const std::string& alias) {
  if (alias.empty()) return;
  std::string_view from;
  std::string_view to;
  for (pipeline::Document& document : batch.documents) {
    if (document.index.size() < 2) continue;
    if (to.empty() || document.index != from) {
      from = document.index;
      to = batch.arena.copy("\"" + alias + ":" + std::string(from.substr(1)));
    }
    document.index = to;
  }
}

}  // namespace

ProjectsSource::ProjectsSource(ProjectsSourceOptions options)
    : options_(std::move(options)), name_(name_of(options_.choice)) {}

ProjectsSource::~ProjectsSource() = default;

void ProjectsSource::open(pipeline::Callback<pipeline::SourceFacts> done) {
  if (Status found = find_names(); !found) return done(std::unexpected(std::move(found.error())));
  for (std::size_t project = 0; project < options_.projects.size(); ++project) {
    Status status = open_project(project);
    if (!status) {
      return done(std::unexpected(of_project(std::move(status.error()), options_.choice.projects[project].alias)));
    }
  }
  cut();
  pipeline::SourceFacts facts;
  facts.slices = static_cast<std::uint32_t>(slices_.size());
  done(facts);
}

/// Asks the projects for the names that have to be there, and leaves those out that a project has not.
Status ProjectsSource::find_names() {
  ProjectChoice& choice = options_.choice;
  for (const NeededIndex& index : choice.needed) {
    std::vector<bool>& there = there_.emplace_back();
    for (const std::size_t project : index.projects) {
      auto found = has(project, index.name);
      if (!found) {
        return std::unexpected(of_project(std::move(found.error()), choice.projects[project].alias));
      }
      there.push_back(*found);
      if (!*found) std::erase(choice.projects[project].indices, index.name);
    }
  }
  return options_.ignore_unavailable ? Status{} : check_needed();
}

Result<bool> ProjectsSource::has(std::size_t project, const std::string& name) {
  if (name.empty()) return false;
  return options_.projects[project]->has(name);
}

Status ProjectsSource::check_needed() const {
  const ProjectChoice& choice = options_.choice;
  for (std::size_t i = 0; i < choice.needed.size(); ++i) {
    const NeededIndex& index = choice.needed[i];
    const auto missing = std::ranges::find(there_[i], false);
    if (missing == there_[i].end()) continue;
    if (!index.everywhere && std::ranges::find(there_[i], true) != there_[i].end()) continue;
    const std::size_t project = index.projects[static_cast<std::size_t>(missing - there_[i].begin())];
    const std::string& alias = choice.projects[project].alias;
    return std::unexpected(
        store::index_not_found(index.everywhere && !alias.empty() ? alias + ":" + index.name : index.expression));
  }
  return {};
}

Status ProjectsSource::open_project(std::size_t project) {
  const ProjectNames& names = options_.choice.projects[project];
  const bool reads = std::ranges::any_of(names.indices, [](const auto& name) { return !name.starts_with('-'); });
  if (!reads) return {};
  auto found = options_.projects[project]->look(names.indices);
  if (!found) return std::unexpected(std::move(found.error()));
  if (!found->anything) return {};
  auto source = options_.projects[project]->source(names.indices);
  if (!source) return std::unexpected(std::move(source.error()));
  pipeline::Source& reading = **source;
  {
    const std::scoped_lock lock(mutex_);
    if (aborted_) return std::unexpected(cancelled());
    parts_.push_back({.alias = names.alias, .source = std::move(*source), .documents = found->documents, .slices = 0});
  }
  auto facts = opened(reading);
  if (!facts) return std::unexpected(std::move(facts.error()));
  parts_.back().slices = facts->slices;
  if (facts->documents) parts_.back().documents = facts->documents;
  return {};
}

void ProjectsSource::cut() {
  std::uint32_t slices = 1;
  for (const Part& part : parts_) slices = std::max(slices, part.slices);
  slices_.resize(slices);
  for (std::uint32_t slice = 0; slice < slices; ++slice) {
    for (std::size_t part = 0; part < parts_.size(); ++part) {
      if (slice < parts_[part].slices) slices_[slice].turns.emplace_back().part = part;
    }
  }
}

std::size_t ProjectsSource::page_estimate(std::uint32_t slice, std::uint32_t max_documents) const {
  const Slice& one = slices_[slice];
  if (one.turns.empty()) return sizeof(pipeline::StoredPageHead);
  return parts_[one.turns[one.now].part].source->page_estimate(slice, max_documents);
}

bool ProjectsSource::fixed_pages() const {
  return std::ranges::any_of(parts_, [](const Part& part) { return part.source->fixed_pages(); });
}

void ProjectsSource::fetch(pipeline::PageRequest request, pipeline::Page recycled,
                           pipeline::Callback<pipeline::Page> done) {
  Slice& slice = slices_[request.slice];
  if (slice.turns.empty()) return done(empty_page(std::move(recycled), request.cursor));
  Turn& turn = slice.turns[slice.now];
  turn.begun = true;
  request.cursor = turn.cursor;
  // Each project's context has to last until it is its turn again.
  request.extra_keep_alive *= std::ranges::count(slice.turns, false, &Turn::ended);
  const Part& part = parts_[turn.part];
  part.source->fetch(std::move(request), std::move(recycled),
                     [&part, done = std::move(done)](Result<pipeline::Page> page) mutable {
                       if (!page) page = std::unexpected(of_project(std::move(page.error()), part.alias));
                       done(std::move(page));
                     });
}

void ProjectsSource::parsed(pipeline::Batch& batch) {
  Slice& slice = slices_[batch.slice];
  if (slice.turns.empty()) return;
  Turn& turn = slice.turns[slice.now];
  const Part& part = parts_[turn.part];
  part.source->parsed(batch);
  pipeline::PageFacts& facts = batch.facts;
  turn.read += batch.documents.size();
  turn.ended = facts.end;
  turn.cursor = facts.next;
  if (facts.total) turn.total = facts.total;
  facts.total = total_of(slice);
  name_indices(batch, part.alias);
  if (facts.timed_out || !batch.failures.empty()) return;  // the run ends of it
  const std::size_t turns = slice.turns.size();
  for (std::size_t step = 1; step <= turns; ++step) {
    const std::size_t next = (slice.now + step) % turns;
    if (slice.turns[next].ended) continue;
    slice.now = next;
    facts.next = slice.turns[next].cursor;
    facts.end = false;
    return;
  }
}

/// What the slice's searches match: as they say, or as it was counted before they begin, or what they brought so far.
std::uint64_t ProjectsSource::total_of(const Slice& slice) const {
  std::uint64_t total = 0;
  for (const Turn& turn : slice.turns) {
    const std::uint64_t counted = slices_.size() == 1 ? parts_[turn.part].documents.value_or(0) : 0;
    total += turn.total ? *turn.total : turn.begun ? turn.read : counted;
  }
  return total;
}

void ProjectsSource::abort() {
  std::vector<pipeline::Source*> sources;
  {
    const std::scoped_lock lock(mutex_);
    aborted_ = true;
    for (const Part& part : parts_) sources.push_back(part.source.get());
  }
  for (const auto& project : options_.projects) project->abort();
  for (pipeline::Source* source : sources) source->abort();
}

void ProjectsSource::close(pipeline::Done done) {
  struct Closing {
    std::atomic<std::size_t> left;
    std::mutex mutex;
    Status status;
    pipeline::Done done;
  };
  auto closing = std::make_shared<Closing>();
  closing->left = parts_.size() + 1;
  closing->done = std::move(done);
  const auto one_closed = [closing](Status status) {
    if (!status) {
      const std::scoped_lock lock(closing->mutex);
      closing->status = std::move(status);
    }
    if (--closing->left == 0) closing->done(std::move(closing->status));
  };
  for (const Part& part : parts_) {
    part.source->close([one_closed, alias = part.alias](Status status) {
      if (!status) status = std::unexpected(of_project(std::move(status.error()), alias));
      one_closed(std::move(status));
    });
  }
  one_closed({});
}

}  // namespace sluice
