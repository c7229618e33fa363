#!/usr/bin/env python3
"""bench.py --build BUILD_DIR [--out FILE.json] [--only NAME,...] [--repetitions N] [--quick]

Measures everything that sluice promises about speed and memory, each in one run beside what it is compared with, prints a
table and writes it as JSON. Exit status 1 when a line could not be measured; a missed bar is printed as such. NAME: geonames, http_logs, graph,
sink, memory, script, query, ingest, store, lookup, run, cluster, server.
--quick takes a tenth of the data. The data lie in --data.
"""
import argparse
import json
import os
import pathlib
import shutil
import sys
import tempfile

from cluster_lines import cluster_lines
from file_lines import geonames_lines, graph_line, http_logs_lines
from ingest_lines import ingest_lines
from lookup_lines import lookup_lines
from measuring import BenchError, Line, Tools, human
from query_lines import query_lines
from run_lines import run_lines
from script_lines import script_lines
from server_lines import server_lines
from sink_lines import memory_lines, sink_lines
from store_lines import store_lines


def groups(tools: Tools, quick: bool):
    size, documents = ("100mb", 200_000) if quick else ("1gb", 4_000_000)
    return {
        "geonames": lambda: geonames_lines(tools, size),
        "http_logs": lambda: http_logs_lines(tools, size),
        "graph": lambda: graph_line(tools),
        "sink": lambda: sink_lines(tools, documents),
        "memory": lambda: memory_lines(tools, documents),
        "script": lambda: script_lines(tools, size, 100_000 if quick else 1_000_000),
        "query": lambda: query_lines(tools, size),
        "ingest": lambda: ingest_lines(tools, size),
        "store": lambda: store_lines(tools, 100_000 if quick else 1_000_000),
        "lookup": lambda: lookup_lines(tools, 1_000_000 if quick else 10_000_000, 1_000_000),
        "run": lambda: run_lines(tools, 100_000 if quick else 1_000_000),
        "cluster": lambda: cluster_lines(tools, 20_000 if quick else 200_000),
        "server": lambda: server_lines(tools, 100_000 if quick else 1_000_000, 1_000_000 if quick else 10_000_000),
    }


def show(line: Line) -> None:
    print(f"{'ok  ' if line.passed else 'MISS'} {line.name:72} {line.bar:>16} {human(line.value):>9}  {line.detail}", flush=True)


def measure(tools: Tools, names: list[str], quick: bool) -> list[Line]:
    lines = []
    available = groups(tools, quick)
    for name in names:
        try:
            for line in available[name]():
                show(line)
                lines.append(line)
        except (BenchError, KeyError, OSError) as error:
            line = Line(name, "measured", False, 0, f"could not be measured: {error}")
            show(line)
            lines.append(line)
    return lines


def roomy_folder() -> pathlib.Path:
    """Memory where there is room, so that no disk is measured, nor the kernel's threads that write it back."""
    memory = pathlib.Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 6 << 30:
        return memory
    return pathlib.Path(tempfile.gettempdir())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--only", default="geonames,http_logs,graph,sink,memory,script,query,ingest,cluster")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--data", type=pathlib.Path, default=roomy_folder(),
                        help="a folder with 6 GB of room; memory unless given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.data, prefix="sluice-bench-") as folder:
        os.environ["SLUICE_BENCH_DIR"] = folder
        print(f"data in {folder}, {os.cpu_count()} cores; worst .. median .. best of {options.repetitions}", flush=True)
        tools = Tools(options.build.resolve(), pathlib.Path(folder), options.repetitions)
        lines = measure(tools, options.only.split(","), options.quick)
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps([line.json() for line in lines], indent=1) + "\n", encoding="utf-8")
    return 0 if lines and all(line.bar != "measured" for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
