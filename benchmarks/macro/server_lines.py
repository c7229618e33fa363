"""sluiced beside a real OpenSearch 3 on this machine: bulks over HTTP, paging, room on the disk; and what sluiced costs when it
is idle or starts."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import time

from cluster_lines import INDEX, REAL_COMPILER, SERVERS, free_port, start, stop
from fetching import NodeError
from journey import Failed, http
from measuring import BenchError, Spread, Tools, at_least, at_most, run

WRITERS = (1, 2, 4)
BATCH = 5000
PAGES = (5000, 10_000)  # the larger is what index.max_result_window allows
SETTINGS = {"settings": {"number_of_shards": 2, "number_of_replicas": 0, "refresh_interval": "-1"}}
# What is kept is `_source` and `_id`: nothing is indexed.
SOURCE_ONLY = SETTINGS | {"mappings": {"dynamic": False}}


class Sluiced:
    """One server on a folder, on a port of its own choice."""

    def __init__(self, tools: Tools, folder: pathlib.Path, *settings: str):
        self.command = [tools.build / "sluiced", "--data", folder, "--listen", "127.0.0.1:0"]
        for setting in settings:
            self.command += ["--set", setting]
        self.process = None
        self.url = ""

    def __enter__(self) -> "Sluiced":
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+?:\d+", line)
        if not found:
            raise BenchError(f"sluiced did not start: {line}")
        self.url = found.group()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=60)

    def resident(self) -> int:
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) * 1024


@contextlib.contextmanager
def opensearch(folder: pathlib.Path):
    os.environ["NODE_JVM_ARGS"] = REAL_COMPILER
    try:
        yield start(SERVERS["opensearch-3"], free_port(), folder, "2g")[0]
    except NodeError as error:
        raise BenchError(str(error)) from error
    finally:
        stop(folder) if folder.exists() else None
        shutil.rmtree(folder / "data", ignore_errors=True)


def fresh(url: str, settings: dict) -> None:
    with contextlib.suppress(Failed):
        http("DELETE", f"{url}/{INDEX}")
    http("PUT", f"{url}/{INDEX}", json.dumps(settings))


def write(tools: Tools, url: str, corpus: pathlib.Path, documents: int, writers: int, settings: dict = SETTINGS) -> float:
    """Documents a second."""
    fresh(url, settings)
    body = {"source": {"index": INDEX, "size": BATCH}, "dest": {"index": INDEX}}
    seconds = tools.reindex(body, "--source", corpus, "--dest", url, "--slices", str(writers)).seconds
    http("POST", f"{url}/{INDEX}/_refresh")
    count = http("GET", f"{url}/{INDEX}/_count")["count"]
    if count != documents:
        raise BenchError(f"{count} of {documents} documents arrived")
    return documents / seconds


def best_write(tools: Tools, url: str, corpus: pathlib.Path, documents: int) -> Spread:
    return Spread.of([write(tools, url, corpus, documents, writers) for writers in WRITERS for _ in range(tools.repetitions)])


def read_pages(tools: Tools, url: str, size: int, readers: int, *count: str) -> dict:
    """What page_reader prints. It takes the last sort values of a page and nothing else, so that no client is measured."""
    host, port = url.removeprefix("http://").rsplit(":", 1)
    return json.loads(run([tools.program("page_reader"), host, port, INDEX, size, readers, *count]).stdout)


def page(tools: Tools, url: str, documents: int) -> Spread:
    """Documents a second of paging through a point in time with `_source`, by one reader and by two, at two sizes of a page."""
    rates = []
    for size in PAGES:
        for readers in (1, 2):
            counted = read_pages(tools, url, size, readers, "count")
            if counted["documents"] != documents:
                raise BenchError(f"{counted['documents']} of {documents} documents were read")
            for _ in range(tools.repetitions):
                read = read_pages(tools, url, size, readers)
                if read["hit_bytes"] != counted["hit_bytes"]:
                    raise BenchError(f"{read['hit_bytes']} bytes of hits instead of {counted['hit_bytes']}")
                rates.append(documents / read["seconds"])
    return Spread.of(rates)


def reindex_rates(tools: Tools, url: str, documents: int, remote: str | None = None) -> Spread:
    """`_reindex` from one index into a new one inside of a server, or from another server; documents a second."""
    source = {"index": INDEX} | ({"remote": {"host": remote}, "size": BATCH} if remote else {})
    rates = []
    for slices in (1, 2):
        for _ in range(tools.repetitions):
            with contextlib.suppress(Failed):
                http("DELETE", f"{url}/copy")
            http("PUT", f"{url}/copy", json.dumps(SETTINGS))
            # Not by Python's client: OpenSearch may warn in more headers than it takes.
            done = run(["curl", "--silent", "--fail-with-body", f"{url}/_reindex?slices={slices}", "-H", "Content-Type: application/json",
                        "-d", json.dumps({"source": source, "dest": {"index": "copy"}})])
            rates.append(documents / done.seconds)
            if json.loads(done.stdout)["created"] != documents:
                raise BenchError(f"_reindex: {done.stdout[:300]}")
    http("DELETE", f"{url}/copy")
    return Spread.of(rates)


def stored_field_bytes(url: str) -> int:
    """What OpenSearch's stored fields take: `_source` and `_id`, and neither what finds documents nor what sorts them. The old
    segments of a merged index go when it is refreshed and flushed; `_stats/store` would be of ten seconds ago."""
    http("POST", f"{url}/{INDEX}/_forcemerge?max_num_segments=1", timeout=600)
    http("POST", f"{url}/{INDEX}/_refresh")
    http("POST", f"{url}/{INDEX}/_flush?force=true")
    files = http("GET", f"{url}/{INDEX}/_stats/segments?include_segment_file_sizes=true")["_all"]["primaries"]["segments"]["file_sizes"]
    return sum(files[kind]["size_in_bytes"] for kind in ("fdt", "fdx", "fdm"))


def folder_bytes(folder: pathlib.Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def idle_connections(server: Sluiced, count: int) -> int:
    """Bytes that `count` connections cost once each has asked something."""
    host, port = server.url.removeprefix("http://").rsplit(":", 1)
    before = server.resident()
    connections = []
    for _ in range(count):
        connection = socket.create_connection((host, int(port)))
        connection.sendall(b"GET /_cluster/health HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.recv(65536)
        connections.append(connection)
    after = server.resident()
    for connection in connections:
        connection.close()
    return after - before


def start_seconds(tools: Tools, folder: pathlib.Path) -> float:
    """From the start of the process to its first answer."""
    began = time.monotonic()
    with Sluiced(tools, folder) as server:
        http("GET", f"{server.url}/{INDEX}/_doc/1")
        return time.monotonic() - began


def server_lines(tools: Tools, documents: int, many: int):
    corpus = tools.data / f"server-{documents}.ndjson"
    run([tools.sluice, "generate", INDEX, "--docs", documents, "--seed", "1", "-o", corpus])
    folder = tools.data / "sluiced"
    with opensearch(tools.data / "opensearch") as url:
        write(tools, url, corpus, documents, 2)  # warm
        theirs_write = best_write(tools, url, corpus, documents)
        for _ in range(3):  # until its compiler is done with it
            page(Tools(tools.build, tools.data, 1), url, documents)
        theirs_page = page(tools, url, documents)
        theirs_reindex = reindex_rates(tools, url, documents)
        write(tools, url, corpus, documents, 2, SOURCE_ONLY)
        theirs_bytes = stored_field_bytes(url)
    with Sluiced(tools, folder) as server:
        mine_write = best_write(tools, server.url, corpus, documents)
        mine_page = page(tools, server.url, documents)
        mine_reindex = reindex_rates(tools, server.url, documents)
        with Sluiced(tools, tools.data / "other", "reindex.remote.whitelist=127.0.0.1:*", "sluice.remote_slices=true") as other:
            mine_remote = reindex_rates(tools, other.url, documents, server.url)
        shutil.rmtree(tools.data / "other")
        http("POST", f"{server.url}/{INDEX}/_forcemerge", timeout=600)
        connections = idle_connections(server, 1000)
    mine_bytes = folder_bytes(folder)  # everything, once it is closed
    yield at_least("bulk over HTTP, sluiced, of OpenSearch 3 at its best", mine_write.best / theirs_write.best, 5,
                   f"{mine_write.text()} docs/s, OpenSearch {theirs_write.text()}; 1, 2, 4 writers")
    yield at_least("paging a point in time, sluiced, of OpenSearch 3", mine_page.best / theirs_page.best, 10,
                   f"{mine_page.text()} docs/s, OpenSearch {theirs_page.text()}; 1, 2 readers")
    yield at_least("_reindex into a new index, sluiced, of OpenSearch 3", mine_reindex.best / theirs_reindex.best, 10,
                   f"{mine_reindex.text()} docs/s, OpenSearch {theirs_reindex.text()}; 1, 2 slices")
    yield at_least("_reindex from another sluiced, of OpenSearch 3 inside itself", mine_remote.best / theirs_reindex.best, 5,
                   f"{mine_remote.text()} docs/s; 1, 2 slices, pages of {BATCH:,}")
    yield at_most("room on the disk, sluiced, of OpenSearch 3 for _source alone", mine_bytes / theirs_bytes, 1,
                  f"{mine_bytes / documents:.0f} and {theirs_bytes / documents:.0f} bytes a document", "x")
    yield at_most("1,000 idle connections", connections / (1 << 20), 64, "resident memory", " MiB")
    large = tools.data / "large.ndjson"
    run([tools.sluice, "generate", INDEX, "--docs", many, "--seed", "1", "-o", large])
    with Sluiced(tools, folder) as server:
        write(tools, server.url, large, many, 2)
    large.unlink()
    seconds = min(start_seconds(tools, folder) for _ in range(max(tools.repetitions, 3)))
    yield at_most(f"start to first answer with {many:,} documents", 1000 * seconds, 100, "process start included", " ms")
    shutil.rmtree(folder)
