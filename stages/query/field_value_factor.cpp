#include <array>
#include <cmath>

#include <fmt/format.h>

#include "pipeline/base/ascii_case.h"
#include "pipeline/base/java_number_text.h"
#include "stages/query/doc_values.h"
#include "stages/query/score_function.h"

namespace sluice::stages {

namespace {

using Modifier = double (*)(double);

struct NamedModifier {
  std::string_view name;
  Modifier apply;
};

constexpr auto kModifiers = std::to_array<NamedModifier>({
    {"none", [](double n) { return n; }},
    {"log", [](double n) { return std::log10(n); }},
    {"log1p", [](double n) { return std::log10(n + 1); }},
    {"log2p", [](double n) { return std::log10(n + 2); }},
    {"ln", [](double n) { return std::log(n); }},
    {"ln1p", [](double n) { return std::log1p(n); }},
    {"ln2p", [](double n) { return std::log1p(n + 1); }},
    {"square", [](double n) { return n * n; }},
    {"sqrt", [](double n) { return std::sqrt(n); }},
    {"reciprocal", [](double n) { return 1.0 / n; }},
});

class FieldValueFactor final : public ScoreFunction {
 public:
  FieldValueFactor(NumberValues values, double factor, const NamedModifier& modifier, std::optional<double> missing)
      : values_(std::move(values)), factor_(factor), modifier_(modifier), missing_(missing) {}

  [[nodiscard]] double value(DocumentFields& document, float /*score*/) const override {
    const auto found = values_.smallest(document);
    if (!found && !missing_) {
      document.fail(illegal_argument("Missing value for field [" + values_.path() + "]"));
      return 1;
    }
    const double base = found ? *found : *missing_;
    const double result = modifier_.apply(base * factor_);
    if (result < 0) {
      document.fail(illegal_argument("field value function must not produce negative scores, but got: [" +
                                     java_double_text(result) + "] for field value: [" + java_double_text(base) + "]"));
    }
    return result;
  }
  [[nodiscard]] std::string explain() const override {
    return fmt::format("{} of [{}] times {}", modifier_.name, values_.path(), factor_);
  }

 private:
  NumberValues values_;
  double factor_;
  NamedModifier modifier_;
  std::optional<double> missing_;
};

}  // namespace

Result<ScoreFunctionPtr> make_field_value_factor(std::string_view body, const ClauseContext& context) {
  auto members = json_members(body, "[field_value_factor]");
  if (!members) return std::unexpected(members.error());
  std::string name;
  double factor = 1;
  const NamedModifier* modifier = kModifiers.data();
  std::optional<double> missing;
  for (const JsonMember& member : *members) {
    const std::string key = member.name();
    if (key == "field") {
      name = json_text_value(member.value).value_or("");
    } else if (key == "factor" || key == "missing") {
      auto number = read_number(member.value);
      if (!number) return std::unexpected(request_error(number.error()));
      if (key == "factor") {
        factor = static_cast<double>(static_cast<float>(*number));
      } else {
        missing = *number;
      }
    } else if (key == "modifier") {
      const std::string text = json_text_value(member.value).value_or("");
      const auto found = std::ranges::find(kModifiers, text, &NamedModifier::name);
      if (found == kModifiers.end()) {
        const std::string upper = ascii_upper_case(text);
        return std::unexpected(
            illegal_argument("No enum constant org.elasticsearch.common.lucene.search.function."
                             "FieldValueFactorFunction.Modifier." +
                             upper));
      }
      modifier = &*found;
    } else {
      return std::unexpected(
          query_parsing_error(context, member.value.data(), "field_value_factor query does not support [" + key + "]"));
    }
  }
  if (name.empty()) {
    return std::unexpected(
        query_parsing_error(context, end_of(body), "[field_value_factor] required field 'field' missing"));
  }
  const pipeline::FieldSchema* field = context.find(name);
  if (field == nullptr) {
    if (!missing) {
      Error cause(ErrorKind::kBadRequest, 400, "exception",
                  "Unable to find a field mapper for field [" + name + "]. No 'missing' value defined.");
      return std::unexpected(failed_to_create(context, std::move(cause)));
    }
    return std::make_shared<const FieldValueFactor>(NumberValues(), factor, *modifier, missing);
  }
  auto values = NumberValues::make(*field, context);
  if (!values) return std::unexpected(std::move(values.error()));
  return std::make_shared<const FieldValueFactor>(std::move(*values), factor, *modifier, missing);
}

}  // namespace sluice::stages
