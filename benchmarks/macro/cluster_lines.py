"""Two real OpenSearch 3 nodes on this machine: sluice against the node's own `_reindex` from remote, and elasticdump."""
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests" / "nodes"))
from cluster import free_port  # noqa: E402
from fetching import NodeError  # noqa: E402
from journey import Failed, http  # noqa: E402
from measuring import BenchError, Spread, Tools, at_least, at_most, process_cpu, run  # noqa: E402
from running import start, stop  # noqa: E402
from servers import SERVERS  # noqa: E402

INDEX = "geonames"
SIZE = 1000
REAL_COMPILER = "-XX:TieredStopAtLevel=4 -XX:-UseSerialGC -XX:+UseG1GC"
ELASTICDUMP = "elasticdump@6.125.1"
SETTINGS = {"settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}}


@contextlib.contextmanager
def two_nodes(folder: pathlib.Path):
    os.environ["NODE_JVM_ARGS"] = REAL_COMPILER
    folders = [folder / "node-a", folder / "node-b"]
    try:
        yield [start(SERVERS["opensearch-3"], free_port(), each, "2g") for each in folders]
    except NodeError as error:
        raise BenchError(str(error)) from error
    finally:
        for each in folders:
            stop(each) if each.exists() else None
            shutil.rmtree(each / "data", ignore_errors=True)


def fresh(url: str) -> None:
    with contextlib.suppress(Failed):
        http("DELETE", f"{url}/copy")
    http("PUT", f"{url}/copy", json.dumps(SETTINGS))


def check_count(url: str, documents: int) -> None:
    http("POST", f"{url}/copy/_refresh")
    count = http("GET", f"{url}/copy/_count")["count"]
    if count != documents:
        raise BenchError(f"{count} of {documents} documents arrived")


def sluice_rate(tools: Tools, nodes, documents: int) -> tuple[Spread, float]:
    """Documents a second, and sluice's CPU time as a part of what the nodes spent meanwhile."""
    rates, shares = [], []
    (source, source_pid), (dest, dest_pid) = nodes
    for _ in range(tools.repetitions):
        fresh(dest)
        before = process_cpu(source_pid) + process_cpu(dest_pid)
        done = tools.reindex({"source": {"index": INDEX, "size": SIZE}, "dest": {"index": "copy"}}, "--source", source, "--dest", dest,
                             "--slices", "2")
        shares.append(done.cpu_seconds / (process_cpu(source_pid) + process_cpu(dest_pid) - before))
        rates.append(documents / done.seconds)
        check_count(dest, documents)
    return Spread.of(rates), min(shares)


def own_rate(tools: Tools, nodes, documents: int) -> Spread:
    """What `_reindex` from remote of the destination does."""
    rates = []
    (source, _), (dest, _) = nodes
    body = {"source": {"remote": {"host": source}, "index": INDEX, "size": SIZE}, "dest": {"index": "copy"}}
    for _ in range(tools.repetitions):
        fresh(dest)
        began = time.monotonic()
        response = http("POST", f"{dest}/_reindex", json.dumps(body), timeout=600)
        rates.append(documents / (time.monotonic() - began))
        if response["created"] != documents:
            raise BenchError(f"the node's own _reindex: {response}")
    return Spread.of(rates)


def elasticdump_rate(tools: Tools, nodes, documents: int) -> Spread:
    (source, _), (dest, _) = nodes
    home = pathlib.Path(os.environ.get("SLUICE_BENCH_CACHE") or pathlib.Path.home() / ".cache" / "sluice" / "bench")
    program = home / "node_modules" / ".bin" / "elasticdump"
    if not program.exists():
        if not shutil.which("npm"):
            raise BenchError("npm is not installed: apt-get install npm to measure elasticdump")
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", home, ELASTICDUMP], check=True)
    fresh(dest)
    done = run([program, f"--input={source}/{INDEX}", f"--output={dest}/copy", "--type=data", f"--limit={SIZE}", "--quiet"])
    check_count(dest, documents)
    return Spread.of([documents / done.seconds])


def load(tools: Tools, url: str, documents: int) -> None:
    path = tools.data / f"geonames-{documents}.ndjson"
    run([tools.sluice, "generate", INDEX, "--docs", documents, "--seed", "1", "-o", path])
    http("PUT", f"{url}/{INDEX}", json.dumps(SETTINGS | {"settings": SETTINGS["settings"] | {"number_of_shards": 2}}))
    tools.reindex({"source": {"index": INDEX}, "dest": {"index": INDEX}}, "--source", path, "--dest", url)
    http("POST", f"{url}/{INDEX}/_refresh")


def cluster_lines(tools: Tools, documents: int):
    with two_nodes(tools.data / "nodes") as nodes:
        (source, _), (dest, _) = nodes
        load(tools, source, documents)
        once = Tools(tools.build, tools.data, 1)
        for _ in range(2):  # both nodes are warm from here on, for either way to write
            own_rate(once, nodes, documents)
            sluice_rate(once, nodes, documents)
        own = own_rate(tools, nodes, documents)
        mine, share = sluice_rate(tools, nodes, documents)
        yield at_least("cluster -> cluster, of the node's own _reindex from remote", mine.best / own.best, 1.5,
                       f"{mine.text()} docs/s, its own {own.text()}")
        yield at_most("cluster -> cluster, sluice's CPU time of the nodes'", 100 * share, 10, "2 slices, refresh off", " %")
        dump = elasticdump_rate(tools, nodes, documents)
        yield at_least("cluster -> cluster, of elasticdump", mine.best / dump.best, 4, f"elasticdump {human_rate(dump)} docs/s")


def human_rate(spread: Spread) -> str:
    return f"{spread.best:,.0f}"
