#include "io/store/mappings/document_walker.h"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json.hpp>

#include "io/store/mappings/definition.h"
#include "io/store/mappings/document_check.h"
#include "io/store/mappings/join_field.h"
#include "pipeline/base/json_text.h"

namespace sluice::store {

bool DocumentWalker::document() {
  token_at_ = cursor_.offset();
  if (cursor_.peek() != '{') {
    error_.emplace(ErrorKind::kDocument, 400, "document_parsing_exception",
                   "Malformed content, must start with an object");
    return false;
  }
  const Field& root = *mapping_.root().object;
  if (!root.enabled) return cursor_.skip() || fail_syntax();
  const Scope scope{&root, nullptr, root.dynamic.value_or(Dynamic::kTrue), root.subobjects.value_or(true), {}};
  if (!members(scope)) return false;
  return cursor_.peek() == '\0' || fail_syntax();
}

CheckedDocument DocumentWalker::take_result() {
  CheckedDocument result;
  if (!added_.empty()) result.update = std::make_shared<const MappingTree>(added_.root());
  std::ranges::sort(ignored_);
  const auto again = std::ranges::unique(ignored_);
  ignored_.erase(again.begin(), again.end());
  result.ignored = std::move(ignored_);
  result.without_routing = std::move(without_routing_);
  return result;
}

Scope DocumentWalker::inside(const Scope& scope, const Field& object) const {
  return {&object, &scope, object.dynamic.value_or(scope.dynamic), object.subobjects.value_or(scope.subobjects),
          object.type == FieldType::kNested ? std::string_view(object.path) : scope.nested_path};
}

bool DocumentWalker::members(const Scope& scope) {
  if (!cursor_.pass('{') || ++depth_ > kDeepest) return fail_syntax();
  std::array<std::uint64_t, 4> seen{};
  std::vector<std::string_view> others;  // names that are not in the table
  const std::vector<FieldPtr>& known = scope.object->children.all();
  if (!cursor_.pass('}')) {
    do {
      if (cursor_.peek() != '"') return fail_syntax();
      const std::size_t key_at = cursor_.offset();
      key_at_ = key_at;
      const std::string_view token = cursor_.take();
      if (!is_string(token) || !cursor_.pass(':') || cursor_.peek() == '\0') return fail_syntax();
      const std::string_view key = token.substr(1, token.size() - 2);
      const FieldPtr* slot = has_escape(token) ? nullptr : scope.object->children.slot(key);
      const std::size_t at = slot == nullptr ? known.size() : static_cast<std::size_t>(slot - known.data());
      bool twice = false;
      if (slot != nullptr && at < seen.size() * 64) {
        const std::uint64_t bit = std::uint64_t{1} << (at % 64);
        twice = (seen[at / 64] & bit) != 0;
        seen[at / 64] |= bit;
      } else {
        others.push_back(key);
      }
      if (twice) return fail(key_at, "document_parsing_exception", "Duplicate field '" + std::string(key) + "'");
      const bool good = slot != nullptr ? value(scope, **slot) : member(scope, token);
      if (!good) return false;
    } while (cursor_.pass(','));
    if (!cursor_.pass('}')) return fail_syntax();
  }
  if (others.size() > 1) {
    std::ranges::sort(others);
    const auto same = std::ranges::adjacent_find(others);
    if (same != others.end()) {
      return fail(token_at_, "document_parsing_exception", "Duplicate field '" + std::string(*same) + "'");
    }
  }
  --depth_;
  return true;
}

bool DocumentWalker::member(const Scope& scope, std::string_view token) {
  const std::string key = json_unquoted(token);
  const Field* field = scope.object->children.find(key);
  return field != nullptr ? value(scope, *field) : unmapped(scope, key);
}

bool DocumentWalker::value(const Scope& scope, const Field& field) {
  token_at_ = cursor_.offset();
  const char first = cursor_.peek();
  if (field.is_object()) {
    if (!field.enabled) return cursor_.skip() || fail_syntax();
    return object_value(scope, field);
  }
  if (first == '"' || first == '-' || (first >= '0' && first <= '9') || first == 't' || first == 'f') {
    return scalar(scope, field, cursor_.take());
  }
  // A null is a value that does not fit.
  if (first == 'n' && field.check == ValueCheck::kJoin) return scalar(scope, field, cursor_.take());
  return leaf_value(scope, field);
}

bool DocumentWalker::object_value(const Scope& scope, const Field& field) {
  const char first = cursor_.peek();
  if (first == '{') {
    if (field.type == FieldType::kNested && ++nested_objects_ > limits_.nested_objects) {
      return fail(cursor_.offset(), "document_parsing_exception",
                  "The number of nested documents has exceeded the allowed limit of [" +
                      std::to_string(limits_.nested_objects) +
                      "]. This limit can be set by changing the [index.mapping.nested_objects.limit] index level "
                      "setting.");
    }
    return members(inside(scope, field));
  }
  if (cursor_.pass('[')) {
    if (++depth_ > kDeepest) return fail_syntax();
    if (cursor_.pass(']')) return --depth_, true;
    do {
      if (!object_value(scope, field)) return false;
    } while (cursor_.pass(','));
    --depth_;
    return cursor_.pass(']') || fail_syntax();
  }
  token_at_ = cursor_.offset();
  if (cursor_.peek() == '\0') return fail_syntax();
  const std::string_view token = cursor_.take();
  if (token == "null") return true;
  if (!is_scalar(token)) return fail_syntax();
  return fail(token_at_, "document_parsing_exception",
              "object mapping for [" + field.path + "] tried to parse field [" + field.name +
                  "] as object, but found a concrete value");
}

bool DocumentWalker::leaf_value(const Scope& scope, const Field& field) {
  const char first = cursor_.peek();
  if (takes_structure(field, first)) return structured(field);
  if (first == '[') {
    cursor_.pass('[');
    if (++depth_ > kDeepest) return fail_syntax();
    if (cursor_.pass(']')) return --depth_, true;
    do {
      if (!value(scope, field)) return false;
    } while (cursor_.pass(','));
    --depth_;
    return cursor_.pass(']') || fail_syntax();
  }
  if (first == '{') return structured(field);
  if (first == '\0') return fail_syntax();
  return cursor_.take() == "null" || fail_syntax();
}

bool DocumentWalker::structured(const Field& field) {
  const std::size_t at = cursor_.offset();
  const std::uint32_t* mark = cursor_.mark();
  if (!cursor_.skip()) return fail_syntax();
  const std::size_t end = cursor_.offset();
  const std::uint32_t* behind = cursor_.mark();
  cursor_.rewind(mark);
  Misfit misfit;
  const bool good = check_structured(field, cursor_, field.coerce.value_or(limits_.coerce), misfit);
  cursor_.rewind(behind);
  std::string_view raw = cursor_.text().substr(at, end - at);
  while (!raw.empty() && raw.back() != '}' && raw.back() != ']' && raw.back() != '"') raw.remove_suffix(1);
  if (good && field.check == ValueCheck::kJoin) note_child(field, at + raw.size() - 1, raw);
  if (good) return true;
  if (misfit.reason == "Expected text") {
    const std::string place = position(at);
    misfit.reason = "Expected text at " + place.substr(1, place.size() - 3) + " but found START_OBJECT";
  }
  return unfit(field, at + raw.size() - 1, raw, misfit);
}

/// A child lies beside its parent, so its document has to say where.
void DocumentWalker::note_child(const Field& field, std::size_t at, std::string_view raw) {
  boost::system::error_code problem;
  const boost::json::value value = boost::json::parse({raw.data(), raw.size()}, problem);
  if (problem || !is_join_child(field, value)) return;
  const std::string reason = "[routing] is missing for join field [" + field.path + "]";
  without_routing_ =
      Error(ErrorKind::kDocument, 400, "document_parsing_exception", position(at) + "failed to parse: " + reason)
          .wrapping(Error(ErrorKind::kDocument, 400, "illegal_argument_exception", reason));
}

bool DocumentWalker::fits(const Field& field, std::string_view token, Misfit& misfit) const {
  switch (field.check) {
    case ValueCheck::kInteger:
      return check_integer(field, token, field.coerce.value_or(limits_.coerce), misfit);
    case ValueCheck::kUnsignedLong:
      return check_unsigned_long(field, token, misfit);
    case ValueCheck::kFloating:
      return check_floating(field, token, field.coerce.value_or(limits_.coerce), misfit);
    case ValueCheck::kDate:
      return check_date(field, token, misfit);
    case ValueCheck::kBoolean:
      return check_boolean(token, misfit);
    case ValueCheck::kIp:
      return check_ip(token, misfit);
    case ValueCheck::kBinary:
      return check_binary(token, misfit);
    case ValueCheck::kKeyword:
      return check_keyword(field, token, misfit);
    case ValueCheck::kConstantKeyword:
      return check_constant_keyword(field, token, misfit);
    case ValueCheck::kRankFeature:
      return check_rank_feature(field, token, misfit);
    case ValueCheck::kAlias:
      misfit.reason = "Cannot write to a field alias [" + field.path + "].";
      misfit.final = true;
      return false;
    default:
      return true;
  }
}

bool DocumentWalker::scalar(const Scope& scope, const Field& field, std::string_view token) {
  if (!is_scalar(token)) return fail_syntax();
  Misfit misfit;
  if (takes_structure(field, token.front())) {
    JsonCursor one;
    if (!one.start(token) || !check_structured(field, one, field.coerce.value_or(limits_.coerce), misfit)) {
      return unfit(field, token_at_, token, misfit);
    }
  } else if (is_above(field, token)) {
    ignored_.push_back(field.path);
  } else if (!fits(field, token, misfit)) {
    if (!unfit(field, token_at_, token, misfit)) return false;
  }
  for (const FieldPtr& multi : field.multi_fields) {
    if (!scalar(scope, *multi, token)) return false;
  }
  return field.copy_to.empty() || copies(field, token);
}

bool DocumentWalker::copies(const Field& field, std::string_view token) {
  const Field& root = *mapping_.root().object;
  const Scope scope{&root, nullptr, root.dynamic.value_or(Dynamic::kTrue), root.subobjects.value_or(true), {}};
  for (const std::string& path : field.copy_to) {
    const Field* target = mapping_.field(path);
    if (target == nullptr) target = added_.find(path);
    const bool good = target != nullptr ? scalar(scope, *target, token) : new_scalar(scope, path, token);
    if (!good) return false;
  }
  return true;
}

bool DocumentWalker::unfit(const Field& field, std::size_t at, std::string_view raw, const Misfit& misfit) {
  if (!misfit.final && field.ignore_malformed.value_or(limits_.ignore_malformed) &&
      field.check != ValueCheck::kKeyword && field.check != ValueCheck::kText) {
    ignored_.push_back(field.path);
    return true;
  }
  if (field.check == ValueCheck::kAlias) return fail(at, "document_parsing_exception", misfit.reason);
  if (field.check == ValueCheck::kJoin) {
    fail(at, "document_parsing_exception", "failed to parse: " + misfit.reason);
    error_ = std::move(*error_).wrapping(cause_of(misfit, at + raw.size()));
    return false;
  }
  std::string reason =
      "failed to parse field [" + field.path + "] of type [" + std::string(type_info(field.type).name) + "]";
  const bool geo =
      field.check == ValueCheck::kGeoPoint || field.check == ValueCheck::kPoint || field.check == ValueCheck::kShape;
  if (!geo) {
    reason += " in document with id '" + std::string(id_) + "'. Preview of field's value: '" + preview(raw) + "'";
  }
  fail(at, "document_parsing_exception", reason);
  error_ = std::move(*error_).wrapping(cause_of(misfit, at + raw.size()));
  return false;
}

Result<CheckedDocument> check_document(const MappingTree& mapping, std::string_view source, std::string_view id,
                                       const MappingLimits& limits) {
  thread_local JsonCursor cursor;
  const bool started = cursor.start(source);
  DocumentWalker walker(mapping, id, limits, cursor);
  if (!started || !walker.document()) {
    if (started) return std::unexpected(walker.take_error());
    return std::unexpected(Error(ErrorKind::kDocument, 400, "document_parsing_exception",
                                 source.empty() ? "failed to parse, document is empty"
                                                : "[1:1] failed to parse: the document is not valid JSON in UTF-8"));
  }
  return walker.take_result();
}

}  // namespace sluice::store
