#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "stages/painless/run/changed_document.h"
#include "stages/painless/run/map.h"

namespace sluice::stages {

/// What a key of ctx takes.
struct CtxRule {
  enum class Kind : std::uint8_t { kText, kNumber, kMap, kAnything };
  std::string_view key;
  bool updatable;
  bool nullable;
  Kind kind;  ///< of values; kNumber: int or long
};

/// Whether a key takes a value, null included; false: an illegal_argument_exception is pending.
bool check_ctx_rule(painless::Machine& machine, const CtxRule& rule, const painless::Value& value);

/// What a script may do to its ctx.
struct CtxRules {
  std::span<const CtxRule> keys;
  std::span<const std::string_view> operations;  ///< what `op` may be, in the order of its message; empty: any text
  std::string_view first;                        ///< the key that clear() stumbles over
  std::string_view metadata_class;               ///< Java's name of what `metadata()` gives
  std::span<const std::string_view> metadata_operations;  ///< what its `op` may be; empty: as `operations`
};

/// `_reindex`: a document may go elsewhere.
const CtxRules& reindex_rules();
/// `_update` of a document that is there.
const CtxRules& update_rules();
/// `_update` with `scripted_upsert`, where there is no document.
const CtxRules& upsert_rules();

/// The `ctx` of a script that changes documents: a map that says what may be put where, as Elasticsearch 9 does.
/// Source: reference/painless.md 11, reference/reindex.md 6.3; `_update`: a node.
class CtxMap final : public painless::Map, public painless::ChangedDocument {
 public:
  CtxMap(const painless::Class* map_class, const CtxRules& rules)
      : Map(map_class, painless::Order::kLinked), rules_(&rules) {}

  /// What keeps a document from having a ctx: keys of its own that ctx has, as Elasticsearch says it; empty: nothing.
  std::string unexpected(painless::Machine& machine, painless::Map& source) const;

  painless::Value put(painless::Machine& machine, painless::Value key, painless::Value value) override;
  painless::Value put_text(painless::Machine& machine, const painless::Site& key, std::uint32_t& place,
                           painless::Value value) override;
  painless::Value remove(painless::Machine& machine, const painless::Value& key) override;
  bool clear(painless::Machine& machine) override;
  bool set_value(painless::Machine& machine, Entry& entry, painless::Value value) override;

  painless::Map* fields(painless::Machine& machine) override;
  [[nodiscard]] const painless::Class* metadata_class() const override;
  painless::Value metadata(painless::Machine& machine, std::string_view key) override;
  bool set_metadata(painless::Machine& machine, std::string_view key, painless::Value value) override;

 private:
  [[nodiscard]] const CtxRule* rule_of(std::string_view key) const;
  bool check(painless::Machine& machine, std::string_view key, const painless::Value& value) const;
  bool check_operation(painless::Machine& machine, std::string_view word) const;
  bool check_metadata_operation(painless::Machine& machine, const painless::Value& word) const;

  const CtxRules* rules_;
};

}  // namespace sluice::stages
