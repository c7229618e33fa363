#include "stages/analysis/component.h"

namespace sluice::stages {

namespace {

class EachTerm final : public TokenFilter {
 public:
  explicit EachTerm(TermChange change) : change_(std::move(change)) {}
  Status apply(TokenStream& stream) const override {
    for (Term& term : stream.terms) {
      if (!change_.keeps_keywords || !term.keyword) change_.change(term.text);
    }
    return {};
  }
  [[nodiscard]] bool normalizes() const override { return change_.normalizes; }
  void normalize(std::u16string& term) const override { change_.change(term); }

 private:
  TermChange change_;
};

}  // namespace

TokenFilterPtr make_term_filter(TermChange change) { return std::make_shared<const EachTerm>(std::move(change)); }

Status take_from_budget(TokenStream& stream, std::size_t units) {
  constexpr std::size_t kOfEachTerm = 16;
  if (stream.budget < units + kOfEachTerm) {
    return std::unexpected(
        illegal_argument("the analyzer makes too much of this text: shorten it, or let its filters make fewer terms"));
  }
  stream.budget -= units + kOfEachTerm;
  return {};
}

}  // namespace sluice::stages
