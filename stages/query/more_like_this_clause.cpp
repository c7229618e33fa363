#include <array>

#include "stages/query/more_like_this.h"

namespace sluice::stages {

namespace {

/// The parameters that are whole numbers.
struct Number {
  std::string_view name;
  std::int64_t MoreLikeThisClause::* member;
};

constexpr auto kNumbers = std::to_array<Number>({
    {"max_query_terms", &MoreLikeThisClause::max_query_terms},
    {"min_term_freq", &MoreLikeThisClause::min_term_freq},
    {"min_doc_freq", &MoreLikeThisClause::min_doc_freq},
    {"max_doc_freq", &MoreLikeThisClause::max_doc_freq},
    {"min_word_length", &MoreLikeThisClause::min_word_length},
    {"max_word_length", &MoreLikeThisClause::max_word_length},
});

Error unknown_item_field(const std::string& name) {
  return {ErrorKind::kBadRequest, 400, "parse_exception",
          "failed to parse More Like This item. unknown field [" + name + "]"};
}

Result<LikedDocument> read_document(std::string_view body) {
  auto members = json_members(body, "[more_like_this]");
  if (!members) return std::unexpected(members.error());
  LikedDocument document;
  for (const JsonMember& member : *members) {
    const std::string name = member.name();
    if (name == "_index") {
      document.index = json_text_value(member.value).value_or("");
    } else if (name == "_id") {
      document.id = json_text_value(member.value).value_or("");
    } else if (name == "routing" || name == "_routing") {
      document.routing = json_text_value(member.value).value_or("");
    } else if (name == "doc" && member.value.starts_with('{')) {
      document.document = member.value;
    } else if (name == "fields") {
      auto fields = json_text_list(member.value, "[more_like_this] fields");
      if (!fields) return std::unexpected(std::move(fields.error()));
      document.fields = std::move(*fields);
    } else if (name == "per_field_analyzer") {
      return std::unexpected(
          unsupported("[per_field_analyzer] of [more_like_this] is not supported by this version of sluice"));
    } else if (name == "version" || name == "version_type") {
      return std::unexpected(
          unsupported("[" + name + "] of [more_like_this] is not supported by this version of sluice: leave it out"));
    } else {
      return std::unexpected(unknown_item_field(name));
    }
  }
  if (!document.id.empty() && !document.document.empty()) {
    return std::unexpected(
        Error(ErrorKind::kBadRequest, 400, "parse_exception",
              "failed to parse More Like This item. either [id] or [doc] can be specified, but not both!"));
  }
  return document;
}

/// A text or a document, or a list of these.
Status read_like(std::string_view value, std::vector<std::string>& texts, std::vector<LikedDocument>& documents) {
  std::vector<std::string_view> elements{value};
  if (value.starts_with('[')) {
    auto list = json_elements(value, "[more_like_this]");
    if (!list) return std::unexpected(list.error());
    elements = std::move(*list);
  }
  for (const std::string_view each : elements) {
    if (each.starts_with('{')) {
      auto document = read_document(each);
      if (!document) return std::unexpected(std::move(document.error()));
      documents.push_back(std::move(*document));
    } else if (auto text = json_text_value(each)) {
      texts.push_back(std::move(*text));
    } else {
      return std::unexpected(illegal_argument("Content of 'like' parameter should either be a string or an object"));
    }
  }
  return {};
}

Result<bool> read_flag(const JsonMember& member, bool& into) {
  auto flag = json_flag_value(member.value);
  if (!flag) return std::unexpected(flag.error());
  into = *flag;
  return true;
}

/// False: it is none of these.
Result<bool> read_plain(const JsonMember& member, MoreLikeThisClause& clause) {
  const std::string name = member.name();
  for (const Number& number : kNumbers) {
    if (number.name != name) continue;
    auto value = read_int(member.value);
    if (!value) return std::unexpected(request_error(std::move(value.error())));
    clause.*number.member = *value;
    return true;
  }
  if (name == "analyzer") {
    clause.analyzer = json_text_value(member.value).value_or("");
  } else if (name == "minimum_should_match") {
    clause.minimum = json_text_value(member.value).value_or("");
  } else if (name == "boost_terms") {
    auto factor = read_number(member.value);
    if (!factor) return std::unexpected(request_error(std::move(factor.error())));
    clause.boost_terms = static_cast<float>(*factor);
  } else if (name == "include") {
    return read_flag(member, clause.include);
  } else if (name == "fail_on_unsupported_field") {
    return read_flag(member, clause.fail_on_unsupported_field);
  } else {
    return read_boost_or_name(member, "more_like_this", clause.boost);
  }
  return true;
}

Result<bool> read_list(const JsonMember& member, MoreLikeThisClause& clause) {
  const std::string name = member.name();
  Status read;
  if (name == "like") {
    read = read_like(member.value, clause.like, clause.like_documents);
  } else if (name == "unlike") {
    read = read_like(member.value, clause.unlike, clause.unlike_documents);
  } else if ((name == "fields" || name == "stop_words") && member.value.starts_with('[')) {
    auto list = json_text_list(member.value, "[more_like_this] " + name);
    if (!list) return std::unexpected(std::move(list.error()));
    if (name == "fields") {
      clause.fields = std::move(*list);
    } else {
      clause.stop_words.insert(list->begin(), list->end());
    }
  } else {
    return false;
  }
  if (!read) return std::unexpected(std::move(read.error()));
  return true;
}

}  // namespace

Result<MoreLikeThisClause> read_more_like_this(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[more_like_this]");
  if (!members) return std::unexpected(members.error());
  MoreLikeThisClause clause;
  for (const JsonMember& member : *members) {
    if (member.value == "null") continue;
    auto known = read_list(member, clause);
    const bool plain = !member.value.starts_with('[') && !member.value.starts_with('{');
    if (known && !*known && plain) known = read_plain(member, clause);
    if (!known) return std::unexpected(std::move(known.error()));
    if (!*known) {
      return std::unexpected(
          query_parsing_error(context, member.value.data(), "[mlt] query does not support [" + member.name() + "]"));
    }
  }
  if (clause.like.empty() && clause.like_documents.empty()) {
    return std::unexpected(
        query_parsing_error(context, end_of(body), "more_like_this requires 'like' to be specified"));
  }
  if (clause.fields && clause.fields->empty()) {
    return std::unexpected(
        query_parsing_error(context, end_of(body), "more_like_this requires 'fields' to be non-empty"));
  }
  if (clause.max_query_terms <= 0) {
    return std::unexpected(illegal_argument("requires 'maxQueryTerms' to be greater than 0"));
  }
  return clause;
}

}  // namespace sluice::stages
