#include "stages/painless/api/families.h"
#include "stages/painless/api/write_field.h"
#include "stages/painless/run/changed_document.h"

/// What `metadata()` gives in each context. Source: Elasticsearch's script contexts of these names, and a node's
/// answers.
namespace sluice::painless::api {

namespace {

struct Metadata final : Object {
  using Object::Object;
};

ChangedDocument& document(Machine& machine) { return *machine.changed_document(); }

Value metadata(Machine& machine, const Value* a) {
  (void)a;
  return made(machine.heap().make<Metadata>(document(machine).metadata_class()));
}
Value field(Machine& machine, const Value* a) { return write_field(machine, a[0], nullptr); }

constexpr char kIndex[] = "_index";
constexpr char kId[] = "_id";
constexpr char kRouting[] = "_routing";
constexpr char kVersion[] = "_version";
constexpr char kVersionType[] = "_version_type";
constexpr char kOp[] = "op";
constexpr char kNow[] = "_now";

template <const char* key>
Value get(Machine& machine, const Value* a) {
  (void)a;
  return document(machine).metadata(machine, key);
}
template <const char* key>
Value set(Machine& machine, const Value* a) {
  return document(machine).set_metadata(machine, key, a[1]) ? Value::null() : Value::error();
}

/// What stands for the version of a document that is written whatever version is there.
constexpr std::int64_t kInternal = INT64_MIN;

Value version(Machine& machine, const Value* a) {
  const Value found = get<kVersion>(machine, a);
  if (found.is_error()) return found;
  return Value::of_long(found.is_null() ? kInternal : found.i);
}
Value is_internal(Machine& machine, const Value* a) {
  const Value found = get<kVersion>(machine, a);
  return found.is_error() ? found : Value::boolean(found.is_null());
}
Value set_internal(Machine& machine, const Value* a) {
  (void)a;
  return document(machine).set_metadata(machine, kVersion, Value::null()) ? Value::null() : Value::error();
}

constexpr Contexts kElsewhere = Contexts::kReindex | Contexts::kIngest;
constexpr Contexts kOperated = Contexts::kReindex | Contexts::kByQuery | Contexts::kUpdate;
constexpr Contexts kClocked = Contexts::kUpdate | Contexts::kIngest;

constexpr Flags kPlain = Flags::kNone;

constexpr MethodRow kMetadata[] = {
    {"String getIndex()", get<kIndex>, "The index of the document.", "metadata().index", "books"},
    {"void setIndex(String)", set<kIndex>, "Writes it into another index.",
     "metadata().index = 'new'; return ctx._index", "new", kPlain, kElsewhere},
    {"String getId()", get<kId>, "Its id.", "metadata().id", "1"},
    {"void setId(String)", set<kId>, "Gives it another id; null: one that is made.",
     "metadata().id = 'new'; return ctx._id", "new", kPlain, kElsewhere},
    {"String getRouting()", get<kRouting>, "Its routing; null: none.", "metadata().routing", "null"},
    {"void setRouting(String)", set<kRouting>, "Gives it another routing.",
     "metadata().routing = 'new'; return ctx._routing", "new", kPlain, kElsewhere},
    {"long getVersion()", version, "Its version.", "metadata().version", "-1"},
    {"void setVersion(long)", set<kVersion>, "Gives it another version.", "metadata().version = 7; return ctx._version",
     "7", kPlain, kElsewhere},
    {"boolean isVersionInternal()", is_internal, "Whether it is written whatever version is there.",
     "metadata().isVersionInternal()", "false", kPlain, Contexts::kReindex},
    {"void setVersionToInternal()", set_internal, "Writes it whatever version is there.",
     "metadata().setVersionToInternal(); return ctx._version", "null", kPlain, Contexts::kReindex},
    {"String getOp()", get<kOp>, "What is done with it: index, noop, delete.", "metadata().op", "index", kPlain,
     kOperated},
    {"void setOp(String)", set<kOp>, "Says what is to be done with it.", "metadata().op = 'noop'; return ctx.op",
     "noop", kPlain, kOperated},
    {"String getVersionType()", get<kVersionType>, "How its version is compared.", "", "", kPlain, Contexts::kIngest},
    {"void setVersionType(String)", set<kVersionType>, "Says how its version is compared.", "", "", kPlain,
     Contexts::kIngest},
    {"ZonedDateTime getNow()", get<kNow>, "When the request came.", "", "", kPlain, kClocked},
};

constexpr MethodRow kFunctions[] = {
    {"static Metadata metadata()", metadata, "What there is of the document besides its fields.", "metadata().id", "1"},
    {"static WriteField field(String)", field, "A field of the document, by its dotted path.",
     "field('a.b').set(1); return ctx._source", "{a={b=1}}"},
};
constexpr ClassRow kRows[] = {
    {"org.elasticsearch.script.Metadata", "", "What there is of a document besides its fields.", kMetadata, false,
     false, Contexts::kChanging},
    {"org.elasticsearch.script.ReindexMetadata", "Metadata", "That of `_reindex`.", {}, false, true},
    {"org.elasticsearch.script.UpdateByQueryMetadata", "Metadata", "That of `_update_by_query`.", {}, false, true},
    {"org.elasticsearch.script.UpdateMetadata", "Metadata", "That of `_update`.", {}, false, true},
    {"org.elasticsearch.script.UpsertMetadata", "Metadata", "That of `_update` without a document.", {}, false, true},
    {"org.elasticsearch.ingest.IngestDocMetadata", "Metadata", "That of pipelines.", {}, false, true},
    {"org.elasticsearch.script.ReindexScript", "", "Functions of scripts of `_reindex`.", kFunctions, false, false,
     Contexts::kReindex},
    {"org.elasticsearch.script.UpdateByQueryScript", "", "Functions of scripts of `_update_by_query`.", kFunctions,
     false, false, Contexts::kByQuery},
    {"org.elasticsearch.script.UpdateScript", "", "Functions of scripts of `_update`.", kFunctions, false, false,
     Contexts::kUpdate},
    {"org.elasticsearch.script.IngestScript", "", "Functions of scripts of pipelines.", kFunctions, false, false,
     Contexts::kIngest},
};

}  // namespace

std::span<const ClassRow> metadata_family() { return kRows; }

}  // namespace sluice::painless::api
