// crash_writer write DIR: two threads write bulks, each to an index of its own, from where the store ends, until they
// are killed; each acknowledged bulk is a line `INDEX BULK` on stdout. Two more, 3 and 4, fill one index together, by
// bulks that are so large that they become table files, and by single documents in between. crash_writer verify DIR
// ACKED1 ACKED2 ACKED3 ACKED4: opens the store and checks that it holds a whole number of bulks, at least those that
// were acknowledged (-1: none); prints how many, or what is wrong and exits with 1.
//
// Meanwhile a third thread has indices of fields made, each of all documents, and one that is extended; verify checks
// that what is there of them finds every document.
//
// Bulk b of an index writes size_of(b) documents of its own, all the shared ones, and deletes the first document of
// bulk b-1, so that what must be there follows from the number of the last bulk alone.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "io/store/documents/documents.h"

namespace sluice::store {
namespace {

constexpr std::int64_t kShared = 10;
constexpr std::int64_t kFill = 250;  ///< documents of a large bulk
constexpr std::int64_t kBulksPerSingle = 5;

[[noreturn]] void fail(const std::string& what) {
  fmt::print("{}\n", what);
  std::fflush(stdout);
  std::_Exit(1);
}

template <typename T>
T need(Result<T> result, std::string_view what) {
  if (!result) fail(fmt::format("{}: {}", what, result.error().message()));
  return std::move(*result);
}

std::int64_t size_of(std::int64_t bulk) { return 1 + bulk * 7 % 40; }
std::string own_id(std::int64_t bulk, std::int64_t i) { return fmt::format("{}-{}", bulk, i); }
std::string shared_id(std::int64_t i) { return fmt::format("shared-{}", i); }
std::string source_of(std::int64_t bulk, std::int64_t i) {
  return fmt::format(R"({{"bulk":{},"i":{},"pad":"{}"}})", bulk, i,
                     std::string(static_cast<std::size_t>(i * 53 % 700), 'x'));
}

IndexKey index_of(std::uint32_t number) { return {number, 2, 2, fmt::format("crash-{}", number), "uuid"}; }

std::unique_ptr<Documents> open(const char* path) {
  DocumentsOptions options;
  options.path = path;
  options.write_buffer = std::size_t{256} << 10;  // so that files are written and compacted meanwhile
  options.lookups = LookupMode::kAlways;
  options.fewest_in_tables = kFill;
  return need(Documents::open(options), "open");
}

/// The index of a field whose values are the number of the bulk and, as there are to be many, some more.
class BulkNumber final : public pipeline::FieldKeys {
 public:
  explicit BulkNumber(std::int64_t number) : definition_(fmt::format("field {}", number)) {}
  [[nodiscard]] const std::string& definition() const override { return definition_; }
  void append(std::string_view source, pipeline::KeyList& keys) const override {
    const std::string bulk(source.substr(8, source.find(',') - 8));
    keys.add(bulk + '\0');
    for (int i = 0; i < 30; ++i) keys.add(fmt::format("more {} {}{}", i, bulk, '\0'));
    keys.set_values(1);
  }

 private:
  std::string definition_;
};

/// How many documents of a bulk there are, by the index of a field or by looking at all.
std::int64_t count_bulk(const View& view, const IndexKey& index, std::int64_t bulk, std::int64_t field) {
  const std::string number = std::to_string(bulk);
  const pipeline::LookupPlan plan{.kind = pipeline::LookupPlan::Kind::kField,
                                  .field = std::make_shared<const BulkNumber>(field),
                                  .ranges = {{number + '\0', number + '\1'}}};
  std::int64_t found = 0;
  for (std::uint32_t shard = 0; shard < index.shards; ++shard) {
    auto scan =
        need(field < 0 ? view.scan(index, shard, 0, INT64_MAX) : view.candidates(index, shard, 0, INT64_MAX, plan),
             "candidates");
    for (const StoredDocument* next = need(scan->next(), "next"); next != nullptr; next = need(scan->next(), "next")) {
      found += next->source.starts_with("{\"bulk\":" + number + ",") ? 1 : 0;
    }
  }
  return found;
}

/// The document's source, or nothing.
std::optional<std::pair<std::string, std::int64_t>> get(Documents& documents, const IndexKey& index,
                                                        const std::string& id) {
  const auto found = need(documents.get(index, id, {}), "get");
  if (!found) return std::nullopt;
  return std::pair{std::string(found->document().source), found->document().version};
}

/// The number of the last bulk in the store, -1 where there is none, as the shared documents have it.
std::int64_t last_bulk(Documents& documents, const IndexKey& index) {
  const auto first = get(documents, index, shared_id(0));
  return first ? first->second - 1 : -1;
}

void write_all(Documents& documents, const IndexKey& index, const std::vector<Write>& writes) {
  std::vector<Written> outcomes(writes.size());
  const auto done = documents.write(index, writes, outcomes, Durability::kRequest);
  if (!done) fail("write: " + done.error().message());
  for (const Written& written : outcomes) {
    if (written.error) fail("a conflict: " + written.error->message());
  }
}

void acknowledge(std::uint32_t writer, std::int64_t bulk) {
  const std::string line = fmt::format("{} {}\n", writer, bulk);
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::_Exit(0);  // nobody listens any more
}

void write_bulk(Documents& documents, const IndexKey& index, std::int64_t bulk) {
  std::vector<std::string> ids;
  std::vector<std::string> sources;
  for (std::int64_t i = 0; i < size_of(bulk); ++i) {
    ids.push_back(own_id(bulk, i));
    sources.push_back(source_of(bulk, i));
  }
  for (std::int64_t i = 0; i < kShared; ++i) {
    ids.push_back(shared_id(i));
    sources.push_back(source_of(bulk, i));
  }
  if (bulk > 0) ids.push_back(own_id(bulk - 1, 0));
  std::vector<Write> writes;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i < sources.size()) {
      writes.push_back({.id = ids[i], .source = sources[i]});
    } else {
      writes.push_back({.kind = WriteKind::kDelete, .id = ids[i]});
    }
  }
  write_all(documents, index, writes);
  acknowledge(index.number, bulk);
}

void write_for_ever(Documents& documents, std::uint32_t number) {
  const IndexKey index = index_of(number);
  for (std::int64_t bulk = last_bulk(documents, index) + 1;; ++bulk) write_bulk(documents, index, bulk);
}

std::string fill_id(std::uint32_t writer, std::int64_t bulk, std::int64_t i) {
  return fmt::format("{}/{}/{}", writer, bulk, i);
}
std::string single_id(std::uint32_t writer, std::int64_t bulk) { return fmt::format("single {}/{}", writer, bulk); }

/// How many large bulks of a writer there are.
std::int64_t filled(Documents& documents, const IndexKey& index, std::uint32_t writer) {
  std::int64_t bulk = 0;
  while (get(documents, index, fill_id(writer, bulk, 0))) ++bulk;
  return bulk;
}

void fill_for_ever(Documents& documents, std::uint32_t writer) {
  const IndexKey index = index_of(3);
  for (std::int64_t bulk = filled(documents, index, writer);; ++bulk) {
    if (bulk % kBulksPerSingle == 0) write_all(documents, index, {{.id = single_id(writer, bulk), .source = "{}"}});
    std::vector<std::string> ids;
    std::vector<std::string> sources;
    for (std::int64_t i = 0; i < kFill; ++i) {
      ids.push_back(fill_id(writer, bulk, i));
      sources.push_back(source_of(bulk, i));
    }
    std::vector<Write> writes;
    for (std::size_t i = 0; i < ids.size(); ++i) writes.push_back({.id = ids[i], .source = sources[i]});
    write_all(documents, index, writes);
    acknowledge(writer, bulk);
  }
}

/// Counts a bulk by an index of a field that is extended each time, and by new ones.
void look_up_for_ever(Documents& documents) {
  const IndexKey index = index_of(1);
  for (std::int64_t field = 1;; ++field) {
    const ViewPtr view = documents.view();
    const std::int64_t bulk = std::max<std::int64_t>(last_bulk(documents, index) / 2, 0);
    const std::int64_t found = count_bulk(*view, index, bulk, field % 4 == 0 ? field % 100 : 0);
    if (found != count_bulk(*view, index, bulk, -1))
      fail(fmt::format("{} documents of bulk {} are found", found, bulk));
  }
}

void verify_lookups(Documents& documents, std::uint32_t number) {
  const IndexKey index = index_of(number);
  const ViewPtr view = documents.view();
  const std::int64_t last = last_bulk(documents, index);
  for (std::int64_t bulk = last; bulk >= 0; bulk -= std::max<std::int64_t>(last / 5, 1)) {
    for (const std::int64_t field : {0, 4, 48}) {
      const std::int64_t found = count_bulk(*view, index, bulk, field);
      const std::int64_t all = count_bulk(*view, index, bulk, -1);
      if (found != all) fail(fmt::format("field {} finds {} documents of bulk {}, not {}", field, found, bulk, all));
    }
  }
}

void expect_document(Documents& documents, const IndexKey& index, const std::string& id, const std::string& source,
                     std::int64_t version) {
  const auto found = get(documents, index, id);
  if (!found) fail(fmt::format("[{}] of [{}] is lost", id, index.name));
  if (found->first != source) fail(fmt::format("[{}] of [{}] is [{}], not [{}]", id, index.name, found->first, source));
  if (found->second != version) {
    fail(fmt::format("[{}] of [{}] has version {}, not {}", id, index.name, found->second, version));
  }
}

/// Counts by scanning, compares with the facts, and returns the number of documents.
std::int64_t count(const View& view, const IndexKey& index) {
  std::int64_t total = 0;
  for (std::uint32_t shard = 0; shard < index.shards; ++shard) {
    std::uint64_t documents = 0;
    std::uint64_t bytes = 0;
    const auto scan = need(view.scan(index, shard, 0, INT64_MAX), "scan");
    for (const StoredDocument* next = need(scan->next(), "next"); next != nullptr; next = need(scan->next(), "next")) {
      ++documents;
      bytes += next->source.size();
    }
    const ShardFacts facts = need(view.facts(index, shard), "facts");
    if (facts.documents != documents || facts.source_bytes != bytes) {
      fail(fmt::format("shard {} of [{}] counts {} documents of {} bytes, and holds {} of {}", shard, index.name,
                       facts.documents, facts.source_bytes, documents, bytes));
    }
    total += static_cast<std::int64_t>(documents);
  }
  return total;
}

std::int64_t verify(Documents& documents, std::uint32_t number, std::int64_t acknowledged) {
  const IndexKey index = index_of(number);
  const std::int64_t last = last_bulk(documents, index);
  if (last < acknowledged)
    fail(fmt::format("bulk {} of [{}] was acknowledged, {} is the last", acknowledged, index.name, last));
  std::int64_t expected = last < 0 ? 0 : kShared - last;
  for (std::int64_t i = 0; last >= 0 && i < kShared; ++i) {
    expect_document(documents, index, shared_id(i), source_of(last, i), last + 1);
  }
  for (std::int64_t bulk = 0; bulk <= last; ++bulk) {
    expected += size_of(bulk);
    for (std::int64_t i = bulk == last ? 0 : 1; i < size_of(bulk); ++i) {
      expect_document(documents, index, own_id(bulk, i), source_of(bulk, i), 1);
    }
    if (bulk < last && get(documents, index, own_id(bulk, 0)))
      fail(fmt::format("[{}] is not deleted", own_id(bulk, 0)));
  }
  const std::int64_t counted = count(*documents.view(), index);
  if (counted != expected) fail(fmt::format("[{}] holds {} documents instead of {}", index.name, counted, expected));
  return last + 1;
}

/// The bulks of a writer that fills index 3; `documents_there` grows by what they have.
std::int64_t verify_fill(Documents& documents, std::uint32_t writer, std::int64_t acknowledged,
                         std::int64_t& documents_there) {
  const IndexKey index = index_of(3);
  const std::int64_t bulks = filled(documents, index, writer);
  if (bulks <= acknowledged)
    fail(fmt::format("bulk {} of writer {} was acknowledged, there are {}", acknowledged, writer, bulks));
  for (std::int64_t bulk = 0; bulk < bulks; ++bulk) {
    for (std::int64_t i = 0; i < kFill; ++i) {
      expect_document(documents, index, fill_id(writer, bulk, i), source_of(bulk, i), 1);
    }
  }
  documents_there += bulks * kFill;
  for (std::int64_t bulk = 0; bulk <= bulks; bulk += kBulksPerSingle) {
    const auto single = get(documents, index, single_id(writer, bulk));
    if (!single && bulk < bulks) fail(fmt::format("[{}] is lost", single_id(writer, bulk)));
    documents_there += single ? 1 : 0;
  }
  return bulks;
}

int run(int argc, char** argv) {
  const std::string_view command = argc > 1 ? argv[1] : "";
  if (command == "write" && argc == 3) {
    const auto documents = open(argv[2]);
    const std::jthread other([&] { write_for_ever(*documents, 2); });
    const std::jthread third([&] { look_up_for_ever(*documents); });
    const std::jthread fourth([&] { fill_for_ever(*documents, 3); });
    const std::jthread fifth([&] { fill_for_ever(*documents, 4); });
    write_for_ever(*documents, 1);
  }
  if (command == "verify" && argc == 7) {
    const auto documents = open(argv[2]);
    std::int64_t there = 0;
    const std::int64_t bulks[] = {
        verify(*documents, 1, std::atoll(argv[3])), verify(*documents, 2, std::atoll(argv[4])),
        verify_fill(*documents, 3, std::atoll(argv[5]), there), verify_fill(*documents, 4, std::atoll(argv[6]), there)};
    const std::int64_t counted = count(*documents->view(), index_of(3));
    if (counted != there) fail(fmt::format("[{}] holds {} documents instead of {}", index_of(3).name, counted, there));
    fmt::print("{}\n", fmt::join(bulks, " "));
    verify_lookups(*documents, 1);
    return 0;
  }
  fmt::print(stderr, "usage: crash_writer write DIR | verify DIR ACKED1 ACKED2 ACKED3 ACKED4\n");
  return 2;
}

}  // namespace
}  // namespace sluice::store

int main(int argc, char** argv) { return sluice::store::run(argc, argv); }
