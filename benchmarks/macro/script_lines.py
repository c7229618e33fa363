"""Scripts: reindexing with one against the kernel, against the same run without it, and loops against Lua's."""
import json
import shutil

from file_lines import ONE, against_kernel, body, rate
from measuring import BenchError, Spread, Tools, at_least, at_most, run

RENAME = 'ctx._source.tag = ctx._source.remove("feature_class")'
DAILY_INDEX = "ctx._index = 'geonames-' + (ctx._index.substring('geo'.length(), ctx._index.length())) + '-1'"
VERSION = "if (ctx._source.country_code == 'US') { ctx._version++; ctx._source.remove('country_code') }"
STRINGS = """
def s = ctx._source;
s.name = s.name.trim();
s.country_code = s.country_code.toLowerCase();
s.label = s.name + ' (' + s.country_code + ')';
s.continent = s.timezone.substring(0, s.timezone.indexOf('/'));
s.city = s.timezone.substring(s.timezone.indexOf('/') + 1).replace('_', ' ');
s.short = s.asciiname.length() > 8 ? s.asciiname.substring(0, 8) : s.asciiname;
s.upper = s.short.toUpperCase();
s.key = s.feature_class + '.' + s.feature_code;
if (s.key.startsWith('P.')) { s.place = 'populated' }
"""


def scripted(source: str | None) -> dict:
    request = body("geonames")
    if source:
        request["script"] = {"lang": "painless", "source": source}
    return request


def kernel_lines(tools: Tools, size: str):
    source = tools.corpus("geonames", size)
    kernel, documents, instruction_set = tools.kernel(source, ONE)
    for name, script, bar in (("the rename script", RENAME, 0.30), ("the daily index script", DAILY_INDEX, 0.45),
                              ("the version script with a condition", VERSION, 0.35), ("ten statements with strings", STRINGS, 0.12)):
        measured = rate(tools, scripted(script), source, "null:", 1, ONE, documents)
        yield against_kernel(f"file -> null:, {name}, of the kernel", bar, measured, kernel, f" ({instruction_set})")


def loss_line(tools: Tools, documents: int):
    """`_reindex` inside a store, with the rename script and without it, in turn."""
    source, folder = tools.data / "geonames-script.ndjson", tools.data / "script-store"
    run([tools.sluice, "generate", "geonames", "--docs", str(documents), "--index", "geonames", "-o", source])
    rates: dict[str | None, list[float]] = {None: [], RENAME: []}
    for _ in range(tools.repetitions):
        for script, measured in rates.items():
            shutil.rmtree(folder, ignore_errors=True)
            tools.reindex(body("geonames"), "--source", source, "--dest", f"store:{folder}", cores="0,1")
            request = {**scripted(script), "dest": {"index": "copy"}}
            done = tools.reindex(request, "--source", f"store:{folder}", "--dest", f"store:{folder}", cores="0,1")
            if json.loads(done.stdout)["created"] != documents:
                raise BenchError(f"not all of {documents} documents were copied: {done.stdout}")
            measured.append(documents / done.seconds)
    shutil.rmtree(folder, ignore_errors=True)
    source.unlink()
    plain, renamed = Spread.of(rates[None]), Spread.of(rates[RENAME])
    yield at_most("store: -> store:, what the rename script costs", 100 * (1 - renamed.best / plain.best), 10,
                  f"{renamed.text()} docs/s, without {plain.text()}", " %")


def lua_lines(tools: Tools):
    command = [tools.program("script_machine"), "--benchmark_format=json", f"--benchmark_repetitions={tools.repetitions}",
               "--benchmark_enable_random_interleaving=true", "--benchmark_min_time=0.1"]
    rates: dict[tuple[str, str], list[float]] = {}
    results: dict[str, set] = {}
    for each in json.loads(run(command, ONE).stdout)["benchmarks"]:
        if each["run_type"] == "iteration":
            language, program = each["name"].split("/")[:2]
            rates.setdefault((program, language), []).append(1e9 / each["cpu_time"])
            results.setdefault(program, set()).add(each["checks"])
    for program, seen in results.items():
        if len(seen) != 1:
            raise BenchError(f"{program} has different results in the two languages: {seen}")
        ours, theirs = Spread.of(rates[program, "painless"]), Spread.of(rates[program, "lua"])
        yield at_least(f"{program}, of Lua 5.4's interpreter", ours.best / theirs.best, 1, f"{ours.text()} runs/s, Lua {theirs.text()}")


def script_lines(tools: Tools, size: str, documents: int):
    yield from kernel_lines(tools, size)
    yield from lua_lines(tools)
    yield from loss_line(tools, documents)
