#include "stages/painless/script.h"

#include <algorithm>

#include <simdjson.h>

#include "stages/painless/code/generator.h"
#include "stages/painless/lang/analyzer.h"
#include "stages/painless/lang/compile_error.h"
#include "stages/painless/lang/parser.h"
#include "stages/painless/run/unicode.h"
#include "stages/painless/script_error.h"

namespace sluice::painless {

Status check_script_size(std::string_view source, std::size_t max_size) {
  if (source.size() <= max_size) return {};
  return std::unexpected(illegal_argument("exceeded max allowed inline script size in bytes [" +
                                          std::to_string(max_size) + "] with size [" + std::to_string(source.size()) +
                                          "] for script [" + std::string(source) + "]"));
}

namespace {

/// As much of a source as errors of a running script show.
std::string shortened(std::string_view source) {
  constexpr std::size_t kMost = 256;  // UTF-16 units
  if (source.size() <= kMost) return std::string(source);
  const std::u16string units = to_utf16(source);
  return units.size() <= kMost ? std::string(source) : from_utf16(std::u16string_view(units).substr(0, kMost)) + " ...";
}

}  // namespace

Result<std::shared_ptr<const Script>> compile(std::string_view source, const ScriptContext& context,
                                              const CompileOptions& options) {
  if (options.name.empty()) {
    if (Status fits = check_script_size(source, options.max_size); !fits) return std::unexpected(fits.error());
  }
  if (!simdjson::validate_utf8(source.data(), source.size())) {
    return std::unexpected(illegal_argument("a script has to be UTF-8, and this one is not"));
  }
  auto script = std::make_shared<Script>();
  script->program.source = source;
  script->program.context = context.kind;
  script->shown = options.name.empty() ? shortened(source) : options.name;
  try {
    Tree tree;
    parse(script->program.source, tree);
    const std::vector<FunctionNode*> functions = Analyzer(tree, context, {options.regex_enabled}).run();
    script->program.functions.resize(functions.size());
    for (const Variable* input : functions.front()->arguments) {
      script->program.inputs_used.push_back(input->used);
    }
    script->program.doc_fields = tree.doc_fields;
    script->program.asks_any_field = tree.doc_uses != tree.doc_names;
    for (std::size_t i = 0; i < functions.size(); ++i) {
      Generator(script->program, *functions[i], script->program.functions[i]).run();
    }
  } catch (const CompileError& error) {
    return std::unexpected(
        compile_exception(source, options.name.empty() ? source : std::string_view(options.name), error));
  }
  std::vector<std::uint32_t>& statements = script->program.statements;
  std::ranges::sort(statements);
  statements.erase(std::ranges::unique(statements).begin(), statements.end());
  return std::shared_ptr<const Script>(std::move(script));
}

}  // namespace sluice::painless
