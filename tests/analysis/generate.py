"""Texts in many scripts, and bodies of _analyze, to compare sluice's analysis with Elasticsearch's.

    generate.py texts SEED COUNT     one text a line, as a JSON string
    generate.py bodies SEED COUNT    one body of _analyze a line: a text, and an analyzer or a chain of components
"""
import json
import random
import sys

# Words of each language or script: what a person would type.
WORDS = {
    "english": "The quick Brown foxes jumped over lazy dogs isn't running U.S.A. e-mail it's O'Neil's happily nationalization flies",
    "german": "Die Häuser größer schöne Mädchen fährst ÜBER Straße Flüsse aufgeschlossen Quelle neue Goethe Bücher und der",
    "french": "L'avion qu'elle aujourd'hui élèves générations où naïve cœur majesté chevaux jusqu'au définition les travaux",
    "spanish": "El niño está corriendo rápidamente las canciones años jóvenes pingüino veces luces de lápices",
    "portuguese": "As canções são bonitas não coração irmãos felizmente aviões cidadã os pães",
    "italian": "dell'acqua perché città bambini all'improvviso più università un'altra gli amici",
    "dutch": "De kinderen fietsen ijs zee één reünie bibliotheken 's-Hertogenbosch het lopende",
    "swedish": "Flickorna åkte över sjöarna ängel något och människor skönheten",
    "norwegian": "Ærlig øyer gått hundene været bilens leiligheter kjærlighet",
    "danish": "Kørsel får æbler børnene således mulighederne",
    "finnish": "Talossa yötä äidin kirjoissa mielestäni taloihin opiskelijoiden",
    "hungarian": "A házak gyönyörű őszi könyveket szeretném barátaimmal",
    "polish": "Żółć gęślą jaźń chrząszcz w Szczebrzeszynie łódź",
    "czech": "Příliš žluťoučký kůň úpěl ďábelské ódy městech psů",
    "romanian": "Țările și orașele frumoase ştiinţă câinilor",
    "turkish": "İstanbul'da ışık IĞDIR çocukların güzelliği Türkiye'nin kitapları",
    "latvian": "Cilvēkiem šķiet grāmatas meitenēm tautiešu",
    "lithuanian": "Žmonės ąžuolas knygos gražiausia vilnietė",
    "russian": "Быстрая коричневая лиса ёлка прыгает через собак красивыми людей и",
    "ukrainian": "Швидка лисиця їжак ґанок п'ять об'єкт",
    "bulgarian": "Бързата кафява лисица градовете красивият",
    "serbian": "Љубав њихова џеп Đorđe čovek шуме",
    "greek": "Η γρήγορη αλεπού ΆΝΘΡΩΠΟΣ όμορφος σπίτια της καλύτερος",
    "armenian": "Արագ շագանակագույն աղվեսը մարդկանց",
    "georgian": "სწრაფი ყავისფერი მელა",
    "hebrew": "שלום עולם צה\"ל ג'ירפה הילדים",
    "arabic": "السلام عليكم وَالكِتَابُ مدرسة المسلمون ٣٤٫٥ إلى",
    "persian": "کتاب‌ها می‌خواهم دانشگاه ۱۲۳ خانه‌ی بزرگترین",
    "urdu": "یہ کتابیں ہے پاکستان",
    "hindi": "लड़कियाँ किताबें भारत में जाएगी ज़िंदगी",
    "bengali": "বাংলাদেশের মানুষ করিতেছিলাম ছেলেরা",
    "tamil": "தமிழ் மொழி புத்தகங்கள்",
    "telugu": "తెలుగు భాష పుస్తకాలు",
    "thai": "ภาษาไทย สวัสดีครับ",
    "khmer": "ភាសាខ្មែរ",
    "myanmar": "မြန်မာဘာသာ ၁၂၃",
    "chinese": "我们是中国人 漢字 北京大学 々 〇",
    "japanese": "東京タワーに行きました ｶﾞﾗｽ ひらがな カタカナ ｺﾝﾋﾟｭｰﾀｰ",
    "korean": "안녕하세요 대한민국 한국어를",
    "mongolian": "ᠮᠣᠩᠭᠣᠯ Монгол",
    "ethiopic": "ሰላም ለዓለም",
    "cherokee": "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ",
    "math": "𝒳𝓎 𝟙𝟚𝟛 ℵ ℝⁿ x² ½ Ⅷ ①",
    "deseret": "𐐔𐐯𐑅𐐨𐑉𐐯𐐻 𠀀𠀁 𞤀𞤁",
}
MIXED = ["foo_bar1", "3.14", "1,000,000", "192.168.0.1", "a:b", "x:1", "C++", "C#", "AT&T", "wi-fi", "don't", "don’t", "rock'n'roll", "__init__",
         "user@example.com", "http://example.com/path?q=1&r=a%20b#frag", "www.foo.co.uk", "#hashtag", "@mention", "$100.50", "€5", "50%", "1/2",
         "2024-01-31T12:00:00Z", "+49-30-1234", "v1.2.3-beta.4", "PowerShot500", "SD500", "O'Neil's", "XMLHttpRequest", "a.b.c.", "I.B.M.",
         "<b>bold</b>", "&amp;", "a&nbsp;b", "<p>", "x<y", "/usr/local/bin", "C:\\Windows\\x.exe", "a|b||c", "α:β", "1;2;3", "٣٫٥", "1.a", "a.1", "'quoted'",
         "\"x\"", "a''b", "..", "...", "--", "—", "…", "a…b", "a·b", "l·l", "a‧b", "a_", "_a", "1_000", "e\u0301te\u0301", "a\u200db", "a\u00adb",
         "\ufeffx", "zero\u200bwidth", "non\u00a0breaking", "\u0301", "I\u0307", "ß", "ﬁn", "ǅ", "ŉ", "ﷺ", "㍿", "Ａｂｃ１２"]
EMOJI = ["😀", "👍🏽", "👨\u200d👩\u200d👧\u200d👦", "🇩🇪", "🇩", "🇩🇪🇫🇷", "❤️", "❤", "☺︎", "1️⃣", "#️⃣", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
         "👩🏽\u200d🚀", "©", "™", "♥️x", "a😀b", "⌚", "🏽", "🫠"]
SPACES = [" ", " ", " ", " ", "  ", "\t", "\n", ", ", ". ", "-", "/", "", "\u3000", "\u00a0", "; ", " (", ") ", "! "]

CHAINS = [
    {"analyzer": name} for name in
    ["standard", "simple", "whitespace", "keyword", "stop", "pattern", "fingerprint", "english", "arabic", "armenian", "basque", "bengali", "bulgarian",
     "catalan", "cjk", "czech", "danish", "dutch", "finnish", "french", "german", "greek", "hindi", "hungarian", "indonesian", "irish", "italian", "latvian",
     "lithuanian", "norwegian", "persian", "portuguese", "romanian", "russian", "serbian", "sorani", "spanish", "swedish", "turkish", "snowball", "chinese"]
]
TOKENIZERS = ["standard", "keyword", "letter", "lowercase", "whitespace", "ngram", "edge_ngram", "pattern", "classic", "path_hierarchy",
              {"type": "standard", "max_token_length": 4}, {"type": "ngram", "min_gram": 2, "max_gram": 3, "token_chars": ["letter", "digit"]},
              {"type": "edge_ngram", "min_gram": 1, "max_gram": 4, "token_chars": ["letter", "symbol", "punctuation"]},
              {"type": "pattern", "pattern": "[,;.]\\s*"}, {"type": "pattern", "pattern": "(\\w)(\\w)", "group": 2},
              {"type": "simple_pattern", "pattern": "[a-z]{2,4}"}, {"type": "simple_pattern_split", "pattern": "[ .,]+"},
              {"type": "char_group", "tokenize_on_chars": ["whitespace", "-", "digit", "punctuation"]},
              {"type": "path_hierarchy", "delimiter": " ", "replacement": "_", "skip": 1}, {"type": "path_hierarchy", "delimiter": ".", "reverse": True},
              {"type": "whitespace", "max_token_length": 5}]
FILTERS = ["lowercase", "uppercase", "asciifolding", "stop", "stemmer", "snowball", "porter_stem", "trim", "reverse", "unique", "ngram", "edge_ngram", "shingle",
           "elision", "keyword_repeat", "limit", "apostrophe", "classic", "decimal_digit", "cjk_width", "cjk_bigram", "remove_duplicates", "fingerprint",
           "arabic_normalization", "persian_normalization", "german_normalization", "hindi_normalization", "indic_normalization", "bengali_normalization",
           "scandinavian_folding", "scandinavian_normalization", "serbian_normalization", "sorani_normalization", "word_delimiter", "word_delimiter_graph",
           "truncate", "length", "common_grams", "czech_stem", "arabic_stem", "russian_stem", "dutch_stem", "french_stem", "persian_stem",
           {"type": "lowercase", "language": "greek"}, {"type": "lowercase", "language": "turkish"}, {"type": "lowercase", "language": "irish"},
           {"type": "asciifolding", "preserve_original": True}, {"type": "stop", "stopwords": ["the", "x", "de"], "ignore_case": True},
           {"type": "stop", "stopwords": "_german_"}, {"type": "stop", "stopwords": ["dogs", "a"], "remove_trailing": False},
           {"type": "length", "min": 2, "max": 5}, {"type": "truncate", "length": 3}, {"type": "ngram", "min_gram": 2, "max_gram": 3, "preserve_original": True},
           {"type": "edge_ngram", "min_gram": 2, "max_gram": 5, "preserve_original": True}, {"type": "edge_ngram", "max_gram": 3, "side": "back"},
           {"type": "shingle", "min_shingle_size": 2, "max_shingle_size": 3, "output_unigrams": False}, {"type": "shingle", "max_shingle_size": 3, "filler_token": "*"},
           {"type": "shingle", "output_unigrams": False, "output_unigrams_if_no_shingles": True, "token_separator": ""},
           {"type": "unique", "only_on_same_position": True}, {"type": "keyword_marker", "keywords": ["running", "foxes"]},
           {"type": "keyword_marker", "keywords_pattern": ".*ing"}, {"type": "keep", "keep_words": ["the", "dogs"], "keep_words_case": True},
           {"type": "keep_types", "types": ["<NUM>", "<EMOJI>"]}, {"type": "keep_types", "types": ["<ALPHANUM>"], "mode": "exclude"},
           {"type": "limit", "max_token_count": 3}, {"type": "pattern_capture", "patterns": ["([a-z]+)", "(\\d+)"]},
           {"type": "pattern_capture", "patterns": ["(.)(.)"], "preserve_original": False}, {"type": "pattern_replace", "pattern": "([aeiou])", "replacement": "<$1>"},
           {"type": "pattern_replace", "pattern": "o", "replacement": "", "all": False}, {"type": "common_grams", "common_words": ["the", "over", "is"]},
           {"type": "common_grams", "common_words": ["The", "over", "a"], "query_mode": True, "ignore_case": True},
           {"type": "stemmer_override", "rules": ["running, runs => run", "foxes => fox"]}, {"type": "multiplexer", "filters": ["lowercase", "lowercase, porter_stem"]},
           {"type": "fingerprint", "separator": "+", "max_output_size": 40}, {"type": "cjk_bigram", "output_unigrams": True}, {"type": "cjk_bigram", "ignored_scripts": ["han"]},
           {"type": "word_delimiter", "preserve_original": True, "catenate_all": True}, {"type": "word_delimiter", "catenate_words": True, "catenate_numbers": True},
           {"type": "word_delimiter", "split_on_case_change": False, "split_on_numerics": False}, {"type": "word_delimiter_graph", "preserve_original": True},
           {"type": "word_delimiter_graph", "catenate_all": True}, {"type": "word_delimiter_graph", "catenate_words": True, "generate_word_parts": False},
           {"type": "word_delimiter_graph", "adjust_offsets": False, "catenate_numbers": True}, {"type": "elision", "articles": ["l", "un"]},
           {"type": "synonym", "synonyms": ["dogs, hounds, best friends", "quick brown => fast", "lazy => slow moving, idle", "usa, united states of america"]},
           {"type": "synonym_graph", "synonyms": ["dogs, hounds, best friends", "quick brown => fast", "lazy => slow moving, idle", "the quick, speedy"]},
           ] + [{"type": "stemmer", "language": name} for name in
                ["light_german", "minimal_german", "light_french", "minimal_french", "light_italian", "light_spanish", "light_portuguese", "light_russian",
                 "light_swedish", "light_norwegian", "light_nynorsk", "minimal_norwegian", "light_finnish", "minimal_english", "possessive_english", "arabic",
                 "czech", "bulgarian", "hindi", "bengali", "indonesian", "latvian", "sorani", "persian", "german2", "porter2"]]
CHAR_FILTERS = ["html_strip", {"type": "html_strip", "escaped_tags": ["b"]}, {"type": "mapping", "mappings": ["ä => ae", "& => and", ":) => _smile_", "ph => f", "٣ => 3"]},
                {"type": "pattern_replace", "pattern": "(\\d+)-(?=\\d)", "replacement": "$1_"}, {"type": "pattern_replace", "pattern": "o", "replacement": "00"},
                {"type": "pattern_replace", "pattern": "[aeiou]+", "replacement": ""}]


def text(rnd):
    """A text: mostly words of one language, with others, numbers, marks and emoji among them."""
    main = rnd.choice(list(WORDS))
    parts = []
    for _ in range(rnd.randint(1, 9)):
        draw = rnd.random()
        if draw < 0.6:
            word = rnd.choice(WORDS[main].split())
        elif draw < 0.7:
            word = rnd.choice(WORDS[rnd.choice(list(WORDS))].split())
        elif draw < 0.8:
            word = rnd.choice(WORDS["english"].split())
        elif draw < 0.93:
            word = rnd.choice(MIXED)
        else:
            word = rnd.choice(EMOJI)
        if rnd.random() < 0.05:
            word = rnd.choice([word.upper(), word.lower(), word.title(), word * 3])
        parts += [word, rnd.choice(SPACES)]
    return "".join(parts)


def body(rnd):
    """A body of _analyze."""
    made = {"text": text(rnd) if rnd.random() < 0.9 else [text(rnd), text(rnd)]}
    if rnd.random() < 0.4:
        return {**made, **rnd.choice(CHAINS)}
    made["tokenizer"] = rnd.choice(TOKENIZERS if rnd.random() < 0.5 else ["standard", "whitespace"])
    if rnd.random() < 0.15:
        made["char_filter"] = [rnd.choice(CHAR_FILTERS)]
    if rnd.random() < 0.85:
        made["filter"] = [rnd.choice(FILTERS)]
        if rnd.random() < 0.4:
            made["filter"].insert(0, "lowercase")
        if "limit" in str(made["filter"]) and isinstance(made["text"], list):
            made["text"] = made["text"][0]  # where the next text begins depends on how far each tokenizer has read
    return made


def main():
    kind, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    rnd = random.Random(seed)
    for _ in range(count):
        print(json.dumps(text(rnd) if kind == "texts" else body(rnd), ensure_ascii=False))


if __name__ == "__main__":
    main()
