#include <array>

#include "stages/ingest/grok/bank/families.h"

namespace sluice::ingest::bank {

Patterns words(EcsMode mode) {
  static constexpr auto kRows = std::to_array<Row>({
      {"USERNAME", R"([\w.-]+)"},
      {"USER", "%{USERNAME}"},
      {"EMAILLOCALPART", R"([A-Za-z][\w+-=]+)", In::kClassic},
      {"EMAILLOCALPART", R"([\w!#-'*+\-/=?^`{-~]{1,64}(?:\.[\w!#-'*+\-/=?^`{-~]{1,62}){0,63})", In::kEcs},
      {"EMAILADDRESS", "(?:%{EMAILLOCALPART}@)%{HOSTNAME}"},
      {"INT", R"([+-]?\d+)"},
      {"BASE10NUM", R"((?<![\d.+-])(?>[+-]?(?:\d+(?:\.\d+)?|\.\d+)))"},
      {"NUMBER", "%{BASE10NUM}"},
      {"BASE16NUM", R"((?<!\h)[+-]?(?:0x)?\h+)"},
      {"BASE16FLOAT", R"(\b(?<![\h.])[+-]?(?:0x)?(?:\h+(?:\.\h*)?|\.\h+)\b)"},
      {"POSINT", R"(\b[1-9]\d*\b)"},
      {"NONNEGINT", R"(\b\d+\b)"},
      {"WORD", R"(\b\w+\b)"},
      {"NOTSPACE", R"(\S+)"},
      {"SPACE", R"(\s*)"},
      {"DATA", ".*?"},
      {"GREEDYDATA", ".*"},
      {"QUOTEDSTRING", R"((?<!\\)(?>"(?>\\.|[^\\"]+)*"|'(?>\\.|[^\\']+)*'|`(?>\\.|[^\\`]+)*`))"},
      {"UUID", R"(\h{8}(?:-\h{4}){4}\h{8})"},
      {"URN", R"(urn:[0-9A-Za-z][0-9A-Za-z-]{0,31}:(?:%\h{2}|[\w()+,./:=@;$!*'?#-])+)"},
  });
  return rows(kRows, mode);
}

}  // namespace sluice::ingest::bank
