"""Seven seeded corpora that queries are asked of, with their mappings: places, requests, questions, parcels (nested objects and points),
oddities, computed (runtime fields), and shapes, for nodes that have geo_shape.

documents(name, count) gives (id, source) pairs, always the same ones; a smaller count is the beginning of a larger one.
"""
import random

CONSONANTS, VOWELS = "bcdfghklmnprstvz", "aeiou"


def word(rng, syllables=None):
    return "".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) + (rng.choice("nrsl") if rng.random() < 0.3 else "") for _ in range(syllables or rng.choice([1, 2, 2, 3])))


def vocabulary(seed, size):
    rng = random.Random(seed)
    words = []
    while len(words) < size:
        made = word(rng)
        if made not in words:
            words.append(made)
    return words


def common(rng, words):
    """A word, the first ones far more often than the last ones."""
    return words[min(int(len(words) * rng.random() ** 3), len(words) - 1)]


COMMON = ["the", "of", "a", "in", "and", "river", "lake", "mount", "new", "old", "san", "north", "south", "east", "west", "hill", "creek", "park", "school", "church"]
PLACES = COMMON + vocabulary(1, 400)
TECHNICAL = ["how", "to", "java", "python", "error", "in", "the", "a", "of", "and", "string", "list", "array", "json", "null", "file", "server", "query", "index", "loop", "thread",
             "c", "x", "1.5", "foo_bar", "don't", "utf", "naïve", "überall", "façade"] + vocabulary(2, 600)
PATHS = ["index.html", "images/logo.gif", "english", "french", "news", "search", "api/v1", "api/v2", "help.html", "login"]

def computed_by(kind, script, **more):
    return {"type": kind, "script": {"source": script}, **more}


TEXT_WITH_KEYWORD = {"type": "text", "fields": {"keyword": {"type": "keyword", "ignore_above": 256}}}
MAPPINGS = {
    "places": {"properties": {
        "name": TEXT_WITH_KEYWORD, "asciiname": {"type": "text"}, "alternatenames": {"type": "text"},
        "feature_class": {"type": "keyword"}, "feature_code": {"type": "keyword"}, "country_code": {"type": "keyword", "normalizer": "lowercase"},
        "population": {"type": "long"}, "elevation": {"type": "integer"}, "timezone": {"type": "keyword"}, "located": {"type": "date", "format": "yyyy-MM-dd"}, "capital": {"type": "boolean"}}},
    "requests": {"properties": {
        "@timestamp": {"type": "date"}, "clientip": {"type": "ip"}, "request": TEXT_WITH_KEYWORD, "status": {"type": "integer"}, "size": {"type": "long"},
        "agent": {"type": "text", "norms": False}, "tags": {"type": "keyword"}, "took": {"type": "double"}}},
    "questions": {"properties": {
        "title": TEXT_WITH_KEYWORD, "body": {"type": "text"}, "tag": {"type": "keyword"}, "user": {"type": "keyword"}, "creationDate": {"type": "date"},
        "answers": {"properties": {"body": {"type": "text"}, "user": {"type": "keyword"}}}, "score": {"type": "integer"}, "needed": {"type": "long"}}},
    "parcels": {"properties": {
        "n": {"type": "long"}, "f": {"type": "float"}, "d": {"type": "date"}, "k": {"type": "keyword"}, "t": {"type": "text"}, "p": {"type": "geo_point"}, "b": {"type": "boolean"},
        "c": {"type": "nested", "properties": {"x": {"type": "long"}, "s": {"type": "keyword"}, "t": {"type": "text"},
                                               "i": {"type": "nested", "properties": {"y": {"type": "long"}}}}}, "o": {"properties": {"x": {"type": "long"}}}}},
    "oddities": {"properties": {
        "k": {"type": "keyword"}, "kn": {"type": "keyword", "normalizer": "lowercase"}, "short": {"type": "keyword", "ignore_above": 6}, "kd": {"type": "keyword", "null_value": "NULL"},
        "t": {"type": "text"}, "t2": {"type": "text", "position_increment_gap": 3}, "tf": {"type": "text", "index_options": "freqs"}, "td": {"type": "text", "index_options": "docs"},
        "n": {"type": "long"}, "f": {"type": "double"}, "b": {"type": "boolean"}, "d": {"type": "date"}, "ip": {"type": "ip"}, "o": {"properties": {"k": {"type": "keyword"}, "t": {"type": "text"}}},
        "a": {"type": "alias", "path": "t"}, "to": {"type": "text", "copy_to": "all"}, "all": {"type": "text"}, "need": {"type": "integer"}}},
    "computed": {"runtime": {
        "rk": computed_by("keyword", "if (doc['k'].size() != 0) emit(doc['k'].value.toUpperCase())"),
        "rl": computed_by("long", "for (n in doc['n']) emit(n * 2)"),
        "rd": computed_by("double", "if (doc['f'].size() != 0) emit(doc['f'].value / 2)"),
        "rt": computed_by("date", "if (doc['d'].size() != 0) emit(doc['d'].value.toInstant().toEpochMilli() + 3600000L)"),
        "rtf": computed_by("date", "if (params._source.day != null) emit(parse(params._source.day))", format="yyyy/MM/dd"),
        "rb": computed_by("boolean", "emit(doc['n'].size() > 1)"),
        "ri": computed_by("ip", "for (n in doc['n']) emit('192.168.0.' + n)"),
        "rp": computed_by("geo_point", "if (doc['p'].size() != 0) emit(doc['p'].value.lat / 2, doc['p'].value.lon / 2)"),
        "raw_l": {"type": "long"}, "raw_k": {"type": "keyword"}, "raw_t": {"type": "date"}, "raw_b": {"type": "boolean"}, "raw_i": {"type": "ip"}, "raw_p": {"type": "geo_point"},
        "chained": computed_by("keyword", "emit((doc['rk'].size() == 0 ? 'none' : doc['rk'].value) + '-' + doc['rl'].size())"),
        "o": computed_by("keyword", "emit('o' + params._source.o)"),
        "with_params": {"type": "long", "script": {"source": "if (doc['n'].size() != 0) emit(doc['n'].value + params.more)", "params": {"more": 10}}},
        "fails": computed_by("keyword", "emit(doc['k'].value)"), "quiet": computed_by("keyword", "emit(doc['k'].value)", on_script_error="continue"),
        "many": computed_by("keyword", "for (int i = 0; i < 101; ++i) emit('x')"), "twice": computed_by("keyword", "emit('b'); emit('a'); emit('b')"),
        "wrong_address": computed_by("ip", "emit('x')"), "wrong_point": computed_by("geo_point", "emit(100, 0)"),
        "no_text": computed_by("keyword", "emit(null)")},
        "properties": {"n": {"type": "long"}, "f": {"type": "double"}, "d": {"type": "date"}, "k": {"type": "keyword"}, "t": {"type": "text"}, "p": {"type": "geo_point"},
                       "day": {"type": "keyword"}, "o": {"type": "long"}}},
}


MAPPINGS["families"] = {"properties": {
    "j": {"type": "join", "relations": {"p": ["c", "d"], "c": "g"}}, "t": {"type": "text"}, "n": {"type": "long"}, "k": {"type": "keyword"}, "o": {"type": "nested", "properties": {"x": {"type": "keyword"}}}}}
MAPPINGS["shapes"] = {"properties": {"s": {"type": "geo_shape"}}}


def place(rng, number):
    name = " ".join(common(rng, PLACES) for _ in range(rng.choice([1, 2, 2, 3, 4])))
    source = {"name": name.title() if rng.random() < 0.8 else name, "asciiname": name, "feature_class": rng.choice("PSTHALRVU"), "feature_code": rng.choice(["PPL", "PPLA", "STM", "LK", "HLL", "SCH", "CH"]),
              "country_code": rng.choice(["US", "DE", "FR", "cn", "in", "BR"]), "population": int(10 ** (rng.random() * 7)) if rng.random() < 0.6 else 0,
              "timezone": rng.choice(["Europe/Berlin", "America/New_York", "Asia/Tokyo"]), "located": f"{rng.randint(1990, 2024)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"}
    if rng.random() < 0.4:
        source["alternatenames"] = [" ".join(common(rng, PLACES) for _ in range(rng.choice([1, 2, 3]))) for _ in range(rng.choice([1, 2, 5]))]
    if rng.random() < 0.3:
        source["elevation"] = rng.randint(-50, 5000)
    if rng.random() < 0.1:
        source["capital"] = rng.random() < 0.5
    return source


def request(rng, number):
    path = "/".join(rng.choice(PATHS) for _ in range(rng.choice([1, 2, 3])))
    return {"@timestamp": f"1998-{rng.randint(4, 7):02}-{rng.randint(1, 30):02}T{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}Z",
            "clientip": f"{rng.choice([10, 40, 192])}.{rng.randint(0, 3)}.{rng.randint(0, 9)}.{rng.randint(0, 255)}",
            "request": f"{rng.choice(['GET', 'GET', 'GET', 'POST', 'HEAD'])} /{path} HTTP/1.{rng.choice([0, 1])}", "status": rng.choice([200, 200, 200, 304, 404, 500]),
            "size": rng.randint(0, 100000), "agent": " ".join(common(rng, TECHNICAL) for _ in range(rng.randint(0, 8))),
            "tags": [rng.choice(["hot", "cold", "slow", "fast", "err-1", "err-2"]) for _ in range(rng.randint(0, 3))], "took": round(rng.random() * 10, 3)}


def text(rng, words, low, high):
    out = []
    for _ in range(rng.randint(low, high)):
        made = common(rng, words)
        out.append(made.capitalize() if rng.random() < 0.1 else made)
        if rng.random() < 0.1:
            out[-1] += rng.choice([",", ".", "?", "!", ":", ";", " -"])
    return " ".join(out)


def question(rng, number):
    source = {"title": text(rng, TECHNICAL, 1, 12), "body": text(rng, TECHNICAL, 0, 80), "tag": [rng.choice(TECHNICAL[2:30]) for _ in range(rng.randint(0, 4))], "user": f"user{rng.randint(1, 300)}",
              "creationDate": f"20{rng.randint(8, 20):02}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}T{rng.randint(0, 23):02}:00:00.{rng.randint(0, 999):03}", "score": rng.randint(-10, 100)}
    if rng.random() < 0.7:
        source["answers"] = [{"body": text(rng, TECHNICAL, 1, 30), "user": f"user{rng.randint(1, 300)}"} for _ in range(rng.randint(0, 3))]
    if rng.random() < 0.7:
        source["needed"] = rng.randint(0, 3)
    return source


ODD_WORDS = ["quick", "quick", "brown", "fox", "fox", "the", "the", "lazy", "dog", "jumps", "over", "foxes", "quack", "brow", "élan", "Élan", "naïve", "ab", "abc", "abd", "acb", "a", "b", "1", "12", "007", "1.5", "x_y", "don't", "straße", "日本", "emoji", "O'Neil"]
ODD_KEYWORDS = ["", " ", "a", "ab", "abc", "ABC", "acb", "a*c", "a?c", "a\\c", "a.c", "12", "007", "-5", "é", "É", "straße", "foo bar", "foo  bar", "Foo Bar", "/path/to", "\"q\"", "😀", "a😀c", "null", "true", "2020-01-01", "10.0.0.1", "x" * 40]


def odd_text(rng):
    return " ".join(rng.choice(ODD_WORDS) for _ in range(rng.choice([0, 1, 2, 3, 5, 9])))


def several(rng, make):
    """One value, or several, or none, or null."""
    kind = rng.random()
    if kind < 0.6:
        return make()
    if kind < 0.8:
        return [make() for _ in range(rng.randint(1, 4))]
    if kind < 0.85:
        return []
    if kind < 0.9:
        return [make(), None]
    return None


GREEK = "alpha beta gamma delta eps zeta eta theta iota kappa".split()


def parcel(rng, number):
    greek = lambda most: " ".join(rng.choice(GREEK) for _ in range(rng.randint(1, most)))
    point = {"lat": round(rng.uniform(-90, 90), 4), "lon": round(rng.uniform(-180, 180), 4)}
    source = {"n": rng.randint(0, 50), "f": round(rng.uniform(0, 10), 2), "d": f"20{rng.randint(10, 24)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
              "k": rng.choice(GREEK), "t": greek(60), "b": rng.random() < 0.5, "o": {"x": rng.randint(0, 3)},
              "p": rng.choice([point, [point["lon"], point["lat"]], f"{point['lat']},{point['lon']}", f"POINT ({point['lon']} {point['lat']})", [point, {"lat": 1, "lon": 2}]]),
              "c": [{"x": rng.randint(0, 5), "s": rng.choice(GREEK), "t": greek(4), "i": [{"y": rng.randint(0, 3)} for _ in range(rng.randint(0, 2))]} for _ in range(rng.randint(0, 3))]}
    if rng.random() < 0.1:
        del source["n"]
    if rng.random() < 0.1:
        source["n"] = [rng.randint(0, 50), rng.randint(0, 50)]
    return source


def oddity(rng, number):
    keyword = lambda: rng.choice(ODD_KEYWORDS)
    makers = {"k": keyword, "kn": keyword, "short": keyword, "kd": keyword, "t": lambda: odd_text(rng), "t2": lambda: odd_text(rng), "tf": lambda: odd_text(rng), "td": lambda: odd_text(rng), "to": lambda: odd_text(rng),
              "n": lambda: rng.choice([0, 1, -1, 12, 7, 9223372036854775807, -9223372036854775808, "5"]), "f": lambda: rng.choice([0.0, 1.5, -2.25, 1e10, 3, "1.5"]), "b": lambda: rng.choice([True, False, "true", "false"]),
              "d": lambda: rng.choice(["2020-01-01", "1969-12-31T23:59:59.999Z", "1970-01-01", "9999-12-31", "2020-02-29T12:00:00+02:00", 0, 1580000000000]), "ip": lambda: rng.choice(["10.0.0.1", "10.0.0.255", "::1", "192.168.1.1"]),
              "need": lambda: rng.randint(0, 3)}
    source = {field: several(rng, make) for field, make in makers.items() if rng.random() < 0.6}
    if rng.random() < 0.4:
        source["o"] = several(rng, lambda: {"k": keyword(), "t": odd_text(rng)})
    if rng.random() < 0.1:
        source["o.k"] = keyword()
    return source


def ring(rng, scale=1.0):
    """Four corners; the last one stands where the first one does."""
    west, south = round(rng.uniform(-170, 60), 4), round(rng.uniform(-80, 30), 4)
    east, north = round(west + rng.uniform(10, 100) * scale, 4), round(south + rng.uniform(10, 50) * scale, 4)
    return [[west, south], [east, south], [round((west + east) / 2, 4), north], [west, round(north - 3 * scale, 4)], [west, south]]


def hole(corners):
    x, y = sum(corner[0] for corner in corners[:-1]) / 4, sum(corner[1] for corner in corners[:-1]) / 4
    return [[round(x + (corner[0] - x) * 0.4, 4), round(y + (corner[1] - y) * 0.4, 4)] for corner in corners][::-1]


def shape(rng, scale=1.0, inner=False):
    spot = lambda: [round(rng.uniform(-170, 170), 4), round(rng.uniform(-80, 80), 4)]
    kind = rng.choice(["point", "multipoint", "linestring", "polygon", "polygon", "hole", "multipolygon", "envelope", "crossing"] + ([] if inner else ["geometrycollection"]))
    if kind == "point":
        return {"type": "point", "coordinates": spot()}
    if kind in ("multipoint", "linestring"):
        return {"type": kind, "coordinates": [spot() for _ in range(rng.randint(2, 4))]}
    if kind in ("polygon", "hole"):
        corners = ring(rng, scale)
        return {"type": "polygon", "coordinates": [corners, hole(corners)] if kind == "hole" else [corners]}
    if kind == "multipolygon":
        return {"type": "multipolygon", "coordinates": [[ring(rng, scale)], [ring(rng, scale)]]}
    if kind == "geometrycollection":
        return {"type": kind, "geometries": [shape(rng, scale, True), shape(rng, scale, True)]}
    south = round(rng.uniform(-80, 30), 4)
    west = round(rng.uniform(100, 170) if kind == "crossing" else rng.uniform(-180, 60), 4)
    east = round(rng.uniform(-170, -100) if kind == "crossing" else west + rng.uniform(5, 100) * scale, 4)
    return {"type": "envelope", "coordinates": [[west, round(south + rng.uniform(5, 50) * scale, 4)], [east, south]]}


def shaped(rng, number):
    return {"s": shape(rng, rng.choice([1, 0.2, 0.2]))}


def computed(rng, number):
    source = {"t": " ".join(rng.choice(GREEK) for _ in range(rng.randint(1, 6))), "o": rng.randint(0, 3)}
    if rng.random() < 0.8:
        source["n"] = rng.randint(0, 20) if rng.random() < 0.7 else [rng.randint(0, 20) for _ in range(rng.randint(2, 4))]
    if rng.random() < 0.8:
        source["k"] = rng.choice(GREEK[:5])
    if rng.random() < 0.8:
        source["f"] = rng.choice([0.5, 1.5, 3.0, 3.5, -2.25, 10])
    if rng.random() < 0.8:
        source["d"] = f"20{rng.randint(14, 18):02}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        source["day"] = source["d"].replace("-", "/")
    if rng.random() < 0.7:
        source["p"] = [round(rng.uniform(-170, 170), 3), round(rng.uniform(-85, 85), 3)]
    if rng.random() < 0.5:
        source.update(raw_l=rng.choice([5, "5", [1, 7], 3.7]), raw_k=rng.choice(["x", ["y", "x"], 7]), raw_t=rng.choice(["2020-05-01", 1577836800000, "2019-01-01T10:00:00Z"]),
                      raw_b=rng.choice([True, "true", False]), raw_i=rng.choice(["10.0.0.1", ["::1", "10.0.0.2"]]), raw_p=rng.choice(["10,10", "11,11", "50,50"]))
    return source


def family(rng, number):
    """Of ten documents two are parents, four and one their children of two kinds, two grandchildren, and one is nobody's."""
    source = {"t": " ".join(rng.choice(GREEK) for _ in range(rng.randint(1, 6))), "n": rng.randint(0, 20), "k": rng.choice(GREEK[:5])}
    if rng.random() < 0.4:
        source["o"] = [{"x": rng.choice(GREEK[:5])} for _ in range(rng.randint(1, 3))]
    role = "ppccccdgg "[number % 10]
    of = 10 * rng.randint(0, number // 10) + (rng.randint(2, 5) if role == "g" else rng.randint(0, 1))
    if role == "p":
        source["j"] = rng.choice(["p", {"name": "p"}])
    elif role != " ":
        source["j"] = {"name": role, "parent": rng.choice([str(of), of])}
    return source


def routing(source):
    """Of a document that is somebody's child; None of others."""
    return "1" if isinstance(source.get("j"), dict) and "parent" in source["j"] else None


MAKERS = {"places": place, "requests": request, "questions": question, "parcels": parcel, "oddities": oddity, "computed": computed, "families": family, "shapes": shaped}


def documents(name, count):
    rng = random.Random(f"corpus {name}")
    return [(str(number), MAKERS[name](rng, number)) for number in range(1, count + 1)]
