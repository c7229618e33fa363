#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/ports.h"
#include "reindex/project_names.h"

namespace sluice {

/// A project as a run finds it. Calls wait for the answer; after abort() they fail with kCancelled.
class Project {
 public:
  /// What is known before it is read.
  struct Found {
    bool anything = true;                    ///< false: there is no such index
    std::optional<std::uint64_t> documents;  ///< where that is known
  };

  virtual ~Project() = default;
  /// Whether it has an index, an alias or a data stream of this name.
  virtual Result<bool> has(const std::string& name) = 0;
  virtual Result<Found> look(const std::vector<std::string>& indices) = 0;
  /// Reads these indices; not opened.
  virtual Result<std::unique_ptr<pipeline::Source>> source(const std::vector<std::string>& indices) = 0;
  /// Any thread.
  virtual void abort() = 0;
};

struct ProjectsSourceOptions {
  ProjectChoice choice;
  std::vector<std::unique_ptr<Project>> projects;  ///< one for each of choice.projects
  bool ignore_unavailable = false;                 ///< an index that is named may be nowhere
};

/// Reads several projects as one source: slice n of it is slice n of each of them, a page of one project after a page
/// of the next, so that none of their search contexts expires while another project is read. Names of indices of linked
/// projects become `alias:name`, as in Elasticsearch. Every project is asked at open() which of the names it has; one
/// that can't be asked ends the run.
///
/// Can't go on where an earlier run stopped: a point in time does not outlive it. Thread-safe for different slices.
class ProjectsSource final : public pipeline::Source {
 public:
  explicit ProjectsSource(ProjectsSourceOptions options);
  ~ProjectsSource() override;

  [[nodiscard]] std::string name() const override { return name_; }
  /// Errors: index_not_found_exception; those of the projects, with the project's alias. Blocks.
  void open(pipeline::Callback<pipeline::SourceFacts> done) override;
  [[nodiscard]] std::size_t page_estimate(std::uint32_t slice, std::uint32_t max_documents) const override;
  [[nodiscard]] bool fixed_pages() const override;
  void fetch(pipeline::PageRequest request, pipeline::Page recycled, pipeline::Callback<pipeline::Page> done) override;
  void parsed(pipeline::Batch& batch) override;
  void abort() override;
  void close(pipeline::Done done) override;

 private:
  /// A project that is read.
  struct Part {
    std::string alias;
    std::unique_ptr<pipeline::Source> source;
    std::optional<std::uint64_t> documents;  ///< as it was counted before
    std::uint32_t slices = 0;
  };
  /// A part in a slice.
  struct Turn {
    std::size_t part = 0;
    pipeline::Cursor cursor;
    std::optional<std::uint64_t> total;
    std::uint64_t read = 0;
    bool begun = false;
    bool ended = false;
  };
  struct Slice {
    std::vector<Turn> turns;
    std::size_t now = 0;
  };

  Status find_names();
  Result<bool> has(std::size_t project, const std::string& name);
  Status check_needed() const;
  Status open_project(std::size_t project);
  void cut();
  [[nodiscard]] std::uint64_t total_of(const Slice& slice) const;

  ProjectsSourceOptions options_;
  std::string name_;
  /// What each needed name was answered, in the order of its projects.
  std::vector<std::vector<bool>> there_;
  std::vector<Slice> slices_;
  std::mutex mutex_;  ///< for parts_ while they are opened
  std::vector<Part> parts_;
  bool aborted_ = false;
};

}  // namespace sluice
