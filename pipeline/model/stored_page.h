#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "pipeline/base/buffer.h"

/// PageFormat::kStored: documents of the embedded store, laid out so that parse has nothing to look for. A page is a
/// StoredPageHead and then records, each a StoredRecord and its four texts one behind the other: index, id and routing
/// as JSON string tokens, the source as it was written. Numbers are this machine's; a page never leaves the process.
namespace sluice::pipeline {

struct StoredPageHead {
  static constexpr std::uint64_t kUnknown = ~std::uint64_t{0};
  std::uint64_t total = kUnknown;  ///< documents of the whole slice, where known
};

struct StoredRecord {
  std::uint32_t index_size = 0;
  std::uint32_t id_size = 0;
  std::uint32_t routing_size = 0;  ///< 0: none
  std::uint32_t source_size = 0;
  std::int64_t version = 0;
  std::int64_t seq_no = 0;
  std::int64_t primary_term = 0;
};

/// A record's metadata; views into the page, or what is written to one.
struct StoredTexts {
  std::string_view index;
  std::string_view id;
  std::string_view routing;
  std::string_view source;
  std::int64_t version = 0;
  std::int64_t seq_no = 0;
  std::int64_t primary_term = 0;
};

/// Appends one record. Errors: none; a text over 4 GiB is nothing the store takes.
inline void append_stored(Buffer& page, const StoredTexts& texts) {
  const StoredRecord record{static_cast<std::uint32_t>(texts.index.size()),
                            static_cast<std::uint32_t>(texts.id.size()),
                            static_cast<std::uint32_t>(texts.routing.size()),
                            static_cast<std::uint32_t>(texts.source.size()),
                            texts.version,
                            texts.seq_no,
                            texts.primary_term};
  page.grow_for(sizeof record + texts.index.size() + texts.id.size() + texts.routing.size() + texts.source.size());
  page.append({reinterpret_cast<const char*>(&record), sizeof record});
  page.append(texts.index);
  page.append(texts.id);
  page.append(texts.routing);
  page.append(texts.source);
}

/// The record at `offset` of a page that was read without an error.
inline StoredRecord stored_record_at(std::string_view page, std::size_t offset) {
  StoredRecord record;
  std::memcpy(&record, page.data() + offset, sizeof record);
  return record;
}

/// Reads records off a page, one behind the other. Not thread-safe.
class StoredPageReader {
 public:
  /// `page` starts with its head. False from valid(): it does not.
  explicit StoredPageReader(std::string_view page) : page_(page), valid_(page.size() >= sizeof(StoredPageHead)) {
    if (valid_) std::memcpy(&head_, page.data(), sizeof head_);
  }
  [[nodiscard]] bool valid() const { return valid_; }
  [[nodiscard]] const StoredPageHead& head() const { return head_; }
  [[nodiscard]] std::size_t offset() const { return at_; }
  [[nodiscard]] bool at_end() const { return at_ == page_.size(); }

  /// The next record; nothing where the page ends inside of it.
  std::optional<StoredTexts> next() {
    StoredRecord record;
    if (page_.size() - at_ < sizeof record) return std::nullopt;
    std::memcpy(&record, page_.data() + at_, sizeof record);
    std::size_t begin = at_ + sizeof record;
    const std::uint64_t size =
        std::uint64_t{record.index_size} + record.id_size + record.routing_size + record.source_size;
    if (page_.size() - begin < size) return std::nullopt;
    const auto take = [&](std::uint32_t bytes) {
      const std::string_view text = page_.substr(begin, bytes);
      begin += bytes;
      return text;
    };
    StoredTexts texts;
    texts.index = take(record.index_size);
    texts.id = take(record.id_size);
    texts.routing = take(record.routing_size);
    texts.source = take(record.source_size);
    texts.version = record.version;
    at_ = begin;
    return texts;
  }

 private:
  std::string_view page_;
  StoredPageHead head_;
  bool valid_;
  std::size_t at_ = sizeof(StoredPageHead);
};

}  // namespace sluice::pipeline
