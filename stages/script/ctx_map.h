#pragma once

#include "stages/painless/run/map.h"

namespace sluice::stages {

/// The `ctx` of a script that changes documents: a map that says what may be put where, as Elasticsearch 9 does.
/// Source: reference/painless.md 11, reference/reindex.md 6.3.
class CtxMap final : public painless::Map {
 public:
  explicit CtxMap(const painless::Class* map_class) : Map(map_class, painless::Order::kLinked) {}

  painless::Value put(painless::Machine& machine, painless::Value key, painless::Value value) override;
  painless::Value put_text(painless::Machine& machine, const painless::Site& key, std::uint32_t& place,
                           painless::Value value) override;
  painless::Value remove(painless::Machine& machine, const painless::Value& key) override;
  bool clear(painless::Machine& machine) override;
  bool set_value(painless::Machine& machine, Entry& entry, painless::Value value) override;

 private:
  static bool check(painless::Machine& machine, std::string_view key, const painless::Value& value);
};

}  // namespace sluice::stages
