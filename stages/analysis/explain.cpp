#include "stages/analysis/explain.h"

#include <algorithm>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/json_writer.h"
#include "stages/analysis/chain_analyzer.h"
#include "stages/analysis/java_character.h"

namespace sluice::stages {

namespace {

/// The tokens behind one part, of all texts so far.
struct Shown {
  std::string name;
  bool keywords = false;  ///< whether terms have the attribute `keyword`
  std::vector<Token> tokens;
  std::vector<bool> keyword;
  TextPlace place;

  void add(const TokenStream& stream, std::uint32_t gap) {
    for (const Term& term : stream.terms) {
      place.position += static_cast<std::int32_t>(term.increment);
      tokens.push_back({utf8(term.text), static_cast<std::uint32_t>(std::max(place.position, 0)),
                        place.offset + term.start, place.offset + term.end, term.length, term.type});
      keyword.push_back(term.keyword);
    }
    place.position += static_cast<std::int32_t>(stream.end_increment + gap);
    place.offset += stream.end_offset + 1;
  }
};

class Explanation {
 public:
  Explanation(const Analyzer& analyzer, const std::vector<std::string>& attributes, std::size_t most)
      : analyzer_(analyzer), parts_(*analyzer.parts()), attributes_(attributes), most_(most) {}

  Result<std::string> write(const std::vector<std::string>& texts) {
    prepare();
    for (const std::string& text : texts) {
      TokenStream stream;
      std::size_t stage = 0;
      const PartObserver observer = [&](const TokenStream& so_far) -> Status {
        if (parts_.custom) return show(shown_[stage++], so_far, 0);
        return {};
      };
      const TextObserver filtered = [&](std::size_t filter, std::u16string_view now) {
        if (parts_.custom) filtered_[filter].push_back(utf8(now));
      };
      if (auto ran = run_parts(parts_, text, stream, observer, filtered); !ran) return std::unexpected(ran.error());
      if (parts_.custom) continue;
      if (auto done = show(shown_.front(), stream, analyzer_.position_increment_gap()); !done) {
        return std::unexpected(done.error());
      }
    }
    return json();
  }

 private:
  void prepare() {
    bool keywords = false;
    if (parts_.custom) {
      shown_.push_back({.name = parts_.tokenizer_name, .tokens = {}, .keyword = {}, .place = {}});
      filtered_.resize(parts_.char_filters.size());
    }
    for (std::size_t i = 0; i < parts_.filters.size(); ++i) {
      keywords = keywords || parts_.filters[i]->knows_keywords();
      if (!parts_.custom) continue;
      shown_.push_back(
          {.name = parts_.filter_names[i], .keywords = keywords, .tokens = {}, .keyword = {}, .place = {}});
    }
    if (parts_.custom) return;
    shown_.push_back({.name = analyzer_.name(), .keywords = keywords, .tokens = {}, .keyword = {}, .place = {}});
  }

  Status show(Shown& shown, const TokenStream& stream, std::uint32_t gap) const {
    shown.add(stream, gap);
    return shown.tokens.size() <= most_ ? Status{} : std::unexpected(too_many_tokens(most_));
  }

  [[nodiscard]] bool wants(std::string_view attribute) const {
    const auto lower = [](std::string_view text) {
      const std::string made = ascii_lower_case(text);
      return made;
    };
    return attributes_.empty() ||
           std::ranges::any_of(attributes_, [&](const std::string& each) { return lower(each) == lower(attribute); });
  }

  void write_tokens(JsonWriter& out, const Shown& shown) const {
    out.begin_object().member("name", shown.name).key("tokens").begin_array();
    for (std::size_t i = 0; i < shown.tokens.size(); ++i) {
      const Token& token = shown.tokens[i];
      out.begin_object().member("token", token.text).member("start_offset", std::uint64_t{token.start});
      out.member("end_offset", std::uint64_t{token.end}).member("type", token.type);
      out.member("position", std::uint64_t{token.position});
      if (token.position_length > 1 && !wants("positionLength")) {
        out.member("positionLength", std::uint64_t{token.position_length});
      }
      if (wants("bytes")) out.member("bytes", bytes_of(token.text));
      if (shown.keywords && wants("keyword")) out.member("keyword", static_cast<bool>(shown.keyword[i]));
      if (wants("positionLength")) out.member("positionLength", std::uint64_t{token.position_length});
      if (wants("termFrequency")) out.member("termFrequency", 1);
      out.end_object();
    }
    out.end_array().end_object();
  }

  static std::string bytes_of(std::string_view text) {
    std::string out = "[";
    for (const char c : text) {
      constexpr std::string_view kDigits = "0123456789abcdef";
      const auto byte = static_cast<unsigned char>(c);
      if (out.size() > 1) out += ' ';
      if (byte >= 16) out += kDigits[byte >> 4U];
      out += kDigits[byte & 15U];
    }
    return out + "]";
  }

  [[nodiscard]] std::string json() const {
    JsonWriter out;
    out.begin_object().key("detail").begin_object().member("custom_analyzer", parts_.custom);
    if (!parts_.custom) {
      out.key("analyzer");
      write_tokens(out, shown_.front());
      out.end_object().end_object();
      return out.take();
    }
    out.key("charfilters").begin_array();
    for (std::size_t i = 0; i < filtered_.size(); ++i) {
      out.begin_object().member("name", parts_.char_filter_names[i]).key("filtered_text").begin_array();
      for (const std::string& text : filtered_[i]) out.string(text);
      out.end_array().end_object();
    }
    out.end_array().key("tokenizer");
    write_tokens(out, shown_.front());
    out.key("tokenfilters").begin_array();
    for (std::size_t i = 1; i < shown_.size(); ++i) write_tokens(out, shown_[i]);
    out.end_array().end_object().end_object();
    return out.take();
  }

  const Analyzer& analyzer_;
  const AnalyzerParts& parts_;
  const std::vector<std::string>& attributes_;
  std::size_t most_;
  std::vector<Shown> shown_;
  std::vector<std::vector<std::string>> filtered_;
};

}  // namespace

Error too_many_tokens(std::size_t most) {
  return {ErrorKind::kBadRequest, 400, "status_exception",
          "The number of tokens produced by calling _analyze has exceeded the allowed maximum of [" +
              std::to_string(most) +
              "]. This limit can be set by changing the [index.analyze.max_token_count] index level setting."};
}

Result<std::string> explain_texts(const std::vector<std::string>& texts, const Analyzer& analyzer,
                                  const std::vector<std::string>& attributes, std::size_t most) {
  if (analyzer.parts() == nullptr) return std::unexpected(internal_error("an analyzer has no parts to explain"));
  return Explanation(analyzer, attributes, most).write(texts);
}

}  // namespace sluice::stages
