#!/usr/bin/env python3
"""Writes generated questions for compare.py: pipelines of a few processors over a few documents, a line each.

  generate.py SEED COUNT [PROCESSOR...]   only pipelines of these processors, if any are named

The same seed gives the same questions. Wrong options, missing fields and values of other types are part of it.
"""
import json
import random
import sys

WORDS = ["alpha", "Beta", "gamma delta", "  padded ", "a,b,,c", "x=1 y=2 x=3", "10.0.0.1", "1.5", "42", "true", "FALSE", "0x1F", "é€ÄÖ",
         "", "1kb", "2.5mb", "a%20b+c", "<b>bold</b> &amp; <i>it</i>", "http://user:pw@example.co.uk:8080/a/b.txt?q=1#f", "2019-01-25T05:30:00Z",
         "25/01/2019", "1548394200", '{"p":1,"q":[1,2]}', "[1,2,3]", "not json {", "a.b.c", "-17", "9999999999", "1e3", "GET /x HTTP/1.1",
         '1.2.3.4 - bob [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326', "k1:v1;k2:v2", "'quoted'", "[bracketed]"]
FIELDS = ["a", "b", "c", "d", "e", "list", "obj", "obj.x", "obj.y", "list.0", "list.1", "missing", "obj.missing", "n", "s", "deep.a.b", "deep.a", "null"]


class Generator:
    def __init__(self, seed: int, wanted: list[str]):
        self.random = random.Random(seed)
        self.makers = {name[4:]: getattr(self, name) for name in dir(self) if name.startswith("one_")}
        self.wanted = wanted or sorted(self.makers)

    def pick(self, items):
        return self.random.choice(items)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def scalar(self):
        kind = self.random.random()
        if kind < 0.55:
            return self.pick(WORDS)
        if kind < 0.7:
            return self.random.randint(-1000, 100000)
        if kind < 0.8:
            return self.pick([0.5, 1.25, -2.75, 1e10, 123456.789])
        if kind < 0.9:
            return self.chance(0.5)
        return None

    def value(self, depth=0):
        if depth < 2 and self.chance(0.2):
            return [self.value(depth + 1) for _ in range(self.random.randint(0, 3))]
        if depth < 2 and self.chance(0.15):
            return {self.pick("xyz"): self.value(depth + 1) for _ in range(self.random.randint(0, 3))}
        return self.scalar()

    def document(self):
        source = {name: self.value() for name in "abcde" if self.chance(0.8)}
        source["list"] = [self.pick(WORDS) for _ in range(self.random.randint(0, 4))] if self.chance(0.8) else self.value()
        source["obj"] = {"x": self.value(), "y": self.scalar()} if self.chance(0.8) else self.value()
        source["n"] = self.random.randint(0, 50)
        source["s"] = self.pick(WORDS)
        if self.chance(0.3):
            source["null"] = None
        if self.chance(0.3):
            source["dot.ted"] = self.scalar()
        if self.chance(0.2):
            source[self.pick(["obj.x", "obj.missing", "deep.a", "deep.a.b", "list.0", "deep"])] = self.value()
        if self.chance(0.1):
            source["deep"] = {"a.b": self.value()}
        return {"_source": source}

    def field(self):
        return self.pick(FIELDS)

    def common(self, options: dict) -> dict:
        if self.chance(0.1):
            options["tag"] = self.pick(["t1", "t2"])
        if self.chance(0.15):
            options["if"] = self.pick(["ctx.n > 20", "ctx.s == 'alpha'", "ctx.obj != null", "ctx.list?.size() > 1", "true", "ctx.missing.x == 1"])
        if self.chance(0.15):
            options["ignore_failure"] = self.chance(0.8)
        if self.chance(0.1):
            options["on_failure"] = [{"set": {"field": "failed", "copy_from": "_ingest.on_failure_message"}}]
        if self.chance(0.03):
            options["nonsense"] = 1
        return options

    def text_family(self, **more) -> dict:
        options = {"field": self.field(), **more}
        if self.chance(0.4):
            options["target_field"] = self.field()
        if self.chance(0.4):
            options["ignore_missing"] = self.chance(0.8)
        return options

    def one_set(self):
        options = {"field": self.field()}
        if self.chance(0.3):
            options["copy_from"] = self.field()
        if "copy_from" not in options or self.chance(0.05):
            options["value"] = self.value()
        for name in ("override", "ignore_empty_value"):
            if self.chance(0.2):
                options[name] = self.chance(0.5)
        return options

    def one_append(self):
        options = {"field": self.field(), "value": self.value()}
        if self.chance(0.3):
            options["allow_duplicates"] = False
        return options

    def one_remove(self):
        if self.chance(0.3):
            return {"keep": [self.field() for _ in range(self.random.randint(1, 3))]}
        options = {"field": self.field() if self.chance(0.5) else [self.field(), self.field()]}
        if self.chance(0.5):
            options["ignore_missing"] = True
        return options

    def one_rename(self):
        options = {"field": self.field(), "target_field": self.field()}
        for name in ("ignore_missing", "override"):
            if self.chance(0.4):
                options[name] = self.chance(0.7)
        return options

    def one_lowercase(self):
        return self.text_family()

    def one_uppercase(self):
        return self.text_family()

    def one_trim(self):
        return self.text_family()

    def one_bytes(self):
        return self.text_family()

    def one_html_strip(self):
        return self.text_family()

    def one_urldecode(self):
        return self.text_family()

    def one_gsub(self):
        return self.text_family(pattern=self.pick(["a", "[0-9]+", "\\s", "(\\w)(\\w)", "b*", "^.", "(?i)BETA", "["]), replacement=self.pick(["-", "", "$1", "\\$", "<$0>"]))

    def one_convert(self):
        return self.text_family(type=self.pick(["integer", "long", "float", "double", "boolean", "ip", "string", "auto", "nope"]))

    def one_split(self):
        options = self.text_family(separator=self.pick([",", "\\s+", "=", "", "b", "\\."]))
        if self.chance(0.3):
            options["preserve_trailing"] = True
        return options

    def one_join(self):
        options = {"field": self.field(), "separator": self.pick(["-", "", ", "])}
        if self.chance(0.4):
            options["target_field"] = self.field()
        return options

    def one_sort(self):
        options = {"field": self.field()}
        if self.chance(0.5):
            options["order"] = self.pick(["asc", "desc", "up"])
        if self.chance(0.3):
            options["target_field"] = self.field()
        return options

    def one_json(self):
        options = {"field": self.field()}
        if self.chance(0.4):
            options["target_field"] = self.field()
        if self.chance(0.2):
            options["add_to_root"] = True
        if self.chance(0.2):
            options["strict_json_parsing"] = False
        return options

    def one_kv(self):
        options = {"field": self.field(), "field_split": self.pick([" ", ";", "&", "\\s+"]), "value_split": self.pick(["=", ":"])}
        for name, values in (("target_field", ["kv", "obj"]), ("prefix", ["p_"]), ("trim_key", [" ", "x"]), ("trim_value", ["1 "]),
                             ("include_keys", [["x"], ["k1", "y"]]), ("exclude_keys", [["x"]]), ("strip_brackets", [True]), ("ignore_missing", [True, False])):
            if self.chance(0.2):
                options[name] = self.pick(values)
        return options

    def one_csv(self):
        options = {"field": self.field(), "target_fields": self.pick([["f1", "f2", "f3"], "f1", ["obj.f", "g"]])}
        for name, values in (("separator", [";", "="]), ("quote", ["'"]), ("trim", [True]), ("empty_value", ["", "none", 0]), ("ignore_missing", [True])):
            if self.chance(0.25):
                options[name] = self.pick(values)
        return options

    def one_dissect(self):
        options = {"field": self.field(), "pattern": self.pick(["%{p} %{q}", "%{p}=%{q}", "%{+p},%{+p}", "%{p->} %{q}", "%{?p}:%{q}", "%{*p}=%{&p}", "%{p}", "plain"])}
        if self.chance(0.3):
            options["append_separator"] = "-"
        if self.chance(0.3):
            options["ignore_missing"] = True
        return options

    def one_grok(self):
        options = {"field": self.field(), "patterns": self.pick([["%{WORD:w} %{GREEDYDATA:rest}"], ["%{NUMBER:num:int}"], ["%{NUMBER:num:float}", "%{WORD:w}"], ["%{COMMONAPACHELOG}"],
                                                                 ["%{IP:ip}"], ["(?<first>\\w)%{DATA:d}$"], ["%{NOPE:x}"], ["%{TIMESTAMP_ISO8601:ts}"], ["%{URI:uri}"]])}
        if self.chance(0.2):
            options["ignore_missing"] = True
        if self.chance(0.1):
            options["trace_match"] = True
        return options

    def one_date(self):
        options = {"field": self.field(), "formats": self.pick([["ISO8601"], ["UNIX"], ["UNIX_MS"], ["dd/MM/yyyy"], ["ISO8601", "UNIX", "dd/MM/yyyy"], ["TAI64N"], ["epoch_second"]])}
        if self.chance(0.3):
            options["timezone"] = self.pick(["Europe/Amsterdam", "+02:00", "Asia/Tokyo", "UTC"])
        if self.chance(0.3):
            options["target_field"] = self.field()
        if self.chance(0.2):
            options["output_format"] = self.pick(["yyyy-MM-dd", "epoch_millis", "HH:mm"])
        return options

    def one_date_index_name(self):
        options = {"field": self.field(), "date_rounding": self.pick("yMwdhms")}
        if self.chance(0.7):
            options["date_formats"] = self.pick([["ISO8601"], ["UNIX", "ISO8601"], ["dd/MM/yyyy"]])
        if self.chance(0.4):
            options["index_name_prefix"] = "logs-"
        if self.chance(0.3):
            options["index_name_format"] = self.pick(["yyyy-MM", "yyyy.MM.dd", "HH"])
        return options

    def one_dot_expander(self):
        options = {"field": self.pick(["dot.ted", "*", "a.b", "plain"])}
        if self.chance(0.3):
            options["override"] = True
        if self.chance(0.2):
            options["path"] = "obj"
        return options

    def one_fingerprint(self):
        options = {"fields": [self.field() for _ in range(self.random.randint(1, 3))]}
        if self.chance(0.5):
            options["method"] = self.pick(["MD5", "SHA-1", "SHA-256", "SHA-512", "MurmurHash3", "CRC"])
        if self.chance(0.3):
            options["salt"] = "pepper"
        if self.chance(0.5):
            options["ignore_missing"] = True
        return options

    def one_uri_parts(self):
        options = {"field": self.field()}
        for name in ("keep_original", "remove_if_successful", "ignore_missing"):
            if self.chance(0.3):
                options[name] = self.chance(0.5)
        return options

    def one_foreach(self):
        name = self.pick(["uppercase", "trim", "set", "append", "convert", "remove", "rename"])
        inner = {"field": self.pick(["_ingest._value", "_ingest._value.x", "a"])}
        if name in ("set", "append"):
            inner["value"] = self.scalar() or 1
        if name == "convert":
            inner["type"] = self.pick(["integer", "string", "auto"])
        if name == "rename":
            inner["target_field"] = "_ingest._value.renamed"
        options = {"field": self.field(), "processor": {name: inner}}
        if self.chance(0.3):
            options["ignore_missing"] = True
        return options

    def one_script(self):
        return {"source": self.pick(["ctx.z = ctx.n * 2", "ctx.remove('a')", "ctx.obj.w = params.p", "ctx.list.add('new')", "ctx._id = 'other'", "ctx.k = ctx.containsKey('_index')",
                                     "if (ctx.n > 10) { ctx.big = true } else { ctx.missing.x = 1 }", "ctx._version = 'x'", "ctx.s = ctx.s.toUpperCase()"]), "params": {"p": self.value()}}

    def one_fail(self):
        return {"message": "generated", "if": "ctx.n > 40"}

    def one_drop(self):
        return {"if": "ctx.n > 45"}

    def question(self):
        processors = []
        for _ in range(self.random.randint(1, 4)):
            name = self.pick(self.wanted)
            processors.append({name: self.common(self.makers[name]())})
        pipeline = {"processors": processors}
        if self.chance(0.25):
            pipeline["field_access_pattern"] = "flexible"
        if self.chance(0.15):
            pipeline["on_failure"] = [{"set": {"field": "pipeline_failed", "copy_from": "_ingest.on_failure_processor_type"}}]
        return {"body": {"pipeline": pipeline, "docs": [self.document() for _ in range(2)]}}


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    generator = Generator(seed, sys.argv[3:])
    for _ in range(count):
        print(json.dumps(generator.question(), ensure_ascii=False))


if __name__ == "__main__":
    main()
