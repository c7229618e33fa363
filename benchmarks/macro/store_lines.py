"""The embedded store: documents into it, and from one index of it into another, by the command line."""
import json
import shutil

from measuring import BenchError, Spread, Tools, at_least, for_comparison, run

CORES = "0,1"
BAR = 430_000  # documents a second, store to store


def copy(tools: Tools, documents: int, source, dest, index: str) -> float:
    done = tools.reindex({"source": {"index": "geonames"}, "dest": {"index": index}}, "--source", source, "--dest", dest,
                         cores=CORES)
    created = json.loads(done.stdout)["created"]
    if created != documents:
        raise BenchError(f"{created} of {documents} documents were copied")
    return documents / done.seconds


def store_lines(tools: Tools, documents: int):
    source, folder = tools.data / "geonames-store.ndjson", tools.data / "store"
    run([tools.sluice, "generate", "geonames", "--docs", str(documents), "--index", "geonames", "-o", source])
    loads, copies = [], []
    for _ in range(tools.repetitions):
        shutil.rmtree(folder, ignore_errors=True)
        loads.append(copy(tools, documents, source, f"store:{folder}", "geonames"))
        copies.append(copy(tools, documents, f"store:{folder}", f"store:{folder}", "copy"))
    shutil.rmtree(folder, ignore_errors=True)
    source.unlink()
    load, between = Spread.of(loads), Spread.of(copies)
    yield for_comparison("file -> store:, geonames", load.best, f"{load.text()} docs/s")
    yield at_least("store: -> store:, geonames, one slice", between.best, BAR, f"{between.text()} docs/s", " docs/s")
