#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "stages/ingest/field_path.h"
#include "stages/ingest/ingest_map.h"
#include "stages/painless/run/json_document.h"
#include "stages/painless/run/machine.h"

namespace sluice::ingest {

/// What a document is written with, beside its `_source`, before and after a pipeline.
struct DocumentMetadata {
  static constexpr std::int64_t kNoVersion = -3;  ///< `Versions.MATCH_ANY`
  std::optional<std::string> index;
  std::optional<std::string> id;
  std::optional<std::string> routing;
  std::optional<std::string> version_type;
  std::int64_t version = kNoVersion;
  std::optional<std::int64_t> if_seq_no;
  std::optional<std::int64_t> if_primary_term;
  static constexpr std::int64_t kNoSeqNo = -2;  ///< `SequenceNumbers.UNASSIGNED_SEQ_NO`
  /// Whether the write has a condition: a primary term alone is none.
  [[nodiscard]] bool has_condition() const { return if_seq_no && *if_seq_no != kNoSeqNo; }
  friend bool operator==(const DocumentMetadata&, const DocumentMetadata&) = default;
};

/// Whether a write takes what a pipeline has left. Errors: illegal_argument_exception, `if _id is specified it must not
/// be empty`, `sequence numbers must be non negative. got [-5].` Source: a node's answers.
Status check_metadata(const DocumentMetadata& metadata);

/// A document on its way through pipelines: its fields, its metadata, and what the pipeline keeps in `_ingest`. Fields
/// that no processor looks at are not parsed, and written as they came. One worker, one document after the other; not
/// thread-safe. Source of what paths do and of their errors: reference/ingest.md 3, and a node's answers.
class IngestDocument {
 public:
  explicit IngestDocument(painless::Limits limits = {});
  IngestDocument(const IngestDocument&) = delete;
  IngestDocument& operator=(const IngestDocument&) = delete;

  /// Starts with a document. `source` is an object with Buffer::kPadding readable bytes behind it, which lives as long
  /// as the work on it; so do the texts of `metadata`. `timestamp`: nanoseconds since 1970, of `_ingest.timestamp`.
  /// Errors: x_content_parse_exception; illegal_argument_exception for fields that are metadata's.
  Status begin(std::string_view source, const DocumentMetadata& metadata, std::int64_t timestamp);
  /// The same for a source whose structural index is there already.
  Status begin(const painless::JsonSpan& source, const DocumentMetadata& metadata, std::int64_t timestamp);

  [[nodiscard]] painless::Machine& machine() { return machine_; }
  /// What scripts call `ctx`.
  [[nodiscard]] IngestMap& fields() { return *fields_; }
  /// `_ingest`.
  [[nodiscard]] painless::Map& ingest();
  /// What the pipeline keeps there: `on_failure_message`, `_value`. The key lives as long as the work on the document.
  void set_ingest(std::string_view key, painless::Value value);
  void remove_ingest(std::string_view key);
  /// The pipeline that runs, `_ingest.pipeline`; null: none. The text lives until another one is set.
  void set_pipeline(const std::string* id);

  /// How paths lead to fields from here on; a document begins with FieldAccess::kClassic.
  void set_access(FieldAccess access) { access_ = access; }
  [[nodiscard]] FieldAccess access() const { return access_; }

  /// Errors: illegal_argument_exception, it is no path.
  [[nodiscard]] Status check(const FieldPath& path) const;
  /// The value of a field, which may be raw. Errors: illegal_argument_exception, `field [b] not present as part of path
  /// [a.b]` and what else keeps a path from leading to something.
  Result<painless::Value> get(const FieldPath& path);
  /// Likewise; nothing where there is no such field.
  std::optional<painless::Value> find(const FieldPath& path);
  /// Likewise. Errors: a list that has no such place.
  Result<std::optional<painless::Value>> find_in_range(const FieldPath& path);
  /// Puts a value, and objects on the way to it; FieldAccess::kFlexible makes one key of the names that are missing.
  /// Errors: a list without that place, a parent that is no object.
  Status set(const FieldPath& path, painless::Value value);
  /// Adds a value, or all of a list, behind what is there, which becomes a list. Without `duplicates` only what is not
  /// there yet.
  Status append(const FieldPath& path, painless::Value value, bool duplicates = true);
  /// Gives a field that is there another name, which nothing has or which gives way. What can't be written stays where
  /// it was. Errors: of set().
  Status move(const FieldPath& from, const FieldPath& to, const painless::Value& value);
  /// Errors: there is no such field.
  Status remove(const FieldPath& path);

  /// A copy of a value that shares nothing with it. Errors: illegal_argument_exception, it holds itself, or more than
  /// FieldPath::kMostSegments containers in each other; the document's limits.
  Result<painless::Value> copy_of(const painless::Value& value);
  /// Elasticsearch's name of a value's class: `java.util.HashMap`, `java.lang.String`; null: `null`.
  std::string class_name(const painless::Value& value);
  /// `field [a] of type [java.lang.Integer] cannot be cast to [java.lang.String]`
  Error wrong_type(const FieldPath& path, const painless::Value& value, std::string_view wanted);
  /// What the machine's pending exception says, which is taken away. Errors of a request have 400, others 500.
  Error take_error();

  /// Whether the `_source` is another one than it was.
  bool source_changed();
  /// Appends the `_source`. Errors: a value that can't be written.
  Status write_source(std::string& out);
  /// The metadata as they are now.
  [[nodiscard]] DocumentMetadata metadata();

 private:
  /// What holds a field, and how many names of its path lead there; the others are its key.
  struct Holder {
    painless::Value parent;
    std::size_t names = 0;
  };
  painless::Value root(const FieldPath& path);
  std::optional<painless::Value> metadata_at(const painless::Map& map, std::string_view name);
  painless::Map::Entry* entry_at(painless::Map& map, const FieldPath& path, std::size_t& next, std::size_t end);
  Result<painless::Value> child(const painless::Value& parent, const FieldPath& path, std::size_t& next,
                                std::size_t end);
  Result<std::optional<painless::Value>> child_in_range(const painless::Value& parent, const FieldPath& path,
                                                        std::size_t& next);
  Result<std::uint32_t> place_in(painless::List& list, const FieldPath::Segment& segment, const FieldPath& path);
  Result<Holder> holder_of(const FieldPath& path, bool makes);
  Status put(const Holder& holder, const FieldPath& path, painless::Value value);
  Status put_key(painless::Map& map, const FieldPath& path, std::size_t name, std::size_t end, painless::Value value);
  painless::Value copied(const painless::Value& value, std::size_t depth);
  Status remove_from(const Holder& holder, const FieldPath& path);
  painless::Value appended(const painless::Value& there, const painless::Value& value, bool duplicates);
  painless::Value text_or_null(const std::optional<std::string>& text);
  std::optional<std::string> text_of(Metadata key);

  painless::Machine machine_;
  painless::JsonDocument json_;
  IngestMap* fields_ = nullptr;
  painless::Map* ingest_ = nullptr;  ///< null: nobody asked for it yet
  std::int64_t timestamp_ = 0;
  const std::string* pipeline_ = nullptr;
  FieldAccess access_ = FieldAccess::kClassic;
};

}  // namespace sluice::ingest
