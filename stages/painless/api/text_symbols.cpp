#include "stages/painless/api/families.h"
#include "stages/painless/api/text_natives.h"

namespace sluice::painless::api {

namespace {

using text::DecimalSymbols;

DecimalSymbols& symbols(const Value& value) { return object<TimeObject<DecimalSymbols>>(value).value; }

template <char16_t DecimalSymbols::* kMember>
Value get(Machine& machine, const Value* args) {
  (void)machine;
  return Value::of_char(symbols(args[0]).*kMember);
}
template <char16_t DecimalSymbols::* kMember>
Value set(Machine& machine, const Value* args) {
  (void)machine;
  symbols(args[0]).*kMember = static_cast<char16_t>(args[1].i);
  return Value::null();
}
template <std::string DecimalSymbols::* kMember>
Value get_text(Machine& machine, const Value* args) {
  return machine.string_value(symbols(args[0]).*kMember);
}
template <std::string DecimalSymbols::* kMember>
Value set_text(Machine& machine, const Value* args) {
  return call<[](DecimalSymbols& of, std::string_view text) { of.*kMember = text; }>(machine, args);
}

constexpr MethodRow kSymbols[] = {
    {"new()", call<[]() { return DecimalSymbols(); }>, "Those of English.",
     "new DecimalFormatSymbols().getDecimalSeparator()", "."},
    {"new(Locale)", call<&DecimalSymbols::of>, "Those of a language.",
     "new DecimalFormatSymbols(Locale.GERMANY).getDecimalSeparator()", ","},
    {"static DecimalFormatSymbols getInstance()", call<[]() { return DecimalSymbols(); }>, "Those of English.",
     "DecimalFormatSymbols.getInstance().getDecimalSeparator()", "."},
    {"static DecimalFormatSymbols getInstance(Locale)", call<&DecimalSymbols::of>, "Those of a language.",
     "DecimalFormatSymbols.getInstance(Locale.GERMANY).getDecimalSeparator()", ","},
    {"def clone()", call<[](const DecimalSymbols& of) { return of; }>, "A copy.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.clone().equals(s)", "true"},
    {"char getDecimalSeparator()", get<&DecimalSymbols::decimal>, "The point.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getDecimalSeparator()", "."},
    {"void setDecimalSeparator(char)", set<&DecimalSymbols::decimal>, "The point.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setDecimalSeparator((char)'x'); s.getDecimalSeparator()",
     "x"},
    {"char getGroupingSeparator()", get<&DecimalSymbols::grouping>, "What stands between groups of digits.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getGroupingSeparator()", ","},
    {"void setGroupingSeparator(char)", set<&DecimalSymbols::grouping>, "What stands between groups of digits.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setGroupingSeparator((char)'x'); s.getGroupingSeparator()",
     "x"},
    {"char getZeroDigit()", get<&DecimalSymbols::zero>, "The digit 0.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getZeroDigit()", "0"},
    {"void setZeroDigit(char)", set<&DecimalSymbols::zero>, "The digit 0.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setZeroDigit((char)'x'); s.getZeroDigit()", "x"},
    {"char getDigit()", get<&DecimalSymbols::digit>, "A digit of a pattern that may be missing.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getDigit()", "#"},
    {"void setDigit(char)", set<&DecimalSymbols::digit>, "A digit of a pattern that may be missing.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setDigit((char)'x'); s.getDigit()", "x"},
    {"char getMinusSign()", get<&DecimalSymbols::minus>, "The minus.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getMinusSign()", "-"},
    {"void setMinusSign(char)", set<&DecimalSymbols::minus>, "The minus.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setMinusSign((char)'x'); s.getMinusSign()", "x"},
    {"char getMonetaryDecimalSeparator()", get<&DecimalSymbols::monetary_decimal>, "The point of amounts of money.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getMonetaryDecimalSeparator()", "."},
    {"void setMonetaryDecimalSeparator(char)", set<&DecimalSymbols::monetary_decimal>, "The point of amounts of money.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setMonetaryDecimalSeparator((char)'x'); "
     "s.getMonetaryDecimalSeparator()",
     "x"},
    {"char getPatternSeparator()", get<&DecimalSymbols::pattern_separator>,
     "What stands before the pattern of negative numbers.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getPatternSeparator()", ";"},
    {"void setPatternSeparator(char)", set<&DecimalSymbols::pattern_separator>,
     "What stands before the pattern of negative numbers.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setPatternSeparator((char)'x'); s.getPatternSeparator()",
     "x"},
    {"char getPerMill()", get<&DecimalSymbols::per_mill>, "The sign for thousandths.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getPerMill()", "‰"},
    {"void setPerMill(char)", set<&DecimalSymbols::per_mill>, "The sign for thousandths.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setPerMill((char)'x'); s.getPerMill()", "x"},
    {"char getPercent()", get<&DecimalSymbols::percent>, "The sign for hundredths.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getPercent()", "%"},
    {"void setPercent(char)", set<&DecimalSymbols::percent>, "The sign for hundredths.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setPercent((char)'x'); s.getPercent()", "x"},
    {"String getCurrencySymbol()", get_text<&DecimalSymbols::currency>, "The sign of the money.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getCurrencySymbol()", "¤"},
    {"void setCurrencySymbol(String)", set_text<&DecimalSymbols::currency>, "The sign of the money.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setCurrencySymbol('x'); s.getCurrencySymbol()", "x"},
    {"String getInternationalCurrencySymbol()", get_text<&DecimalSymbols::currency_code>, "The code of the money.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getInternationalCurrencySymbol()", "XXX"},
    {"void setInternationalCurrencySymbol(String)", set_text<&DecimalSymbols::currency_code>, "The code of the money.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setInternationalCurrencySymbol('EUR'); "
     "s.getInternationalCurrencySymbol()",
     "EUR"},
    {"String getExponentSeparator()", get_text<&DecimalSymbols::exponent>, "What stands before exponents.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getExponentSeparator()", "E"},
    {"void setExponentSeparator(String)", set_text<&DecimalSymbols::exponent>, "What stands before exponents.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setExponentSeparator('x'); s.getExponentSeparator()", "x"},
    {"String getInfinity()", get_text<&DecimalSymbols::infinity>, "What is larger than all numbers.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getInfinity()", "∞"},
    {"void setInfinity(String)", set_text<&DecimalSymbols::infinity>, "What is larger than all numbers.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setInfinity('x'); s.getInfinity()", "x"},
    {"String getNaN()", get_text<&DecimalSymbols::nan>, "What is no number.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.getNaN()", "NaN"},
    {"void setNaN(String)", set_text<&DecimalSymbols::nan>, "What is no number.",
     "DecimalFormatSymbols s = new DecimalFormatSymbols(); s.setNaN('x'); s.getNaN()", "x"},
};

constexpr ClassRow kRows[] = {
    {"java.text.DecimalFormatSymbols", "", "What numbers are written with.", kSymbols},
};

}  // namespace

std::span<const ClassRow> text_symbols_family() { return kRows; }

}  // namespace sluice::painless::api
