"""Files: sluice against the kernel, on the same data and the same core."""
import json
import pathlib

from measuring import BenchError, Line, Run, Spread, Tools, at_least, for_comparison, run

ONE, TWO = "1", "0,1"


def body(index: str, includes: list[str] | None = None) -> dict:
    source = {"index": index, "size": 1000}
    if includes:
        source["_source"] = includes
    return {"source": source, "dest": {"index": index}}


def rate(tools: Tools, request: dict, source: pathlib.Path, dest, slices: int, cores: str, documents: int) -> Spread:
    """Documents a second, whole process, best of the repetitions. Each run has to have copied all of them."""
    rates = []
    for _ in range(tools.repetitions):
        if isinstance(dest, pathlib.Path):
            for part in dest.parent.glob(dest.name + "*"):
                part.unlink()
        done = tools.reindex(request, "--source", source, "--dest", dest, "--format", "bulk" if dest != "null:" else "hits",
                             "--slices", slices, cores=cores)
        response = json.loads(done.stdout)
        if response["created"] != documents:
            raise BenchError(f"{response['created']} of {documents} documents were copied")
        rates.append(documents / done.seconds)
    return Spread.of(rates)


def against_kernel(name: str, ratio: float, measured: Spread, kernel: Spread, note: str = "") -> Line:
    return at_least(name, measured.best / kernel.best, ratio, f"{measured.text()} docs/s, kernel {kernel.text()}{note}")


def geonames_lines(tools: Tools, size: str):
    source = tools.corpus("geonames", size)
    out = tools.data / "out.ndjson"
    kernel, documents, instruction_set = tools.kernel(source, ONE)
    note = f" ({instruction_set})"
    one = rate(tools, body("geonames"), source, out, 1, ONE, documents)
    yield against_kernel("file -> file, hits to bulk, one slice on one core, of the kernel", 0.6, one, kernel, note)
    two = rate(tools, body("geonames"), source, out, 2, TWO, documents)
    yield at_least("file -> file, two slices on two cores, of one slice on one", two.best / one.best, 1.7, f"{two.text()} docs/s")
    out.unlink(missing_ok=True)
    null = rate(tools, body("geonames"), source, "null:", 1, ONE, documents)
    yield against_kernel("file -> null:, of the kernel", 0.75, null, kernel, note)
    three = body("geonames", ["name", "country_code", "population"])
    filtered = rate(tools, three, source, "null:", 1, ONE, documents)
    yield against_kernel("file -> null:, _source with three includes, of the kernel", 0.35, filtered, kernel, note)


def http_logs_lines(tools: Tools, size: str):
    source = tools.corpus("http_logs", size)
    out = tools.data / "out.ndjson"
    kernel, documents, _ = tools.kernel(source, ONE)
    null = rate(tools, body("http_logs"), source, "null:", 1, ONE, documents)
    yield against_kernel("file -> null:, http_logs, of the kernel on them", 0.5, null, kernel)
    measured = rate(tools, body("http_logs"), source, out, 1, ONE, documents)
    yield for_comparison("file -> file, http_logs, hits to bulk, of the kernel on them", measured.best / kernel.best, measured.text())
    out.unlink(missing_ok=True)


def graph_line(tools: Tools):
    """The graph's own price: the micro benchmark runs the same stages in a plain loop and in the graph."""
    program = tools.program("graph_overhead")
    if not program.exists():
        raise BenchError("benchmarks/micro/graph_overhead.cpp is not there")
    command = [program, "--benchmark_format=json", f"--benchmark_repetitions={2 * tools.repetitions}",
               "--benchmark_enable_random_interleaving=true"]
    facts: Run = run(command)
    rates: dict[str, list[float]] = {}
    for each in json.loads(facts.stdout)["benchmarks"]:
        if each["run_type"] == "iteration":
            rates.setdefault(each["name"].split("/")[0], []).append(each["items_per_second"])
    plain, graph = (Spread.of(rates[name]) for name in ("plain_loop", "graph"))
    price = 100 * (plain.best / graph.best - 1)
    yield Line("the graph's own price, batches of 1000", "< 3 %", price < 3, price, f"graph {graph.text()}, loop {plain.text()} docs/s")
