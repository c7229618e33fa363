#include "io/store/documents/shard_choice.h"

#include <algorithm>
#include <ranges>

#include "pipeline/base/parse_number.h"

namespace sluice::store {

namespace {

constexpr std::string_view kShards = "_shards:";

/// The numbers behind `_shards:`, up to what chooses among the copies.
Result<std::vector<std::uint32_t>> shard_numbers(std::string_view list) {
  list = list.substr(0, list.find('|'));
  std::vector<std::uint32_t> numbers;
  for (const auto part : std::views::split(list, ',')) {
    const std::string_view text(part.begin(), part.end());
    const auto number = parse_java_number<std::int32_t>(text);
    if (!number) return std::unexpected(number_format_error(text));
    if (*number >= 0) numbers.push_back(static_cast<std::uint32_t>(*number));
  }
  return numbers;
}

}  // namespace

bool ShardChoice::reads(const IndexKey& index, std::uint32_t shard, std::string_view alias_routing) const {
  if (numbers && std::ranges::find(*numbers, shard) == numbers->end()) return false;
  const std::string_view wanted = routing.empty() ? alias_routing : std::string_view(routing);
  if (wanted.empty()) return true;
  return std::ranges::any_of(std::views::split(wanted, ','), [&](const auto& part) {
    const std::string_view one(part.begin(), part.end());
    return !one.empty() && Documents::shard_of(index, {}, one) == shard;
  });
}

Status read_preference(std::string_view preference, ShardChoice& choice) {
  if (preference.starts_with(kShards)) {
    auto numbers = shard_numbers(preference.substr(kShards.size()));
    if (!numbers) return std::unexpected(std::move(numbers.error()));
    choice.numbers = std::move(*numbers);
    return {};
  }
  if (!preference.starts_with('_')) return {};
  const std::string_view kind = preference.substr(0, preference.find(':'));
  if (kind == "_only_nodes") {
    return std::unexpected(
        unsupported("[preference=_only_nodes] is not supported by this version of sluiced: leave it "
                    "out, there is one node"));
  }
  if (kind == "_local" || kind == "_only_local" || kind == "_prefer_nodes") return {};
  return std::unexpected(illegal_argument("no Preference for [" + std::string(preference) + "]"));
}

}  // namespace sluice::store
