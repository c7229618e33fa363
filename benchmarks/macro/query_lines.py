"""Queries on files: filtering against the kernel, and against jq and DuckDB on the same data."""
import importlib.util
import json
import shutil
import sys

from file_lines import ONE, against_kernel, body
from measuring import BenchError, Spread, Tools, at_least, for_comparison, run

QUARTER = {"terms": {"feature_class.keyword": ["P", "H"]}}
THREE = {"bool": {"filter": [{"term": {"feature_class.keyword": "P"}}, {"range": {"population": {"gte": 1}}}, {"exists": {"field": "location"}}]}}
WORDS = {"match": {"name": "rio lake"}}
MANY = {"terms": {"asciiname.keyword": [f"Rio {number}" for number in range(9_998)] + ["Rio Statci", "Rio Terkon"]}}
ONE_CLASS = {"term": {"feature_class.keyword": "P"}}
DUCKDB = """
import duckdb, sys
db = duckdb.connect(config={"threads": 1})
db.execute("set enable_progress_bar = false")
print(db.execute("copy (select * from read_ndjson_objects(?) where json ->> '$._source.feature_class' = 'P') to '/dev/null' (format csv, header false, quote '')", [sys.argv[1]]).fetchone()[0])
"""


def filtered(tools: Tools, query: dict, source, documents: int) -> tuple[Spread, int]:
    """Documents read a second, and how many of them matched."""
    request = body("geonames")
    request["source"]["query"] = query
    rates, matched = [], 0
    for _ in range(tools.repetitions):
        done = tools.reindex(request, "--source", source, "--dest", "null:", "--format", "hits", "--slices", 1, cores=ONE)
        response = json.loads(done.stdout)
        matched = response["created"]
        if matched == 0 or response["failures"]:
            raise BenchError(f"the query {json.dumps(query)[:80]} found nothing: {done.stdout}")
        rates.append(documents / done.seconds)
    return Spread.of(rates), matched


def kernel_lines(tools: Tools, source, kernel: Spread, documents: int, note: str):
    for name, query, bar in (("terms of a keyword, a quarter matches", QUARTER, 0.40), ("bool of term, range and exists", THREE, 0.30),
                             ("match on a text", WORDS, 0.10), ("terms with 10,000 values", MANY, 0.35)):
        measured, matched = filtered(tools, query, source, documents)
        yield against_kernel(f"file -> null:, {name}, of the kernel", bar, measured, kernel,
                             f", {100 * matched / documents:.1f} % matched{note}")


def seconds(tools: Tools, command: list, expected: int | None = None) -> float:
    best = float("inf")
    for _ in range(tools.repetitions):
        done = run(command, ONE)
        if expected is not None and int(done.stdout) != expected:
            raise BenchError(f"{command[0]} found {done.stdout}, not {expected}")
        best = min(best, done.seconds)
    return best


def peer_lines(tools: Tools, source, documents: int):
    ours, matched = filtered(tools, ONE_CLASS, source, documents)
    if shutil.which("jq"):
        # jq is too slow for all of it: a tenth, and its time is that of a document.
        part = tools.data / "geonames-part.ndjson"
        with open(source, encoding="utf-8") as whole, open(part, "w", encoding="utf-8") as some:
            for _, line in zip(range(documents // 10), whole):
                some.write(line)
        theirs = (documents // 10) / seconds(tools, ["jq", "-c", 'select(._source.feature_class == "P")', part])
        part.unlink()
        yield at_least("file -> null:, a term, of jq's select", ours.best / theirs, 30, f"{ours.text()} docs/s, jq {theirs:,.0f}")
    else:
        yield for_comparison("file -> null:, a term, of jq's select", float("nan"), "jq is not installed")
    if importlib.util.find_spec("duckdb"):
        theirs = documents / seconds(tools, [sys.executable, "-c", DUCKDB, source], matched)
        yield at_least("file -> null:, a term, of DuckDB on one thread", ours.best / theirs, 5, f"{ours.text()} docs/s, DuckDB {theirs:,.0f}")
    else:
        yield for_comparison("file -> null:, a term, of DuckDB on one thread", float("nan"), "the Python package duckdb is not installed")


def query_lines(tools: Tools, size: str):
    source = tools.corpus("geonames", size)
    kernel, documents, instruction_set = tools.kernel(source, ONE)
    yield from kernel_lines(tools, source, kernel, documents, f" ({instruction_set})")
    yield from peer_lines(tools, source, documents)
