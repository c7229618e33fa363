#include "stages/sort/decimal_text.h"

#include <unicode/decimfmt.h>

namespace sluice::stages {

namespace {

class IcuDecimalText final : public DecimalText {
 public:
  explicit IcuDecimalText(std::unique_ptr<const icu::DecimalFormat> format) : format_(std::move(format)) {}

  [[nodiscard]] std::string of(double number) const override {
    icu::UnicodeString text;
    return utf8(format_->format(number, text));
  }

  [[nodiscard]] std::string of(const std::string& digits) const override {
    icu::UnicodeString text;
    UErrorCode status = U_ZERO_ERROR;
    format_->format(icu::StringPiece(digits), text, nullptr, status);
    return U_SUCCESS(status) ? utf8(text) : digits;
  }

 private:
  static std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
  }

  std::unique_ptr<const icu::DecimalFormat> format_;
};

}  // namespace

std::shared_ptr<const DecimalText> DecimalText::make(std::string_view pattern) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::StringPiece bytes(pattern.data(), static_cast<std::int32_t>(pattern.size()));
  auto format = std::make_unique<icu::DecimalFormat>(
      icu::UnicodeString::fromUTF8(bytes), new icu::DecimalFormatSymbols(icu::Locale::getEnglish(), status), status);
  if (U_FAILURE(status)) return nullptr;
  format->setRoundingMode(icu::DecimalFormat::kRoundHalfEven);
  return std::make_shared<const IcuDecimalText>(std::move(format));
}

}  // namespace sluice::stages
