#!/usr/bin/env python3
"""Writes seeded queries for compare.py, one a line: generate.py SEED COUNT [KIND..].

A kind is a function below with its name in KINDS; it makes one query of a corpus's fields and words. Without kinds: the usual ones.
To add one, write its function and name it in KINDS; `values` of a field come from the corpus's own documents.
"""
import functools
import json
import random
import sys

import corpora

TEXTS = {"places": ["name", "asciiname", "alternatenames"], "requests": ["request", "agent"], "questions": ["title", "body", "answers.body"], "oddities": ["t", "t2", "tf", "td", "all", "to", "a", "o.t"]}
PHRASABLE = {**TEXTS, "oddities": ["t", "t2", "all", "o.t"]}
KEYWORDS = {"places": ["name.keyword", "feature_code", "country_code", "timezone"], "requests": ["request.keyword", "tags"], "questions": ["title.keyword", "tag", "user", "answers.user"], "oddities": ["k", "kn", "short", "kd", "o.k"]}
OTHERS = {"places": ["population", "elevation", "located", "capital"], "requests": ["@timestamp", "clientip", "status", "size", "took"], "questions": ["creationDate", "score"], "oddities": ["n", "f", "b", "d", "ip"]}
CORPORA = ["places", "requests", "questions", "oddities"]  # parcels have kinds of their own


@functools.cache
def values(corpus, field):
    """Texts that documents have in a field."""
    found = []
    path = field.removesuffix(".keyword")
    path = {"a": "t", "all": "to"}.get(path, path) if corpus == "oddities" else path
    for _, source in corpora.documents(corpus, 400):
        at = [source.get(path)] if path in source else [source]
        for part in path.split(".") if path not in source else []:
            at = [inner.get(part) for one in at for inner in (one if isinstance(one, list) else [one]) if isinstance(inner, dict)]
        found += [str(value) for one in at for value in (one if isinstance(one, list) else [one]) if value is not None and not isinstance(value, dict)]
    return found or ["nothing"]


@functools.cache
def words(corpus, field):
    return [word for value in values(corpus, field) for word in value.split()] or ["nothing"]


class Asker:
    """What makes queries of one corpus."""

    def __init__(self, rng):
        self.rng, self.corpus = rng, rng.choice(CORPORA)

    def one(self, *of):
        return self.rng.choice(of)

    def maybe(self, chance=0.3):
        return self.rng.random() < chance

    def text_field(self, of=None):
        return self.rng.choice((of or TEXTS)[self.corpus])

    def keyword_field(self):
        return self.rng.choice(KEYWORDS[self.corpus])

    def string_field(self):
        return self.text_field() if self.maybe(0.5) else self.keyword_field()

    def term(self, field):
        made = self.rng.choice((words if field in TEXTS[self.corpus] else values)(self.corpus, field))
        return made.lower().strip(".,?!:;-") or "a" if field in TEXTS[self.corpus] else made

    def text(self, field, low=1, high=4):
        """Words that stand together in some document, or not."""
        if self.maybe(0.6):
            found = self.rng.choice(values(self.corpus, field)).split()
            at, size = self.rng.randrange(max(1, len(found))), self.rng.randint(low, high)
            if found[at:at + size]:
                return " ".join(found[at:at + size])
        return " ".join(self.rng.choice(words(self.corpus, field)) for _ in range(self.rng.randint(low, high)))

    def broken(self, text):
        """With a mistake or two."""
        for _ in range(self.one(0, 1, 1, 2)):
            at = self.rng.randint(0, len(text))
            text = self.one(text[:at] + text[at + 1:], text[:at] + self.one("a", "e", "x", "é") + text[at:], text[:at] + text[at + 1:at + 2] + text[at:at + 1] + text[at + 2:])
        return text

    def options(self, **given):
        """Some of them: name=(values..)."""
        return {name: self.rng.choice(of) for name, of in given.items() if self.maybe(0.25)}


MINIMA = ("1", "2", "-1", "75%", "-25%", "2<75%", 2, "50%")


def term(ask):
    field = ask.string_field() if ask.maybe(0.7) else ask.rng.choice(OTHERS[ask.corpus])
    return {"term": {field: {"value": ask.term(field) if field not in OTHERS[ask.corpus] else ask.rng.choice(values(ask.corpus, field)), **(ask.options(case_insensitive=(True,)) if field not in OTHERS[ask.corpus] else {})}}}


def prefix(ask):
    field = ask.string_field()
    return {"prefix": {field: {"value": ask.term(field)[:ask.rng.randint(0, 4)], **ask.options(case_insensitive=(True, False), boost=(2.5,), rewrite=("scoring_boolean", "top_terms_3", "top_terms_boost_4", "top_terms_blended_freqs_2", "constant_score"))}}}


def wildcard(ask):
    field = ask.string_field()
    made = list(ask.term(field).replace("\\", "\\\\"))
    for _ in range(ask.rng.randint(1, 3)):
        if made:
            at = ask.rng.randrange(len(made))
            made[at:at + ask.one(0, 1, 1, 3)] = [ask.one("*", "?", "*")]
    return {"wildcard": {field: {ask.one("value", "wildcard"): "".join(made), **ask.options(case_insensitive=(True,), boost=(0.5,), rewrite=("scoring_boolean", "top_terms_5"))}}}


def regexp(ask):
    field = ask.string_field()
    made = ["\\" + c if c in '.?+*|{}[]()"\\#@&<>~' else c for c in ask.term(field)[:12]]
    for _ in range(ask.rng.randint(0, 3)):
        if made:
            at = ask.rng.randrange(len(made))
            made[at] = ask.one(".", ".*", "[a-m]", "[^aeiou]", made[at] + "?", made[at] + "+", f"({made[at]}|x)", "\\w", "\\d*", "@", "[aeiou]{1,2}", "~(a)", "<1-50>", ".{0,3}", "\\S+")
    return {"regexp": {field: {"value": "".join(made), **ask.options(case_insensitive=(True,), flags=("ALL", "NONE", "INTERVAL|COMPLEMENT"), boost=(3,))}}}


def fuzzy(ask):
    field = ask.string_field()
    return {"fuzzy": {field: {"value": ask.broken(ask.term(field)), **ask.options(fuzziness=("AUTO", 0, 1, 2, "AUTO:2,4"), prefix_length=(0, 1, 2), max_expansions=(1, 5, 50), transpositions=(True, False), rewrite=("constant_score", "top_terms_3", "top_terms_boost_2"))}}}


def match(ask):
    field = ask.text_field() if ask.maybe(0.8) else ask.keyword_field()
    return {"match": {field: {"query": ask.text(field), **ask.options(operator=("and", "or"), minimum_should_match=MINIMA, fuzziness=("AUTO", 1, 2), prefix_length=(1, 2), max_expansions=(3, 50), fuzzy_transpositions=(False,), zero_terms_query=("all", "none"), boost=(2,), lenient=(True,))}}}


def match_phrase(ask):
    field = ask.text_field(PHRASABLE) if ask.maybe(0.9) else ask.keyword_field()
    return {"match_phrase": {field: {"query": ask.text(field, 1, 4), **ask.options(slop=(0, 1, 2, 3, 10, 110), zero_terms_query=("all",), boost=(1.5,))}}}


def match_phrase_prefix(ask):
    field = ask.text_field(PHRASABLE)
    made = ask.text(field, 1, 3)
    return {"match_phrase_prefix": {field: {"query": made[:max(1, len(made) - ask.rng.randint(0, 3))], **ask.options(slop=(1, 2, 5), max_expansions=(1, 3, 50))}}}


def match_bool_prefix(ask):
    field = ask.string_field()
    made = ask.text(field, 1, 4)
    return {"match_bool_prefix": {field: {"query": made[:max(1, len(made) - ask.rng.randint(0, 3))], **ask.options(operator=("and", "or"), minimum_should_match=MINIMA, fuzziness=("AUTO", 1), boost=(2,))}}}


def fields(ask, of=None):
    some = ask.rng.sample((of or TEXTS)[ask.corpus], k=min(len((of or TEXTS)[ask.corpus]), ask.rng.randint(1, 3)))
    return [field + ask.one("", "", "^2", "^0.5") for field in some]


def multi_match(ask):
    kind = ask.one("best_fields", "most_fields", "cross_fields", "phrase", "phrase_prefix", "bool_prefix")
    phrase = kind.startswith("phrase")
    given = ask.options(tie_breaker=(0.3, 1.0), operator=("and",), minimum_should_match=MINIMA, **({"slop": (1, 2)} if phrase else {}), **({"fuzziness": ("AUTO", 1)} if kind in ("best_fields", "most_fields") else {}))
    return {"multi_match": {"query": ask.text(ask.text_field(), 1, 3), "type": kind, "fields": fields(ask, PHRASABLE if phrase else None), **given}}


def combined_fields(ask):
    some = {"places": ["name", "asciiname", "alternatenames"], "requests": ["request"], "questions": ["title", "body", "answers.body"], "oddities": ["t", "all", "o.t", "t2"]}
    names = [field + ask.one("", "", "^2", "^3") for field in ask.rng.sample(some[ask.corpus], k=ask.rng.randint(1, min(3, len(some[ask.corpus]))))]
    return {"combined_fields": {"query": ask.text(ask.text_field(), 1, 3), "fields": names, **ask.options(operator=("and",), minimum_should_match=MINIMA)}}


def dis_max(ask):
    return {"dis_max": {"queries": [simple(ask) for _ in range(ask.rng.randint(1, 3))], **ask.options(tie_breaker=(0.0, 0.4, 1), boost=(2,))}}


def boosting(ask):
    return {"boosting": {"positive": simple(ask), "negative": simple(ask), "negative_boost": ask.one(0, 0.2, 0.5)}}


def boolean(ask):
    return {"bool": {name: [simple(ask) for _ in range(ask.rng.randint(1, 2))] for name in ("must", "filter", "should", "must_not") if ask.maybe(0.45)} | ask.options(minimum_should_match=MINIMA)}


def terms_set(ask):
    field, need = {"questions": ("tag", "needed"), "oddities": (ask.one("k", "t"), "need"), "places": ("feature_code", "elevation"), "requests": ("tags", "status")}[ask.corpus]
    return {"terms_set": {field: {"terms": [ask.term(field) for _ in range(ask.rng.randint(1, 4))], "minimum_should_match_field": need}}}


def clause(ask, field):
    """A piece of a query string, without its field."""
    made = ask.text(field, 1, 1).strip(".,?!:;-") or "a"
    plain = "".join("\\" + c if c in '+-=&|><!(){}[]^"~*?:\\/ ' else c for c in made)
    return ask.one(plain, plain, plain, plain + "~", plain + "~1", plain[:3].rstrip("\\") + "*", f'"{ask.text(field, 2, 3)}"'.replace("\\", ""), f'"{ask.text(field, 2, 3)}"~2'.replace("\\", ""), plain + "^2", f"[{plain} TO *]", f"/{made[:2].lower()}.*/" if made[:2].isalpha() else plain)


def query_text(ask):
    made = []
    for i in range(ask.rng.randint(1, 4)):
        field = ask.text_field(PHRASABLE)
        piece = clause(ask, field)
        if ask.maybe(0.5):
            piece = f"{field}:{piece}"
        elif ask.maybe(0.1):
            piece = f"{field}:({clause(ask, field)} {ask.one('', 'OR ', 'AND ')}{clause(ask, field)})"
        if i:
            made.append(ask.one("", "", "AND", "OR", "&&", "||"))
        made.append(ask.one("", "", "", "+", "-", "NOT ", "!") + piece)
    return " ".join(piece for piece in made if piece)


def query_string(ask):
    given = ask.options(default_operator=("AND", "or"), minimum_should_match=MINIMA, phrase_slop=(1, 3), lenient=(True,), analyze_wildcard=(True,), fuzzy_prefix_length=(1,), tie_breaker=(0.5,), type=("best_fields", "most_fields", "cross_fields", "phrase", "bool_prefix"))
    where = {"fields": fields(ask, PHRASABLE)} if ask.maybe(0.6) else {"default_field": ask.text_field(PHRASABLE)}
    return {"query_string": {"query": query_text(ask), **where, **given}}


def simple_query_string(ask):
    made = []
    for _ in range(ask.rng.randint(1, 4)):
        field = ask.text_field(PHRASABLE)
        text = ask.text(field, 1, 1).lower()
        made.append(ask.one("", "", "", "+", "-", "| ", "(") + ask.one(text, text, text + "*", text + "~1", f'"{ask.text(field, 2, 3)}"', f'"{ask.text(field, 2, 2)}"~2') + ask.one("", "", "", ")", " |", " +"))
    return {"simple_query_string": {"query": " ".join(made), "fields": fields(ask, PHRASABLE), **ask.options(default_operator=("and", "or"), minimum_should_match=MINIMA, flags=("ALL", "OR|AND|PREFIX", "NONE"), analyze_wildcard=(True,))}}


SIMPLE = [term, prefix, wildcard, fuzzy, match, match_phrase]
KINDS = {kind.__name__: kind for kind in SIMPLE + [regexp, match_phrase_prefix, match_bool_prefix, multi_match, combined_fields, dis_max, boosting, boolean, terms_set, query_string, simple_query_string]}


DATES = {"places": "located", "requests": "@timestamp", "questions": "creationDate", "oddities": "d", "parcels": "d"}
NUMBERS = {"places": ["population", "elevation"], "requests": ["status", "size", "took"], "questions": ["score", "needed"], "oddities": ["n", "f"], "parcels": ["n", "f", "o.x"]}


def bounds(ask, make, **more):
    low, high = sorted([make(), make()], key=str) if ask.maybe(0.8) else (make(), make())
    asked = {ask.one("gt", "gte"): low} if ask.maybe(0.8) else {}
    if not asked or ask.maybe(0.6):
        asked[ask.one("lt", "lte")] = high
    return {**asked, **more}


def range_of_numbers(ask):
    low, high = ask.one((-5, 60), (-1e6, 1e6), (0, 5), (150, 600))
    return {"range": {ask.rng.choice(NUMBERS[ask.corpus]): bounds(ask, lambda: ask.one(ask.rng.randint(int(low), int(high)), round(ask.rng.uniform(low, high), 1)))}}


def range_of_dates(ask):
    day = lambda: f"{ask.rng.randint(1990, 2024)}-{ask.rng.randint(1, 12):02}-{ask.rng.randint(1, 28):02}"
    make = lambda: ask.one(day(), day(), day() + "||" + ask.one("/M", "/y", "+1M/d", "-2y/M", "/w", "+3d"), "now-" + ask.one("5y/d", "10y/M", "20y"))
    zone = {"time_zone": ask.one("+02:00", "-08:00", "Europe/Rome", "Asia/Kolkata")} if ask.maybe(0.4) else {}
    return {"range": {DATES[ask.corpus]: bounds(ask, make, **zone)}}


def range_of_texts(ask):
    field = ask.keyword_field()
    return {"range": {field: bounds(ask, lambda: ask.rng.choice(values(ask.corpus, field)))}}


def terms(ask):
    field = ask.keyword_field()
    return {"terms": {field: [ask.rng.choice(values(ask.corpus, field)) for _ in range(ask.rng.randint(0, 5))]}}


def exists(ask):
    return {"exists": {"field": ask.one(ask.string_field(), DATES[ask.corpus], ask.rng.choice(NUMBERS[ask.corpus]), "nowhere", "o", "answers")}}


def ids(ask):
    return {"ids": {"values": [str(ask.rng.randint(1, 6000)) for _ in range(ask.rng.randint(0, 20))]}}


def nested(ask):
    ask.corpus = "parcels"
    greek = lambda: ask.rng.choice(corpora.GREEK)
    leaf = lambda: ask.one({"term": {"c.s": greek()}}, {"term": {"c.x": ask.rng.randint(0, 6)}}, {"range": {"c.x": {"gte": ask.rng.randint(0, 6)}}}, {"match": {"c.t": greek() + " " + greek()}},
                           {"nested": {"path": "c.i", "query": {"term": {"c.i.y": ask.rng.randint(0, 4)}}}}, {"exists": {"field": "c.s"}}, {"term": {"k": greek()}})
    query = ask.one(leaf(), {"bool": {"must": [leaf(), leaf()]}}, {"bool": {"must": [leaf()], "must_not": [leaf()]}}, {"bool": {"should": [leaf(), leaf(), leaf()]}})
    return {"nested": {"path": "c", "query": query, **ask.options(score_mode=("avg", "sum", "min", "max", "none"), boost=(2, 0.5))}}


def point(ask):
    lat, lon = round(ask.rng.uniform(-90, 90), 3), round(ask.rng.uniform(-180, 180), 3)
    return ask.one({"lat": lat, "lon": lon}, [lon, lat], f"{lat},{lon}", f"POINT ({lon} {lat})")


def geo(ask):
    ask.corpus = "parcels"
    low, high = sorted(round(ask.rng.uniform(-90, 90), 3) for _ in range(2))
    box = {"top": high, "bottom": low, "left": round(ask.rng.uniform(-180, 180), 3), "right": round(ask.rng.uniform(-180, 180), 3)}
    return ask.one({"geo_distance": {"distance": f"{ask.rng.randint(1, 12000)}{ask.one('km', 'mi', 'nmi')}", "p": point(ask)}}, {"geo_bounding_box": {"p": box}})


def function_score(ask):
    ask.corpus = "parcels"
    function = lambda: ask.one({"weight": ask.one(1, 2.5, 0.5)}, {"field_value_factor": {"field": "f", "factor": ask.one(1, 1.5), "modifier": ask.one("none", "log1p", "sqrt", "square", "ln2p")}},
                               {ask.one("gauss", "exp", "linear"): {ask.one("n", "f"): {"origin": ask.rng.randint(0, 50), "scale": ask.one(1, 5, 20), "offset": ask.one(0, 2), "decay": ask.one(0.5, 0.3)}}},
                               {ask.one("gauss", "exp", "linear"): {"d": {"origin": "2018-01-01", "scale": ask.one("30d", "400d")}}}, {"random_score": {"seed": ask.rng.randint(0, 99), "field": ask.one("k", "n", "_seq_no", "d")}})
    one = lambda: {**function(), **({"filter": {"term": {"k": ask.rng.choice(corpora.GREEK)}}} if ask.maybe(0.5) else {})}
    query = ask.one({"match_all": {}}, {"match": {"t": ask.rng.choice(corpora.GREEK)}}, {"term": {"k": ask.rng.choice(corpora.GREEK)}})
    return {"function_score": {"query": query, "functions": [one() for _ in range(ask.rng.randint(1, 3))],
                               **ask.options(score_mode=("multiply", "sum", "avg", "first", "max", "min"), boost_mode=("multiply", "replace", "sum", "avg", "max", "min"), min_score=(0.3, 1.5), max_boost=(2,), boost=(2,))}}


KINDS.update({kind.__name__: kind for kind in [range_of_numbers, range_of_dates, range_of_texts, terms, exists, ids, nested, geo, function_score]})


# What scripts find behind doc['..'], by the type of the field.
DOC_VALUES = {
    "places": {"population": "number", "elevation": "number", "located": "date", "capital": "boolean", "feature_code": "text", "country_code": "text", "timezone": "text", "name.keyword": "text"},
    "requests": {"status": "number", "size": "number", "took": "number", "@timestamp": "date", "clientip": "text", "tags": "text", "request.keyword": "text"},
    "questions": {"score": "number", "needed": "number", "creationDate": "date", "tag": "text", "user": "text", "answers.user": "text"},
    "parcels": {"n": "number", "f": "number", "o.x": "number", "d": "date", "k": "text", "b": "boolean", "p": "point"},
    "oddities": {"n": "number", "f": "number", "need": "number", "d": "date", "k": "text", "kn": "text", "short": "text", "kd": "text", "o.k": "text", "ip": "text", "b": "boolean", "t": "text", "nowhere": "text"}}


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def of_number(ask, doc, field):
    low, high = ask.one((0, 60), (-5, 20), (150, 600), (0, 100000))
    number = ask.one(str(ask.rng.randint(low, high)), str(ask.rng.randint(low, high)) + "L", f"{ask.rng.uniform(low, high):.2f}")
    sign = ask.one("<", "<=", ">", ">=", "==", "!=")
    return ask.one(f"{doc}.value {sign} {number}", f"{doc}.value % {ask.rng.randint(2, 5)} == {ask.one(0, 1)}", f"{doc}[{doc}.length - 1] {sign} {number}", f"{doc}.get(0) * 2 {sign} {number}",
                   f"{doc}.stream().anyMatch(v -> v {sign} {number})", f"{doc}.stream().mapToDouble(v -> v).sum() {sign} {number}", f"{doc}.contains({number})", f"Math.max({doc}.value, {number}) {sign} {number}",
                   f"Math.sqrt(Math.abs({doc}.value)) {sign} {number}", f"{doc}.value.toString().endsWith('{ask.rng.randint(0, 9)}')", f"{doc}.size() {sign} {ask.rng.randint(0, 2)}", f"{doc}.value {sign} params.bound",
                   f"{doc}.sum() {sign} {number}", f"{doc}.any(v -> v {sign} {number})", f"{doc}.every(v -> v {sign} {number})", f"{doc}[{ask.rng.randint(-1, 2)}] {sign} {number}", f"(int) {doc}.value {sign} {number}")


def of_date(ask, doc, field):
    day = f"{ask.rng.randint(1998, 2022)}-{ask.rng.randint(1, 12):02}-{ask.rng.randint(1, 28):02}T00:00:00Z"
    sign = ask.one("<", "<=", ">", ">=", "==")
    return ask.one(f"{doc}.value.year {sign} {ask.rng.randint(1998, 2022)}", f"{doc}.value.getMonthValue() {sign} {ask.rng.randint(1, 12)}", f"{doc}.value.dayOfWeekEnum.value {sign} {ask.rng.randint(1, 7)}",
                   f"{doc}.value.{ask.one('isBefore', 'isAfter')}(ZonedDateTime.parse('{day}'))", f"{doc}.value.toInstant().toEpochMilli() {sign} {ask.rng.randint(0, 1700000000)}000L", f"{doc}.value.millis % 7 == {ask.rng.randint(0, 6)}",
                   f"ChronoUnit.DAYS.between(ZonedDateTime.parse('{day}'), {doc}.value) {sign} {ask.rng.randint(-500, 500)}", f"{doc}.value.hour {sign} {ask.rng.randint(0, 23)}", f"{doc}[{doc}.size() - 1].dayOfMonth {sign} {ask.rng.randint(1, 28)}",
                   f"{doc}.value.toString().startsWith('{day[:3]}')", f"{doc}.value.withZoneSameInstant(ZoneId.of('Asia/Tokyo')).dayOfYear {sign} {ask.rng.randint(1, 365)}", f"{doc}.value.plusDays(30).monthValue {sign} 6",
                   f"{doc}.value.format(DateTimeFormatter.ofPattern('yyyy/MM')).endsWith('{ask.rng.randint(0, 9)}')")


def of_text(ask, doc, field):
    found = values(ask.corpus, field)
    text = ask.rng.choice(found)
    return ask.one(f"{doc}.value == {quoted(text)}", f"{doc}.contains({quoted(text)})", f"{doc}.value.length() {ask.one('<', '>', '==')} {ask.rng.randint(0, 12)}", f"{doc}.value.startsWith({quoted(text[:2])})",
                   f"{doc}.value.compareTo({quoted(text)}) < 0", f"{doc}.value.hashCode() % 3 == 0", f"{doc}.value.toUpperCase().indexOf({quoted(text[-1:].upper())}) >= 0", f"{doc}.join('|').length() > {ask.rng.randint(0, 20)}",
                   f"{doc}.stream().anyMatch(v -> v =~ /[aeiou]{{2}}/)", f"{doc}.get({doc}.size() - 1).equals({quoted(text)})", f"{doc}.indexOf({quoted(text)}) == 0", f"params.texts.contains({doc}.value)", f"{doc}.stream().distinct().count() > 1",
                   f"{doc}.value.replace('a', 'b') == {quoted(text)}", f"{doc}.toString().length() > {ask.rng.randint(2, 30)}", f"{doc}.size() == {ask.rng.randint(0, 3)}", f"{doc}[1] > 'a'" if ask.maybe(0.1) else f"{doc}[0] != {quoted(text)}")


def of_boolean(ask, doc, field):
    return ask.one(f"{doc}.value", f"!{doc}.value", f"{doc}[0] == {ask.one('true', 'false')}", f"{doc}.contains(true)", f"{doc}.value ? {doc}.size() > 1 : {doc}.length == 1")


def of_point(ask, doc, field):
    lat, lon = round(ask.rng.uniform(-90, 90), 2), round(ask.rng.uniform(-180, 180), 2)
    return ask.one(f"{doc}.lat > {lat}", f"{doc}.lon < {lon}", f"{doc}.value.lat > {lat}", f"{doc}.arcDistance({lat}, {lon}) < {ask.rng.randint(100, 15000)}000", f"{doc}.planeDistance({lat}, {lon}) < {ask.rng.randint(100, 15000)}000",
                   f"{doc}.lats.length > 1", f"{doc}[0].lon > {lon}", f"{doc}.geohashDistance('u3') < {ask.rng.randint(100, 15000)}000", f"{doc}.size() > 1")


OF_TYPE = {"number": of_number, "date": of_date, "text": of_text, "boolean": of_boolean, "point": of_point}


def condition(ask, depth=0, careless=0.08):
    """Something that is true of some documents. Mostly guarded: a document without the field fails a script."""
    if depth < 2 and ask.maybe(0.25):
        return f"({condition(ask, depth + 1, careless)}) {ask.one('&&', '||')} ({condition(ask, depth + 1, careless)})"
    field = ask.rng.choice(list(DOC_VALUES[ask.corpus]))
    doc = f"doc.{field}" if ask.maybe(0.1) and field.isalpha() else f"doc['{field}']"
    if field in ("nowhere", "t"):
        return f"doc.containsKey('{field}')" if careless == 0 else ask.one(f"doc.containsKey('{field}')", f"doc.containsKey('{field}')", f"{doc}.size() > 0")
    made = OF_TYPE[DOC_VALUES[ask.corpus][field]](ask, doc, field)
    if ask.maybe(careless):
        return made
    return f"{ask.one(f'{doc}.size() > 0', f'!{doc}.empty', f'{doc}.size() != 0', f'{doc}.isEmpty() == false')} && {made}"


def script_of(ask, source):
    params = {"bound": ask.rng.randint(0, 100)} if "params.bound" in source else {}
    if "params.texts" in source:
        params["texts"] = [ask.rng.choice(values(ask.corpus, field)) for field, kind in DOC_VALUES[ask.corpus].items() if kind == "text" and field not in ("nowhere", "t")]
    return {"source": source, **({"params": params} if params else {})}


def filter_source(ask):
    made = condition(ask)
    return ask.one(made, f"return {made};", f"if ({made}) {{ return true }} return false", f"def found = {made}; return found", f"boolean test(Map d) {{ return {made.replace('doc', 'd')} }} return test(doc)" if "params" not in made and "'doc" not in made else made)


def score_source(ask):
    field = ask.rng.choice([field for field, kind in DOC_VALUES[ask.corpus].items() if kind == "number"])
    value = f"(doc['{field}'].size() == 0 ? {ask.one(0, 1, 2.5)} : Math.abs(doc['{field}'].value))"
    return ask.one(value, f"_score * {value}", f"_score + Math.log(2 + {value})", f"saturation({value}, {ask.rng.randint(1, 50)})", f"sigmoid({value}, {ask.rng.randint(1, 50)}, 2)", f"({condition(ask)}) ? 2 : 1",
                   f"decayNumeric{ask.one('Gauss', 'Exp', 'Linear')}({ask.rng.randint(0, 50)}, 20, {ask.one(0, 3)}, 0.5, {value})", f"1 / (1 + {value})", f"def s = _score; if ({condition(ask)}) {{ s += 1 }} return s", f"Math.pow({value} % 10, 1.5)",
                   f"doc['{field}'].size()", f"doc['{field}'].value" if ask.maybe(0.1) else value, f"{value} - 5" if ask.maybe(0.1) else value)


def script(ask):
    ask.corpus = ask.one(*DOC_VALUES)
    if ask.maybe(0.6):
        query = {"script": {"script": script_of(ask, filter_source(ask)), **ask.options(boost=(2, 0.5))}}
        return {"bool": {"must_not": [query]}} if ask.maybe(0.1) else query
    inner = {"match_all": {}} if ask.corpus == "parcels" and ask.maybe(0.5) else simple(ask) if ask.corpus != "parcels" else ask.one({"match": {"t": ask.rng.choice(corpora.GREEK)}}, {"exists": {"field": "n"}})
    scoring = script_of(ask, score_source(ask))
    if ask.maybe(0.6):
        return {"script_score": {"query": inner, "script": scoring, **ask.options(min_score=(1, 2.5), boost=(2,))}}
    return {"function_score": {"query": inner, "script_score": {"script": scoring}, **ask.options(boost_mode=("multiply", "replace", "sum", "avg", "max", "min"), min_score=(1.5,), max_boost=(2,))}}


def terms_set_script(ask):
    field = ask.keyword_field()
    least = ask.one("params.num_terms", "params.num_terms - 1", "Math.min(params.num_terms, 2)", "1", f"({condition(ask, careless=0)}) ? 1 : 2")  # Lucene asks the script of more documents than have a term
    return {"terms_set": {field: {"terms": [ask.rng.choice(values(ask.corpus, field)) for _ in range(ask.rng.randint(1, 4))], "minimum_should_match_script": script_of(ask, least)}}}


KINDS.update({kind.__name__: kind for kind in [script, terms_set_script]})


POSITIONED = {"parcels": ["t"], "oddities": ["t", "t2"], "questions": ["body", "title"], "places": ["name"]}


def positioned(ask):
    """A field with positions, and how to pick a word of it."""
    ask.corpus = ask.one(*POSITIONED)
    field = ask.one(*POSITIONED[ask.corpus])
    return field, lambda: ask.rng.choice(corpora.GREEK if ask.corpus == "parcels" else words(ask.corpus, field))


def interval_rule(ask, word, depth):
    if depth == 0 or ask.maybe(0.4):
        kind = ask.rng.random()
        if kind < 0.75:
            rule = {"match": {"query": " ".join(word() for _ in range(ask.rng.randint(1, 3))), **ask.options(max_gaps=(0, 1, 2, 5, 20), ordered=(True, False))}}
        elif kind < 0.9:
            return {"prefix": {"prefix": word().lower()[:2]}}
        else:
            return {"wildcard": {"pattern": "*" + word().lower()[-2:]}}
    else:
        inner = [interval_rule(ask, word, depth - 1) for _ in range(ask.rng.randint(1, 3))]
        rule = {"any_of": {"intervals": inner}} if ask.maybe(0.4) else {"all_of": {"intervals": inner, **ask.options(max_gaps=(0, 1, 3, 10, 30), ordered=(True, False))}}
    if ask.maybe(0.25):
        relation = ask.one("containing", "contained_by", "not_containing", "not_contained_by", "overlapping", "not_overlapping", "before", "after")
        next(iter(rule.values()))["filter"] = {relation: interval_rule(ask, word, depth - 1 if depth else 0)}
    return rule


def intervals(ask):
    field, word = positioned(ask)
    return {"intervals": {field: {**interval_rule(ask, word, 2), **ask.options(boost=(2, 0.5))}}}


def span_clause(ask, field, word, depth):
    kind = ask.one("term", "term", "multi") if depth == 0 else ask.one("term", "multi", "near", "near", "near", "first", "or", "not", "containing", "within")
    inner = lambda: span_clause(ask, field, word, depth - 1)
    if kind == "term":
        return {"span_term": {field: word().lower()}}
    if kind == "multi":
        return {"span_multi": {"match": ask.one({"prefix": {field: word().lower()[:2]}}, {"wildcard": {field: "*" + word().lower()[-2:]}})}}
    if kind == "near":
        in_order = ask.maybe(0.5)
        clauses = [inner() for _ in range(ask.rng.randint(1, 3))]
        if in_order and len(clauses) > 1 and ask.maybe(0.2):
            clauses.insert(1, {"span_gap": {field: ask.rng.randint(1, 3)}})
        return {"span_near": {"clauses": clauses, "slop": ask.one(0, 1, 3, 10, 40), "in_order": in_order}}
    if kind == "first":
        return {"span_first": {"match": inner(), "end": ask.one(0, 1, 3, 10)}}
    if kind == "or":
        return {"span_or": {"clauses": [inner() for _ in range(ask.rng.randint(1, 3))]}}
    if kind == "not":
        return {"span_not": {"include": inner(), "exclude": inner(), **ask.options(pre=(0, 1, 4), post=(0, 1, 4))}}
    return {f"span_{kind}": {"big": inner(), "little": inner()}}


def span(ask):
    field, word = positioned(ask)
    query = {"span_or": {"clauses": [span_clause(ask, field, word, 2)]}}
    if ask.maybe(0.2):
        query["span_or"]["boost"] = 2
    return query


def ring(ask):
    west, south = ask.rng.randint(-170, 60), ask.rng.randint(-80, 30)
    east, north = west + ask.rng.randint(20, 100), south + ask.rng.randint(20, 50)
    return [[west, south], [east, south], [(west + east) / 2 + 0.5, north], [west, north - 3], [west, south]]


def geo_shape(ask):
    ask.corpus = "parcels"
    shape = ask.one({"type": "polygon", "coordinates": [ring(ask)]}, {"type": "multipolygon", "coordinates": [[ring(ask)], [ring(ask)]]},
                    {"type": "envelope", "coordinates": [[ask.rng.randint(-180, 0), 70], [ask.rng.randint(1, 180), ask.rng.randint(-80, 60)]]}, {"type": "point", "coordinates": [2, 1]},
                    {"type": "geometrycollection", "geometries": [{"type": "polygon", "coordinates": [ring(ask)]}, {"type": "point", "coordinates": [2, 1]}]})
    return {"geo_shape": {"p": {"shape": shape, **ask.options(relation=("intersects", "disjoint", "within", "contains"))}, **ask.options(boost=(2,))}}


def more_like_this(ask):
    ask.corpus = ask.one("questions", "places", "oddities")
    field = {"questions": "body", "places": "name", "oddities": "t"}[ask.corpus]
    text = " ".join(ask.rng.choice(words(ask.corpus, field)) for _ in range(ask.rng.randint(1, 8)))
    like = {"doc": {field: text}} if ask.maybe() else text
    return {"more_like_this": {"fields": [field], "like": like, "min_term_freq": 1, **ask.options(min_doc_freq=(1, 2, 20), minimum_should_match=("30%", 1, "75%"), max_doc_freq=(50,), min_word_length=(3,), boost=(2,), boost_terms=(1.5,))}}


def joined(ask, depth=0):
    ask.corpus = "families"
    greek = lambda: ask.rng.choice(corpora.GREEK)
    leaf = lambda: ask.one({"match_all": {}}, {"match": {"t": f"{greek()} {greek()}"}}, {"term": {"k": greek()}}, {"range": {"n": {"gte": ask.rng.randint(0, 20)}}}, {"nested": {"path": "o", "query": {"term": {"o.x": greek()}}}},
                           {"parent_id": {"type": ask.one("c", "d", "g"), "id": str(ask.rng.randint(0, 400))}}, {"term": {"j": ask.one("p", "c", "d", "g")}})
    query = joined(ask, depth + 1) if depth < 2 and ask.maybe(0.3) else {"bool": {"must": [leaf(), leaf()]}} if ask.maybe() else leaf()
    return ask.one({"has_child": {"type": ask.one("c", "c", "d", "g"), "query": query, **ask.options(score_mode=("none", "avg", "sum", "min", "max"), min_children=(1, 2, 3), max_children=(3, 5), boost=(2,))}},
                   {"has_parent": {"parent_type": ask.one("p", "p", "c"), "query": query, **ask.options(score=(True, False), boost=(0.5,))}}, {"bool": {"should": [leaf(), joined(ask, depth + 1)]}} if depth < 2 else leaf())


KINDS.update({kind.__name__: kind for kind in [intervals, span, geo_shape, more_like_this]})
USUAL = list(KINDS.values())
KINDS["joined"] = joined  # by its name only: so the others stay what they were


def simple(ask):
    return ask.rng.choice(SIMPLE)(ask)


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    kinds = [KINDS[name] for name in sys.argv[3:]] or USUAL
    for _ in range(count):
        ask = Asker(rng)
        query = rng.choice(kinds)(ask)
        if ask.maybe(0.2):
            query = {"bool": {"filter": [query]}}
        print(json.dumps({"corpus": ask.corpus, "query": query}, ensure_ascii=False))


if __name__ == "__main__":
    main()
