#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <utility>

#include <openssl/evp.h>

#include "pipeline/base/json_text.h"
#include "stages/ingest/field_value.h"
#include "stages/ingest/murmur_hash.h"
#include "stages/ingest/processor.h"
#include "stages/painless/api/base64_codec.h"
#include "stages/painless/api/bytes.h"
#include "stages/painless/api/time_object.h"
#include "stages/painless/run/json_text.h"
#include "stages/painless/run/unicode.h"
#include "stages/painless/time/zoned_date_time.h"

namespace sluice::ingest {

using painless::List;
using painless::Map;
using painless::Tag;
using painless::Value;

namespace {

constexpr OptionRow kOptions[] = {
    {"fields", "list", "", "The fields that make it, in whatever order."},
    {"target_field", "string", "fingerprint", "Where it goes, in base64."},
    {"salt", "string", "", "What is hashed in front of the fields."},
    {"method", "string", "SHA-1", "`MD5`, `SHA-1`, `SHA-256`, `SHA-512` or `MurmurHash3`."},
    {"ignore_missing", "boolean", "false", "Whether fields that are not there, or null, are left out."},
};

constexpr std::array<std::string_view, 5> kMethods = {"MD5", "SHA-1", "SHA-256", "SHA-512", "MurmurHash3"};
constexpr std::size_t kMurmur = 4;
constexpr char kDelimiter = '\0';

std::string hash_of(std::size_t method, std::string_view bytes) {
  if (method == kMurmur) return murmur_hash_128(bytes);
  const std::array<const EVP_MD*, 4> digests = {EVP_md5(), EVP_sha1(), EVP_sha256(), EVP_sha512()};
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &size, digests.at(method),
             nullptr);
  out.resize(size);
  return out;
}

template <typename T>
void append_number(std::string& out, T value) {
  std::array<char, sizeof(T)> bytes{};
  std::memcpy(bytes.data(), &value, sizeof(T));
  if constexpr (std::endian::native == std::endian::big) std::ranges::reverse(bytes);
  out.append(bytes.data(), bytes.size());
}

/// What is hashed of a value. Source: reference/ingest.md 8, and a node's answers.
class Input {
 public:
  explicit Input(IngestDocument& document) : document_(document), machine_(document.machine()) {}

  std::string bytes;

  Status add(const Value& raw, int depth = 0) {
    constexpr int kMostDepth = 1000;
    if (depth > kMostDepth) return std::unexpected(illegal_argument("the value is nested too deep for a fingerprint"));
    const Value value = machine_.force(raw);
    if (value.is_error()) return std::unexpected(document_.take_error());
    if (List* list = machine_.as_list(value)) {
      for (std::uint32_t i = 0; i < list->size(machine_); ++i) {
        if (Status done = add(list->get(machine_, i), depth + 1); !done) return done;
      }
      return {};
    }
    if (Map* map = machine_.as_map(value)) return add_members(*map, depth);
    bytes += kDelimiter;
    return add_scalar(value);
  }

 private:
  Status add_members(Map& map, int depth) {
    map.open(machine_);
    const std::uint32_t* places = map.in_order(machine_);
    const std::uint32_t count = map.size(machine_);
    std::vector<std::pair<std::u16string, std::uint32_t>> sorted;
    for (std::uint32_t i = 0; i < count; ++i) {
      const painless::String* key = machine_.to_text(machine_.force(map.key_of(machine_, map.entries[places[i]])));
      if (key == nullptr) return std::unexpected(document_.take_error());
      sorted.emplace_back(painless::to_utf16(key->text()), places[i]);
    }
    std::ranges::sort(sorted);
    for (const auto& [key, place] : sorted) {
      bytes += kDelimiter;
      bytes += painless::api::java_bytes(painless::from_utf16(key));
      if (Status done = add(map.value_of(machine_, map.entries[place]), depth + 1); !done) return done;
    }
    return {};
  }

  Status add_scalar(const Value& value) {
    switch (value.tag) {
      case Tag::kNull:
        return {};
      case Tag::kBoolean:
        bytes += value.i != 0 ? '\x01' : '\x02';
        return {};
      case Tag::kInt:
        append_number(bytes, static_cast<std::int32_t>(value.i));
        return {};
      case Tag::kLong:
        append_number(bytes, value.i);
        return {};
      case Tag::kFloat:
        append_number(bytes, value.f);
        return {};
      case Tag::kDouble:
        append_number(bytes, value.d);
        return {};
      default:
        break;
    }
    if (const painless::String* text = machine_.as_string(value)) {
      bytes += painless::api::java_bytes(text->text());
      return {};
    }
    using Time = painless::api::TimeObject<painless::time::ZonedDateTime>;
    if (const auto* time = dynamic_cast<const Time*>(value.o)) {
      add_time(time->value);
      return {};
    }
    return std::unexpected(
        illegal_argument("cannot convert object of type [" + document_.class_name(value) + "] to bytes"));
  }

  void add_time(const painless::time::ZonedDateTime& time) {
    for (const std::int32_t part : {time.year(), time.month_value(), time.day_of_month(), time.hour(), time.minute(),
                                    time.second(), time.nano(), time.offset().total_seconds()}) {
      append_number(bytes, part);
    }
    bytes += time.zone().id();
  }

  IngestDocument& document_;
  painless::Machine& machine_;
};

class Fingerprint final : public Processor {
 public:
  std::vector<FieldPath> fields;
  std::optional<Error> no_text;  ///< one of the fields is none
  FieldPath target;
  std::string salt;
  std::size_t method = 0;
  bool ignore_missing = false;

  Status run(Execution& run) const override {
    IngestDocument& document = run.document();
    Input input(document);
    input.bytes = salt;
    bool any = false;
    if (no_text) return std::unexpected(*no_text);
    if (Status found = check_fields(document); !found) return found;
    for (const FieldPath& field : fields) {
      const auto value = read_field(document, field, true);
      if (!value) return std::unexpected(value.error());
      if (value->is_null()) continue;
      any = true;
      if (Status done = input.add(*value); !done) return done;
    }
    if (!any) return {};
    const std::string hash = painless::api::encode_base64(hash_of(method, input.bytes));
    return document.set(target, document.machine().string_value(hash));
  }

 private:
  /// A node looks for the fields from the last one on, and tells of the first that it misses.
  Status check_fields(IngestDocument& document) const {
    if (ignore_missing) return {};
    for (auto field = fields.rbegin(); field != fields.rend(); ++field) {
      const auto value = read_field(document, *field, true);
      if (!value) return std::unexpected(value.error());
      if (value->is_null())
        return std::unexpected(illegal_argument("missing field [" + field->text() + "] when calculating fingerprint"));
    }
    return {};
  }
};

Status read_fields(Config& config, Fingerprint& made) {
  const auto elements = config.optional_elements("fields");
  if (!elements) return std::unexpected(elements.error());
  if (!*elements) return std::unexpected(config.problem("fields", "required property is missing"));
  if ((*elements)->empty()) return std::unexpected(config.problem("fields", "must specify at least one field"));
  std::vector<std::pair<std::u16string, std::string>> sorted;
  for (const std::string_view element : **elements) {
    std::string name = element == "null" ? std::string() : json_unquoted(element);
    if (element != "null" && !element.starts_with('"')) {
      made.no_text =
          java_error("class_cast_exception", painless::class_cast_text(json_class_name(element), "java.lang.String"));
    }
    sorted.emplace_back(painless::to_utf16(name), std::move(name));
  }
  std::ranges::sort(sorted);
  for (const auto& [units, name] : sorted) made.fields.emplace_back(name);
  return {};
}

Result<ProcessorPtr> make(Config& config, const CompileEnvironment&) {
  auto made = std::make_unique<Fingerprint>();
  if (Status done = read_fields(config, *made); !done) return std::unexpected(std::move(done.error()));
  auto target = config.path_or("target_field", "fingerprint");
  if (!target) return std::unexpected(std::move(target.error()));
  const auto salt = config.text_or("salt", "");
  if (!salt) return std::unexpected(salt.error());
  const auto method = config.text_or("method", "SHA-1");
  if (!method) return std::unexpected(method.error());
  const auto* const named = std::ranges::find(kMethods, *method);
  if (named == kMethods.end()) {
    return std::unexpected(config.problem("method", "[" + *method +
                                                        "] must be one of the supported hash methods "
                                                        "[MD5,SHA-1,SHA-256,SHA-512,MurmurHash3]"));
  }
  const auto ignore_missing = config.flag("ignore_missing", false);
  if (!ignore_missing) return std::unexpected(ignore_missing.error());
  made->target = std::move(*target);
  made->salt = painless::api::java_bytes(*salt);
  made->method = static_cast<std::size_t>(named - kMethods.begin());
  made->ignore_missing = *ignore_missing;
  return made;
}

}  // namespace

const ProcessorRow& fingerprint_processor() {
  static const ProcessorRow row{"fingerprint",
                                "Hashes fields: documents in which they are the same get the same hash.",
                                kOptions,
                                R"({"fields":["a"]})",
                                R"({"a":"x"})",
                                R"({"a":"x","fingerprint":"uR3zZCvTaXoexrjMm/vEbvFAB2w="})",
                                make};
  return row;
}

}  // namespace sluice::ingest
