#include <array>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "stages/ingest/user_agent/agent.h"

namespace sluice::ingest {

namespace {

constexpr std::size_t kMost = 1000;         // as Elasticsearch's ingest.user_agent.cache_size
constexpr std::size_t kLongestKept = 2048;  // bytes of a text: what programs call themselves is shorter
constexpr std::size_t kShards = 16;         // workers rarely wait for each other

using Parsed = std::shared_ptr<const Agent>;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// Two halves: what is used moves to the younger one, and the older one is forgotten when that is full. Any thread.
class Shard {
 public:
  /// Null: it is not known.
  Parsed find(std::string_view text) {
    const std::scoped_lock lock(mutex_);
    if (const auto found = young_.find(text); found != young_.end()) return found->second;
    const auto found = old_.find(text);
    if (found == old_.end()) return nullptr;
    auto node = old_.extract(found);
    Parsed agent = node.mapped();
    make_room();
    young_.insert(std::move(node));
    return agent;
  }

  void keep(std::string_view text, const Parsed& agent) {
    const std::scoped_lock lock(mutex_);
    make_room();
    young_.emplace(text, agent);
  }

 private:
  using Agents = std::unordered_map<std::string, Parsed, TextHash, std::equal_to<>>;

  void make_room() {
    constexpr std::size_t kHalf = (kMost / kShards + 1) / 2;
    if (young_.size() >= kHalf) old_ = std::exchange(young_, {});
  }

  std::mutex mutex_;
  Agents young_;
  Agents old_;
};

class Remembering final : public AgentParser {
 public:
  explicit Remembering(std::shared_ptr<const AgentParser> parser) : parser_(std::move(parser)) {}

  [[nodiscard]] Result<Parsed> parse(std::string_view text) const override {
    if (text.size() > kLongestKept) return parser_->parse(text);
    Shard& shard = shards_[TextHash()(text) % kShards];
    if (Parsed known = shard.find(text)) return known;
    auto agent = parser_->parse(text);
    if (agent) shard.keep(text, *agent);
    return agent;
  }

 private:
  std::shared_ptr<const AgentParser> parser_;
  mutable std::array<Shard, kShards> shards_;
};

}  // namespace

std::shared_ptr<const AgentParser> remembering(std::shared_ptr<const AgentParser> parser) {
  return std::make_shared<const Remembering>(std::move(parser));
}

}  // namespace sluice::ingest
