#include "tests/stages/painless/reference.h"

#include <string>
#include <string_view>
#include <utility>

#include "stages/painless/api/rows.h"

namespace sluice::painless {

namespace {

std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string code(std::string_view text) { return text.empty() ? std::string() : "`" + cell(text) + "`"; }

/// Which scripts have something, where that is not all of them.
std::string only_in(Contexts contexts) {
  if (contexts == Contexts::kAll) return {};
  constexpr std::pair<Contexts, std::string_view> kNames[] = {
      {Contexts::kReindex, "`_reindex`"}, {Contexts::kByQuery, "`_update_by_query`"}, {Contexts::kUpdate, "`_update`"},
      {Contexts::kIngest, "pipelines"},   {Contexts::kCondition, "conditions"},       {Contexts::kTest, "`_execute`"}};
  std::string names;
  for (const auto& [context, name] : kNames) {
    if (overlap(contexts, context)) names += (names.empty() ? "" : ", ") + std::string(name);
  }
  return " Only in " + names + ".";
}

}  // namespace

std::string reference_page() {
  std::string page =
      "# The classes of Painless\n\n"
      "What scripts may use, as Elasticsearch's allow-list has it. This page is made from the rows of "
      "`stages/painless/api`\n"
      "(`build/release/tests/painless_reference > docs/painless.md`); a test runs every example and compares the "
      "page.\n";
  for (const auto& family : api::families()) {
    for (const api::ClassRow& cls : family) {
      if (cls.hidden && cls.methods.empty()) continue;
      page += "\n## " + std::string(cls.java_name) + "\n\n" + cls.sentence + only_in(cls.contexts);
      if (!std::string_view(cls.supers).empty()) page += " Is a " + std::string(cls.supers) + " too.";
      page += "\n";
      if (cls.methods.empty()) continue;
      page += "\n| | | example | gives |\n|---|---|---|---|\n";
      for (const api::MethodRow& row : cls.methods) {
        page += "| " + code(row.signature) + " | " + cell(row.sentence + only_in(row.contexts)) + " | " +
                code(row.example) + " | " + code(row.result) + " |\n";
      }
    }
  }
  return page;
}

}  // namespace sluice::painless
