"""Selective queries on the store: by an index of a field against looking at all documents, and beside OpenSearch."""
import contextlib
import http.client
import json
import pathlib
import shutil
import statistics
import threading
import time

from journey import http as ask
from measuring import BenchError, Tools, at_least, at_most, for_comparison, run
from server_lines import INDEX, SETTINGS, Sluiced, opensearch, write

FIELDS = ("name", "asciiname", "feature_class", "feature_code", "country_code", "timezone", "group", "part")
MAPPED = SETTINGS | {"mappings": {"dynamic": False, "properties": {field: {"type": "keyword"} for field in FIELDS}}}
IN_GROUP, PARTS = 10, 100
SEARCHES = 200


def corpus(tools: Tools, documents: int) -> pathlib.Path:
    """Geonames with two more fields: ten documents have the same `group`, a hundredth the same `part`, wherever they lie."""
    path, plain = tools.data / f"lookups-{documents}.ndjson", tools.data / "plain.ndjson"
    run([tools.sluice, "generate", INDEX, "--docs", documents, "--seed", "1", "-o", plain])
    groups = documents // IN_GROUP
    with open(plain, encoding="utf-8") as source, open(path, "w", encoding="utf-8") as target:
        for number, line in enumerate(source):
            target.write(line.replace('"geonameid"', f'"group": "g{number % groups}", "part": "p{number * 7919 % PARTS}", "geonameid"', 1))
    plain.unlink()
    return path


class Searches:
    """Asks over one connection, as fast as the answers come."""

    def __init__(self, url: str):
        host, port = url.removeprefix("http://").rsplit(":", 1)
        self.connection = http.client.HTTPConnection(host, int(port), timeout=900)

    def seconds(self, query: dict, found: int) -> float:
        body = json.dumps({"query": query})
        began = time.monotonic()
        self.connection.request("POST", f"/{INDEX}/_search", body, {"Content-Type": "application/json"})
        answer = json.loads(self.connection.getresponse().read())
        seconds = time.monotonic() - began
        if answer["hits"]["total"]["value"] != found:
            raise BenchError(f"{query} found {answer['hits']['total']}, not {found} documents")
        return seconds

    def group(self, number: int, filtered: bool = False) -> float:
        term = {"term": {"group": f"g{number}"}}
        return self.seconds({"bool": {"filter": term}} if filtered else term, IN_GROUP)

    def median(self, documents: int, filtered: bool = False) -> float:
        step = documents // IN_GROUP // SEARCHES
        return statistics.median(self.group(step * i + 1, filtered) for i in range(SEARCHES))


def until_indexed(searches: Searches, patience: float) -> tuple[float, float]:
    """The first search, which looks at all documents, and how long it takes until searches don't any more."""
    began = time.monotonic()
    first = searches.group(0)
    while time.monotonic() - began < patience:
        if max(searches.group(number) for number in range(1, 4)) < first / 20:
            return first, time.monotonic() - began
        time.sleep(0.2)
    raise BenchError(f"no index was there after {patience} s")


def until_part_is_indexed(url: str) -> None:
    body, deadline = json.dumps({"query": {"term": {"part": "none"}}}), time.monotonic() + 900
    while time.monotonic() < deadline:
        began = time.monotonic()
        ask("POST", f"{url}/{INDEX}/_count", body, timeout=900)
        if time.monotonic() - began < 0.05:
            return
    raise BenchError("no index of [part] was there after 900 s")


def delete_part(url: str, part: str, documents: int) -> float:
    began = time.monotonic()
    answer = ask("POST", f"{url}/{INDEX}/_delete_by_query?refresh=true", json.dumps({"query": {"term": {"part": part}}}), timeout=900)
    if answer["deleted"] != documents // PARTS:
        raise BenchError(f"{answer} instead of {documents // PARTS} deleted")
    return time.monotonic() - began


@contextlib.contextmanager
def searching(url: str):
    """Somebody who asks for groups all the while."""
    ended = threading.Event()

    def search():
        searches, number = Searches(url), 0
        while not ended.wait(0.05):
            number += 1
            searches.connection.request("POST", f"/{INDEX}/_search", json.dumps({"query": {"term": {"group": f"g{number}"}}}), {"Content-Type": "application/json"})
            searches.connection.getresponse().read()

    thread = threading.Thread(target=search)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def mine(tools: Tools, source: pathlib.Path, documents: int) -> dict:
    folder = tools.data / "lookups"
    shutil.rmtree(folder, ignore_errors=True)
    figures = {}
    with Sluiced(tools, folder) as server:
        figures["write"] = max(write(tools, server.url, source, documents, 2, MAPPED) for _ in range(2))
        searches = Searches(server.url)
        before = server.resident()
        figures["scan"], figures["built"] = until_indexed(searches, 900)
        figures["memory"] = server.resident() - before
        figures["scored"], figures["filtered"] = searches.median(documents), searches.median(documents, filtered=True)
    with Sluiced(tools, folder, "indices.store.lookups=off") as server:
        figures["delete_scan"] = delete_part(server.url, "p2", documents)
    with Sluiced(tools, folder) as server:
        until_part_is_indexed(server.url)
        figures["delete"] = delete_part(server.url, "p4", documents)
        figures["start"] = Searches(server.url).group(5)
    with Sluiced(tools, folder) as server, searching(server.url):
        figures["write_searched"] = write(tools, server.url, source, documents, 2, MAPPED)
    shutil.rmtree(folder)
    return figures


def theirs(tools: Tools, source: pathlib.Path, documents: int) -> dict:
    with opensearch(tools.data / "opensearch") as url:
        write(tools, url, source, documents, 2, MAPPED)
        searches = Searches(url)
        for _ in range(5):  # until its compiler is done with it
            searches.median(documents)
        return {"scored": searches.median(documents), "filtered": searches.median(documents, filtered=True)}


def lookup_lines(tools: Tools, documents: int, compared: int):
    source = corpus(tools, documents)
    own = mine(tools, source, documents)
    yield at_most(f"_search, term, {IN_GROUP} of {documents:,} documents", 1000 * own["scored"], 20,
                  f"with scores; {1000 * own['filtered']:.2f} ms in a filter; {1000 * own['scan']:,.0f} ms without the index, which took {own['built']:.1f} s", " ms")
    yield at_least("_delete_by_query of 1 %, of looking at all", own["delete_scan"] / own["delete"], 2,
                   f"{own['delete']:.2f} and {own['delete_scan']:.2f} s")
    yield for_comparison("bulk over HTTP while groups are searched, of not", own["write_searched"] / own["write"],
                         f"{own['write_searched']:,.0f} and {own['write']:,.0f} docs/s")
    yield at_most("memory that the first index took", own["memory"] / (1 << 20), 192, "resident", " MiB")
    if compared != documents:
        source.unlink()
        source = corpus(tools, compared)
        own = mine(tools, source, compared)
    other = theirs(tools, source, compared)
    yield at_least(f"_search, term, {IN_GROUP} of {compared:,}, sluiced, of OpenSearch 3", other["scored"] / own["scored"], 1,
                   f"{1000 * own['scored']:.2f} and {1000 * other['scored']:.2f} ms; in a filter {1000 * own['filtered']:.2f} and {1000 * other['filtered']:.2f} ms")
    source.unlink()
