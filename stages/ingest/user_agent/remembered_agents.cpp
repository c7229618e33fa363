#include <mutex>
#include <unordered_map>
#include <utility>

#include "stages/ingest/user_agent/agent.h"

namespace sluice::ingest {

namespace {

constexpr std::size_t kMost = 1000;  // as Elasticsearch's ingest.user_agent.cache_size

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// Two halves: what is used moves to the younger one, and the older one is forgotten when that is full.
class Remembering final : public AgentParser {
 public:
  explicit Remembering(std::shared_ptr<const AgentParser> parser) : parser_(std::move(parser)) {}

  [[nodiscard]] Agent parse(std::string_view text) const override {
    {
      const std::scoped_lock lock(mutex_);
      if (const auto found = young_.find(text); found != young_.end()) return found->second;
      if (const auto found = old_.find(text); found != old_.end()) {
        Agent agent = std::move(found->second);
        old_.erase(found);
        keep(text, agent);
        return agent;
      }
    }
    Agent agent = parser_->parse(text);
    const std::scoped_lock lock(mutex_);
    keep(text, agent);
    return agent;
  }

 private:
  void keep(std::string_view text, const Agent& agent) const {
    if (young_.size() >= kMost / 2) old_ = std::exchange(young_, {});
    young_.emplace(text, agent);
  }

  std::shared_ptr<const AgentParser> parser_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<std::string, Agent, TextHash, std::equal_to<>> young_;
  mutable std::unordered_map<std::string, Agent, TextHash, std::equal_to<>> old_;
};

}  // namespace

std::shared_ptr<const AgentParser> remembering(std::shared_ptr<const AgentParser> parser) {
  return std::make_shared<const Remembering>(std::move(parser));
}

}  // namespace sluice::ingest
