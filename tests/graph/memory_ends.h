#pragma once

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "pipeline/ports.h"
#include "pipeline/stage.h"

/// Ends of a graph that are in memory and misbehave on order.
namespace sluice::pipeline::testing {

struct Mischief {
  double asynchronous = 0.5;  ///< calls that answer from the timers' thread, a little later
  double fetch_fails = 0;
  double write_fails = 0;    ///< the transport, and with it the run
  double refused_again = 0;  ///< items to be written again
  double item_fails = 0;
  double conflicts = 0;
  double stage_throws = 0;
  std::uint64_t hangs_after = UINT64_MAX;  ///< writes; later ones are answered when the sink is aborted
};

/// Decides by seed; thread-safe.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  bool roll(double probability) {
    const std::scoped_lock lock(mutex_);
    return probability > 0 && std::uniform_real_distribution<>(0, 1)(engine_) < probability;
  }
  std::uint64_t below(std::uint64_t bound) {
    const std::scoped_lock lock(mutex_);
    return bound == 0 ? 0 : engine_() % bound;
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

/// `slices` slices of `documents` documents each. A page's text is the number of its documents.
class MemorySource final : public Source {
 public:
  MemorySource(Timers& timers, Dice& dice, Mischief mischief, std::uint32_t slices, std::uint64_t documents)
      : timers_(timers), dice_(dice), mischief_(mischief), slices_(slices), documents_(documents) {}
  [[nodiscard]] std::string name() const override { return "memory"; }
  void open(Callback<SourceFacts> done) override {
    SourceFacts facts;
    facts.slices = slices_;
    done(facts);
  }
  [[nodiscard]] std::size_t page_estimate(std::uint32_t, std::uint32_t max_documents) const override {
    return measured_ && page_bytes != 0 ? page_bytes : std::size_t{max_documents} * bytes_per_document;
  }
  void parsed(Batch& batch) override { measured_ = measured_ || !batch.documents.empty(); }
  void fetch(PageRequest request, Page page, Callback<Page> done) override {
    ++fetches;
    extra_keep_alive = request.extra_keep_alive;
    smallest_request = std::min(smallest_request.load(), request.max_documents);
    auto answer = [this, request = std::move(request), page = std::move(page), done = std::move(done)]() mutable {
      if (aborted_) {
        done(std::unexpected(cancelled()));
      } else if (dice_.roll(mischief_.fetch_fails)) {
        done(std::unexpected(Error(ErrorKind::kNetwork, 500, "connect_exception", "planted")));
      } else {
        const std::uint64_t all = request.slice == 0 ? first_slice_documents.value_or(documents_) : documents_;
        const std::uint64_t left = all - std::min(all, request.cursor.offset);
        page.bytes.clear();
        const std::uint32_t size = page_size(request);
        page.bytes.append(std::to_string(std::min<std::uint64_t>(left, size)));
        while (page.bytes.size() < page_bytes) page.bytes.append(' ');
        page.begin = request.cursor;
        page.last = left <= size;
        done(std::move(page));
      }
    };
    if (!dice_.roll(mischief_.asynchronous)) return answer();
    timers_.at(timers_.now() + std::chrono::microseconds(dice_.below(300)), std::move(answer));
  }
  [[nodiscard]] bool fixed_pages() const override { return pages_are_fixed; }
  void abort() override { aborted_ = true; }
  void close(Done done) override { done({}); }

  std::atomic<std::uint64_t> fetches{0};
  std::atomic<std::uint32_t> smallest_request{UINT32_MAX};
  bool pages_are_fixed = false;
  std::optional<std::uint64_t> first_slice_documents;
  std::atomic<Nanoseconds> extra_keep_alive{};  ///< of the newest request
  std::size_t bytes_per_document = 10;
  std::size_t page_bytes = 0;  ///< pages have so many, which the first one tells

 private:
  /// A fixed page is as large as the first of its slice was asked to be.
  std::uint32_t page_size(const PageRequest& request) {
    if (!pages_are_fixed) return request.max_documents;
    const std::scoped_lock lock(mutex_);
    return fixed_sizes_.emplace(request.slice, request.max_documents).first->second;
  }

  std::mutex mutex_;
  std::map<std::uint32_t, std::uint32_t> fixed_sizes_;
  Timers& timers_;
  Dice& dice_;
  const Mischief mischief_;
  const std::uint32_t slices_;
  const std::uint64_t documents_;
  std::atomic<bool> aborted_{false};
  std::atomic<bool> measured_{false};
};

/// Turns a page's number into so many documents, as many as the batch may have.
class CountingParse final : public Stage {
 public:
  [[nodiscard]] std::string_view name() const override { return "parse"; }
  Status apply(Batch& batch) const override {
    std::uint32_t count = 0;
    const std::string_view text = batch.page.text();
    std::from_chars(text.data(), text.data() + text.size(), count);
    batch.documents.resize(std::min(count, batch.max_documents));
    for (Document& document : batch.documents) document.source = "{}";
    batch.facts.next.offset = batch.page.begin.offset + count;
    batch.facts.end = batch.page.last;
    return {};
  }
};

/// Throws now and then.
class ThrowingStage final : public Stage {
 public:
  ThrowingStage(Dice& dice, double probability) : dice_(dice), probability_(probability) {}
  [[nodiscard]] std::string_view name() const override { return "throwing"; }
  Status apply(Batch& /*batch*/) const override {
    if (dice_.roll(probability_)) throw std::runtime_error("planted");
    return {};
  }

 private:
  Dice& dice_;
  double probability_;
};

/// Counts what it was given, batch by batch.
class MemorySink final : public Sink {
 public:
  MemorySink(Timers& timers, Dice& dice, Mischief mischief) : timers_(timers), dice_(dice), mischief_(mischief) {}
  [[nodiscard]] std::string name() const override { return "memory"; }
  void open(Done done) override { done({}); }
  Status encode(Batch& /*batch*/) override { return {}; }
  void send(const BatchPtr& batch, Task done) override {
    note_order(*batch);
    auto answer = [this, batch, done = std::move(done)]() mutable {
      if (dice_.roll(mischief_.write_fails)) {
        batch->bulk.error = Error(ErrorKind::kNetwork, 500, "connect_exception", "planted");
      }
      done();
    };
    {
      const std::scoped_lock lock(mutex_);
      if (sent_++ >= mischief_.hangs_after && !aborted_) {
        hanging_.emplace_back([batch, done = std::move(answer)]() mutable {
          batch->bulk.error = cancelled();
          done();
        });
        return;
      }
    }
    if (!dice_.roll(mischief_.asynchronous)) return answer();
    timers_.at(timers_.now() + std::chrono::microseconds(dice_.below(300)), std::move(answer));
  }
  Result<Settlement> settle(Batch& batch) override {
    if (batch.bulk.error) return std::unexpected(*batch.bulk.error);
    bool again = false;
    for (std::uint32_t item = 0; item < batch.documents.size(); ++item) {
      Document& document = batch.documents[item];
      if (document.outcome != Outcome::kPending) continue;
      if (dice_.roll(mischief_.refused_again)) {
        again = true;
      } else if (dice_.roll(mischief_.item_fails)) {
        refuse(batch, item, Outcome::kFailed, ErrorKind::kDocument);
      } else if (dice_.roll(mischief_.conflicts)) {
        refuse(batch, item, Outcome::kConflict, ErrorKind::kConflict);
      } else {
        document.outcome = Outcome::kCreated;
        ++written;
      }
    }
    if (!again) return Settlement{};
    return Settlement{Settlement::Next::kWrite, std::chrono::microseconds(dice_.below(200)), true};
  }
  void abort() override {
    std::vector<Task> hanging;
    {
      const std::scoped_lock lock(mutex_);
      aborted_ = true;
      hanging.swap(hanging_);
    }
    for (Task& answer : hanging) answer();
  }
  void close(bool, Done done) override { done({}); }

  std::atomic<std::uint64_t> written{0};
  std::atomic<std::uint64_t> overtakings{0};  ///< batches that were sent after a later one of their slice

 private:
  void note_order(const Batch& batch) {
    const std::scoped_lock lock(mutex_);
    std::uint64_t& newest = newest_[batch.slice];
    if (batch.sequence < newest) ++overtakings;
    newest = std::max(newest, batch.sequence);
  }

  static void refuse(Batch& batch, std::uint32_t item, Outcome outcome, ErrorKind kind) {
    batch.documents[item].outcome = outcome;
    Failure failure;
    failure.item = item;
    failure.cause = Error(kind, kind == ErrorKind::kConflict ? 409 : 400, "planted", "planted");
    batch.failures.push_back(std::move(failure));
  }

  Timers& timers_;
  Dice& dice_;
  const Mischief mischief_;
  std::mutex mutex_;
  std::uint64_t sent_ = 0;
  bool aborted_ = false;
  std::vector<Task> hanging_;
  std::map<std::uint32_t, std::uint64_t> newest_;
};

}  // namespace sluice::pipeline::testing
