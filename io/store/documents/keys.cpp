#include "io/store/documents/keys.h"

#include <algorithm>
#include <limits>

namespace sluice::store {
namespace {

template <std::size_t kBytes>
void put_big_endian(char* out, std::uint64_t value) {
  for (std::size_t i = 0; i < kBytes; ++i) out[i] = static_cast<char>(value >> (8 * (kBytes - 1 - i)));
}

}  // namespace

ShardKey::ShardKey(std::uint32_t index_number, std::uint32_t shard) : bytes_{} {
  put_big_endian<4>(bytes_.data(), index_number);
  put_big_endian<2>(bytes_.data() + 4, shard);
}

DocumentKey::DocumentKey(const ShardKey& shard, std::int64_t seq_no) : bytes_{} {
  std::ranges::copy(shard.view(), bytes_.begin());
  put_big_endian<8>(bytes_.data() + kShardPrefixBytes, static_cast<std::uint64_t>(std::max<std::int64_t>(seq_no, 0)));
}

std::int64_t DocumentKey::seq_no(rocksdb::Slice key) {
  if (key.size() != kDocumentKeyBytes) return -1;
  std::uint64_t value = 0;
  for (std::size_t i = kShardPrefixBytes; i < kDocumentKeyBytes; ++i) {
    value = value << 8 | static_cast<unsigned char>(key[i]);
  }
  return static_cast<std::int64_t>(value);
}

IndexRange::IndexRange(std::uint32_t index_number) : begin(4, '\0'), end(4, '\0') {
  put_big_endian<4>(begin.data(), index_number);
  if (index_number == std::numeric_limits<std::uint32_t>::max()) {
    end.assign(kDocumentKeyBytes, '\xff');
  } else {
    put_big_endian<4>(end.data(), std::uint64_t{index_number} + 1);
  }
}

}  // namespace sluice::store
