#include "stages/analysis/stem/stem.h"

namespace sluice::stages {

namespace {

using namespace stemming;  // NOLINT(google-build-using-namespace): this file's own words

}  // namespace

/// Source: A. Ramanathan and D. Rao, A lightweight stemmer for Hindi, 2003.
void stem_hindi(std::u16string& word) {
  if (cut_any(word, 6, {u"ाएंगी", u"ाएंगे", u"ाऊंगी", u"ाऊंगा", u"ाइयाँ", u"ाइयों", u"ाइयां"})) return;
  if (cut_any(word, 5,
              {u"ाएगी", u"ाएगा", u"ाओगी", u"ाओगे", u"एंगी", u"ेंगी", u"एंगे", u"ेंगे", u"ूंगी", u"ूंगा", u"ातीं", u"नाओं", u"नाएं",
               u"ताओं", u"ताएं", u"ियाँ", u"ियों", u"ियां"})) {
    return;
  }
  if (cut_any(word, 4,
              {u"ाकर", u"ाइए", u"ाईं", u"ाया", u"ेगी", u"ेगा", u"ोगी", u"ोगे", u"ाने", u"ाना", u"ाते", u"ाती", u"ाता", u"तीं",
               u"ाओं", u"ाएं", u"ुओं", u"ुएं", u"ुआं"})) {
    return;
  }
  if (cut_any(
          word, 3,
          {u"कर", u"ाओ", u"िए", u"ाई", u"ाए", u"ने", u"नी", u"ना", u"ते", u"ीं", u"ती", u"ता", u"ाँ", u"ां", u"ों", u"ें"})) {
    return;
  }
  cut_unit(word, 2, u"ोेूुीिा");
}

/// Source: M. Mahmud and others, A rule based Bengali stemmer, 2014.
void stem_bengali(std::u16string& word) {
  if (cut_any(word, 9, {u"িয়াছিলাম", u"িতেছিলাম", u"িতেছিলেন", u"ইতেছিলেন", u"িয়াছিলেন", u"ইয়াছিলেন"})) return;
  if (cut_any(word, 8, {u"িতেছিলি", u"িতেছিলে", u"িয়াছিলা", u"িয়াছিলে", u"িতেছিলা", u"িয়াছিলি", u"য়েদেরকে"})) return;
  if (cut_any(word, 7, {u"িতেছিস", u"িতেছেন", u"িয়াছিস", u"িয়াছেন", u"েছিলাম", u"েছিলেন", u"েদেরকে"})) return;
  if (cut_any(word, 6,
              {u"িতেছি", u"িতেছা", u"িতেছে", u"ছিলাম", u"ছিলেন", u"িয়াছি", u"িয়াছা", u"িয়াছে", u"েছিলে", u"েছিলা",
               u"য়েদের", u"দেরকে"})) {
    return;
  }
  if (cut_any(word, 5,
              {u"িলাম", u"িলেন", u"িতাম", u"িতেন", u"িবেন", u"ছিলি", u"ছিলে", u"ছিলা", u"তেছে", u"িতেছ", u"খানা",
               u"খানি", u"গুলো", u"গুলি", u"য়েরা", u"েদের"})) {
    return;
  }
  if (cut_any(word, 4, {u"লাম", u"িলি", u"ইলি", u"িলে", u"ইলে", u"লেন", u"িলা", u"ইলা", u"তাম",
                        u"িতি", u"ইতি", u"িতে", u"ইতে", u"তেন", u"িতা", u"িবা", u"ইবা", u"িবি",
                        u"ইবি", u"বেন", u"িবে", u"ইবে", u"ছেন", u"য়োন", u"য়ের", u"েরা", u"দের"})) {
    return;
  }
  if (cut_any(word, 3, {u"িস", u"েন", u"লি", u"লে", u"লা", u"তি", u"তে", u"তা", u"বি", u"বে", u"বা",
                        u"ছি", u"ছা", u"ছে", u"ুন",  u"ুক",  u"টা", u"টি", u"নি", u"ের", u"রা", u"কে"})) {
    return;
  }
  cut_unit(word, 2, u"িীাোেবত");
}

}  // namespace sluice::stages
