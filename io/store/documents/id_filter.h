#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace sluice::store {

/// Remembers ids, two bytes each, so that most ids that a shard doesn't have needn't be looked for: of those it says
/// yes to about one in fifty. What was added it always says yes to. Grows by doubling. One thread.
class IdFilter {
 public:
  static std::uint64_t hash_of(std::string_view id);

  void add(std::uint64_t hash);
  [[nodiscard]] bool may_have(std::uint64_t hash) const;
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  using Words = std::vector<std::uint64_t>;  ///< a power of two of them; each id sets a few bits of one
  std::vector<Words> parts_;
  std::size_t room_ = 0;  ///< for so many ids in the last part
  std::size_t bytes_ = 0;
};

}  // namespace sluice::store
