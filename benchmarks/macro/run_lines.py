"""Runs inside sluiced: how exactly they are throttled, how soon they obey, and what they leave to others."""
import http.client
import json
import socket
import threading
import time

from journey import http as ask
from measuring import BenchError, Tools, at_least, at_most, run
from server_lines import INDEX, SETTINGS, Sluiced, write

SIZE, BATCHES, RATE = 500, 20, 5000
IDLE_RUNS = 500
SEARCHES_A_SECOND = 100


def started(url: str, body: dict, parameters: str = "") -> str:
    return ask("POST", f"{url}/_reindex?wait_for_completion=false{parameters}", json.dumps(body))["task"]


def task(url: str, identity: str, parameters: str = "") -> dict:
    return ask("GET", f"{url}/_tasks/{identity}{parameters}")


def copy(dest: str, **more) -> dict:
    return {"source": {"index": INDEX, "size": SIZE}, "dest": {"index": dest}, **more}


def rate_line(url: str):
    """The first batch waits for nothing, so that the rate is that of the others."""
    answer = ask("POST", f"{url}/_reindex?requests_per_second={RATE}", json.dumps(copy("throttled", max_docs=SIZE * BATCHES)))
    asked = 1000 * SIZE * (BATCHES - 1) / RATE
    off = 100 * abs(asked / answer["took"] - 1)
    return at_most(f"_reindex, {BATCHES} batches at {RATE:,} documents a second, off by", off, 2, f"{answer['took']:,} ms, {asked:,.0f} asked for", " %")


def until(what: str, holds, patience: float = 30) -> float:
    """The seconds until something holds."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > patience:
            raise BenchError(f"{what}: nothing within {patience} s")
    return time.monotonic() - began


def faster_line(url: str):
    identity = started(url, copy("faster"), "&requests_per_second=10")
    written = lambda: task(url, identity)["task"]["status"]["created"]  # noqa: E731
    until("the first batch", lambda: written() == SIZE)
    ask("POST", f"{url}/_reindex/{identity}/_rethrottle?requests_per_second=-1", "")
    seconds = until("the batch behind a speed-up", lambda: written() > SIZE)
    task(url, identity, "?wait_for_completion=true")
    return at_most("_rethrottle, until a faster run's next batch is written", 1000 * seconds, 100, "of 50 s that it would have waited", " ms")


def cancel_line(url: str, silent: socket.socket):
    """The remote takes the connection and says nothing."""
    host = f"http://127.0.0.1:{silent.getsockname()[1]}"
    identity = started(url, {"source": {"index": "x", "remote": {"host": host, "socket_timeout": "5m"}}, "dest": {"index": "hung"}})
    silent.accept()
    began = time.monotonic()
    ask("POST", f"{url}/_tasks/{identity}/_cancel", "")
    answer = task(url, identity, "?wait_for_completion=true&timeout=30s")
    if not answer["completed"]:
        raise BenchError(f"the run that was cancelled goes on: {answer}")
    return at_most("_cancel of a run whose remote hangs, until it has ended", 1000 * (time.monotonic() - began), 1000, "", " ms")


def slices_line(url: str, documents: int):
    rates = {}
    for slices in (2, 20):
        seconds = []
        for attempt in range(3):
            answer = ask("POST", f"{url}/_reindex?slices={slices}", json.dumps({"source": {"index": INDEX}, "dest": {"index": f"s{slices}-{attempt}"}}), timeout=600)
            seconds.append(answer["took"] / 1000)
            ask("DELETE", f"{url}/s{slices}-{attempt}")
        rates[slices] = documents / min(seconds)
    return at_least("_reindex, 20 slices on two cores, of 2", rates[20] / rates[2], 1, f"{rates[20]:,.0f} and {rates[2]:,.0f} docs/s")


class Clients:
    """One that searches and one that writes bulks of ten, each so many times a second, until stopped."""

    def __init__(self, url: str):
        self.address = url.removeprefix("http://")
        self.stopped = threading.Event()
        self.taken = {"_search": [], "_bulk": []}
        bulk = "".join('{"index":{"_index":"beside"}}\n{"name":"somewhere","population":7}\n' for _ in range(10))
        self.threads = [threading.Thread(target=self.ask, args=("_search", f"/{INDEX}/_search?size=10", '{"query":{"match_all":{}}}')),
                        threading.Thread(target=self.ask, args=("_bulk", "/_bulk", bulk))]
        for thread in self.threads:
            thread.start()

    def ask(self, name: str, path: str, body: str) -> None:
        connection = http.client.HTTPConnection(self.address, timeout=60)
        while not self.stopped.wait(1 / SEARCHES_A_SECOND):
            began = time.monotonic()
            connection.request("POST", path, body, {"Content-Type": "application/x-ndjson" if name == "_bulk" else "application/json"})
            connection.getresponse().read()
            self.taken[name].append(time.monotonic() - began)

    def stop(self) -> dict[str, float]:
        """Milliseconds that 99 of 100 requests took at most."""
        self.stopped.set()
        for thread in self.threads:
            thread.join()
        return {name: 1000 * sorted(taken)[len(taken) * 99 // 100] for name, taken in self.taken.items()}


def beside_lines(url: str):
    identity = started(url, {"source": {"index": INDEX}, "dest": {"index": "busy"}}, "&slices=2")
    clients = Clients(url)
    task(url, identity, "?wait_for_completion=true&timeout=10m")
    slowest = clients.stop()
    for name, taken in slowest.items():
        yield at_most(f"{name} while a _reindex runs on both cores, 99 of 100", taken, 50, f"{len(clients.taken[name])} requests", " ms")


def idle_line(url: str, server: Sluiced):
    """Runs that wait for their second batch."""
    before = server.resident()
    tasks = [started(url, {"source": {"index": INDEX, "size": 10}, "dest": {"index": "idle"}, "max_docs": 20}, "&requests_per_second=0.01") for _ in range(IDLE_RUNS)]
    until("the runs' first batches", lambda: all(task(url, each)["task"]["status"]["throttled_until_millis"] > 0 for each in tasks[-3:]))
    each = (server.resident() - before) / IDLE_RUNS / 1024
    for identity in tasks:
        ask("POST", f"{url}/_tasks/{identity}/_cancel", "")
    return at_most(f"memory of a run that waits, of {IDLE_RUNS}", each, 64, "", " KiB")


def run_lines(tools: Tools, documents: int):
    corpus = tools.data / "runs.ndjson"
    run([tools.sluice, "generate", INDEX, "--docs", documents, "--seed", "1", "-o", corpus])
    with socket.create_server(("127.0.0.1", 0)) as silent, Sluiced(tools, tools.data / "runs", "reindex.remote.whitelist=127.0.0.1:*") as server:
        write(tools, server.url, corpus, documents, 2)
        corpus.unlink()
        yield rate_line(server.url)
        yield faster_line(server.url)
        yield cancel_line(server.url, silent)
        yield idle_line(server.url, server)
        yield from beside_lines(server.url)
        yield slices_line(server.url, documents)
