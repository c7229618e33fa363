#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "io/ndjson/format.h"
#include "io/ndjson/line_encoder.h"
#include "pipeline/ports.h"

namespace sluice::io {

struct FileSinkOptions {
  std::string path;  ///< `-` is standard output
  LineOptions lines;
  int compression_level = 0;  ///< of .gz and .zst; 0: 1 and 3
};

/// What make_file_sink() has opened.
struct OpenedOutput {
  int fd = -1;            ///< -1: a named pipe that nobody reads yet
  std::size_t piece = 0;  ///< how many bytes are written to a stream at a time; 0: it is a plain file
  bool made = false;      ///< the file was not there before
};

/// An NDJSON file. It is made anew, once the source has turned out to be there (open()); documents of one slice keep
/// their order, slices are mixed batch by batch. Lines are encoded, and packed where the name says so, by the workers:
/// each batch becomes a gzip member or a zstd frame of its own, one behind the other. One worker writes at a time, as a
/// file system has it anyway, and the others leave it their batches and go on. Every document counts as created, or
/// deleted. Errors: the file can't be made or written; in formats but bulk, a delete is that document's failure.
Result<std::unique_ptr<pipeline::Sink>> make_file_sink(FileSinkOptions options);

class FileSink final : public pipeline::Sink {
 public:
  FileSink(FileSinkOptions options, const OpenedOutput& output);
  ~FileSink() override;

  [[nodiscard]] std::string name() const override { return options_.path; }
  /// On the run's own thread: it waits for the reader of a named pipe, until abort().
  void open(pipeline::Done done) override;
  [[nodiscard]] bool in_place() const override { return true; }
  Status encode(pipeline::Batch& batch) override;
  void send(const pipeline::BatchPtr& batch, Task done) override;
  Result<pipeline::Settlement> settle(pipeline::Batch& batch) override;
  void abort() override;
  void close(bool complete, pipeline::Done done) override;

 private:
  struct Waiting {
    pipeline::BatchPtr batch;
    Task done;
  };
  /// Batches of one slice that wait for the one before them.
  struct Order {
    std::uint64_t next = 0;
    std::map<std::uint64_t, Waiting> parked;
  };
  void write_ready();
  void write(pipeline::Batch& batch);
  Status write_positioned(std::string_view bytes);
  Status write_streamed(std::string_view bytes);
  Status write_at(std::string_view bytes, std::uint64_t offset) const;
  Status await_reader();
  Status finish();
  void forget();
  void make_room(std::uint64_t end);
  Status pack(pipeline::Bulk& bulk) const;

  const FileSinkOptions options_;
  const Compression compression_;
  int fd_;
  const int wake_;
  const bool positioned_;  ///< a plain file, not a stream
  const std::size_t piece_;
  bool made_;            ///< by make_file_sink()
  bool opened_ = false;  ///< else the file still has what was in it before
  std::mutex mutex_;     ///< order_, ready_, writing_
  std::map<std::uint32_t, Order> order_;
  std::deque<Waiting> ready_;  ///< whose turn it is
  bool writing_ = false;       ///< a thread writes; what follows is its own

  std::uint64_t size_ = 0;  ///< bytes in the file
  std::uint64_t room_ = 0;
  std::optional<Error> failed_;  ///< behind what could not be written nothing is
};

}  // namespace sluice::io
