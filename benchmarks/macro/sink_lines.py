"""A sink that answers at once, and what the memory is bounded by."""
import contextlib
import json
import pathlib
import subprocess

from measuring import BenchError, Spread, Tools, at_least, at_most

MEMORY_BAR = (256 + 64) << 20
LARGE_DOCUMENT = 32 << 20


@contextlib.contextmanager
def bulk_sink(tools: Tools, *options: str):
    """The URL of a running sink."""
    process = subprocess.Popen([tools.program("bulk_sink"), *options], stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate(timeout=30)


def small_documents(tools: Tools, size: int, count: int) -> pathlib.Path:
    """Hits whose `_source` has exactly `size` bytes."""
    path = tools.data / f"small-{size}-{count}.ndjson"
    if not path.exists():
        with open(path, "w", encoding="ascii") as out:
            for number in range(count):
                head = f'{{"number":{number},"title":"'
                out.write(f'{{"_index":"small","_id":"{number}","_source":{head}{"x" * (size - len(head) - 2)}"}}}}\n')
    return path


def large_documents(tools: Tools, count: int) -> pathlib.Path:
    path = tools.data / f"large-{count}.ndjson"
    if not path.exists():
        with open(path, "wb") as out:
            filler = b"y" * (LARGE_DOCUMENT - 64)
            for number in range(count):
                out.write(b'{"_index":"large","_id":"%d","_source":{"body":"%s"}}\n' % (number, filler))
    return path


def request(index: str, size: int = 1000) -> dict:
    return {"source": {"index": index, "size": size}, "dest": {"index": index}}


def sink_lines(tools: Tools, documents: int):
    source = small_documents(tools, 126, documents)
    rates = []
    with bulk_sink(tools) as url:
        for _ in range(tools.repetitions):
            done = tools.reindex(request("small", 5000), "--source", source, "--dest", url, "--slices", "2")
            if json.loads(done.stdout)["created"] != documents:
                raise BenchError(f"the sink was not sent all documents: {done.stdout}")
            rates.append(documents / done.seconds)
    spread = Spread.of(rates)
    yield at_least("file -> a sink that answers at once, 126-byte documents, two cores", spread.best, 1.25e6,
                   f"{spread.text()} docs/s, the sink on the same two cores", " docs/s")


def memory_lines(tools: Tools, documents: int):
    out = tools.data / "out.ndjson"
    cases = [("100-byte documents", small_documents(tools, 100, documents), 2),
             ("32 MiB documents", large_documents(tools, 24), 2),
             ("32 MiB documents, 20 slices", large_documents(tools, 24), 20)]
    for name, source, slices in cases:
        index = source.name.split("-")[0]
        done = tools.reindex(request(index), "--source", source, "--dest", out, "--slices", str(slices))
        out.unlink(missing_ok=True)
        yield at_most(f"peak memory, {name}", done.peak_bytes / 2**20, MEMORY_BAR / 2**20, f"{source.stat().st_size >> 20} MiB file", " MiB")
    source = small_documents(tools, 100, documents)
    with bulk_sink(tools, "--stall", "10", "--stall-after", "100000") as url:
        done = tools.reindex(request("small"), "--source", source, "--dest", url, "--slices", "2")
    if done.seconds < 10:
        raise BenchError("the sink did not stall")
    yield at_most("peak memory, a sink that stalls for ten seconds", done.peak_bytes / 2**20, MEMORY_BAR / 2**20,
                  f"{done.seconds:.1f} s", " MiB")
