#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "stages/painless/run/changed_document.h"
#include "stages/painless/run/map.h"
#include "stages/painless/run/program.h"
#include "stages/script/ctx_map.h"

namespace sluice::ingest {

/// The metadata of a document in a pipeline, in the order in which `ctx` has them.
enum class Metadata : std::uint8_t {
  kIndex,
  kId,
  kVersion,
  kRouting,
  kVersionType,
  kIfSeqNo,
  kIfPrimaryTerm,
  kDynamicTemplates,
};
inline constexpr std::size_t kMetadataKeys = 8;

/// What a metadata key takes. Source: reference/ingest.md 3, and a node's answers.
const stages::CtxRule& metadata_rule(Metadata key);
/// The key of that name; nothing: it is a field's.
std::optional<Metadata> metadata_named(std::string_view name);

/// `ctx` of a pipeline's scripts: the fields of the document and its metadata side by side. Metadata become entries
/// when a script is about to look, and are taken out before the document is written. One document; not thread-safe.
class IngestMap final : public painless::Map, public painless::ChangedDocument {
 public:
  explicit IngestMap(const painless::Class* map_class) : Map(map_class, painless::Order::kLinked) {}

  [[nodiscard]] const painless::Value& metadata(Metadata key) const { return metadata_[place(key)]; }
  /// Gives a key its first value.
  void begin_with(Metadata key, painless::Value value) { metadata_[place(key)] = value; }
  /// When the request came, in nanoseconds since 1970.
  void begin_at(std::int64_t nanoseconds) { now_ = nanoseconds; }
  /// False: the key does not take it, and an exception is pending.
  bool set_metadata(painless::Machine& machine, Metadata key, painless::Value value);
  [[nodiscard]] bool metadata_changed() const { return metadata_changed_; }

  /// The entry of a field, which is no metadata; null: there is none.
  Entry* field(painless::Machine& machine, const painless::Site& name) {
    return find_text(machine, name.name, name.hash);
  }
  /// Takes a field out that field() has found.
  void take_out(painless::Machine& machine, const painless::Site& name, Entry& entry);
  /// Adds a field that is not there. `name` outlives the document's work.
  void add_field(painless::Machine& machine, const painless::Site& name, painless::Value value);

  /// Makes entries of the metadata.
  void show_metadata(painless::Machine& machine);
  /// Takes them out again: what is left is the `_source`.
  void hide_metadata(painless::Machine& machine);
  /// What keeps the document from having a ctx: keys of its own that are metadata. Empty: nothing.
  std::string unexpected(painless::Machine& machine);

  painless::Value put(painless::Machine& machine, painless::Value key, painless::Value value) override;
  painless::Value put_text(painless::Machine& machine, const painless::Site& key, std::uint32_t& position,
                           painless::Value value) override;
  painless::Value remove(painless::Machine& machine, const painless::Value& key) override;
  bool clear(painless::Machine& machine) override;
  bool set_value(painless::Machine& machine, Entry& entry, painless::Value value) override;

  painless::Map* fields(painless::Machine& machine) override;
  [[nodiscard]] const painless::Class* metadata_class() const override;
  painless::Value metadata(painless::Machine& machine, std::string_view key) override;
  bool set_metadata(painless::Machine& machine, std::string_view key, painless::Value value) override;

 private:
  static constexpr std::size_t place(Metadata key) { return static_cast<std::size_t>(key); }
  painless::Value put_metadata(painless::Machine& machine, Metadata key, painless::Value value);
  painless::Value remove_metadata(painless::Machine& machine, Metadata key);

  std::array<painless::Value, kMetadataKeys> metadata_ = none();
  std::uint32_t first_entry_ = kNone;  ///< of the metadata; kNone: they are no entries
  bool metadata_changed_ = false;
  std::int64_t now_ = 0;

  static std::array<painless::Value, kMetadataKeys> none();
};

}  // namespace sluice::ingest
